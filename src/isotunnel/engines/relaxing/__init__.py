"""Relaxing cell and positions under pressure with the symmetry kept, whatever gives the forces."""

from __future__ import annotations

from isotunnel.engines.relaxing.coordinates import SymmetricCoordinates
from isotunnel.engines.relaxing.minimise import Evaluation, Minimum, minimise_enthalpy
from isotunnel.engines.relaxing.results import (
    Relaxed,
    RelaxingEngine,
    RelaxStart,
    RelaxTolerance,
)

__all__ = [
    "Evaluation",
    "Minimum",
    "RelaxStart",
    "RelaxTolerance",
    "Relaxed",
    "RelaxingEngine",
    "SymmetricCoordinates",
    "minimise_enthalpy",
]
