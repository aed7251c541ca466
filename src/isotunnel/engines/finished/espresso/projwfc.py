"""projwfc.x: densities of states at the Fermi level, total and by element.

``PREFIX.pdos_tot`` has the columns energy, total and projected density; each file
``PREFIX.pdos_atm#N(EL)_wfc#M(L)`` energy and the local density of one shell of one atom, then its
parts; with two spins each is doubled. Energies are absolute, in eV.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.finished.dos import value_at
from isotunnel.engines.finished.espresso.schema import element_of
from isotunnel.engines.finished.files import float_or_none, text_lines
from isotunnel.errors import FileFormatError, InputError

ATOM_FILE = re.compile(r"(.*)\.pdos_atm#(\d+)\(([^)]+)\)_wfc#(\d+)\((.+?)\)(\.gz|\.bz2|\.xz)?$")
_TOTAL_FILE = re.compile(r"(.*)\.pdos_tot(\.gz|\.bz2|\.xz)?$")


@dataclass(frozen=True)
class ProjectedDos:
    """Densities of states at a level, states/eV/cell, both spins.

    Attributes:
        total: None without the file ``pdos_tot``.
        by_element: sums over the elements' atoms and shells.
        n_atoms: number of atoms that have files.
        source: the files, in words.
        total_source: name of the file of the total.
    """

    total: float | None
    by_element: Mapping[str, float]
    n_atoms: int
    source: str
    total_source: str


def read_projwfc(folder: Path, level_ev: float, label: str = "") -> ProjectedDos | None:
    """The densities of states at ``level_ev``; None where the folder has no such files.

    ``label`` is put before the names of the sources.

    Raises:
        InputError: files of two runs, or tables that do not reach the level.
        FileFormatError: a damaged file.
    """
    found = [
        (path, m)
        for path in sorted(folder.iterdir())
        if path.is_file() and (m := ATOM_FILE.match(path.name))
    ]
    if not found:
        return None
    prefixes = sorted({m[1] for _, m in found})
    if len(prefixes) > 1:
        raise InputError(
            f"{folder}: projected densities of states of {len(prefixes)} runs "
            f"({', '.join(prefixes[:3])}); keep one there"
        )
    sums: dict[str, float] = {}
    atoms: set[str] = set()
    for path, match in found:
        try:
            element = element_of(match[3])
        except ValueError as error:
            raise FileFormatError(f"{path}: {error}") from None
        sums[element] = sums.get(element, 0.0) + _local(path, level_ev)
        atoms.add(match[2])
    total = [p for p in sorted(folder.iterdir()) if (m := _TOTAL_FILE.match(p.name))]
    value = _total(total[0], level_ev) if total else None
    return ProjectedDos(
        value,
        sums,
        len(atoms),
        f"{len(found)} files {label}{prefixes[0]}.pdos_atm#*",
        f"{label}{total[0].name}" if total else "",
    )


def _local(path: Path, level_ev: float) -> float:
    names, table = _table(path, level_ev)
    columns = [i for i, name in enumerate(names[1:]) if name.startswith("ldos")]
    value = _value(path, table, level_ev)
    return float(sum(value[i] for i in columns or [0]))


def _total(path: Path, level_ev: float) -> float:
    names, table = _table(path, level_ev)
    columns = [i for i, name in enumerate(names[1:]) if name.startswith("dos")]
    value = _value(path, table, level_ev)
    return float(sum(value[i] for i in columns or [0]))


def _table(path: Path, level_ev: float) -> tuple[list[str], NDArray[np.float64]]:
    """Column names, energy first, and the rows around the level; the file is read no further."""
    names: list[str] = []
    first, before = "", ""
    for line in text_lines(path):
        words = line.split(None, 1)
        if not words:
            continue
        if words[0].startswith("#"):
            names = line.replace("#", " ").replace("(eV)", "").lower().split()
            if "ik" in names:
                raise InputError(
                    f"{path}: resolved by k-point; run projwfc.x with kresolveddos = .false."
                )
            continue
        energy = float_or_none(words[0])
        if energy is None:
            raise FileFormatError(f"{path}: no row of numbers: {line.strip()[:60]!r}")
        first = first or line
        if energy > level_ev:
            return names, _rows(path, names, before or line, line)
        before = line
    return names, _rows(path, names, first, before)


def _rows(path: Path, names: list[str], *lines: str) -> NDArray[np.float64]:
    rows = [_row(path, line) for line in lines]
    lengths = {len(row) for row in rows}
    if len(lengths) != 1 or min(lengths) < len(names):
        raise FileFormatError(
            f"{path}: rows of {' and '.join(map(str, sorted(lengths)))} numbers under a head of "
            f"{len(names)} names"
        )
    return np.array(rows)


def _row(path: Path, line: str) -> list[float]:
    values = [float_or_none(word) for word in line.split()]
    known = [v for v in values if v is not None]
    if len(values) < 2 or len(known) != len(values):
        raise FileFormatError(f"{path}: no row of numbers: {line.strip()[:60]!r}")
    return known


def _value(path: Path, table: NDArray[np.float64], level_ev: float) -> list[float]:
    value = value_at(table, level_ev)
    if value is None:
        low, high = table[0, 0], table[-1, 0]
        raise InputError(
            f"{path}: tabulated from {low:.3f} to {high:.3f} eV, which does not hold the Fermi "
            f"level {level_ev:.3f} eV; run projwfc.x with a wider window, or move the files away "
            "and give --h-dos"
        )
    return [float(v) for v in value]
