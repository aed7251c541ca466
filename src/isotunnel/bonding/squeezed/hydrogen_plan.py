"""Hydrogen through its phases: which structures at which pressures.

Every cell is relaxed with PBE at its pressure, nuclei at rest: in the atlas, by others, or here.
Phase I stands for freely turning molecules by upright ones; C2/c is a candidate for phase III and
Cmca for a molecular metal beyond it; I4_1/amd is the atomic metal that structure searches find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from isotunnel.atlas import scan_of
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.gpaw_pw import GpawSettings


@dataclass(frozen=True)
class HydrogenPhase:
    """One structure over pressure.

    Attributes:
        name: file of its results.
        title: in words.
        crystal: named crystal to start from.
        pressures_gpa: rising.
        molecular: made of molecules.
        from_atlas: relaxed cells are there already.
    published: relaxed cells by others: at each pressure a, b, c in angstrom and y, z of Cmce 8f.
    relaxed_gpa: other pressures, to which it is relaxed here, one after the other.
    """

    name: str
    title: str
    crystal: str
    pressures_gpa: tuple[float, ...]
    molecular: bool = True
    from_atlas: bool = False
    published: Mapping[float, tuple[float, ...]] = field(default_factory=dict)
    relaxed_gpa: tuple[float, ...] = ()


CMCA = {
    150.0: (1.82318, 3.00092, 2.81693, 0.38312, 0.44770),
    180.0: (1.76481, 2.95486, 2.73836, 0.37992, 0.44645),
    210.0: (1.71506, 2.91797, 2.67734, 0.37759, 0.44475),
    240.0: (1.67740, 2.88066, 2.62658, 0.37571, 0.44307),
    300.0: (1.62527, 2.80594, 2.54535, 0.37305, 0.43954),
}
"""Cmce cells relaxed with CASTEP 18.1 and PBE: a, b, c (angstrom), y and z of site 8f. Source:
github jrjturnbull/SummerProject, PROJECT/Cmca4/r2/output, commit dc93bc6ed804."""

PHASES = (
    HydrogenPhase("H2-I", "phase I, upright", "H2@5.4GPa", (5, 50, 150), True, True),
    HydrogenPhase(
        "H2-Cmca4",
        "Cmca",
        "H2-Cmca4@300GPa",
        tuple(CMCA),
        published=CMCA,
        relaxed_gpa=(400.0, 600.0),
    ),
    HydrogenPhase("H-I41amd", "atomic", "H-I41amd@500GPa", (400, 500), False, True),
    HydrogenPhase(
        "H2-C2c",
        "C2/c (phase III)",
        "H2-C2c@300GPa",
        (300.0,),
        relaxed_gpa=(200.0, 150.0, 400.0, 500.0),
    ),
)
"""Structures of the shipped results."""


def hydrogen_settings() -> GpawSettings:
    """What hydrogen is computed with."""
    from isotunnel.engines.gpaw_pw import GpawSettings

    return GpawSettings(kpoint_spacing=0.35, grid_spacing=0.08, edge_kpoints=0)


def relaxing_settings() -> GpawSettings:
    """What its cells are relaxed with: fewer k-points, as forces and stress want no more."""
    from isotunnel.engines.gpaw_pw import GpawSettings

    return GpawSettings(kpoint_spacing=0.6, grid_spacing=0.15, edge_kpoints=0, elf="pseudo")


def cells(phase: HydrogenPhase) -> Iterator[tuple[float, Atoms]]:
    """The relaxed cell at each pressure; the slow part of it where the atlas has none.

    Raises:
        InputError: a pressure that the atlas does not hold.
        EngineError: not relaxed.
    """
    if phase.from_atlas:
        yield from _of_atlas(phase)
        return
    atoms = None
    for pressure in phase.pressures_gpa:
        atoms = _cell(phase, pressure)
        yield pressure, atoms
    if phase.relaxed_gpa and atoms is not None:
        yield from _relaxed(atoms, phase.relaxed_gpa)


def _cell(phase: HydrogenPhase, pressure: float) -> Atoms:
    """A published cell: of the list, or the named crystal as it is."""
    from isotunnel.crystal import named_crystal

    named = named_crystal(phase.crystal)
    if not phase.published:
        return named
    from ase.spacegroup import crystal

    a, b, c, y, z = phase.published[pressure]
    return crystal(
        "H", [(0.0, y, z)], spacegroup=64, cellpar=[a, b, c, 90, 90, 90], primitive_cell=True
    )


def _relaxed(atoms: Atoms, pressures: tuple[float, ...]) -> Iterator[tuple[float, Atoms]]:
    """Cells relaxed one after the other."""
    from isotunnel.engines.gpaw_pw import GpawEngine
    from isotunnel.engines.relaxing import RelaxStart, RelaxTolerance

    engine = GpawEngine(relaxing_settings(), cache=False)
    tolerance = RelaxTolerance(pressure_share=1e-2, force_ev_angstrom=0.1)
    start = RelaxStart(1000.0)
    for pressure in pressures:
        relaxed = engine.relax(atoms, pressure, tolerance=tolerance, start=start)
        atoms = relaxed.structure.atoms
        start = RelaxStart(relaxed.bulk_modulus_gpa, relaxed.hessian)
        yield pressure, atoms


def _of_atlas(phase: HydrogenPhase) -> Iterator[tuple[float, Atoms]]:
    points: dict[float, Any] = {p.asked: p for p in scan_of(phase.crystal).done}
    for pressure in phase.pressures_gpa:
        if pressure not in points:
            raise InputError(f"the atlas has no {phase.crystal} at {pressure:g} GPa")
        atoms = points[pressure].atoms()
        assert atoms is not None  # a finished point has one
        yield pressure, atoms
