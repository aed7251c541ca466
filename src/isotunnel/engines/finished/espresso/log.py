"""What is needed of the text that pw.x, pp.x and projwfc.x print."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.finished.files import float_or_none, text_lines
from isotunnel.units import BOHR_ANGSTROM, RYDBERG_EV

_KBAR_GPA = 0.1
_PROGRAM = re.compile(r"^\s*Program\s+(\S+)\s+v\.?\s*(\S+)\s+(?:\(.*\)\s+)?starts")
_CELL = re.compile(
    r"\s*(?:new )?(unit-cell volume|number of atoms/cell|number of electrons)\s*=\s*(\S+)"
)
_NUMBER = re.compile(r"-?\d+\.\d{4}")
_PLOT = re.compile(r"plot_num\s*=\s*(-?\d+)")
_WRITTEN = re.compile(r"Writing data to be plotted to file\s+(\S+)")


@dataclass
class Log:
    """One program's output; None and empty where it does not tell.

    Attributes:
        program: "PWSCF", "POST-PROC", "PROJWFC", ... as the program calls itself.
        version: of Quantum ESPRESSO.
        nspin: 1, 2 or 4; None where nothing in the output decides it.
        fermi_ev: Fermi level of the last step; the higher of two.
        vbm_ev, cbm_ev: highest occupied and lowest unoccupied level, where printed.
        pressure_gpa, energy_ev: of the last step.
        eigenvalues: shape (spins, k-points, bands), eV; None unless all are printed.
        n_atoms, n_electrons, volume_angstrom3: of the last cell; 0 where not stated.
        plots: name of each file that pp.x wrote, with its ``plot_num``.
        calculation: "scf" or "nscf".
        finished: whether it came to its end.
        converged: False where a cycle gave up.
    """

    program: str = ""
    version: str = ""
    nspin: int | None = None
    fermi_ev: float | None = None
    vbm_ev: float | None = None
    cbm_ev: float | None = None
    pressure_gpa: float | None = None
    energy_ev: float | None = None
    eigenvalues: NDArray[np.float64] | None = None
    n_atoms: int = 0
    n_electrons: float = 0.0
    volume_angstrom3: float = 0.0
    plots: dict[str, int] = field(default_factory=dict)
    calculation: str = "scf"
    finished: bool = False
    converged: bool = True

    @property
    def cell_in_words(self) -> str:
        """What the cell holds."""
        return (
            f"{self.n_atoms} atoms and {self.n_electrons:g} electrons in "
            f"{self.volume_angstrom3:.4g} angstrom^3"
        )


def program_of(head: str) -> str:
    """The program that printed a text, by its first lines; empty for any other text."""
    for line in head.splitlines()[:40]:
        if match := _PROGRAM.match(line):
            return match[1]
    return ""


def read_log(path: Path) -> Log:
    """Read a whole output; of several steps the last counts.

    Raises:
        FileFormatError: damaged compressed data.
    """
    log = Log()
    levels = _Levels()
    plot: int | None = None
    for line in text_lines(path):
        if levels.take(line) or not line.strip():
            continue
        if not log.program and (match := _PROGRAM.match(line)):
            log.program, log.version = match[1], match[2]
        elif match := _PLOT.search(line):
            plot = int(match[1])
        elif (match := _WRITTEN.search(line)) and plot is not None:
            log.plots[Path(match[1]).name] = plot
        else:
            _take(log, line)
    log.eigenvalues = levels.array
    if log.nspin is None and log.program == "PWSCF" and log.finished:
        # Every spin-polarized run prints a magnetization or the word spin; this one did not.
        log.nspin = 1
    return log


def _take(log: Log, line: str) -> None:
    if "the Fermi energy is" in line or "Fermi energies are" in line:
        # "the Fermi energy is  24.1872 ev", "the spin up/dw Fermi energies are  5.1 6.2 ev"
        numbers = [float_or_none(w) for w in line.split()]
        known = [n for n in numbers if n is not None]
        if known:
            log.fermi_ev, log.vbm_ev, log.cbm_ev = max(known), None, None
    elif "highest occupied" in line:
        numbers = [float_or_none(w) for w in line.split(":")[-1].split()]
        log.vbm_ev = numbers[0] if numbers else None
        log.cbm_ev = numbers[1] if len(numbers) > 1 else None
    elif match := _CELL.match(line):
        _take_cell(log, match[1], float_or_none(match[2]) or 0.0)
    elif "P=" in line and "kbar" in line:
        pressure = _first_number(line.split("P=")[-1])
        log.pressure_gpa = None if pressure is None else pressure * _KBAR_GPA
    elif line.startswith("!") and "total energy" in line:
        energy = _first_number(line.split("=")[-1])
        log.energy_ev = None if energy is None else energy * RYDBERG_EV
    elif "total magnetization" in line or "SPIN UP" in line or "Starting magnetic" in line:
        # A spin vector is printed as three components.
        vector = "total magnetization" in line and len(line.split("=")[-1].split()) >= 4
        log.nspin = 4 if vector or log.nspin == 4 else 2
    elif "Non magnetic calculation with spin-orbit" in line or "Noncollinear" in line:
        log.nspin = 4
    elif "End of band structure calculation" in line:
        log.calculation = "nscf"
    elif "convergence NOT achieved" in line:
        log.converged = False
    elif "JOB DONE" in line:
        log.finished = True


def _take_cell(log: Log, name: str, value: float) -> None:
    if name == "number of electrons":
        log.n_electrons = value
    elif name == "number of atoms/cell":
        log.n_atoms = int(value)
    else:
        log.volume_angstrom3 = value * BOHR_ANGSTROM**3


def _first_number(text: str) -> float | None:
    words = text.split()
    return float_or_none(words[0]) if words else None


class _Levels:
    """Gathers the blocks ``k = ... bands (ev):`` behind the last cycle."""

    def __init__(self) -> None:
        self._spins: list[list[list[float]]] = [[]]
        self._open = False

    def take(self, line: str) -> bool:
        """Whether the line belongs to the list of levels."""
        if "End of self-consistent calculation" in line or "End of band structure" in line:
            self._spins, self._open = [[]], False
            return False
        if "SPIN DOWN" in line and self._spins[-1]:
            self._spins.append([])
            return True
        if " k =" in line and "bands (ev)" in line:
            self._spins[-1].append([])
            self._open = True
            return True
        if not self._open:
            return False
        if not line.strip():
            self._open = not self._spins[-1][-1]
            return True
        numbers = _NUMBER.findall(line)
        if re.fullmatch(r"[\s\d.-]+", line) and numbers:
            self._spins[-1][-1] += [float(n) for n in numbers]
            return True
        self._open = False
        return False

    @property
    def array(self) -> NDArray[np.float64] | None:
        """Shape (spins, k-points, bands); None where there are none or a block is not whole."""
        lengths = {len(bands) for spin in self._spins for bands in spin}
        counts = {len(spin) for spin in self._spins}
        if len(lengths) != 1 or len(counts) != 1 or lengths == {0}:
            return None
        return np.array(self._spins)
