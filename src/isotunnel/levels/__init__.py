"""Valence levels and lifting gaps: the readings of the tunnel theory, as plug-ins."""

from __future__ import annotations

from isotunnel.levels.evaluate import Computed, evaluate, evaluate_all, evaluate_first
from isotunnel.levels.gap import LiftingGap
from isotunnel.levels.reading import FieldReading, Reading, TunnelLevels, TunnelThresholds
from isotunnel.levels.registry import (
    get_reading,
    readings,
    register_reading,
    unregister_reading,
)
from isotunnel.levels.state import ElectricalState, State, StateRule

__all__ = [
    "Computed",
    "ElectricalState",
    "FieldReading",
    "LiftingGap",
    "Reading",
    "State",
    "StateRule",
    "TunnelLevels",
    "TunnelThresholds",
    "evaluate",
    "evaluate_all",
    "evaluate_first",
    "get_reading",
    "readings",
    "register_reading",
    "unregister_reading",
]
