"""From a crystal to its electron-phonon coupling and Tc, with nothing put in."""

from __future__ import annotations

from isotunnel.analysis.pairing.compute import PairingSettings, pairing
from isotunnel.analysis.pairing.result import PairedAtom, PairingResult

__all__ = ["PairedAtom", "PairingResult", "PairingSettings", "pairing"]
