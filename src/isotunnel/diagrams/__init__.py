"""Pressure-temperature diagrams: each theory's states with the measured ones on top.

Names are imported on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.lazy import lazy_names

if TYPE_CHECKING:
    from isotunnel.diagrams.axes import Axis
    from isotunnel.diagrams.build import Diagram, diagram
    from isotunnel.diagrams.choose import theory_names
    from isotunnel.diagrams.combined import Combined
    from isotunnel.diagrams.isochores import Isochore, isochore
    from isotunnel.diagrams.panel import Panel
    from isotunnel.diagrams.phase_lines import PhaseLine
    from isotunnel.diagrams.points import MeasuredPoint, measured_points

_HOMES = {
    "Axis": "axes",
    "Combined": "combined",
    "Diagram": "build",
    "Isochore": "isochores",
    "MeasuredPoint": "points",
    "Panel": "panel",
    "PhaseLine": "phase_lines",
    "diagram": "build",
    "isochore": "isochores",
    "measured_points": "points",
    "theory_names": "choose",
}

__all__ = [
    "Axis",
    "Combined",
    "Diagram",
    "Isochore",
    "MeasuredPoint",
    "Panel",
    "PhaseLine",
    "diagram",
    "isochore",
    "measured_points",
    "theory_names",
]

__getattr__ = lazy_names(__name__, _HOMES)
