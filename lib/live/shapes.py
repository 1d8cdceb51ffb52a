"""Moving surfaces as sums of a few shapes: a position then needs only how much of each.

A surface has hundreds of corners, and most families of surfaces, such as all planes or all
quadratics, are made of a few. The sum is as exact as the numbers of a scene are.
"""

from dataclasses import dataclass, replace

import numpy as np

from lib.live.scene import GAP, Scenes

#: No more shapes than this for a surface; what needs more is kept corner by corner.
_MOST = 8
#: In which parts of a number shapes are kept, and the largest amount.
_FINE, _TOP = 4, 32000


@dataclass(frozen=True)
class _Sum:
    """A surface as ``base + (amounts · scales) @ shapes``, rounded; all but scales whole numbers.

    ``base`` has shape (n,), ``shapes`` (k, n), ``amounts`` (positions, k), ``scales`` (k,).
    """

    base: np.ndarray
    shapes: np.ndarray
    amounts: np.ndarray
    scales: np.ndarray


def combined(shapes, scales, amounts):
    """Return the numbers of a surface at one position.

    Args:
        shapes: of shape (k + 1, n), the first what is always there.
        scales: of shape (k,).
        amounts: of shape (k,).
    """
    return np.round(shapes[0] + (amounts * np.asarray(scales)) @ shapes[1:])


def shown(scenes, position, panel):
    """Return what a panel in space shows: pairs of a slot and its numbers, put together."""
    found, shapes = [], None
    rows = scenes.numbers[position], scenes.numbers[0]
    for slot, here, first in zip(scenes.slots, *rows, strict=True):
        numbers = first if slot.still else here
        if slot.kind == "shapes":
            shapes = numbers.reshape(-1, 3 * slot.shape[0] * slot.shape[1])
        elif slot.panel == panel and len(numbers):
            whole = (
                combined(shapes, np.array(slot.scales, float), numbers) if slot.scales else numbers
            )
            found.append((slot, whole))
    return found


def in_few_shapes(scenes):
    """Return ``Scenes`` with every surface that can be as its shapes, a slot before it."""
    if not any(slot.kind == "surface" for slot in scenes.slots):
        return scenes
    slots, columns = [], []
    for slot, column in zip(scenes.slots, zip(*scenes.numbers, strict=True), strict=True):
        found = _sum_of(column) if slot.kind == "surface" and not slot.still else None
        if found is not None:
            shapes = np.concatenate([found.base[None], found.shapes]).astype(np.int16).ravel()
            nothing = [np.empty(0, dtype=np.int16)] * (len(column) - 1)
            slots.append(replace(slot, kind="shapes", still=True, style=()))
            columns.append([shapes, *nothing])
            amounts = iter(found.amounts)
            column = [next(amounts) if len(each) else each for each in column]
            slot = replace(slot, scales=tuple(f"{scale:.6g}" for scale in found.scales))
        slots.append(slot)
        columns.append(column)
    return Scenes(tuple(slots), scenes.words, tuple(zip(*columns, strict=True)))


def _sum_of(column):
    """Return a column of numbers, position by position, as a ``_Sum``, None if it is not short."""
    there = [each for each in column if len(each)]
    if len(there) < 3 or len({len(each) for each in there}) > 1:
        return None
    table = np.array(there, dtype=float)
    if (table == GAP).any():
        return None
    base = np.round(table.mean(axis=0))
    amounts, sizes, shapes = _decomposed(table - base)
    for count in range(1, min(_MOST, len(there) // 2) + 1):
        found = _rounded(base, amounts[:, :count] * sizes[:count], shapes[:count])
        sums = base + (found.amounts * found.scales) @ found.shapes
        if np.abs(np.round(sums) - table).max() <= 1:
            return found
    return None


def _decomposed(table):
    """Return the largest singular values of a table with their vectors.

    The few directions that matter come from some random mixtures of its rows: as exact as the whole
    decomposition, and fast.
    """
    mixtures = table @ np.random.default_rng(0).standard_normal((table.shape[1], _MOST + 4))
    span = np.linalg.qr(table @ (table.T @ mixtures))[0]
    left, sizes, right = np.linalg.svd(span.T @ table, full_matrices=False)
    return span @ left, sizes, right


def _rounded(base, amounts, shapes):
    top = np.maximum(np.abs(amounts).max(axis=0), 1e-12)
    peak = np.maximum(np.abs(shapes).max(axis=1), 1e-12)
    parts = np.clip(np.ceil(_FINE * top * peak), 1, _TOP)  # of the farthest that a corner moves
    whole = np.round(amounts / top * parts), np.round(shapes / peak[:, None] * parts[:, None])
    amounts, shapes = (each.astype(np.int16) for each in whole)
    return _Sum(base, shapes, amounts, top * peak / parts**2)
