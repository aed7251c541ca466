"""Three-way classification: insulator, metal or superconductor, by each theory, against data.

::

    from isotunnel.evidence.benchmark import run_benchmark

    found = run_benchmark()
    found.score("ks").balanced_accuracy      # value, low, high
    found.contest                            # predictions on the rows that every side answers
    found.score("rival").failures            # the most confident mistakes

Names are imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.lazy import lazy_names

if TYPE_CHECKING:
    from isotunnel.evidence.benchmark.materials import Material, ReadGap, materials_of
    from isotunnel.evidence.benchmark.rules import Prediction, StateOf
    from isotunnel.evidence.benchmark.run import Benchmark, run_benchmark
    from isotunnel.evidence.benchmark.scores import Score, balanced_accuracy, confusion

_HOMES = {
    "Benchmark": "run",
    "Material": "materials",
    "Prediction": "rules",
    "ReadGap": "materials",
    "Score": "scores",
    "StateOf": "rules",
    "balanced_accuracy": "scores",
    "confusion": "scores",
    "materials_of": "materials",
    "run_benchmark": "run",
}

__all__ = [
    "Benchmark",
    "Material",
    "Prediction",
    "ReadGap",
    "Score",
    "StateOf",
    "balanced_accuracy",
    "confusion",
    "materials_of",
    "run_benchmark",
]

__getattr__ = lazy_names(__name__, _HOMES)
