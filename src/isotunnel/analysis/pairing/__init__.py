"""From a crystal to its electron-phonon coupling and Tc, with nothing put in."""

from __future__ import annotations

from isotunnel.analysis.pairing.along_pressure import (
    PairingAlongPressure,
    PairingPoint,
    pairing_along_pressure,
)
from isotunnel.analysis.pairing.compute import pairing
from isotunnel.analysis.pairing.result import PairedAtom, PairingResult
from isotunnel.analysis.pairing.settings import PairingSettings

__all__ = [
    "PairedAtom",
    "PairingAlongPressure",
    "PairingPoint",
    "PairingResult",
    "PairingSettings",
    "pairing",
    "pairing_along_pressure",
]
