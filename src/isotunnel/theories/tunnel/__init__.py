"""The tunnel theory made computable: readings, resistivity laws, superconducting quantities.

Names are imported on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.lazy import lazy_names

if TYPE_CHECKING:
    from isotunnel.theories.tunnel.anchors import Anchor, measured_anchors
    from isotunnel.theories.tunnel.critical import Boundary
    from isotunnel.theories.tunnel.fitted import FittedLaw
    from isotunnel.theories.tunnel.laws import (
        RESISTIVITY_LAWS,
        ActivatedLaw,
        LinearLaw,
        MonotoneLaw,
        ResistivityLaw,
        resistivity_law,
    )
    from isotunnel.theories.tunnel.meissner import (
        History,
        Medium,
        field_profile,
        flux_kept,
        screening_depth_nm,
    )
    from isotunnel.theories.tunnel.quantities import (
        carrier_density_m3,
        critical_current_a_cm2,
        critical_field_t,
        critical_velocity_m_s,
        overlap_energy_ev,
    )
    from isotunnel.theories.tunnel.reading_theory import TunnelTheory
    from isotunnel.theories.tunnel.spacing_theory import Isochores, TunnelSpacing

_HOMES = {
    "RESISTIVITY_LAWS": "laws",
    "ActivatedLaw": "laws",
    "Anchor": "anchors",
    "Boundary": "critical",
    "FittedLaw": "fitted",
    "History": "meissner",
    "Isochores": "spacing_theory",
    "LinearLaw": "laws",
    "Medium": "meissner",
    "MonotoneLaw": "laws",
    "ResistivityLaw": "laws",
    "TunnelSpacing": "spacing_theory",
    "TunnelTheory": "reading_theory",
    "carrier_density_m3": "quantities",
    "critical_current_a_cm2": "quantities",
    "critical_field_t": "quantities",
    "critical_velocity_m_s": "quantities",
    "field_profile": "meissner",
    "flux_kept": "meissner",
    "measured_anchors": "anchors",
    "overlap_energy_ev": "quantities",
    "resistivity_law": "laws",
    "screening_depth_nm": "meissner",
}

__all__ = [
    "RESISTIVITY_LAWS",
    "ActivatedLaw",
    "Anchor",
    "Boundary",
    "FittedLaw",
    "History",
    "Isochores",
    "LinearLaw",
    "Medium",
    "MonotoneLaw",
    "ResistivityLaw",
    "TunnelSpacing",
    "TunnelTheory",
    "carrier_density_m3",
    "critical_current_a_cm2",
    "critical_field_t",
    "critical_velocity_m_s",
    "field_profile",
    "flux_kept",
    "measured_anchors",
    "overlap_energy_ev",
    "resistivity_law",
    "screening_depth_nm",
]

__getattr__ = lazy_names(__name__, _HOMES)
