"""A potential with a pressure of our own choice over the volume, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from ase import Atoms
from ase.calculators.calculator import Calculator, all_changes

from isotunnel.engines.mlip import PotentialEngine
from isotunnel.engines.mlip.compared import atlas_cells
from isotunnel.units import EV_PER_ANGSTROM3_GPA

Law = Callable[[float], float]
"""Pressure (GPa) of a volume per atom (angstrom^3)."""


class MadeUp(Calculator):
    """Pressure by a law of the volume; energies are its integral by the trapezium rule."""

    implemented_properties = ("energy", "forces", "stress")

    def __init__(self, law: Law) -> None:
        super().__init__()
        self.law = law

    def calculate(
        self,
        atoms: Atoms | None = None,
        properties: list[str] | None = None,
        system_changes: list[str] = all_changes,
    ) -> None:
        super().calculate(atoms, properties, system_changes)
        assert atoms is not None
        volume = atoms.get_volume() / len(atoms)
        grid = np.linspace(volume, 60.0, 400)
        pressure = np.array([self.law(v) for v in grid])
        work = float(((pressure[1:] + pressure[:-1]) / 2 * np.diff(grid)).sum())
        self.results = {
            "energy": len(atoms) * work / EV_PER_ANGSTROM3_GPA,
            "forces": np.zeros((len(atoms), 3)),
            "stress": -pressure[0] / EV_PER_ANGSTROM3_GPA * np.array([1, 1, 1, 0, 0, 0]),
        }


def potential(law: Law) -> PotentialEngine:
    """An engine with that pressure."""
    return PotentialEngine(MadeUp(law), "made up", {"made up": "1"})


def gpaw_of(name: str) -> Law:
    """GPAW's pressure over the volume, straight in ln V between the points of the atlas."""
    cells = atlas_cells(name)
    ln_volume = np.log([a.get_volume() / len(a) for a, _, _ in cells])[::-1]
    pressure = np.array([p for _, p, _ in cells])[::-1]

    def law(volume: float) -> float:
        x = np.log(volume)
        if x > ln_volume[-1]:
            slope = (pressure[-1] - pressure[-2]) / (ln_volume[-1] - ln_volume[-2])
            return float(pressure[-1] + slope * (x - ln_volume[-1]))
        if x < ln_volume[0]:
            slope = (pressure[1] - pressure[0]) / (ln_volume[1] - ln_volume[0])
            return float(pressure[0] + slope * (x - ln_volume[0]))
        return float(np.interp(x, ln_volume, pressure))

    return law
