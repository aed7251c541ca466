"""Matter under pressure and heat: equations of state, thermal pressure, conventional phases.

Names are imported on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.lazy import lazy_names

if TYPE_CHECKING:
    from isotunnel.matter.fit import EosFit, fit_energies, fit_pressures
    from isotunnel.matter.invert import solid_volume
    from isotunnel.matter.isotherm import Isotherm
    from isotunnel.matter.library import Material, SolidPhase, Transition, material, materials
    from isotunnel.matter.melting import MeltingCurve
    from isotunnel.matter.phases import (
        MeltingPoint,
        PhaseAnswer,
        melting_temperature,
        phase_at,
        solid_at,
        stable_solid,
    )
    from isotunnel.matter.quasiharmonic import debye_from_bulk_modulus, quasiharmonic_solid
    from isotunnel.matter.solid import SolidEos
    from isotunnel.matter.state import SolidState, solid_state, volume
    from isotunnel.matter.vapour import reference_vapour_pressure, vapour_pressure
    from isotunnel.matter.vibrations import Vibrations

_HOMES = {
    "EosFit": "fit",
    "Isotherm": "isotherm",
    "Material": "library",
    "MeltingCurve": "melting",
    "MeltingPoint": "phases",
    "PhaseAnswer": "phases",
    "SolidEos": "solid",
    "SolidPhase": "library",
    "SolidState": "state",
    "Transition": "library",
    "Vibrations": "vibrations",
    "debye_from_bulk_modulus": "quasiharmonic",
    "fit_energies": "fit",
    "fit_pressures": "fit",
    "material": "library",
    "materials": "library",
    "melting_temperature": "phases",
    "phase_at": "phases",
    "quasiharmonic_solid": "quasiharmonic",
    "reference_vapour_pressure": "vapour",
    "solid_at": "phases",
    "solid_state": "state",
    "solid_volume": "invert",
    "stable_solid": "phases",
    "vapour_pressure": "vapour",
    "volume": "state",
}

__all__ = [
    "EosFit",
    "Isotherm",
    "Material",
    "MeltingCurve",
    "MeltingPoint",
    "PhaseAnswer",
    "SolidEos",
    "SolidPhase",
    "SolidState",
    "Transition",
    "Vibrations",
    "debye_from_bulk_modulus",
    "fit_energies",
    "fit_pressures",
    "material",
    "materials",
    "melting_temperature",
    "phase_at",
    "quasiharmonic_solid",
    "reference_vapour_pressure",
    "solid_at",
    "solid_state",
    "solid_volume",
    "stable_solid",
    "vapour_pressure",
    "volume",
]

__getattr__ = lazy_names(__name__, _HOMES)
