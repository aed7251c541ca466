"""Hydrogen through its phases: which structures at which pressures.

Each structure is relaxed with PBE at each pressure, nuclei at rest, from the cell of the pressure
below. Phase I stands for freely turning molecules by upright ones; C2/c is a candidate for phase
III and Cmca for a molecular metal beyond it; I4_1/amd is the atomic metal that structure searches
find. Where the atlas holds a relaxed cell, that is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    """

    name: str
    title: str
    crystal: str
    pressures_gpa: tuple[float, ...]
    molecular: bool = True
    from_atlas: bool = False


PHASES = (
    HydrogenPhase("H2-I", "phase I, upright", "H2@5.4GPa", (5, 50, 150), True, True),
    HydrogenPhase("H2-Cmca4", "Cmca", "H2-Cmca4@300GPa", (300, 400, 500, 600)),
    HydrogenPhase("H-I41amd", "atomic", "H-I41amd@500GPa", (400, 500), False, True),
    HydrogenPhase("H2-C2c", "C2/c (phase III)", "H2-C2c@300GPa", (300, 400, 500)),
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
    from isotunnel.crystal import named_crystal
    from isotunnel.engines.gpaw_pw import GpawEngine
    from isotunnel.engines.relaxing import RelaxStart, RelaxTolerance

    engine = GpawEngine(relaxing_settings(), cache=False)
    tolerance = RelaxTolerance(pressure_share=1e-2, force_ev_angstrom=0.1)
    atoms, start = named_crystal(phase.crystal), RelaxStart(1000.0)
    for pressure in phase.pressures_gpa:
        relaxed = engine.relax(atoms, pressure, tolerance=tolerance, start=start)
        atoms = relaxed.structure.atoms
        start = RelaxStart(relaxed.bulk_modulus_gpa, relaxed.hessian)
        yield pressure, atoms


def _of_atlas(phase: HydrogenPhase) -> Iterator[tuple[float, Atoms]]:
    from ase import Atoms

    points: dict[float, Any] = {p.asked: p for p in scan_of(phase.crystal).done}
    for pressure in phase.pressures_gpa:
        if pressure not in points:
            raise InputError(f"the atlas has no {phase.crystal} at {pressure:g} GPa")
        cell = points[pressure].crystal
        yield (
            pressure,
            Atoms(
                cell["symbols"],
                cell=cell["cell_angstrom"],
                scaled_positions=cell["positions_fractional"],
                pbc=True,
            ),
        )
