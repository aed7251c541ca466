"""What theories, the tunnel theory and its rivals, say of a crystal."""

from __future__ import annotations

from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import Quantity, Theory, TheoryAnswer
from isotunnel.theories.calibration import PutIn
from isotunnel.theories.hydrides.formulas import (
    FORMULAS,
    UNAVAILABLE,
    TcFormula,
    Unavailable,
    phi_dos,
)
from isotunnel.theories.hydrides.networks import TcEstimate, estimate_tc, hydrogen_fraction
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference
from isotunnel.theories.registry import RIVALS, TUNNEL_THEORIES, rival, theory
from isotunnel.theories.superconducting.alpha2f import Alpha2F, read_alpha2f

__all__ = [
    "FORMULAS",
    "RIVALS",
    "TUNNEL_THEORIES",
    "UNAVAILABLE",
    "Alpha2F",
    "MaterialData",
    "Parameter",
    "PutIn",
    "Quantity",
    "Reference",
    "TcEstimate",
    "TcFormula",
    "Theory",
    "TheoryAnswer",
    "Unavailable",
    "estimate_tc",
    "hydrogen_fraction",
    "phi_dos",
    "read_alpha2f",
    "rival",
    "theory",
]
