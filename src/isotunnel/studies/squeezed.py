"""Squeezed atoms against measurement: what pushes, what pulls, and how much of either.

Rare gases at the volumes of their measured equations of state; the row of metals at room pressure;
hydrogen through its phases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from isotunnel.bonding.squeezed.dispersion import dispersion_of, lattice_dispersion_ev
from isotunnel.bonding.squeezed.library import (
    SqueezedCrystal,
    SqueezedPoint,
    frozen_energy_ev,
    squeezed_crystals,
)
from isotunnel.errors import CannotSay
from isotunnel.materials.names import index_names, key, look_up
from isotunnel.matter import SolidEos, material
from isotunnel.measured.rows_used import RowUsed
from isotunnel.units import EV_PER_ANGSTROM3_GPA, KJ_PER_MOL_EV

Array = NDArray[np.float64]
STRAIN = 1e-3
"""Relative change of the lattice by which a pressure is taken from energies."""
STEPS = 400


@dataclass(frozen=True)
class SqueezedGas:
    """A rare gas at one volume: energies in eV per atom, pressures in GPa with nuclei at rest.

    Attributes:
        name, symbol, structure: of the crystal.
        asked_gpa: measured pressure of this volume at 300 K, with the motion of the nuclei.
        extrapolated: that lies beyond the range of the measured equation of state.
        volume_a3: per atom.
        cost_ev: energy that squeezing costs by PBE, against atoms apart.
        multipole_ev: of the deformed clouds' multipoles, for the nearest nucleus and for
            stockholder shares; negative where they attract.
        dispersion_ev: London dispersion, negative.
        frozen_ev: what squeezing costs undeformed clouds; None where not computed.
        anisotropy: change of shape along the axis, both partitions; 0 by symmetry on cubic sites.
        quadrupole, hexadecapole: lengths of l = 2 and l = 4, e angstrom^l, nearest nucleus.
        spread_change: of <r^2>, relative, nearest nucleus.
        moved: electrons per atom that stand elsewhere than in free atoms.
        static_gpa: measured, less the nuclei's motion by the table's Debye law.
        pbe_gpa, dispersion_gpa: computed.
        work_ev: energy against free atoms by the measured equation of state.
        gap_ev: Kohn-Sham.
        rows: what it rests on.
    """

    name: str
    symbol: str
    structure: str
    asked_gpa: float
    extrapolated: bool
    volume_a3: float
    cost_ev: float
    multipole_ev: tuple[float, float]
    dispersion_ev: float
    frozen_ev: float | None
    anisotropy: tuple[float, float]
    quadrupole: float
    hexadecapole: float
    spread_change: float
    moved: float
    static_gpa: float
    pbe_gpa: float
    dispersion_gpa: float
    work_ev: float
    gap_ev: float
    rows: tuple[RowUsed, ...]

    @property
    def repulsion_ev(self) -> float:
        """What squeezing costs without the multipoles' attraction, by the nearest nucleus."""
        return self.cost_ev - self.multipole_ev[0]

    @property
    def attraction_ratios(self) -> tuple[float, float]:
        """Attraction of the multipoles over the repulsion, by both partitions."""
        first, second = (-m / (self.cost_ev - m) for m in self.multipole_ev)
        return first, second

    @property
    def relief(self) -> float | None:
        """Part of undeformed clouds' cost that deformation takes away."""
        return None if self.frozen_ev is None else 1 - self.cost_ev / self.frozen_ev

    @property
    def computed_gpa(self) -> float:
        """Repulsion by PBE and dispersion together."""
        return self.pbe_gpa + self.dispersion_gpa


@dataclass(frozen=True)
class SqueezedMetal:
    """A metal at one volume.

    Attributes:
        name, symbol, structure: of the crystal.
        asked_gpa, volume_a3: measured pressure at 300 K and volume per atom.
        multipole_ev: energy of the clouds' multipoles per atom, both partitions; negative where
            they attract.
        anisotropy: as of the rare gases.
        quadrupole, hexadecapole: lengths of l = 2 and 4, e angstrom^l, nearest nucleus.
        moved: electrons per atom that stand elsewhere than in free atoms.
        pbe_gpa: pressure by PBE.
        rows: what it rests on.
    """

    name: str
    symbol: str
    structure: str
    asked_gpa: float
    volume_a3: float
    multipole_ev: tuple[float, float]
    anisotropy: tuple[float, float]
    quadrupole: float
    hexadecapole: float
    moved: float
    pbe_gpa: float
    rows: tuple[RowUsed, ...]

    @property
    def attraction_ev(self) -> float:
        """The bond measure of claims C6 and C8: attraction of the multipoles, nearest nucleus."""
        return -self.multipole_ev[0]


@dataclass(frozen=True)
class SqueezedHydrogen:
    """Hydrogen in one structure at one pressure.

    Attributes:
        name, phase: of the structure.
        asked_gpa, volume_a3: pressure it was relaxed at with PBE, and volume per atom.
        gap_ev, phi, molecularity: Kohn-Sham gap; networking value and molecularity of the ELF.
        bond_a, next_a: mean bond of the molecules; shortest way to another; None without molecules.
        attraction_ev: of the molecules' multipoles, per molecule, both partitions; None likewise.
        quadrupole: mean of the molecules, e angstrom^2, nearest nucleus; None likewise.
        rows: what it rests on.
    """

    name: str
    phase: str
    asked_gpa: float
    volume_a3: float
    gap_ev: float
    phi: float | None
    molecularity: float | None
    bond_a: float | None
    next_a: float | None
    attraction_ev: tuple[float, float] | None
    quadrupole: float | None
    rows: tuple[RowUsed, ...]


@dataclass(frozen=True)
class SqueezeStudy:
    """Everything about squeezed atoms that was computed."""

    gases: tuple[SqueezedGas, ...]
    metals: tuple[SqueezedMetal, ...]
    hydrogen: tuple[SqueezedHydrogen, ...]


@cache
def squeeze_study() -> SqueezeStudy:
    """All that is packed."""
    return SqueezeStudy(
        tuple(g for c in squeezed_crystals("rare gas") for g in _gases(c)),
        tuple(m for c in squeezed_crystals("metal") for m in _metals(c)),
        tuple(h for c in squeezed_crystals("hydrogen") for h in _hydrogen(c)),
    )


def squeezed_elements(names: Iterable[str]) -> SqueezeStudy:
    """What was computed of some elements; H and H2 are the same.

    Raises:
        InputError: nothing was computed of one; the message lists the elements.
    """
    study = squeeze_study()
    wanted = {squeezed_element(name) for name in names}
    return SqueezeStudy(
        tuple(g for g in study.gases if g.symbol in wanted),
        tuple(m for m in study.metals if m.symbol in wanted),
        study.hydrogen if "H" in wanted else (),
    )


def squeezed_element(name: str) -> str:
    """The symbol of the element that a name means.

    Raises:
        InputError: nothing was computed of it; the message lists the elements.
    """
    if key(name) in (key("H2"), key("hydrogen")):
        return "H"
    study = squeeze_study()
    known = dict.fromkeys(
        (*(g.symbol for g in study.gases), "H", *(m.symbol for m in study.metals))
    )
    lists = f"there are {', '.join(known)}"
    index = index_names(tuple(known), "squeezed atoms")
    return look_up(name, index, str, "squeezed element", lists, pressures="zero")


def _gases(crystal: SqueezedCrystal) -> Iterator[SqueezedGas]:
    if crystal.apart is None:
        return
    substance = material(crystal.symbol)
    known = {p.name: p for p in substance.phases}
    phase = known.get(crystal.structure) or substance.phases[0]
    eos = phase.eos
    binding = (substance.vaporisation_kj_mol or 0.0) * KJ_PER_MOL_EV
    for point in crystal.points:
        cell, positions = _geometry(point)
        entry = dispersion_of(crystal.symbol)
        asked = float(point.asked_gpa or 0.0)
        matter = RowUsed("matter", f"{crystal.symbol}:{phase.name}", crystal.symbol, phase.source)
        yield SqueezedGas(
            crystal.name,
            crystal.symbol,
            crystal.structure,
            asked,
            not eos.p_min_gpa - 0.1 <= asked <= eos.p_max_gpa,
            point.volume_a3,
            crystal.cost_ev(point),
            _both(point),
            lattice_dispersion_ev(entry, positions, cell),
            _frozen(crystal.symbol, point.volume_a3),
            _anisotropy(crystal, point),
            *_sizes(crystal, point),
            _spread_change(point),
            point.moved,
            float(eos.static_pressure(point.volume_a3)),
            point.pressure_gpa,
            _dispersion_pressure(crystal.symbol, point),
            work_of_squeezing_ev(eos, point.volume_a3) - binding,
            point.gap_ev,
            (crystal.row(point), matter),
        )


def work_of_squeezing_ev(eos: SolidEos, volume_a3: float) -> float:
    """Work per atom of the measured static pressure, from where it vanishes to a volume."""
    volumes = np.linspace(volume_a3, eos.isotherm.v0, STEPS)
    pressures = np.maximum(eos.static_pressure(volumes), 0.0)
    return float(np.trapezoid(pressures, volumes)) / EV_PER_ANGSTROM3_GPA


def _metals(crystal: SqueezedCrystal) -> Iterator[SqueezedMetal]:
    for point in crystal.points:
        yield SqueezedMetal(
            crystal.name,
            crystal.symbol,
            crystal.structure,
            float(point.asked_gpa or 0.0),
            point.volume_a3,
            _both(point),
            _anisotropy(crystal, point),
            *_sizes(crystal, point),
            point.moved,
            point.pressure_gpa,
            (crystal.row(point),),
        )


def _hydrogen(crystal: SqueezedCrystal) -> Iterator[SqueezedHydrogen]:
    for point in crystal.points:
        both = [point.shares[p].molecules for p in ("nearest", "stockholder")]
        first, second = both
        yield SqueezedHydrogen(
            crystal.name,
            crystal.structure,
            float(point.asked_gpa or 0.0),
            point.volume_a3,
            point.gap_ev,
            point.phi,
            point.molecularity,
            float(np.mean(first.bond_a)) if first else None,
            min(first.next_a) if first else None,
            (-first.energy_ev, -second.energy_ev) if first and second else None,
            float(np.mean([s[2] for s in first.sizes])) if first else None,
            (crystal.row(point),),
        )


def _geometry(point: SqueezedPoint) -> tuple[Array, Array]:
    cell = np.array(point.cell)
    return cell, np.array(point.scaled) @ cell


def _both(point: SqueezedPoint) -> tuple[float, float]:
    first, second = (point.shares[p].multipole_energy_ev for p in ("nearest", "stockholder"))
    return first, second


CUBIC = ("fcc", "bcc", "diamond")


def _anisotropy(crystal: SqueezedCrystal, point: SqueezedPoint) -> tuple[float, float]:
    """Zero by symmetry on a cubic site, whatever rounding leaves there."""
    if crystal.structure in CUBIC:
        return 0.0, 0.0
    first, second = (point.shares[p].atoms[0].anisotropy for p in ("nearest", "stockholder"))
    return first, second


def _sizes(crystal: SqueezedCrystal, point: SqueezedPoint) -> tuple[float, float]:
    sizes = point.shares["nearest"].atoms[0].sizes
    return (0.0 if crystal.structure in CUBIC else sizes[2]), sizes[4]


def _spread_change(point: SqueezedPoint) -> float:
    cloud = point.shares["nearest"].atoms[0]
    return cloud.spread_change_a2 / (cloud.spread_a2 - cloud.spread_change_a2)


def _frozen(symbol: str, volume_a3: float) -> float | None:
    try:
        return frozen_energy_ev(symbol, volume_a3)
    except CannotSay:
        return None


def _dispersion_pressure(symbol: str, point: SqueezedPoint) -> float:
    """-dE/dV of the dispersion, GPa; negative, as it pulls."""
    cell, positions = _geometry(point)
    entry = dispersion_of(symbol)
    low, high = (
        lattice_dispersion_ev(entry, positions * s, cell * s) for s in (1 - STRAIN, 1 + STRAIN)
    )
    change = point.volume_a3 * ((1 + STRAIN) ** 3 - (1 - STRAIN) ** 3)
    return -(high - low) / change * EV_PER_ANGSTROM3_GPA
