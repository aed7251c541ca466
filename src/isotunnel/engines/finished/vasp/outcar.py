"""What is needed of OUTCAR: the last Fermi level, levels, pressure and energy."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.finished.files import float_or_none, text_lines

_KBAR_GPA = 0.1
_SETTINGS = re.compile(
    r"^\s+(ISPIN|LNONCOLLINEAR|LSORBIT|LVTOT|LVHAR|LORBIT|NELM|ISMEAR|SIGMA)\s*=\s*([^\s;]+)"
)
_LEVEL = re.compile(r"^\s*\d+\s+(-?\d+\.\d+)\s+(-?\d+\.\d+)\s*$")
_PRESSURE = re.compile(r"external pressure =\s*(\S+) kB\s+Pullay stress =\s*(\S+) kB")
_FINISHED = ("General timing and accounting", "Voluntary context switches")


@dataclass
class Outcar:
    """The last ionic step of a run; None where the file does not tell.

    Attributes:
        version: of VASP.
        eigenvalues: shape (spins, k-points, bands, 2): energy in eV, and filling as printed.
        finished: whether the run came to its end.
        settings: values of the parameters that matter here, as words.
    """

    version: str = ""
    fermi_ev: float | None = None
    pressure_gpa: float | None = None
    energy_ev: float | None = None
    eigenvalues: NDArray[np.float64] | None = None
    finished: bool = False
    settings: dict[str, str] = field(default_factory=dict)

    def flag(self, name: str) -> bool:
        """Whether a logical setting is on."""
        return self.settings.get(name, "F").strip(" .").upper().startswith("T")


def read_outcar(path: Path) -> Outcar:
    """Read the last ionic step in one pass.

    Raises:
        FileFormatError: damaged compressed data.
    """
    run = Outcar()
    levels: list[list[list[list[float]]]] = []
    for number, line in enumerate(text_lines(path)):
        if number == 0:
            match = re.match(r"\s*vasp\.([\w.]+)", line)
            run.version = match[1] if match else ""
        if levels and _take_level(levels, line):
            continue
        if "E-fermi :" in line:
            words = line.split()
            run.fermi_ev = float_or_none(words[2]) if len(words) > 2 else None
            levels = [[]]
        elif "=" in line:
            _take_assignment(run, line)
        elif line.strip().startswith(_FINISHED):
            run.finished = True
    run.eigenvalues = _array(levels)
    return run


def _take_level(levels: list[list[list[list[float]]]], line: str) -> bool:
    """Whether the line belongs to the list of levels behind the Fermi level."""
    if match := _LEVEL.match(line):
        if levels[-1]:
            levels[-1][-1].append([float(match[1]), float(match[2])])
        return True
    if "spin component" in line:
        if "spin component 2" in line:
            levels.append([])
        return True
    if re.match(r"\s*k-point\s*\d+\s*:", line):
        levels[-1].append([])
        return True
    return False


def _take_assignment(run: Outcar, line: str) -> None:
    if match := _PRESSURE.search(line):
        # What is printed as external pressure lacks the pressure that was asked for.
        pressure, target = float_or_none(match[1]), float_or_none(match[2])
        if pressure is not None and target is not None:
            run.pressure_gpa = (pressure + target) * _KBAR_GPA
    elif "energy(sigma->0)" in line:
        run.energy_ev = float_or_none(line.split("=")[-1].strip())
    elif match := _SETTINGS.match(line):
        run.settings.setdefault(match[1], match[2])


def _array(levels: list[list[list[list[float]]]]) -> NDArray[np.float64] | None:
    """The levels as an array; None where there are none or a block is not whole."""
    lengths = {len(bands) for spin in levels for bands in spin}
    counts = {len(spin) for spin in levels}
    if len(lengths) != 1 or len(counts) != 1 or lengths == {0}:
        return None
    return np.array(levels)
