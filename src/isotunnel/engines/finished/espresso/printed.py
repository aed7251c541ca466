"""The crystal that pw.x prints."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.engines.finished.espresso.schema import element_of
from isotunnel.engines.finished.files import text_lines
from isotunnel.units import BOHR_ANGSTROM

if TYPE_CHECKING:
    from ase import Atoms

_ALAT = re.compile(r"lattice parameter \(alat\)\s*=\s*(\S+)")
_NUMBERS = r"\(\s*(-?\d+\.\d+)\s*(-?\d+\.\d+)\s*(-?\d+\.\d+)\s*\)"
_AXIS = re.compile(r"\s*a\([123]\)\s*=\s*" + _NUMBERS)
_SITE = re.compile(r"\s*\d+\s+(\S+)\s+tau\(\s*\d+\)\s*=\s*" + _NUMBERS)


def printed_crystal(path: Path) -> Atoms | None:
    """The last crystal in an output of pw.x, by ASE; None where there is none.

    ASE stumbles over outputs without all levels, such as those of spin-orbit runs; of these the
    crystal at the head is taken, unless atoms or cell moved afterwards.
    """
    from ase.io import read

    try:
        found = read(path, format="espresso-out")
    except Exception:
        # ASE raises whatever its parsing stumbles over.
        return _crystal_of_head(path)
    atoms = found[-1] if isinstance(found, list) else found
    atoms.calc = None
    return atoms


def _crystal_of_head(path: Path) -> Atoms | None:
    from ase import Atoms

    alat = 0.0
    axes: list[list[float]] = []
    labels: list[str] = []
    sites: list[list[float]] = []
    in_units_of_alat = False
    for line in text_lines(path):
        if line.startswith(("ATOMIC_POSITIONS", "CELL_PARAMETERS")):
            return None
        if match := _ALAT.search(line):
            alat = float(match[1])
        elif (match := _AXIS.match(line)) and len(axes) < 3:
            axes.append([float(x) for x in match.groups()])
        elif "site n." in line:
            in_units_of_alat = "alat units" in line
        elif in_units_of_alat and (match := _SITE.match(line)):
            labels.append(match[1])
            sites.append([float(x) for x in match.groups()[1:]])
    if not alat or len(axes) != 3 or not sites:
        return None
    unit = alat * BOHR_ANGSTROM
    try:
        names = [element_of(label) for label in labels]
    except ValueError:
        return None
    return Atoms(names, positions=unit * np.array(sites), cell=unit * np.array(axes), pbc=True)
