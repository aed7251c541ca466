"""Hydrides with a measured Tc and one computed from electron-phonon coupling."""

from __future__ import annotations

import math
from statistics import median

from isotunnel.measured import Row, Table
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import RIVAL
from isotunnel.scorecard.sample import Case, Gathered

PREDICTED = "predicted"
"""Kind of a published Tc that was computed from electron-phonon coupling."""


def hydride_pairs(table: Table) -> Gathered[Case]:
    """Hydrides with a measured Tc and one computed from electron-phonon coupling, one case each.

    The highest measured Tc; of what was computed, the median of what was published for the
    pressure nearest to it.
    """
    rows: dict[str, dict[str, list[Row]]] = {}
    dropped = []
    for row in table:
        kind = rows.setdefault(row.text("compound"), {}).setdefault(row.text("kind"), [])
        if row["tc_k"] is None:
            dropped.append(RowDropped.of(row, row.text("compound"), "it states no Tc, or a bound"))
        else:
            kind.append(row)
    found = []
    for compound, kinds in rows.items():
        measured, computed = kinds.get("measured", []), kinds.get(PREDICTED, [])
        if measured and computed:
            found.append(_pair(compound, measured, computed))
        else:
            lacking = "computed" if measured else "measured"
            reason = f"no {lacking} Tc of it is in the table"
            dropped += [RowDropped.of(r, compound, reason) for r in (*measured, *computed)]
    return Gathered(tuple(found), tuple(dropped))


def _pair(compound: str, measured: list[Row], computed: list[Row]) -> Case:
    best = max(measured, key=lambda r: r.number("tc_k"))
    at = best["pressure_gpa"]

    def apart(row: Row) -> float:
        known = at is not None and row["pressure_gpa"] is not None
        return abs(row.number("pressure_gpa") - best.number("pressure_gpa")) if known else math.inf

    nearest = min(map(apart, computed))
    near = [r for r in computed if apart(r) == nearest]
    value = median(r.number("tc_k") for r in near)
    used = tuple(RowUsed.of(r, compound) for r in (best, *near))
    return Case(compound, best.number("tc_k"), {RIVAL: value}, {}, used)
