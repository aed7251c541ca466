"""One line of the table out of one analysis: values, and a reason for every missing one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from isotunnel.atlas.point import Cell, Column
from isotunnel.units import EV_PER_ANGSTROM3_GPA

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.analysis import Analysis
    from isotunnel.levels import LiftingGap
    from isotunnel.tunnels import Tunnels

_SUFFIXES = {"1": "", "eV": "_ev", "1/angstrom^3": "_per_angstrom3"}
_DIMENSIONS = {1: "one direction", 2: "a plane", 3: "three dimensions"}


@dataclass(frozen=True)
class Descriptor:
    """A cell of the table with its column."""

    column: Column
    value: Cell
    reason: str = ""


def descriptors_of(analysis: Analysis, given_volume: float) -> list[Descriptor]:
    """All cells of one point.

    Args:
        analysis: of the crystal at the point.
        given_volume: volume of the crystal as given, angstrom^3.
    """
    return [
        *_crystal(analysis, given_volume),
        *_levels(analysis),
        *_network(analysis),
        *_tc(analysis),
        *(e for gap in analysis.gaps for e in _gap(gap)),
        *(
            e
            for engine, by_kind in analysis.tunnels.items()
            for kind, tunnels in by_kind.items()
            for e in _tunnels(engine, kind, tunnels)
        ),
    ]


def suffix(unit: str) -> str:
    """The unit at the end of a column's name."""
    return _SUFFIXES.get(unit, "_" + "".join(c if c.isalnum() else "_" for c in unit).lower())


def _entry(
    name: str, unit: str, meaning: str, value: Cell, reason: str = "", **about: Any
) -> Descriptor:
    """A cell; ``about``: further fields of its column."""
    if isinstance(value, float) and not math.isfinite(value):
        value = None
    column = Column(name, unit, meaning, **about)
    return Descriptor(column, value, "" if value is not None else reason or "not known")


def _crystal(analysis: Analysis, given_volume: float) -> Iterator[Descriptor]:
    from isotunnel.crystal import symmetry_of

    main = analysis.structure
    atoms: Atoms = main.atoms
    volume = float(atoms.get_volume())
    cannot = main.cannot_say
    pressure = main.pressure_gpa
    yield _entry(
        "pressure_gpa",
        "GPa",
        "pressure of this cell, computed",
        pressure,
        cannot.get("pressure_gpa", ""),
    )
    yield _entry("volume_ratio", "1", "cell volume over the given crystal's", volume / given_volume)
    yield _entry("volume_angstrom3", "angstrom^3", "volume of the cell", volume)
    no_atoms = "" if len(atoms) else "no file tells the atoms"
    per_atom = volume / len(atoms) if len(atoms) else None
    yield _entry("volume_per_atom_angstrom3", "angstrom^3", "volume per atom", per_atom, no_atoms)
    lengths = atoms.cell.cellpar().tolist()
    for name, value in zip("abc", lengths[:3], strict=True):
        yield _entry(f"{name}_angstrom", "angstrom", f"edge {name} of the cell", value)
    for name, value in zip(("alpha", "beta", "gamma"), lengths[3:], strict=True):
        yield _entry(f"{name}_deg", "degree", f"angle {name} of the cell", value)
    group = symmetry_of(atoms).symbol if len(atoms) else None
    yield _entry("space_group", "", "space group found", group, no_atoms)
    mesh = main.settings.get("kpoints")
    if mesh is not None:
        # A mesh that changes along the scan shows as a step, in densities of states above all.
        yield _entry("kpoints", "", "k-point mesh", " ".join(str(n) for n in mesh))
    energy = main.energy_ev
    yield _entry("energy_ev", "eV", "total energy per cell", energy, cannot.get("energy_ev", ""))
    enthalpy = None
    if energy is not None and pressure is not None:
        enthalpy = energy + pressure / EV_PER_ANGSTROM3_GPA * volume
    yield _entry(
        "enthalpy_ev", "eV", "E + P V per cell", enthalpy, "energy or pressure is not known"
    )


def _levels(analysis: Analysis) -> Iterator[Descriptor]:
    main = analysis.structure
    for name, attribute, unit, meaning in (
        ("fermi_ev", "fermi_ev", "eV", "Fermi level"),
        ("vbm_ev", "vbm_ev", "eV", "valence-band maximum"),
        ("cbm_ev", "cbm_ev", "eV", "conduction-band minimum"),
        ("band_gap_ev", "band_gap_ev", "eV", "Kohn-Sham band gap, 0 in a metal"),
        ("direct_gap_ev", "direct_gap_ev", "eV", "smallest direct Kohn-Sham gap"),
        (
            "dos_fermi_per_ev_cell",
            "1/eV/cell",
            "density of states at the Fermi level, both spins",
            None,
        ),
    ):
        if meaning is None:
            attribute, unit, meaning = "dos_fermi", attribute, unit
        value = getattr(main, attribute)
        yield _entry(name, unit, meaning, value, main.cannot_say.get(attribute, ""))
    if main.magnetism is not None:
        yield _entry("magnetic_order", "", "magnetic state found", main.magnetism.order)
        yield _entry("moment_mu_b", "mu_B", "moment of the cell", main.magnetism.moment_mu_b)


def _network(analysis: Analysis) -> Iterator[Descriptor]:
    elf = "elf" in analysis.tunnels.get(analysis.structure.engine, {})
    no_elf = analysis.structure.cannot_say.get("elf", "there is no ELF")
    no_phi = "the ELF's network never spans three dimensions" if elf else no_elf
    hydrogen = bool(analysis.h_fraction)
    no_hydrogen = "the crystal holds no hydrogen"
    yield _entry("phi", "1", "networking value", analysis.phi, no_phi)
    yield _entry("phi_error", "1", "grid error of phi", analysis.phi_error, no_phi, error_of="phi")
    yield _entry(
        "phi_star",
        "1",
        "molecularity index",
        analysis.phi_star,
        no_hydrogen if not hydrogen else "no two hydrogens join" if elf else no_elf,
    )
    yield _entry("h_fraction", "1", "hydrogen atoms over all atoms", analysis.h_fraction)
    yield _entry(
        "h_dos",
        "1",
        "hydrogen's share of the projected states at the Fermi level",
        analysis.h_dos,
        analysis.structure.cannot_say.get("dos_fermi_by_element", "")
        or analysis.structure.cannot_say.get("dos_fermi", "")
        or "there are no states at the Fermi level",
    )


def _tc(analysis: Analysis) -> Iterator[Descriptor]:
    # One phi to a table, its own: tables, scans and the atlas hold that of all electrons, so that
    # rows of different age compare; ``tc_estimates`` may rest on that of the pseudo density.
    for t in analysis.tc_estimates_all_electron or analysis.tc_estimates:
        value = t.tc_k if t.cannot_say is None else None
        name = "".join(c if c.isalnum() else "_" for c in t.id).lower()
        words = f"Tc by formula {t.id}: {t.formula}"
        yield _entry(f"tc_{name}_k", "K", words, value, t.cannot_say or "", quantity="tc", of=t.id)


def _gap(gap: LiftingGap) -> Iterator[Descriptor]:
    end, name = suffix(gap.unit), gap.reading
    no = gap.cannot_say
    for d in (1, 2, 3):
        never = no or f"no tunnel opens along {_DIMENSIONS[d]} below the escape level"
        meaning = f"lifting gap of reading {name} for {_DIMENSIONS[d]}"
        about: dict[str, Any] = {"quantity": "gap", "of": name, "rank": d}
        column, value = f"gap_{name}_{d}d{end}", float(gap.gaps[d - 1])
        yield _entry(column, gap.unit, meaning, value, never, **about)
        yield _entry(
            f"gap_{name}_{d}d_error{end}",
            gap.unit,
            f"grid error of that gap, {_DIMENSIONS[d]}",
            float(gap.errors[d - 1]),
            never if math.isnan(value) else "the error was not estimated",
            error_of=column,
            **about,
        )
    yield _entry(
        f"valence_level_{name}{end}",
        gap.unit,
        f"valence level of reading {name}",
        gap.valence_level,
        no or "",
        quantity="valence_level",
        of=name,
    )
    state = None if gap.state is None else str(gap.state)
    words = f"state by reading {name}"
    yield _entry(f"state_{name}", "", words, state, no or "", quantity="state", of=name)


def _tunnels(engine: str, kind: str, tunnels: Tunnels) -> Iterator[Descriptor]:
    unit = tunnels.field.unit
    for d in (1, 2, 3):
        value = float(tunnels.thresholds[d - 1])
        never = f"no network spans {_DIMENSIONS[d]}"
        stem = f"threshold_{engine}_{kind.replace('-', '_')}_{d}d"
        meaning = f"level at which the {kind} ({engine}) spans {_DIMENSIONS[d]}"
        about = {"quantity": "threshold", "of": kind, "engine": engine, "rank": d}
        column = f"{stem}{suffix(unit)}"
        yield _entry(column, unit, meaning, value, never, **about)
        yield _entry(
            f"{stem}_error{suffix(unit)}",
            unit,
            f"grid error of that level, {_DIMENSIONS[d]}",
            float(tunnels.thresholds_error[d - 1]),
            never if math.isnan(value) else "the error was not estimated",
            error_of=column,
            **about,
        )
