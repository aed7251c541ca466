"""Measured facts: curated tables with unit, uncertainty, conditions, source and grade of each row.

::

    from isotunnel import measured

    measured.tables()                          # names of the tables
    table = measured.table("dtc_dp")           # read on first use, then kept
    table.columns                              # name, kind, unit, meaning
    for row in table.where(material="Pb"):
        row["tc_k"], row.id, row.source, row.grade

A table is a CSV file in ``data/`` beside a TOML file with its schema. ``data/raw`` holds what was
curated, one source per row; ``scripts/make_measured_tables.py`` derives the tables from it.
"""

from __future__ import annotations

from isotunnel.measured.load import find_row, table, tables
from isotunnel.measured.rows import Row, Table
from isotunnel.measured.schema import GRADES, Column, Quantity, Value

__all__ = [
    "GRADES",
    "Column",
    "Quantity",
    "Row",
    "Table",
    "Value",
    "find_row",
    "table",
    "tables",
]
