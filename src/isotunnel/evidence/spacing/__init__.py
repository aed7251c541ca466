"""Tests of the one consequence of the tunnel theory that needs no tunnels: spacing is everything.

Five tests, each a function of typed rows (so that it can be fed with made-up worlds) and a
``measured_...`` function that takes the rows from ``isotunnel.measured`` and ``isotunnel.matter``:

====  ============================================  =======================================
T1    ``collapse``, ``measured_collapse``           heating against squeezing at equal volume
T2    ``isochores``, ``measured_isochores``         slope of Tc(P) against the isochore
T3    ``isotopes``, ``measured_isotopes``           isotope exponents against 0
T4    ``ohm``, ``measured_ohm``                     a fixed loss per hop against Ohm's law
T5    ``reentrant``, ``measured_reentrant``         conductors that compression makes worse
====  ============================================  =======================================

They state numbers with intervals, rows used and dropped; verdicts are drawn elsewhere. Names are
imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.lazy import lazy_names

if TYPE_CHECKING:
    from isotunnel.evidence.rows import RowDropped, RowUsed
    from isotunnel.evidence.spacing.compression import (
        CompressedMaterial,
        FirstCompression,
        Transition,
        reentrant,
    )
    from isotunnel.evidence.spacing.from_superconductors import (
        measured_isochores,
        measured_isotopes,
    )
    from isotunnel.evidence.spacing.from_tables import (
        measured_collapse,
        measured_ohm,
        measured_reentrant,
    )
    from isotunnel.evidence.spacing.isochore import IsochoreRow, Superconductor, isochores
    from isotunnel.evidence.spacing.isotope import (
        IsotopeRow,
        IsotopeShift,
        ZeroPoint,
        isotopes,
        zero_point_volume,
    )
    from isotunnel.evidence.spacing.ohms_law import (
        Conductor,
        Loss,
        OhmRow,
        iv_curve,
        ohm,
        threshold_voltage,
    )
    from isotunnel.evidence.spacing.parts import SpacingTest, Statistic
    from isotunnel.evidence.spacing.run import TESTS, spacing_tests
    from isotunnel.evidence.spacing.slope import temperature_coefficient
    from isotunnel.evidence.spacing.volume_collapse import (
        ColdPoint,
        CollapsedMetal,
        Metal,
        collapse,
    )

_HOMES = {
    "CollapsedMetal": "volume_collapse",
    "ColdPoint": "volume_collapse",
    "CompressedMaterial": "compression",
    "Conductor": "ohms_law",
    "FirstCompression": "compression",
    "IsochoreRow": "isochore",
    "IsotopeRow": "isotope",
    "IsotopeShift": "isotope",
    "Loss": "ohms_law",
    "Metal": "volume_collapse",
    "OhmRow": "ohms_law",
    "RowDropped": "parts",
    "RowUsed": "parts",
    "SpacingTest": "parts",
    "Statistic": "parts",
    "Superconductor": "isochore",
    "TESTS": "run",
    "Transition": "compression",
    "ZeroPoint": "isotope",
    "collapse": "volume_collapse",
    "isochores": "isochore",
    "isotopes": "isotope",
    "iv_curve": "ohms_law",
    "measured_collapse": "from_tables",
    "measured_isochores": "from_superconductors",
    "measured_isotopes": "from_superconductors",
    "measured_ohm": "from_tables",
    "measured_reentrant": "from_tables",
    "ohm": "ohms_law",
    "reentrant": "compression",
    "spacing_tests": "run",
    "temperature_coefficient": "slope",
    "threshold_voltage": "ohms_law",
    "zero_point_volume": "isotope",
}

__all__ = [
    "TESTS",
    "ColdPoint",
    "CollapsedMetal",
    "CompressedMaterial",
    "Conductor",
    "FirstCompression",
    "IsochoreRow",
    "IsotopeRow",
    "IsotopeShift",
    "Loss",
    "Metal",
    "OhmRow",
    "RowDropped",
    "RowUsed",
    "SpacingTest",
    "Statistic",
    "Superconductor",
    "Transition",
    "ZeroPoint",
    "collapse",
    "isochores",
    "isotopes",
    "iv_curve",
    "measured_collapse",
    "measured_isochores",
    "measured_isotopes",
    "measured_ohm",
    "measured_reentrant",
    "ohm",
    "reentrant",
    "spacing_tests",
    "temperature_coefficient",
    "threshold_voltage",
    "zero_point_volume",
]

__getattr__ = lazy_names(__name__, _HOMES)
