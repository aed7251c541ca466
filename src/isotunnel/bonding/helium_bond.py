"""Bonds of helium: the pair with its parts and deformation, and what three atoms add."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.bonding.bond_points import Point, Series
from isotunnel.bonding.helium_pair import BASIS, LARGE_BASIS, MINIMUM_ANGSTROM
from isotunnel.units import BOHR_ANGSTROM, BOLTZMANN_EV_K, COULOMB_EV_ANGSTROM

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PairEnergy:
    """Interaction energy of two atoms and its parts, kelvin; see ``helium_pair``."""

    basis: str
    distance_angstrom: float
    total_k: float
    electrostatic_k: float
    exchange_k: float
    dispersion_k: float
    rest_k: float


@dataclass(frozen=True)
class AtomShape:
    """Moments of one of two atoms less those of an undeformed one, by two partitions.

    Attributes:
        distance_angstrom: of the nuclei.
        dipole_plane_ea, dipole_hirshfeld_ea: along the axis, above zero where electrons withdraw
            from the other atom; e angstrom.
        quadrupole_plane_ea2, quadrupole_hirshfeld_ea2: above zero where the cloud is contracted
            along the axis; e angstrom^2.
        quadrupole_plane_undeformed_ea2: what the plane gives undeformed atoms.
    """

    distance_angstrom: float
    dipole_plane_ea: float
    dipole_hirshfeld_ea: float
    quadrupole_plane_ea2: float
    quadrupole_hirshfeld_ea2: float
    quadrupole_plane_undeformed_ea2: float

    @property
    def quadrupole_energy_k(self) -> float:
        """Energy of the two Hirshfeld quadrupoles on the axis, 6 Q^2 / (4 pi eps0 R^5), kelvin.

        It is positive: two equal quadrupoles in a row repel each other.
        """
        q, r = self.quadrupole_hirshfeld_ea2, self.distance_angstrom
        return 6.0 * COULOMB_EV_ANGSTROM * q * q / r**5 / BOLTZMANN_EV_K


@dataclass(frozen=True)
class DensityChange:
    """Electrons per cubic angstrom more than undeformed atoms have, in a quarter of a plane.

    Attributes:
        distance_angstrom: of the nuclei.
        step_angstrom: between points.
        values: shape (along the axis from the middle of the bond, away from the axis).
    """

    distance_angstrom: float
    step_angstrom: float
    values: Array


@dataclass(frozen=True)
class HeliumPair:
    """Two atoms.

    Attributes:
        curve: by rising distance.
        larger: the same in a larger basis, at fewer distances.
        deepest: at the published minimum, in the largest basis.
        shapes: by rising distance.
        change: of the density.
    """

    curve: tuple[PairEnergy, ...]
    larger: tuple[PairEnergy, ...]
    deepest: PairEnergy
    shapes: tuple[AtomShape, ...]
    change: DensityChange


@dataclass(frozen=True)
class TrioEnergy:
    """Three atoms in an equilateral triangle.

    Attributes:
        basis: of the energies.
        side_angstrom: of the triangle; side_bohr the same.
        three_body_mk: energy beyond the pairs, millikelvin; hartree_fock_mk without correlation.
        pairs_k: of the three pairs, kelvin.
    """

    basis: str
    side_angstrom: float
    three_body_mk: float
    hartree_fock_mk: float
    pairs_k: float

    @property
    def side_bohr(self) -> float:
        """Side in bohr."""
        return self.side_angstrom / BOHR_ANGSTROM


def helium_pair_bond(series: Series) -> HeliumPair:
    """From computed points, the pair."""
    curve, larger = (
        tuple(sorted((_pair(p) for p in series.of(kind="energy", basis=b)), key=_distance))
        for b in (BASIS, LARGE_BASIS)
    )
    (picture,) = series.of(kind="picture")
    values = np.array(picture["change_per_a3"])
    values.flags.writeable = False
    return HeliumPair(
        curve,
        larger,
        nearest(larger or curve, MINIMUM_ANGSTROM),
        tuple(sorted((_shape(p) for p in series.of(kind="shape")), key=_distance)),
        DensityChange(picture["distance_angstrom"], picture["step_angstrom"], values),
    )


def helium_trio_bond(series: Series) -> tuple[TrioEnergy, ...]:
    """From computed points, the triangles by rising side."""
    found = (
        TrioEnergy(**{f: p[f] for f in TrioEnergy.__dataclass_fields__}) for p in series.points
    )
    return tuple(sorted(found, key=lambda t: (t.side_angstrom, t.basis)))


def nearest(points: tuple[PairEnergy, ...], distance_angstrom: float) -> PairEnergy:
    """The point nearest to a distance."""
    return min(points, key=lambda p: math.fabs(p.distance_angstrom - distance_angstrom))


def _pair(point: Point) -> PairEnergy:
    return PairEnergy(**{name: point[name] for name in PairEnergy.__dataclass_fields__})


def _shape(point: Point) -> AtomShape:
    return AtomShape(**{name: point[name] for name in AtomShape.__dataclass_fields__})


def _distance(found: PairEnergy | AtomShape) -> float:
    return found.distance_angstrom
