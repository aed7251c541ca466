"""Records of the spacing-only tests as claims keep them."""

from __future__ import annotations

from typing import Any

from isotunnel.evidence.claims.measurement import RowDropped, RowUsed
from isotunnel.evidence.spacing.parts import SpacingTest


def used_by(test: SpacingTest[Any]) -> tuple[RowUsed, ...]:
    """Rows that a spacing test rests on."""
    return tuple(RowUsed(r.table, r.row, r.label, r.source) for r in test.used)


def dropped_by(test: SpacingTest[Any]) -> tuple[RowDropped, ...]:
    """Rows that it left out."""
    return tuple(RowDropped(r.table, r.row, r.label, r.reason) for r in test.dropped)
