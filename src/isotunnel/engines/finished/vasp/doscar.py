"""DOSCAR: densities of states at the Fermi level, total and by atom.

Six lines of head, the last with the energy window, number of energies and Fermi level; then a block
of the total (2 columns, 4 with spin: the first 1 or 2 are densities) and, where the run had
LORBIT, one per atom.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.finished.dos import value_at
from isotunnel.engines.finished.files import float_or_none, text_lines
from isotunnel.errors import FileFormatError

# Columns behind the energy, of runs without spin: s p d (f), or all m of them.
_ORBITALS = (3, 4, 9, 16)


@dataclass(frozen=True)
class Doscar:
    """Densities of states at the Fermi level of the file, states/eV/cell, both spins.

    Attributes:
        fermi_ev: as the file has it.
        total: None where the tabulated window does not hold the Fermi level.
        by_ion: the projected part of each atom; None where there are no projections.
        window_ev: energies between which it is tabulated.
        n_ions: number of atoms in the head.
    """

    fermi_ev: float
    total: float | None
    by_ion: tuple[float, ...] | None
    window_ev: tuple[float, float]
    n_ions: int


def read_doscar(path: Path, *, noncollinear: bool = False) -> Doscar:
    """Read a DOSCAR.

    Args:
        path: the file.
        noncollinear: the run had LNONCOLLINEAR or LSORBIT, so that each orbital has four columns.

    Raises:
        FileFormatError: it is damaged, or ends too early.
    """
    lines = text_lines(path)
    head = list(islice(lines, 6))
    try:
        n_ions = int(head[0].split()[0])
        high, low, count, fermi = _window(head[5])
    except (IndexError, ValueError):
        raise FileFormatError(f"{path}: no DOSCAR: its sixth line gives no window") from None
    total = _block(path, lines, count)
    spins = 2 if total.shape[1] == 5 else 1
    value = value_at(total, fermi)
    dos = None if value is None else float(value[:spins].sum())
    by_ion: list[float] = []
    while next(lines, "").strip():
        block = _block(path, lines, count)
        by_ion.append(_of_ion(path, block, fermi, spins, noncollinear))
    if by_ion and len(by_ion) != n_ions:
        raise FileFormatError(
            f"{path}: projected densities of {len(by_ion)} of {n_ions} atoms: the file is cut short"
        )
    known = tuple(by_ion) if by_ion and dos is not None else None
    return Doscar(fermi, dos, known, (low, high), n_ions)


def _window(line: str) -> tuple[float, float, int, float]:
    """High and low end, number of energies, Fermi level; wide numbers may touch each other."""
    numbers = [float_or_none(line[at : at + 16]) for at in (0, 16, 37)]
    count = float_or_none(line[32:37])
    words = line.split()
    if count is None or None in numbers:
        return float(words[0]), float(words[1]), int(words[2]), float(words[3])
    high, low, fermi = (n for n in numbers if n is not None)
    return high, low, int(count), fermi


def _block(path: Path, lines: Iterator[str], count: int) -> NDArray[np.float64]:
    """A table, energy first; a number that overflowed its columns is NaN."""
    table: list[list[float]] = []
    for done in range(count):
        row = next(lines, "").split()
        # An integrated number that overflows is asterisks; the density before it is not.
        values = [float_or_none(w) for w in row]
        if len(row) < 3 or (table and len(row) != len(table[0])) or values[0] is None:
            raise FileFormatError(
                f"{path}: ends or breaks after {done} of {count} energies of a block"
            )
        table.append([v if v is not None else float("nan") for v in values])
    return np.array(table).reshape(len(table), -1)


def _of_ion(
    path: Path, block: NDArray[np.float64], fermi: float, spins: int, noncollinear: bool
) -> float:
    """One atom's density of states, summed over its orbitals and both spins."""
    value, columns = value_at(block, fermi), block.shape[1] - 1
    per_orbital, rest = divmod(columns, 4 if noncollinear else spins)
    if rest or per_orbital not in _ORBITALS:
        if not noncollinear and columns % 4 == 0 and columns // 4 in _ORBITALS:
            return _of_ion(path, block, fermi, spins, noncollinear=True)
        raise FileFormatError(
            f"{path}: {columns} columns per atom, which fit no choice of orbitals"
        )
    if value is None:
        return 0.0
    # Four columns per orbital: the density, then the three components of the magnetization.
    return float(value[::4].sum() if noncollinear else value.sum())
