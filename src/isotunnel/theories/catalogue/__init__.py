"""Curated parameters of named substances, phase by phase, each number with its source.

Names are imported on first use, so that importing this package reads no table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.lazy import lazy_names

if TYPE_CHECKING:
    from isotunnel.theories.catalogue.along import (
        StateGrid,
        TcCurve,
        over_grid,
        tc_of_pressure,
        without_errors,
    )
    from isotunnel.theories.catalogue.library import (
        in_catalogue,
        material_data,
        names,
        substance,
        substances,
    )
    from isotunnel.theories.catalogue.records import Entry, Substance

_HOMES = {
    "Entry": "records",
    "StateGrid": "along",
    "Substance": "records",
    "TcCurve": "along",
    "in_catalogue": "library",
    "material_data": "library",
    "names": "library",
    "over_grid": "along",
    "substance": "library",
    "substances": "library",
    "tc_of_pressure": "along",
    "without_errors": "along",
}

__all__ = [
    "Entry",
    "StateGrid",
    "Substance",
    "TcCurve",
    "in_catalogue",
    "material_data",
    "names",
    "over_grid",
    "substance",
    "substances",
    "tc_of_pressure",
    "without_errors",
]

__getattr__ = lazy_names(__name__, _HOMES)
