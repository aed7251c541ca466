"""What theories, the tunnel theory and its rivals, say of a crystal."""

from __future__ import annotations

from isotunnel.theories.hydride_formulas import (
    FORMULAS,
    UNAVAILABLE,
    TcFormula,
    Unavailable,
    phi_dos,
)
from isotunnel.theories.hydride_networks import TcEstimate, estimate_tc, hydrogen_fraction
from isotunnel.theories.reference import Reference

__all__ = [
    "FORMULAS",
    "UNAVAILABLE",
    "Reference",
    "TcEstimate",
    "TcFormula",
    "Unavailable",
    "estimate_tc",
    "hydrogen_fraction",
    "phi_dos",
]
