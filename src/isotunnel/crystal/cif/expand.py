"""All atoms of a cell from its sites and symmetry operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.checks import MAX_ATOMS, MIN_DISTANCE_ANGSTROM
from isotunnel.crystal.cif.sites import CifSite
from isotunnel.crystal.operations import Operations
from isotunnel.errors import CrystalError

_SLACK_ANGSTROM = 0.02
_MOST_ROUNDING_ANGSTROM = 0.3
_TOLD_ANGSTROM = 0.01


@dataclass(frozen=True)
class Expanded:
    """The atoms of a cell, in the order of the sites.

    Attributes:
        site: per atom, the index of its site.
        positions: fractional, shape (n, 3); the first atom of a site stands where the file has it.
        remarks: sites that were moved to their special position by more than rounding to four
            digits.
    """

    site: NDArray[np.int64]
    positions: NDArray[np.float64]
    remarks: tuple[str, ...]


def expand(sites: Sequence[CifSite], found: Operations, lattice: NDArray[np.float64]) -> Expanded:
    """Apply every operation to every site; images of one site at one place are one atom.

    A site within rounding of a special position (0.333 for 1/3) is put there: its images are one
    atom as far apart as the digits of its coordinates allow.

    Raises:
        CrystalError: images neither at one place nor apart, or more atoms than ``MAX_ATOMS``.
    """
    orbits: list[NDArray[np.float64]] = []
    owners: list[int] = []
    remarks: list[str] = []
    total = 0
    for index, site in enumerate(sites):
        orbit, moved = _orbit(site, found, lattice)
        total += len(orbit)
        if total > MAX_ATOMS:
            raise CrystalError(f"the crystal holds more than {MAX_ATOMS} atoms, the limit")
        if moved > _TOLD_ANGSTROM:
            remarks.append(
                f"{site.label} was put on its special position, {moved:.3f} angstrom away"
            )
        orbits.append(orbit)
        owners += [index] * len(orbit)
    return Expanded(np.array(owners), np.concatenate(orbits), tuple(remarks))


def _orbit(
    site: CifSite, found: Operations, lattice: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Positions of a site's atoms, and by how many angstrom it was moved."""
    start = np.array(site.position)
    if len(found) == 1:
        return start[None], 0.0
    tolerance = _tolerance(site, lattice)
    images = found.rotations @ start + found.shifts
    off = _nearest(images - start)
    here = np.linalg.norm(off @ lattice, axis=1) < tolerance
    special = start + off[here].mean(axis=0)
    moved = float(np.linalg.norm((special - start) @ lattice))
    return _distinct(site, special, found, lattice, tolerance), moved


def _tolerance(site: CifSite, lattice: NDArray[np.float64]) -> float:
    # An image holds up to two coordinates, rounded like the one that it is compared with.
    edges = np.linalg.norm(lattice, axis=1)
    rounding = 3.0 * float(np.max(np.array(site.rounding) * edges))
    return _SLACK_ANGSTROM + min(rounding, _MOST_ROUNDING_ANGSTROM)


def _distinct(
    site: CifSite,
    special: NDArray[np.float64],
    found: Operations,
    lattice: NDArray[np.float64],
    tolerance: float,
) -> NDArray[np.float64]:
    # The place of the file comes first, whatever the order of the operations.
    images = np.vstack([special, found.rotations @ special + found.shifts])
    left = np.ones(len(images), dtype=bool)
    orbit = []
    for k in range(len(images)):
        if not left[k]:
            continue
        distance = np.linalg.norm(_nearest(images - images[k]) @ lattice, axis=1)
        between = left & (distance >= tolerance) & (distance < MIN_DISTANCE_ANGSTROM)
        if between.any():
            raise CrystalError(
                f"equivalent positions of {site.label} are {distance[between].min():.3f} angstrom "
                "apart, neither one atom nor two: a split site, a slip in its coordinates, or the "
                "wrong origin"
            )
        left &= distance >= tolerance
        orbit.append(images[k] if k == 0 else images[k] % 1.0)
    return np.array(orbit)


def _nearest(difference: NDArray[np.float64]) -> NDArray[np.float64]:
    # Only near-zero distances matter here, for which rounding to the nearest image is exact.
    return np.asarray(difference - np.rint(difference))
