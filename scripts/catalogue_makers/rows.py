"""Rows of the catalogue: what is read, and how one is written."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from isotunnel import measured

DATA = Path(__file__).parents[2] / "src/isotunnel/substances/data"
COLUMNS = (
    "substance",
    "phase",
    "field",
    "value",
    "error",
    "kind",
    "grade",
    "source",
    "fitted_to",
    "fit_source",
    "fit_quantities",
    "fit_rows",
    "fit_tc_k",
    "note",
)
MAGNETS = ("Fe", "Co", "Ni", "Cr")
"""Magnetic scattering: Bloch's law does not hold, and is not fitted."""
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """A table of the catalogue."""
    return list(csv.DictReader((DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def entry(place: tuple[str, str], field: str, value: float, kind: str, **rest: Any) -> Row:
    """One row of the result."""
    found = dict.fromkeys(COLUMNS, "")
    error = rest.pop("error", None)
    found |= {"substance": place[0], "phase": place[1], "field": field, "kind": kind}
    found |= {"value": f"{value:.6g}", "error": "" if error is None else f"{error:.3g}"}
    return found | {k: str(v) for k, v in rest.items()}


def cited(row: measured.Row, source: str = "") -> dict[str, str]:
    """Source, grade and the row's id."""
    return {"source": f"{source or row.source} [{row.id}]", "grade": row.grade}


def of_element(table: str, element: str) -> list[measured.Row]:
    """Rows of one element."""
    return [r for r in measured.table(table).rows if r["element"] == element]
