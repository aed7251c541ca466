"""Where words go in a phase diagram: inside their region, off the points and off each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

CELLS = 90
"""Cells along each side of the panel that places are looked for in."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Placed:
    """Words with the middle of their box, as shares of the panel's width and height."""

    words: str
    x: float
    y: float
    vertical: bool
    tag: str


@dataclass
class Room:
    """What is still free in a panel; x, y and sizes are shares of its width and height."""

    taken: Mask

    @classmethod
    def empty(cls) -> Room:
        """A panel with nothing in it."""
        return cls(np.zeros((CELLS, CELLS), dtype=bool))

    def block(self, x: float, y: float, width: float, height: float) -> None:
        """Take a box, given by its middle."""
        rows, columns = _span(y, height), _span(x, width)
        self.taken[rows, columns] = True

    def place(
        self, words: str, tag: str, region: Mask, width: float, height: float
    ) -> Placed | None:
        """Put words where the region leaves most room round them; upright if they do not fit.

        The words' box is taken. None where there is no room.
        """
        from scipy.ndimage import distance_transform_edt

        free = region & ~self.taken
        if not free.any():
            return None
        clear = distance_transform_edt(np.pad(region, 1))[1:-1, 1:-1]
        for vertical, (w, h) in enumerate(((width, height), (height, width))):
            fits = _fits(free, w, h)
            if fits.any():
                j, i = np.unravel_index(int(np.argmax(np.where(fits, clear, -1.0))), free.shape)
                x, y = (float(i) + 0.5) / CELLS, (float(j) + 0.5) / CELLS
                self.block(x, y, w, h)
                return Placed(words, x, y, bool(vertical), tag)
        return None


def _span(middle: float, size: float) -> slice:
    low = int(np.floor((middle - size / 2) * CELLS))
    high = int(np.ceil((middle + size / 2) * CELLS))
    return slice(max(low, 0), max(min(high, CELLS), 0))


def _fits(free: Mask, width: float, height: float) -> Mask:
    """Cells round which a box of that size is free and inside the panel."""
    w, h = int(np.ceil(width * CELLS)) | 1, int(np.ceil(height * CELLS)) | 1
    fits = np.zeros_like(free)
    if w > CELLS or h > CELLS:
        return fits
    total = np.zeros((CELLS + 1, CELLS + 1), dtype=int)
    total[1:, 1:] = np.cumsum(np.cumsum(free, axis=0), axis=1)
    full = total[h:, w:] - total[:-h, w:] - total[h:, :-w] + total[:-h, :-w] == w * h
    fits[h // 2 : h // 2 + full.shape[0], w // 2 : w // 2 + full.shape[1]] = full
    return fits


def regions(keys: Sequence[Sequence[str]], least: float) -> list[tuple[str, Mask]]:
    """Connected regions of one key that fill at least a share of the plane, the widest first."""
    from scipy.ndimage import label

    grid: Any = np.array(keys, dtype=object)
    found = []
    for key in dict.fromkeys(grid.ravel().tolist()):
        pieces, count = label(grid == key)
        for n in range(1, count + 1):
            mask = pieces == n
            if mask.mean() >= least:
                found.append((key, mask))
    return sorted(found, key=lambda pair: -int(pair[1].sum()))
