"""Rows of tables as a claim's record of what it used and dropped."""

from __future__ import annotations

from isotunnel.evidence.claims.measurement import RowDropped, RowUsed
from isotunnel.measured import Row


def used_row(row: Row, label: str) -> RowUsed:
    """The record of a row that a number rests on."""
    return RowUsed(row.table, row.id, label, row.source)


def dropped_row(row: Row, label: str, reason: str) -> RowDropped:
    """The record of a row that was left out."""
    return RowDropped(row.table, row.id, label, reason)
