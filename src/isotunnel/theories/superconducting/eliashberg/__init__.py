"""Isotropic Migdal-Eliashberg theory on the Matsubara axis."""

from __future__ import annotations

from isotunnel.theories.superconducting.eliashberg.gap import GapSolution, solve_gap
from isotunnel.theories.superconducting.eliashberg.linear import (
    CriticalTemperature,
    critical_temperature,
    pairing_eigenvalue,
)
from isotunnel.theories.superconducting.eliashberg.settings import Settings
from isotunnel.theories.superconducting.eliashberg.theory import Eliashberg
from isotunnel.theories.superconducting.eliashberg.thermodynamics import (
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
