"""The bond of four hydrogen atoms: does squeezing make a tetrahedron of two molecules?

At a distance D of their middles two crossed molecules have the bond length that gives them the
lowest energy, up to D sqrt 2, where they are a tetrahedron. Beyond, an atom is nearer to those of
the other molecule than to its own partner: the four are a puckered square that spreads sideways,
which may be lower still and is told apart. The tetrahedron's density is taken
as that of a close packing of atoms of its edge, and the pressure as that at which hydrogen has this
density by its measured equation of state, extrapolated beyond the pressures of the measurement.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from isotunnel.bonding.bond_points import Point, Series
from isotunnel.bonding.h4_states import BASIS, SECOND_BASIS
from isotunnel.matter import material
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

SINGLET, TRIPLET = "singlet", "triplet"


@dataclass(frozen=True)
class H4Levels:
    """A shape of one length; energies less four atoms', eV, rising.

    Attributes:
        shape: "tetrahedron", "square" or "chain".
        edge_angstrom: between nearest atoms.
        singlets_ev, triplets_ev: lowest states.
    """

    shape: str
    edge_angstrom: float
    singlets_ev: tuple[float, ...]
    triplets_ev: tuple[float, ...]

    @property
    def lowest_ev(self) -> float:
        """Of either spin."""
        return min(self.singlets_ev[0], self.triplets_ev[0])

    @property
    def spin(self) -> str:
        """Of the lowest state."""
        return SINGLET if self.singlets_ev[0] < self.triplets_ev[0] else TRIPLET


@dataclass(frozen=True)
class H4Spacing:
    """Two molecules against the tetrahedron at one distance of their middles.

    Attributes:
        basis: of the energies.
        between_angstrom: D.
        edge_angstrom: of the tetrahedron.
        pressure_gpa: at which hydrogen is as dense as atoms packed at that edge.
        bond_angstrom: of the molecules in their lowest state there, the edge where it is that.
        molecules_ev, tetrahedron_ev: energies less four atoms'.
        spread_ev: the lowest energy computed of longer bonds; NaN where none was.
        spin: of the tetrahedron's lowest state.
    """

    basis: str
    between_angstrom: float
    edge_angstrom: float
    pressure_gpa: float
    bond_angstrom: float
    molecules_ev: float
    tetrahedron_ev: float
    spread_ev: float
    spin: str

    @property
    def difference_ev(self) -> float:
        """Tetrahedron less molecules: negative where the four-way bond is the lower state."""
        return self.tetrahedron_ev - self.molecules_ev

    @property
    def lowest(self) -> bool:
        """Whether the tetrahedron is the lowest of all shapes computed at this distance."""
        below_spread = not self.tetrahedron_ev > self.spread_ev
        return self.difference_ev < 0 and below_spread


@dataclass(frozen=True)
class H4Passage:
    """Level of the electrons and passes of the potential at one shape, eV.

    Attributes:
        bond_angstrom, between_angstrom: the shape.
        level_ev: highest occupied level.
        pass_within_ev: joins the atoms of a molecule; pass_all_ev all four.
        pressure_gpa: of a tetrahedron, as in :class:`H4Spacing`; NaN of other shapes.
    """

    bond_angstrom: float
    between_angstrom: float
    level_ev: float
    pass_within_ev: float
    pass_all_ev: float
    pressure_gpa: float

    @property
    def tetrahedral(self) -> bool:
        """Whether all distances are the same."""
        return abs(self.bond_angstrom - math.sqrt(2) * self.between_angstrom) < 1e-4


@dataclass(frozen=True)
class H4Bond:
    """Four atoms.

    Attributes:
        levels: shapes of one length, by shape and rising edge.
        spacings: by basis and rising distance.
        passages: level and passes.
        square_crossings_bohr: by basis, side of the square at which its lowest singlet and triplet
            cross; NaN where they do not.
        splitting_hartree: largest difference of energies that symmetry makes equal, over the
            tetrahedra.
        below_molecules_gpa: pressure above which the tetrahedron is lower than two molecules, in
            the first basis, between spacings by interpolation; NaN where it never is.
        ground_state_gpa: lowest pressure of a spacing at which it is below the puckered square as
            well, and so the lowest of all shapes computed there; NaN where it is at none.
    """

    levels: tuple[H4Levels, ...]
    spacings: tuple[H4Spacing, ...]
    passages: tuple[H4Passage, ...]
    square_crossings_bohr: dict[str, float]
    splitting_hartree: float
    below_molecules_gpa: float
    ground_state_gpa: float

    def of(self, shape: str) -> list[H4Levels]:
        """Levels of one shape."""
        return [level for level in self.levels if level.shape == shape]


def h4_bond(series: Series) -> H4Bond:
    """From computed points, the comparison."""
    zero = {p["basis"]: 4 * p["energy_hartree"] for p in series.of(kind="atom")}
    energies = series.of(kind="energy")
    levels, second = (_of_one_length(energies, b, zero[b]) for b in (BASIS, SECOND_BASIS))
    spacings = tuple(
        _spacing(energies, basis, between, zero[basis])
        for basis in (BASIS, SECOND_BASIS)
        for between in sorted(_distances(energies, basis))
    )
    lowest = [s.pressure_gpa for s in spacings if s.lowest]
    return H4Bond(
        levels,
        spacings,
        tuple(_passage(p) for p in series.of(kind="potential")),
        {
            basis: _crossing([level for level in found if level.shape == "square"]) / BOHR_ANGSTROM
            for basis, found in ((BASIS, levels), (SECOND_BASIS, second))
        },
        max(_splitting(p) for p in energies if p["shape"] == "tetrahedron"),
        _below_molecules([s for s in spacings if s.basis == BASIS]),
        min(lowest, default=math.nan),
    )


def _of_one_length(energies: list[Point], basis: str, zero: float) -> tuple[H4Levels, ...]:
    """Shapes of one length in a basis, by shape and rising edge."""
    single = (p for p in energies if p["shape"] != "crossed" and p["basis"] == basis)
    ordered = sorted(single, key=lambda p: (p["shape"], p["edge_angstrom"]))
    return tuple(_levels(p, zero) for p in ordered)


def _distances(energies: list[Point], basis: str) -> set[float]:
    """Distances of the middles at which molecules were computed."""
    return {
        p["between_angstrom"] for p in energies if p["basis"] == basis and p["shape"] == "crossed"
    }


def packed_pressure_gpa(edge_angstrom: float) -> float:
    """Pressure of hydrogen at 300 K that is as dense as atoms close packed at a distance.

    Their volume is edge^3 / sqrt 2 each. Beyond the pressures of the equation of state, and where
    hydrogen is no solid, the law is extrapolated; NaN where it gives no pressure above zero.
    """
    solid = material("H2").phases[0].eos
    pressure = float(solid.pressure(edge_angstrom**3 / math.sqrt(2), 300.0))
    return pressure if pressure > 0 else math.nan


def _levels(point: Point, zero: float) -> H4Levels:
    singlets, triplets = (
        tuple(HARTREE_EV * (e - zero) for e in point[f"{spin}s_hartree"])
        for spin in (SINGLET, TRIPLET)
    )
    return H4Levels(point["shape"], point["edge_angstrom"], singlets, triplets)


def _spacing(energies: list[Point], basis: str, between: float, zero: float) -> H4Spacing:
    edge = math.sqrt(2) * between
    tetrahedron = next(
        _levels(p, zero)
        for p in energies
        if p["shape"] == "tetrahedron"
        and p["basis"] == basis
        and abs(p["edge_angstrom"] - edge) < 1e-4
    )
    crossed = [
        (p["bond_angstrom"], HARTREE_EV * (p["singlets_hartree"][0] - zero))
        for p in energies
        if p["basis"] == basis and p.get("between_angstrom") == between
    ]
    molecules = [(bond, energy) for bond, energy in crossed if bond < edge]
    bond, lowest = _minimum(sorted([*molecules, (edge, tetrahedron.singlets_ev[0])]))
    return H4Spacing(
        basis,
        between,
        edge,
        packed_pressure_gpa(edge),
        bond,
        lowest,
        tetrahedron.lowest_ev,
        min((energy for bond, energy in crossed if bond > edge), default=math.nan),
        tetrahedron.spin,
    )


def _minimum(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Lowest point, by the parabola through it and its neighbours where it has two."""
    at = min(range(len(points)), key=lambda i: points[i][1])
    if at in (0, len(points) - 1):
        return points[at]
    x, y = np.array(points[at - 1 : at + 2]).T
    a, b, c = np.polyfit(x - x[1], y, 2)
    return float(x[1] - b / (2 * a)), float(c - b * b / (4 * a))


def _crossing(squares: list[H4Levels]) -> float:
    """Side at which singlet less triplet changes sign, by linear interpolation (angstrom)."""
    gaps = [(s.edge_angstrom, s.singlets_ev[0] - s.triplets_ev[0]) for s in squares]
    for (x0, y0), (x1, y1) in pairwise(gaps):
        if y0 * y1 < 0:
            return x0 - y0 * (x1 - x0) / (y1 - y0)
    return math.nan


def _below_molecules(spacings: list[H4Spacing]) -> float:
    """Where the difference falls through zero, linear in the pressure's logarithm."""
    for near, far in pairwise(spacings):
        a, b = near.difference_ev, far.difference_ev
        if a < 0 <= b:
            share = b / (b - a)
            return float(far.pressure_gpa * (near.pressure_gpa / far.pressure_gpa) ** share)
    return math.nan


def _splitting(point: Point) -> float:
    """Of the twofold singlet and the threefold triplet, hartree."""
    singlets, triplets = point["singlets_hartree"], point["triplets_hartree"]
    return float(max(singlets[1] - singlets[0], triplets[2] - triplets[0]))


def _passage(point: Point) -> H4Passage:
    bond, between = point["bond_angstrom"], point["between_angstrom"]
    level, within, every = (point[name] for name in ("level_ev", "pass_within_ev", "pass_all_ev"))
    found = H4Passage(bond, between, level, within, every, math.nan)
    if not found.tetrahedral:
        return found
    return replace(found, pressure_gpa=packed_pressure_gpa(bond))
