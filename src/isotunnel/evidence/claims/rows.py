"""Rows of tables as a claim's record of what it used and dropped, as functions."""

from __future__ import annotations

from isotunnel.evidence.rows import RowDropped, RowUsed

used_row = RowUsed.of
dropped_row = RowDropped.of
