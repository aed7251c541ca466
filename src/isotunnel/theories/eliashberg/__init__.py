"""Isotropic Migdal-Eliashberg theory on the Matsubara axis."""

from __future__ import annotations

from isotunnel.theories.eliashberg.gap import GapSolution, solve_gap
from isotunnel.theories.eliashberg.linear import (
    CriticalTemperature,
    critical_temperature,
    pairing_eigenvalue,
)
from isotunnel.theories.eliashberg.settings import Settings
from isotunnel.theories.eliashberg.theory import Eliashberg
from isotunnel.theories.eliashberg.thermodynamics import (
    critical_field_t,
    gap_ratio,
    specific_heat_jump,
)

__all__ = [
    "CriticalTemperature",
    "Eliashberg",
    "GapSolution",
    "Settings",
    "critical_field_t",
    "critical_temperature",
    "gap_ratio",
    "pairing_eigenvalue",
    "solve_gap",
    "specific_heat_jump",
]
