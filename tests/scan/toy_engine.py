"""An engine that is quick and can be told to fail: EMT's forces, the procrystal's fields.

It writes what it does to a file, so that a test can count, also from other processes.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from ase import Atoms
from ase.calculators.emt import EMT

from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.gpaw_pw.settings import GpawSettings
from isotunnel.engines.procrystal import ProcrystalEngine
from isotunnel.engines.relaxing import Evaluation, Relaxed, minimise_enthalpy
from isotunnel.errors import EngineError


def emt(atoms: Atoms) -> Evaluation:
    own = atoms.copy()
    own.calc = EMT()
    return Evaluation(own.get_forces(), own.get_stress(voigt=False))


@dataclass(frozen=True)
class ToyEngine:
    folder: str
    pause: float = 0.0
    name: str = "toy"
    settings: GpawSettings | None = None

    def compute(self, atoms, *, progress=None) -> ElectronicStructure:
        del progress
        self._log(f"compute {atoms.get_volume():.3f}")
        return ProcrystalEngine(spacing_angstrom=0.6).compute(atoms)

    def relax(self, atoms, pressure_gpa, *, tolerance, start=None, progress=None) -> Relaxed:
        del progress
        self._log(f"start {pressure_gpa:g} {os.getpid()}")
        time.sleep(self.pause)
        if self._told("fail", pressure_gpa):
            raise EngineError(f"told to fail at {pressure_gpa:g} GPa")
        if self._told("die", pressure_gpa):
            os._exit(9)
        if self._told("break", pressure_gpa):
            raise ZeroDivisionError("a bug")
        found = minimise_enthalpy(atoms, pressure_gpa, emt, tolerance, start=start)
        structure = ProcrystalEngine(spacing_angstrom=0.6).compute(found.atoms)
        self._log(f"done {pressure_gpa:g}")
        return Relaxed(
            structure,
            pressure_gpa,
            found.deviation_gpa,
            found.largest_force,
            found.bulk_modulus_gpa,
            found.hessian,
            found.steps,
            found.space_group_number,
        )

    def told(self, what: str, *pressures: float) -> None:
        (Path(self.folder) / what).write_text(" ".join(f"{p:g}" for p in pressures))

    def logged(self, word: str) -> list[str]:
        path = Path(self.folder) / "log"
        lines = path.read_text().splitlines() if path.exists() else []
        return [line.split()[1] for line in lines if line.startswith(word)]

    def pids(self, last: int = 0) -> set[int]:
        """Processes that computed, of all points or of the last so many."""
        lines = (Path(self.folder) / "log").read_text().splitlines()
        return {
            int(line.split()[2]) for line in [n for n in lines if n.startswith("start")][-last:]
        }

    def _told(self, what: str, pressure: float) -> bool:
        path = Path(self.folder) / what
        return path.exists() and f"{pressure:g}" in path.read_text().split()

    def _log(self, line: str) -> None:
        # Small appended writes do not mix.
        with open(Path(self.folder) / "log", "a") as log:
            log.write(line + "\n")
