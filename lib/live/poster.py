"""What is in space as a picture of SVG, for where no script runs: lit, and drawn from far to near.

``solid.js`` draws the same in a canvas, with finer faces, from wherever the reader looks.
"""

from dataclasses import dataclass
from html import escape
from itertools import pairwise

import numpy as np

from lib.live.scene import GAP, SCALE
from lib.live.space import SIDE

#: A surface is drawn in at most so many faces, and in the page has lines for so many.
_MOST_FACES = 160
#: A line is cut into pieces no longer than this part of the box, so that hills can hide them.
_PIECE = SIDE / 10
#: Lines and dots are taken to be so much nearer than they are, in sides of the box, or what lies
#: on a surface would sink into it; so near to a sheet they lie on it.
_LINE_NEARER, _DOT_NEARER, _ON = 0.05, 0.09, 0.03
#: From where the light comes: to the right, upwards and towards the eye.
_LIGHT = np.array([-0.55, 0.7, 0.5]) / np.linalg.norm([-0.55, 0.7, 0.5])
#: The share of white, in per cent, in a face that is fully lit.
_BRIGHTEST = 80


@dataclass(frozen=True)
class Thing:
    """What a slot shows at a position: points as marks have them, shape (n, 3), NaN for a gap."""

    slot: object
    points: np.ndarray


@dataclass(frozen=True)
class _Piece:
    """What is drawn at once: how far away it is, where, shape (3,), and the thing it is part of."""

    depth: float
    middle: np.ndarray
    slot: object
    element: str | np.ndarray  # of a line its ends, in whole pixels


@dataclass(frozen=True)
class _Sheet:
    """A flat surface, which parts all else by its two sides: a point, what is square to it."""

    point: np.ndarray
    normal: np.ndarray
    element: str
    outline: str


def thing(slot, numbers):
    """Return what a slot shows, given its numbers: those of a surface put together."""
    plain = np.where(numbers == GAP, np.nan, numbers / SCALE)
    points = plain.reshape(3, -1).T if slot.kind == "surface" else plain.reshape(-1, 3)
    return Thing(slot, points)


def elements(things, seen):
    """Return SVG elements, in the order of drawing.

    Args:
        things: the ``Thing`` of each slot that shows something.
        seen: the ``Camera``.
    """
    sheets = [(each, _plane(each, seen)) for each in things if each.slot.kind == "surface"]
    flat = [(each, plane) for each, plane in sheets if plane is not None]
    pieces = [_faces(each, seen) for each, plane in sheets if plane is None]
    pieces += [_strokes(each, seen, flat) for each in things if each.slot.kind == "line"]
    pieces += [_dots(each, seen) for each in things if each.slot.kind == "dots"]
    pieces = [piece for part in pieces for piece in part]
    # What may be hidden is told faintly, but for what lies on the floor, which much stands on.
    thin = [each for each in things if each.slot.kind in ("line", "dots") and not _on_floor(each)]
    flat = [_sheet(each, plane, seen) for each, plane in flat]
    painted = _grouped(_ordered(pieces, flat, seen))
    faint = [sheet.outline for sheet in flat] + [_whole(each, seen) for each in thin]
    return [
        *painted,
        f'<g class="live-faint">{"".join(faint)}</g>',
        *(_words(each, seen) for each in things if each.slot.kind == "words"),
    ]


def _plane(thing, seen):
    """Return a point of a flat surface and what is square to it, None if it is not flat."""
    world = seen.world(thing.points)
    world = world[np.isfinite(world).all(axis=1)]
    if len(world) < 3:
        return None
    middle = world.mean(axis=0)
    *_, ways = np.linalg.svd(world - middle, full_matrices=False)
    return (middle, ways[2]) if np.abs((world - middle) @ ways[2]).max() < 2e-3 else None


def _grid(thing):
    """Return a surface's corners, shape (rows, columns, 3), as many as the faces here need."""
    sides = np.array(thing.slot.shape) - 1
    step = next(n for n in range(1, sides.max() + 2) if np.prod(-(-sides // n)) <= _MOST_FACES)
    rows, columns = (np.unique([*range(0, side, step), side]) for side in sides)
    return thing.points.reshape(*thing.slot.shape, 3)[np.ix_(rows, columns)]


def _faces(thing, seen):
    grid = _grid(thing)
    corners = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
    corners = corners.reshape(-1, 4, 3)
    corners = corners[np.isfinite(corners).all(axis=(1, 2))]
    world, flat = seen.world(corners), seen.project(corners.reshape(-1, 3)).reshape(-1, 4, 3)
    normals = np.cross(world[:, 2] - world[:, 0], world[:, 3] - world[:, 1])
    light = _lit(normals, world.mean(axis=1), seen)
    return [
        _Piece(
            pixels[:, 2].mean(),
            middle,
            thing.slot,
            f'<path style="--l:{share:.0f}%" d="{_outline(pixels)}z"/>',
        )
        for pixels, middle, share in zip(flat, world.mean(axis=1), light, strict=True)
    ]


def _lit(normals, middles, seen):
    """Return how bright faces are, in per cent: half of it by how they lie to the light."""
    normals = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    facing = np.where(((seen.eye - middles) * normals).sum(axis=1) < 0, -1, 1)
    below = (facing * normals[:, 2] < 0) * 0.06
    share = 0.5 + 0.5 * facing * (normals @ (_LIGHT @ seen.ways)) - below
    return _BRIGHTEST * np.clip(share, 0, 1)


def _sheet(thing, plane, seen):
    grid = _grid(thing)
    rim = np.concatenate([grid[0], grid[1:, -1], grid[-1, -2::-1], grid[-2:0:-1, 0]])
    d = _outline(seen.project(rim)) + "z"
    mesh = [*grid[1:-1], *np.swapaxes(grid, 0, 1)[1:-1]]
    lines = "".join(_outline(seen.project(line)) for line in mesh)
    (share,) = _lit(plane[1][None], plane[0][None], seen)
    style = _lit_style(thing.slot)
    face = f'<path style="--l:{share:.0f}%" d="{d}"/>'
    rest = f'<path class="live-mesh" d="{lines}"/>' if lines else ""
    outline = f'<path class="live-rim" style="{style}" d="{d}"/>'
    whole = f'<g class="live-lit" style="{style}">{face}{rest}</g>{outline}'
    return _Sheet(*plane, whole, outline)


def _on_floor(thing):
    heights = thing.points[np.isfinite(thing.points[:, 2]), 2]
    return thing.slot.kind == "line" and bool((np.abs(heights) < 1e-9).all())


def _strokes(thing, seen, flat):
    """Return a line cut into pieces, at sheets, too; whole ones if `flat` is None.

    On the floor it comes first, for there is nothing below.
    """
    found, points, on_floor = [], thing.points, _on_floor(thing)
    for start, end in pairwise(points):
        if not np.isfinite([start, end]).all():
            continue
        is_whole = on_floor or flat is None
        cuts = np.array([0, 1]) if is_whole else _cuts(start, end, seen, flat)
        places = start + cuts[:, None] * (end - start)
        pixels, middles = seen.project(places), (seen.world(places[:-1] + places[1:])) / 2
        depths = (pixels[:-1, 2] + pixels[1:, 2]) / 2 - _LINE_NEARER
        for k, depth in enumerate(depths):
            ends = np.round(pixels[k : k + 2, :2]).astype(int)
            found.append(_Piece(np.inf if on_floor else depth, middles[k], thing.slot, ends))
    return found


def _cuts(start, end, seen, flat):
    """Return where a piece of a line is cut, as shares from 0 to 1: evenly, and at each sheet."""
    count = max(1, int(np.ceil(np.linalg.norm(end - start) / _PIECE)))
    cuts = np.linspace(0, 1, count + 1)
    for _, (point, normal) in flat:
        first, last = (seen.world([start, end]) - point) @ normal
        if first * last < 0:
            cuts = np.append(cuts, first / (first - last))
    return np.sort(cuts)


def _dots(thing, seen):
    points = thing.points[np.isfinite(thing.points).all(axis=1)]
    return [
        _Piece(depth - _DOT_NEARER, world, thing.slot, f"M{x:.0f} {y:.0f}{thing.slot.glyph}")
        for (x, y, depth), world in zip(seen.project(points), seen.world(points), strict=True)
    ]


def _ordered(pieces, sheets, seen):
    """Return pieces and sheets from far to near; what a sheet hides comes before it."""
    if not sheets:
        return sorted(pieces, key=lambda piece: -piece.depth)
    sheet, *rest = sheets
    toward = np.sign((seen.eye - sheet.point) @ sheet.normal) or 1

    def is_near(place, slack):
        return toward * ((place - sheet.point) @ sheet.normal) > -slack

    slacks = [0 if piece.slot.kind == "surface" else _ON for piece in pieces]
    near = [is_near(piece.middle, slack) for piece, slack in zip(pieces, slacks, strict=True)]
    before, behind = (
        [piece for piece, is_here in zip(pieces, near, strict=True) if is_here == side]
        for side in (True, False)
    )
    nearer, farther = (
        [each for each in rest if is_near(each.point, 0) == side] for side in (True, False)
    )
    return [*_ordered(behind, farther, seen), sheet, *_ordered(before, nearer, seen)]


def _grouped(pieces):
    """Return elements, those of one thing that follow each other in one."""
    found, run = [], []
    for piece in [*pieces, None]:
        if run and (piece is None or isinstance(piece, _Sheet) or piece.slot is not run[0].slot):
            found.append(_element(run[0].slot, [each.element for each in run]))
            run = []
        if isinstance(piece, _Sheet):
            found.append(piece.element)
        elif piece is not None:
            run.append(piece)
    return found


def _element(slot, parts):
    if slot.kind == "surface":
        return f'<g class="live-lit" style="{_lit_style(slot)}">{"".join(parts)}</g>'
    d = _joined(parts) if slot.kind == "line" else "".join(parts)
    return f'<path d="{d}" style="{_style(slot)}"/>'


def _joined(pieces):
    """Return the ``d`` of pieces of a line, pairs of ends; the pen stays down where it goes on."""
    d, at = "", None
    for start, end in np.array(pieces).tolist():
        if start != at:
            d += f"M{start[0]} {start[1]}"
        if start != end:
            d += f"l{end[0] - start[0]} {end[1] - start[1]}"
        at = end
    return d.replace(" -", "-")


def _whole(thing, seen):
    """Return a line, uncut, or dots as one element."""
    pieces = _dots(thing, seen) if thing.slot.kind == "dots" else _strokes(thing, seen, None)
    return _element(thing.slot, [piece.element for piece in pieces])


def _lit_style(slot):
    look = dict(slot.style)
    opacity = f";fill-opacity:{look['fill-opacity']}" if "fill-opacity" in look else ""
    return escape(f"--c:{look['fill']}{opacity}")


def _style(slot):
    return escape(";".join(f"{name}:{value}" for name, value in slot.style))


def _words(thing, seen):
    (x, y, _), slot = seen.project(thing.points)[0], thing.slot
    pairs = zip(("dx", "dy"), slot.shift, strict=True)
    shift = "".join(f' {name}="{share:g}em"' for name, share in pairs if share)
    at = f'x="{x:.1f}" y="{y:.1f}"{shift}'
    return f'<text {at} style="{_style(slot)}">{escape(slot.text)}</text>'


def _outline(pixels):
    """Return the ``d`` of a line through pixels, shape (n, 2 or more), rounded to whole ones."""
    whole = np.round(pixels[:, :2]).astype(int)
    ways = "".join(f"l{across} {down}" for across, down in np.diff(whole, axis=0))
    return f"M{whole[0][0]} {whole[0][1]}{ways}".replace(" -", "-")
