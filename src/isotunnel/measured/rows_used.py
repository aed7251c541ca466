"""Rows of data that a result rests on, and those that it could not use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isotunnel.measured import Row


@dataclass(frozen=True)
class RowUsed:
    """A row of data that a number rests on: traceable to its source.

    Attributes:
        table: name of the table, such as "dtc_dp", or "atlas", "matter", "catalogue".
        row: its id there.
        label: material or what a person calls it.
        source: where the number was published.
    """

    table: str
    row: str
    label: str
    source: str

    @classmethod
    def of(cls, row: Row, label: str) -> RowUsed:
        """The record of a row of a measured table."""
        return cls(row.table, row.id, label, row.source)


@dataclass(frozen=True)
class RowDropped:
    """A row of data that was left out, and why."""

    table: str
    row: str
    label: str
    reason: str

    @classmethod
    def of(cls, row: Row, label: str, reason: str) -> RowDropped:
        """The record of a row of a measured table."""
        return cls(row.table, row.id, label, reason)
