"""Rows of measured tables that nobody measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from isotunnel.design import judge
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row, Table, table


def made_up_table(name: str, rows: Iterable[Mapping[str, Any]]) -> Table:
    """A table of the real schema; columns not given are empty, sources say "made up"."""
    schema = table(name).schema
    units = {n: c.unit for c in schema.columns for n in c.names()}
    empty = dict.fromkeys(schema.header())
    made = []
    for i, row in enumerate(rows):
        unknown = set(row) - set(empty)
        assert not unknown, f"{name} has no columns {unknown}"
        common = {"id": f"{name}:{i}", "source": "made up", "grade": "A"}
        made.append(Row(name, {**empty, **common, **row}, units))
    return Table(schema, tuple(made))


def made_up_world(**tables: Iterable[Mapping[str, Any]]) -> Sources:
    """Sources with these tables in place of the real ones, no atlas and an empty search."""
    made = {name: made_up_table(name, rows) for name, rows in tables.items()}

    def no_scan(name: str) -> Any:
        raise AssertionError(f"this world has no scan of {name}")

    return Sources(
        table=lambda name: made[name], scan=no_scan, scans=tuple, search=lambda: judge([], [])
    )
