"""Places for the nodes of a graph: in columns, no disc on another, no edge through a disc.

Each node goes in turn where the picture is best, until none wants to move; of several beginnings
the best picture is kept. The same graph always gets the same places.
"""

import numpy as np

# Places along a column, rounds of moves, and tries: more while something lies on something.
_ROWS, _ROUNDS, _TRIES, _MOST_TRIES = 17, 12, 6, 16
# The room between two discs, and between a disc and an edge that passes it, in pixels.
_APART, _PASSING = 4, 5
# What counts: a crossing of two edges, a pixel that an edge goes up or down, one that a node
# stands beside its column, one that two middles are closer than so many discs, and a node that
# stands above one that was there before it.
_CROSSING, _SLANT, _BESIDE, _CLOSE, _WIDE, _ABOVE = 400, 0.4, 2, 0.6, 2.6, 15


def columns(parents):
    """Return the column of each node, 0 for the first: one after the last of its parents.

    What has no parents stands in the column before that of the first node that needs it.

    Args:
        parents: for each node the numbers of those it came from, which stand before it.
    """
    found = []
    for mine in parents:
        found.append(1 + max((found[k] for k in mine), default=-1))
    for k, mine in enumerate(parents):
        needs = [found[child] for child, theirs in enumerate(parents) if k in theirs]
        if not mine and needs:
            found[k] = min(needs) - 1
    return found


def places(parents, size, box):
    """Return where the nodes of a graph stand, shape (nodes, 2), in pixels.

    Args:
        parents: for each node the numbers of those it came from, which stand before it.
        size: the width of a disc in pixels.
        box: left, bottom, right and top of the room for all discs.
    """
    pairs = np.array([(k, child) for child, mine in enumerate(parents) for k in set(mine)])
    options, middles = _options(columns(parents), size, box)
    if not len(pairs):
        return np.array([each[len(each) // 2] for each in options])
    rng, best, least = np.random.default_rng(0), None, np.inf
    for attempt in range(_MOST_TRIES):
        here, cost = _settled(options, middles, pairs, size, rng)
        if cost < least:
            best, least = here, cost
        if attempt + 1 >= _TRIES and not _hidden(best[None], pairs, size)[0]:
            break
    return _centred(best, box)


def _centred(nodes, box):
    """Return places moved up or down as a whole to the middle of the room."""
    off = (box[1] + box[3] - nodes[:, 1].min() - nodes[:, 1].max()) / 2
    return nodes + np.array([0, off])


def _options(columns, size, box):
    """Return for each node the places it may take, and where its column is.

    They are in the column, or a little beside it where that is in the room.
    """
    left, bottom, right, top = np.asarray(box) + size / 2 * np.array([1, 1, -1, -1])
    step = (right - left) / max(max(columns), 1)
    rows = np.linspace(bottom, top, _ROWS)
    found = []
    for column in columns:
        across = left + step * (column + np.array([-0.4, 0, 0.4]))
        across = across[(across >= left - 0.1) & (across <= right + 0.1)]
        found.append(np.stack(np.meshgrid(across, rows), axis=-1).reshape(-1, 2))
    return found, left + step * np.array(columns)


def _settled(options, middles, pairs, size, rng):
    """Return places from which no node wants to move alone, and what the picture costs."""
    here = np.array([each[rng.integers(len(each))] for each in options])
    cost = _cost(here[None], middles, pairs, size)[0]
    for _ in range(_ROUNDS):
        before = cost
        for k, places in enumerate(options):
            tried = np.repeat(here[None], len(places), axis=0)
            tried[:, k] = places
            costs = _cost(tried, middles, pairs, size)
            here, cost = tried[costs.argmin()], costs.min()
        if cost >= before:
            break
    return here, cost


def _cost(nodes, middles, pairs, size):
    """Return what pictures cost, shape (pictures,), for places of shape (pictures, nodes, 2)."""
    starts, ends = nodes[:, pairs[:, 0]], nodes[:, pairs[:, 1]]
    ways = ends - starts
    slants = np.abs(ways[..., 1]).sum(axis=1)
    backwards = np.maximum(8 - ways[..., 0], 0).sum(axis=1)  # an edge leads to the right
    beside = np.abs(nodes[..., 0] - middles).sum(axis=1)
    close = _covered(nodes, _WIDE * size)
    wishes = _SLANT * slants + _CROSSING * _crossings(starts, ends, pairs)
    wishes += _BESIDE * beside + _CLOSE * close + _ABOVE * _disordered(nodes, middles)
    return wishes + 100 * _hidden(nodes, pairs, size) + 20 * backwards


def _disordered(nodes, middles):
    """Return how many nodes stand above one of their column that was there before them."""
    i, j = np.triu_indices(nodes.shape[1], 1)
    both = middles[i] == middles[j]
    return (nodes[:, i[both], 1] < nodes[:, j[both], 1]).sum(axis=1)


def _hidden(nodes, pairs, size):
    """Return by how much something lies on a disc, 0 if all is well."""
    return _covered(nodes, size + _APART) + _passed(nodes, pairs, size)


def _covered(nodes, apart):
    """Return by how much the middles of nodes are closer than so far apart."""
    i, j = np.triu_indices(nodes.shape[1], 1)
    far = np.hypot(*np.moveaxis(nodes[:, i] - nodes[:, j], -1, 0))
    return np.maximum(apart - far, 0).sum(axis=1)


def _passed(nodes, pairs, size):
    """Return by how much edges go through discs that are not at their ends."""
    starts = nodes[:, pairs[:, 0]]
    ways = nodes[:, pairs[:, 1]] - starts
    away = nodes[:, None] - starts[:, :, None]
    length = np.maximum((ways**2).sum(axis=-1), 1)[:, :, None]
    part = np.clip((away * ways[:, :, None]).sum(axis=-1) / length, 0, 1)
    far = np.hypot(*np.moveaxis(away - part[..., None] * ways[:, :, None], -1, 0))
    foreign = (np.arange(nodes.shape[1]) != pairs[:, :, None]).all(axis=1)
    return (np.maximum(size / 2 + _PASSING - far, 0) * foreign).sum(axis=(1, 2))


def _crossings(starts, ends, pairs):
    """Return how many edges cross, those that share a node left out."""
    i, j = np.triu_indices(len(pairs), 1)
    apart = (pairs[i][:, :, None] != pairs[j][:, None, :]).all(axis=(1, 2))
    i, j = i[apart], j[apart]
    a, b, c, d = starts[:, i], ends[:, i], starts[:, j], ends[:, j]
    return ((_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)).sum(
        axis=1
    )


def _side(a, b, c):
    """Return which sides of lines from a to b points c lie on, by their signs."""
    one, other = b - a, c - a
    return one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]
