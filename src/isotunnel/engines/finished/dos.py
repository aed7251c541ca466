"""The value of a tabulated density of states at the Fermi level."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Interpolated:
    """A table's columns at one energy, interpolated linearly from rows handed in one by one.

    Only the two rows around the energy are kept, so that a long table costs no memory.
    """

    def __init__(self, level_ev: float) -> None:
        self.level_ev = level_ev
        self._first: float | None = None
        self._before: Sequence[float] | None = None
        self._after: Sequence[float] | None = None
        self._last: float | None = None

    def add(self, row: Sequence[float]) -> None:
        """The next row: energy in eV, then the columns; energies rise."""
        if self._first is None:
            self._first = row[0]
        self._last = row[0]
        if row[0] <= self.level_ev:
            self._before = row
        elif self._after is None:
            self._after = row

    @property
    def window_ev(self) -> tuple[float, float] | None:
        """First and last energy of the table."""
        if self._first is None or self._last is None:
            return None
        return self._first, self._last

    @property
    def value(self) -> NDArray[np.float64] | None:
        """The columns behind the energy; None where the table does not reach the level."""
        if self._before is None:
            return None
        low = np.array(self._before, dtype=float)
        if low[0] == self.level_ev:
            return low[1:]
        if self._after is None:
            return None
        high = np.array(self._after, dtype=float)
        share = (self.level_ev - low[0]) / (high[0] - low[0])
        value: NDArray[np.float64] = (1.0 - share) * low[1:] + share * high[1:]
        return value
