"""The bond of H2: depth and length in each basis, and where the bases lead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.bonding.bond_points import Series
from isotunnel.bonding.h2_energies import BASES, LARGEST, NEAR, NEXT
from isotunnel.units import HARTREE_EV

Array = NDArray[np.float64]

LIMIT = "extrapolated"


@dataclass(frozen=True)
class H2Depth:
    """The minimum of one curve: basis, depth below two atoms (eV), length (angstrom)."""

    basis: str
    depth_ev: float
    length_angstrom: float


@dataclass(frozen=True)
class H2Point:
    """Energies less two atoms' in the same basis, eV, by basis and extrapolated from the last two.

    The largest basis, and so the extrapolation, is there around the minimum only: far apart the
    correlation energy is not what the law of extrapolation is about.
    """

    distance_angstrom: float
    energies_ev: dict[str, float]


@dataclass(frozen=True)
class H2Bond:
    """The molecule.

    Attributes:
        curve: by rising distance.
        depths: by basis, the extrapolated one last.
        basis_error_ev: what extrapolation adds to the largest basis; the error is of that size at
            most.
    """

    curve: tuple[H2Point, ...]
    depths: tuple[H2Depth, ...]
    basis_error_ev: float


def h2_bond(series: Series) -> H2Bond:
    """From energies at distances, the curve and its minimum."""
    distances = sorted({p["distance_angstrom"] for p in series.points})
    curve = tuple(H2Point(d, _energies(series, d)) for d in distances)
    near = [p for p in curve if p.distance_angstrom in NEAR]
    depths = tuple(_depth(name, near) for name in (*BASES, LIMIT))
    return H2Bond(curve, depths, abs(depths[-1].depth_ev - depths[-2].depth_ev))


def _energies(series: Series, distance: float) -> dict[str, float]:
    found, correlation, mean_field = {}, {}, {}
    for point in series.of(distance_angstrom=distance):
        basis = point["basis"]
        mean_field[basis] = point["hf_hartree"] - point["atoms_hartree"]
        correlation[basis] = point["ccsd_hartree"] - point["hf_hartree"]
        found[basis] = HARTREE_EV * (mean_field[basis] + correlation[basis])
    if LARGEST not in found:
        return found
    a, b = BASES[NEXT] ** 3, BASES[LARGEST] ** 3
    limit = (b * correlation[LARGEST] - a * correlation[NEXT]) / (b - a)
    return found | {LIMIT: HARTREE_EV * (mean_field[LARGEST] + limit)}


def _depth(name: str, near: list[H2Point]) -> H2Depth:
    """Minimum of the polynomial through the points nearest to it."""
    x = np.array([p.distance_angstrom for p in near])
    y = np.array([p.energies_ev[name] for p in near])
    middle = float(np.mean(x))
    law = np.polynomial.Polynomial.fit(x - middle, y, len(near) - 1)
    fine = np.linspace(x.min(), x.max(), 4001)
    values = law(fine - middle)
    at = int(np.argmin(values))
    return H2Depth(name, -float(values[at]), float(fine[at]))
