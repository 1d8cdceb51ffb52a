"""What the first page says of its figure, computed."""

import numpy as np
import pytest

from lib.descent import gradient_descent
from lib.path import follow
from lib.surfaces import two_valleys


def rolled(learning_rate):
    walk = gradient_descent(two_valleys.gradient, 2.8, learning_rate)
    return follow(walk, two_valleys, steps=30)


def test_from_the_right_a_small_rate_finds_the_near_valley_and_not_the_deeper_one():
    path = rolled(10**-1.2)
    assert round(path.x[-1], 2) == 1.93
    assert two_valleys(two_valleys.minimum) < path.f[-1]
    assert two_valleys.minimum < 0


def test_the_smallest_rate_creeps():
    assert rolled(0.001).x[-1] > 2.5


@pytest.mark.parametrize("learning_rate", [10**-0.6, 10**-0.4])
def test_a_large_rate_leaps_over_the_hill_and_not_always_down(learning_rate):
    path = rolled(learning_rate)
    assert path.x.min() < -1 < 1 < path.x.max()
    assert (np.diff(path.f) > 0).any()
    assert abs(path.x[-1] - path.x[-2]) > 0.1
