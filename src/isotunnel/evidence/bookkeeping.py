"""Which rows of data a result rests on, and which were left out, kept while it is worked out."""

from __future__ import annotations

from collections.abc import Iterable

from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed


class Bookkeeping:
    """Rows used and dropped while inputs are gathered."""

    def __init__(self) -> None:
        self.used: dict[str, RowUsed] = {}
        self.dropped: dict[str, RowDropped] = {}

    def use(self, *rows: Row, label: str) -> None:
        """Note rows of data as used."""
        for row in rows:
            self.used[row.id] = RowUsed.of(row, label)
            self.dropped.pop(row.id, None)

    def use_matter(self, name: str, phase: str, source: str) -> None:
        """Note an equation of state as used."""
        key = f"matter:{name}"
        self.used[key] = RowUsed("matter", key, f"{name} ({phase})", source)

    def drop(self, rows: Iterable[Row], label: str, reason: str) -> None:
        """Note rows of data as left out, unless they are used."""
        for row in rows:
            if row.id not in self.used:
                self.dropped[row.id] = RowDropped.of(row, label, reason)
