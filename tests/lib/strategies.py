"""What several tests share: the table of surfaces, points to look at, and bad arguments."""

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from lib import surfaces
from lib.surfaces import Surface

# A slow machine is no failure, and two runs of one commit try the same examples.
settings.register_profile(
    "book", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("book")

READY = {name: value for name, value in vars(surfaces).items() if isinstance(value, Surface)}
MADE = {
    "power(7)": surfaces.power(7),
    "power(-2)": surfaces.power(-2),
    "power(0.5)": surfaces.power(0.5),
    "power(1)": surfaces.power(1),
    "line(2, 3)": surfaces.line(2, 3),
    "constant(4)": surfaces.constant(4),
    "power_lines": surfaces.power_lines([1, 2, 6, 6.5]),
    "coin_likelihood(7, 3)": surfaces.coin_likelihood(7, 3),
    "coin_likelihood(0, 3)": surfaces.coin_likelihood(0, 3),
    "coin_log_loss(7, 3)": surfaces.coin_log_loss(7, 3),
    "coin_log_loss(2, 0)": surfaces.coin_log_loss(2, 0),
    "valley(50)": surfaces.valley(50),
    "quadratic of 3": surfaces.quadratic([[2, 1, 0], [0, 3, 0], [0, 0, 5]], [1, 2, 3], 4),
    "quadratic of 1": surfaces.quadratic(3, 2, 1),
}
SURFACES = READY | MADE


def points(surface, rng, count=25):
    """Random points inside a surface's window, away from its edges."""
    box = np.array(surface.window[:1] if surface.variables == 1 else surface.window)
    low, high = box[:, 0], box[:, 1]
    if surface.variables > 2:
        low, high = low[0], high[0]
    edge = 0.05 * (high - low)
    x = rng.uniform(low + edge, high - edge, (count, surface.variables))
    return x[:, 0] if surface.variables == 1 else x


def numbers(low=-10.0, high=10.0):
    """Finite floats between two bounds."""
    return st.floats(low, high, allow_nan=False)


seeds = st.integers(0, 2**32 - 1)
