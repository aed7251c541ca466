"""The raw evidence: one published number a row, and how numbers are written."""

from __future__ import annotations

import csv
from pathlib import Path

from ase.data import atomic_masses, atomic_numbers
from ase.formula import Formula

DATA = Path(__file__).parents[2] / "src/isotunnel/matter/data"
FORMULAS = {"diamond": "C"}
Row = dict[str, str]


def read(name: str) -> list[Row]:
    """Rows of one raw table."""
    with (DATA / "raw" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str | None) -> float | None:
    return float(text) if text not in (None, "") else None


def shown(value: object) -> str:
    """Six significant digits: enough to regenerate the same file on any machine."""
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def mean_mass(formula: str) -> float:
    counts = Formula(formula).count()
    total = sum(atomic_masses[atomic_numbers[s]] * n for s, n in counts.items())
    return float(total / sum(counts.values()))
