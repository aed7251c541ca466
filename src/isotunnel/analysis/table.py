"""Analyses as a table: a row per crystal, a column per descriptor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from isotunnel.csv_tables import CsvTable

if TYPE_CHECKING:
    from isotunnel.analysis.results import Analysis


def analysis_table(results: Sequence[Analysis]) -> CsvTable:
    """Header and rows; a column that a crystal lacks is None there.

    What the columns mean stands in :func:`isotunnel.analysis.descriptors.descriptors_of`; units are
    at the ends of their names.
    """
    from isotunnel.analysis.descriptors import descriptors_of

    tables = []
    for result in results:
        volume = abs(float(result.structure.atoms.cell.volume))
        tables.append({d.column.name: d.value for d in descriptors_of(result, volume)})
    header = list(dict.fromkeys(name for table in tables for name in table))
    rows = [
        [r.name, *(table.get(name) for name in header)]
        for r, table in zip(results, tables, strict=True)
    ]
    return ["name", *header], rows
