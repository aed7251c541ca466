"""The crystals that rigid muffin tins were run on, as shipped, and linear response beside them.

Written by ``scripts/benchmark_pairing.py`` (minutes of DFT a crystal): measured cells of metals,
and crystals of JARVIS-DFT drawn once.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DONE = "done"
METAL_ID = "element-"
"""Ids of the metals in their measured cells begin so."""

MADE_WITH = "GPAW 26.7.0 (PBE, spin-paired), phonopy; scripts/benchmark_pairing.py"


@dataclass(frozen=True)
class BenchmarkRow:
    """One crystal of the benchmark.

    Attributes:
        id: ``element-Nb`` of a measured cell, or the number of JARVIS.
        formula: chemical formula.
        coupling: lambda with alpha^2 as 1/omega; None where the crystal was refused or unstable.
        omega_log_k, omega_2_k: of its spectrum, kelvin.
        reference: lambda by linear response, None where none is known.
    """

    id: str
    formula: str
    coupling: float | None
    omega_log_k: float | None
    omega_2_k: float | None
    reference: float | None


@cache
def benchmark_rows() -> tuple[BenchmarkRow, ...]:
    """All crystals, in the order in which they were run."""
    text = files(__package__).joinpath("data", "benchmark.csv").read_text(encoding="utf-8")
    return tuple(_row(row) for row in csv.DictReader(text.splitlines()))


def _row(row: dict[str, str]) -> BenchmarkRow:
    done = row["status"] == DONE
    return BenchmarkRow(
        id=row["id"],
        formula=row["formula"],
        coupling=_number(row["lambda"]) if done else None,
        omega_log_k=_number(row["omega_log_k"]) if done else None,
        omega_2_k=_number(row["omega_2_k"]) if done else None,
        reference=_number(row["lambda_reference"]),
    )


def _number(text: str) -> float | None:
    return float(text) if text else None
