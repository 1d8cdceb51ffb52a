"""How Matplotlib looks at axes in space: the same view in a few numbers, for any angle."""

from dataclasses import dataclass

import numpy as np

from lib.live.space import SIDE

#: How far the eye is from the middle of the box, in the units of its sides.
_DISTANCE = 10


@dataclass(frozen=True)
class Camera:
    """A view of the box.

    Attributes:
        elev: degrees that the eye stands above the floor.
        azim: degrees that it is turned by, counter-clockwise seen from above.
        aspect: the sides of the box, shape (3,).
        place: where the middle of the view lies in the picture, and how many pixels one unit is.
    """

    elev: float
    azim: float
    aspect: tuple[float, float, float]
    place: tuple[float, float, float]

    @property
    def ways(self):
        """To the right, upwards and towards the eye, rows of shape (3, 3)."""
        e, a = np.radians([self.elev, self.azim])
        right = [-np.sin(a), np.cos(a), 0]
        up = [-np.sin(e) * np.cos(a), -np.sin(e) * np.sin(a), np.cos(e)]
        return np.array([right, up, [np.cos(e) * np.cos(a), np.cos(e) * np.sin(a), np.sin(e)]])

    @property
    def eye(self):
        return np.array(self.aspect) / 2 + _DISTANCE * self.ways[2]

    def world(self, points):
        """Return points of the box, as marks have them, in the units of its sides."""
        return np.asarray(points) / SIDE * self.aspect

    def project(self, points):
        """Return pixels and how far away they are, shape (n, 3), of points as marks have them."""
        right, up, toward = ((self.world(points) - self.eye) @ self.ways.T).T
        x, y, unit = self.place
        return np.stack([x - unit * right / toward, y + unit * up / toward, -toward], axis=-1)


def camera(ax):
    """Return the view that an author has chosen for axes in space.

    Raises:
        ValueError: it is none that a reader can turn: rolled, without perspective, or the like.
    """
    chosen, own = (ax.elev, ax.azim), ax.get_proj()
    ax.view_init(elev=35, azim=45)  # where all three sides of the box show in the matrix
    toward = Camera(35, 45, (1, 1, 1), (0, 0, 1)).ways[2]
    low, high = np.reshape(ax.get_w_lims(), (3, 2)).T
    aspect = -ax.get_proj()[3, :3] * (high - low) / toward
    ax.view_init(*chosen)
    (x, y), (next_x, _) = ax.transData.transform([[0, 0], [1, 0]])
    place = (x, ax.figure.bbox.height - y, next_x - x)
    seen = Camera(*map(float, chosen), _rounded(aspect, 6), _rounded(place, 3))
    _check(ax, own, seen)
    return seen


def _rounded(numbers, digits):
    return tuple(round(float(each), digits) for each in numbers)


def _check(ax, own, seen):
    """Compare a view with Matplotlib's own, a matrix, at the corners of the box."""
    corners = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1]), axis=-1).reshape(-1, 3)
    low, high = np.reshape(ax.get_w_lims(), (3, 2)).T
    row = np.column_stack([low + corners * (high - low), np.ones(8)]) @ own.T
    pixels = ax.transData.transform(row[:, :2] / row[:, 3:])
    pixels[:, 1] = ax.figure.bbox.height - pixels[:, 1]
    if not np.allclose(pixels, seen.project(corners * SIDE)[:, :2], atol=0.1):
        raise ValueError(
            "still: it set how the axes are looked at, wanted perspective as Matplotlib has it, "
            "by view_init(elev, azim) alone"
        )
    if not 0 <= seen.elev <= 90:
        raise ValueError(f"still: got elev={seen.elev:g}, wanted 0 to 90 degrees")
