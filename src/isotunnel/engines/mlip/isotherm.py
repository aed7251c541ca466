"""Relaxed cells over pressure, and whether a potential's pressure falls with the volume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.base import Progress, part_of_progress
from isotunnel.engines.mlip.plan import BEYOND, SWEEP
from isotunnel.units import EV_PER_ANGSTROM3_GPA

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.mlip.engine import PotentialEngine


@dataclass(frozen=True, eq=False)
class IsothermPoint:
    """A crystal relaxed under a pressure, without heat or zero-point motion.

    No bulk modulus: pressures that come within 15 % still wiggle, and their slopes are off by
    factors (CHGNet's tantalum at 75 GPa: 1,070 GPa, where GPAW's points give some 410).

    Attributes:
        pressure_gpa: asked for.
        volume_per_atom_a3: angstrom^3.
        energy_ev_atom: on the potential's own zero.
        enthalpy_ev_atom: E + PV.
        atoms: the cell.
        steps: evaluations that it took.
    """

    pressure_gpa: float
    volume_per_atom_a3: float
    energy_ev_atom: float
    enthalpy_ev_atom: float
    atoms: Atoms
    steps: int

    @property
    def symbols(self) -> list[str]:
        """Elements of the atoms."""
        return list(self.atoms.get_chemical_symbols())

    @property
    def cell_angstrom(self) -> NDArray[np.float64]:
        """(3, 3), lattice vectors as rows."""
        return np.asarray(self.atoms.cell.array)

    @property
    def positions_fractional(self) -> NDArray[np.float64]:
        """(atoms, 3)."""
        return np.asarray(self.atoms.get_scaled_positions())


def isotherm(
    engine: PotentialEngine,
    atoms: Atoms,
    pressures_gpa: Sequence[float],
    progress: Progress | None = None,
) -> list[IsothermPoint]:
    """Relax a crystal under each pressure, lowest first, each from the one before.

    Raises:
        CrystalError, EngineError: see :meth:`PotentialEngine.relax`.
    """
    found: list[IsothermPoint] = []
    pressures = sorted(pressures_gpa)
    for n, pressure in enumerate(pressures):
        part = part_of_progress(progress, n / len(pressures), (n + 1) / len(pressures))
        relaxed = engine.relax(atoms, pressure, progress=part)
        atoms = relaxed.structure.atoms
        found.append(_point(atoms, pressure, relaxed.structure.require("energy_ev"), relaxed.steps))
    return found


def _point(atoms: Atoms, pressure: float, energy: float, steps: int) -> IsothermPoint:
    volume = float(atoms.get_volume()) / len(atoms)
    per_atom = energy / len(atoms)
    enthalpy = per_atom + pressure * volume / EV_PER_ANGSTROM3_GPA
    return IsothermPoint(pressure, volume, per_atom, enthalpy, atoms, steps)


def scaled(atoms: Atoms, ratio: float) -> Atoms:
    """A copy at the volume times ``ratio``, positions along."""
    moved: Atoms = atoms.copy()
    moved.set_cell(atoms.cell.array * ratio ** (1 / 3), scale_atoms=True)
    return moved


def rises_at(engine: PotentialEngine, first: Atoms, last: Atoms) -> str:
    """Where the pressure does not rise on the way to smaller volumes; "" where it always does.

    :data:`~isotunnel.engines.mlip.plan.SWEEP` cells, scaled evenly from ``first``, from a little
    above its volume to a little below that of ``last``.

    Raises:
        EngineError: the potential gives nothing for one of the cells.
    """
    smallest = float(last.get_volume() / first.get_volume()) / BEYOND
    ratios = np.geomspace(BEYOND, smallest, SWEEP)
    pressures = [engine.pressure_gpa(scaled(first, float(r))) for r in ratios]
    volume = float(first.get_volume()) / len(first)
    for n in range(1, SWEEP):
        if not pressures[n] > pressures[n - 1]:
            return (
                f"from {volume * ratios[n - 1]:.4g} to {volume * ratios[n]:.4g} angstrom^3 per "
                f"atom its pressure goes from {pressures[n - 1]:.4g} to {pressures[n]:.4g} GPa"
            )
    return ""
