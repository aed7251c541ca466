"""Hydrides with a measured Tc and one computed from electron-phonon coupling."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median

from isotunnel.measured import Row, Table
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import RIVAL
from isotunnel.scorecard.sample import Case, Gathered

CALCULATED = "calculated"
"""Kind of a coupling that was not inverted from Tc."""
PREDICTED = "predicted"
"""Kind of a published Tc that was computed from electron-phonon coupling."""


@dataclass(frozen=True)
class Computed:
    """A published Tc that was computed from electron-phonon coupling."""

    pressure_gpa: float | None
    tc_k: float
    row: Row


def hydride_pairs(table: Table, couplings: Table) -> Gathered[Case]:
    """Hydrides with a measured Tc and one computed from electron-phonon coupling, one case each.

    The highest measured Tc; of what was computed, the median of what was published for the
    pressure nearest to it. Of ``couplings`` rows count that were calculated with a stated mu*:
    Eliashberg's Tc, else Allen and Dynes'.
    """
    rows: dict[str, dict[str, list[Row]]] = {}
    published, dropped = _published(couplings)
    for row in table:
        kind = rows.setdefault(row.text("compound"), {}).setdefault(row.text("kind"), [])
        if row["tc_k"] is None:
            dropped.append(RowDropped.of(row, row.text("compound"), "it states no Tc, or a bound"))
        else:
            kind.append(row)
    found = []
    for compound, kinds in rows.items():
        measured = kinds.get("measured", [])
        computed = [
            *(Computed(_pressure(r), r.number("tc_k"), r) for r in kinds.get(PREDICTED, [])),
            *published.pop(compound, ()),
        ]
        if measured and computed:
            found.append(_pair(compound, measured, computed))
        else:
            lacking = "computed" if measured else "measured"
            reason = f"no {lacking} Tc of it is in the table"
            left = (*measured, *(c.row for c in computed))
            dropped += [RowDropped.of(r, compound, reason) for r in left]
    for compound, computed in published.items():
        reason = "no measured Tc of it is in the table of hydrides"
        dropped += [RowDropped.of(c.row, compound, reason) for c in computed]
    return Gathered(tuple(found), tuple(dropped))


def _published(couplings: Table) -> tuple[dict[str, list[Computed]], list[RowDropped]]:
    """Computed Tc of the table of couplings, by compound, and the rows that predict nothing."""
    found: dict[str, list[Computed]] = {}
    dropped = []
    for row in couplings:
        name = row.text("material")
        of_source = row["tc_eliashberg_k"] or row["tc_allen_dynes_k"]
        if row["kind"] != CALCULATED or row["mu_star"] is None:
            reason = "its coupling or mu* was fitted to Tc: it predicts nothing of it"
            dropped.append(RowDropped.of(row, name, reason))
        elif of_source is None:
            dropped.append(RowDropped.of(row, name, "it states no computed Tc"))
        else:
            one = Computed(_pressure(row), float(of_source), row)
            found.setdefault(name, []).append(one)
    return found, dropped


def _pressure(row: Row) -> float | None:
    return None if row["pressure_gpa"] is None else row.number("pressure_gpa")


def _pair(compound: str, measured: list[Row], computed: list[Computed]) -> Case:
    best = max(measured, key=lambda r: r.number("tc_k"))
    at = best["pressure_gpa"]

    def apart(one: Computed) -> float:
        if at is None or one.pressure_gpa is None:
            return math.inf
        return abs(one.pressure_gpa - best.number("pressure_gpa"))

    nearest = min(map(apart, computed))
    near = [c for c in computed if apart(c) == nearest]
    value = median(c.tc_k for c in near)
    used = tuple(RowUsed.of(r, compound) for r in (best, *(c.row for c in near)))
    return Case(compound, best.number("tc_k"), {RIVAL: value}, {}, used)
