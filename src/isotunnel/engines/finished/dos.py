"""The value of a tabulated density of states at the Fermi level."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def value_at(table: NDArray[np.float64], level_ev: float) -> NDArray[np.float64] | None:
    """Columns of a table at an energy, interpolated linearly; None where it does not reach it.

    Args:
        table: shape (energies, 1 + columns), the energy first, in rising order, eV.
        level_ev: the energy.
    """
    energies = table[:, 0]
    if not (len(energies) and energies[0] <= level_ev <= energies[-1]):
        return None
    after = int(np.searchsorted(energies, level_ev))
    if energies[after] == level_ev:
        exact: NDArray[np.float64] = table[after, 1:]
        return exact
    low, high = table[after - 1], table[after]
    share = (level_ev - low[0]) / (high[0] - low[0])
    value: NDArray[np.float64] = (1.0 - share) * low[1:] + share * high[1:]
    return value
