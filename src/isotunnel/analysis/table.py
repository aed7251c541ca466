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
    at the ends of their names. Those of the pairing, where it was asked for, begin ``pairing.``.
    """
    from isotunnel.analysis.descriptors import descriptors_of

    tables: list[dict[str, object]] = []
    for result in results:
        volume = abs(float(result.structure.atoms.cell.volume))
        own = {d.column.name: d.value for d in descriptors_of(result, volume)}
        tables.append(own | _of_pairing(result))
    header = list(dict.fromkeys(name for table in tables for name in table))
    rows = [
        [r.name, *(table.get(name) for name in header)]
        for r, table in zip(results, tables, strict=True)
    ]
    return ["name", *header], rows


def _of_pairing(result: Analysis) -> dict[str, object]:
    if result.pairing is None:
        return {}
    from isotunnel.analysis.pairing.table import plain_values

    values = plain_values(result.pairing.as_dict())
    return {f"pairing.{k}": v for k, v in values.items() if k not in ("schema", "name")}
