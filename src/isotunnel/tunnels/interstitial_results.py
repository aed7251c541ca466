"""What a search for interstitial maxima gives, and how their dimension follows from levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.field import Field
from isotunnel.tunnels.results import Neighbour


@dataclass(frozen=True, eq=False)
class InterstitialSite:
    """A maximum of the ELF that belongs to no atom.

    Attributes:
        elf: ELF at the grid point of the maximum.
        height: above the highest pass to a higher maximum of any kind; of the highest one above the
            lowest value of the field.
        position_fractional: (3,) of that grid point, in [0, 1).
        clearance: distance to the nearest nucleus in units of its scaled covalent radius.
        nearest: the atoms of the first shell (up to 1.1 times the shortest distance).
        volume_a3: of the basin, angstrom^3.
        charge_e: electrons in the basin; NaN without a density.
        charge_error_e: how much it changes with the way the basin's border is found.
    """

    elf: float
    height: float
    position_fractional: NDArray[np.float64]
    clearance: float
    nearest: tuple[Neighbour, ...]
    volume_a3: float
    charge_e: float
    charge_error_e: float


@dataclass(frozen=True, eq=False)
class InterstitialNetwork:
    """The interstitial maxima of an ELF and the network of their basins.

    Attributes:
        elf: the field.
        sites: highest ELF first; empty where there is none.
        thresholds: (3,) ELF at which the network of their basins alone spans 1, 2, 3 dimensions;
            NaN where it never does.
        thresholds_error: (3,) their errors from the grid; NaN where not refined.
        contact: ELF at which it first touches the basin of an atom or bond; NaN if never.
        contact_error: its error from the grid.
        reach: covalent radii within which a maximum belongs to an atom.
        least_elf: the lowest maximum counted.
        scale: factor on all covalent radii, from the crystal's own shortest bond.
        sites_by_reach: number of sites for this and for a smaller and a larger reach.
        ranges: ELF range over which the network has rank 0, 1, 2, 3 before contact.
        dimension: the rank with the longest range; None where that cannot be said.
        directions: (dimension, 3) lattice vectors along which it runs; more where equal passes
            open several dimensions at once.
        margin: the longest range less the next longest.
        margin_error: its error from the grid; NaN where not refined.
        reason: why there is no dimension; empty where there is one.
        warnings: what a user should know.
    """

    elf: Field
    sites: tuple[InterstitialSite, ...]
    thresholds: NDArray[np.float64]
    thresholds_error: NDArray[np.float64]
    contact: float
    contact_error: float
    reach: float
    least_elf: float
    scale: float
    sites_by_reach: Mapping[float, int]
    ranges: tuple[float, float, float, float]
    dimension: int | None
    directions: NDArray[np.int64]
    margin: float
    margin_error: float
    reason: str
    warnings: tuple[str, ...] = ()

    @property
    def charge_e(self) -> float:
        """Electrons in all interstitial basins of the cell; NaN without a density."""
        return float(sum(s.charge_e for s in self.sites))


def dimension_of(
    top: float,
    thresholds: NDArray[np.float64],
    errors: NDArray[np.float64],
    floor: float,
    floor_error: float,
) -> dict[str, Any]:
    """The rank that lasts longest between the highest maximum and the floor.

    Rank r lasts from the level at which it is reached (rank 0: the maximum) down to that of rank
    r + 1, or to the floor. The margin's error is the root of the summed squares of the errors of
    all levels above the floor, and of the floor's.
    """
    reached = np.where(np.isnan(thresholds), floor, np.maximum(thresholds, floor))
    level = np.concatenate([[top], reached, [floor]])
    ranges = np.maximum(-np.diff(level), 0.0)
    longest = int(np.argmax(ranges))
    margin = float(ranges[longest] - np.sort(ranges)[-2])
    above = ~np.isnan(thresholds) & (thresholds > floor)
    parts = np.append(errors[above], floor_error if np.isfinite(floor_error) else 0.0)
    error = float(np.sqrt((parts**2).sum()))
    reason = ""
    if margin <= 0.0 or (np.isfinite(error) and margin <= error):
        reason = f"two ranks last equally long: {margin:.4f} apart, with an error of {error:.4f}"
    return {
        "ranges": tuple(float(r) for r in ranges),
        "dimension": None if reason else longest,
        "margin": margin,
        "margin_error": error,
        "reason": reason,
    }
