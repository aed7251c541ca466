"""B7: does enough pressure turn conductors into superconductors?"""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.claims.shared.elements import UNKNOWN, is_metal, nonmetals, room_resistivities
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import share
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import Mark, Picture
from isotunnel.scorecard.measurement import Measurement


@dataclass(frozen=True)
class Normal:
    """A metallic element without superconductivity at ambient pressure."""

    element: str
    found: bool
    tc_max_k: float | None
    rows: tuple[RowUsed, ...]


@dataclass(frozen=True)
class Beyond:
    """A superconducting element whose Tc is known beyond its maximum, or known to have none."""

    element: str
    still_rising: bool
    row: RowUsed


@dataclass(frozen=True)
class Rows:
    """Normal metals, courses of Tc under pressure, and what was left out of each."""

    normal: tuple[Normal, ...]
    courses: tuple[Beyond, ...]
    dropped: tuple[RowDropped, ...]
    courses_dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> Rows:
    """Elements of both tables of superconductivity."""
    resistivities, others = room_resistivities(sources), nonmetals(sources)
    pressed: dict[str, list[Row]] = {}
    for row in sources.table("elements_pressure"):
        pressed.setdefault(row.text("element"), []).append(row)
    normal, dropped = [], []
    for row in sources.table("elements_ambient"):
        element = row.text("element")
        metal = is_metal(element, resistivities, others)
        if row["status"] == "superconductor":
            continue
        if not metal:
            reason = "it is no metal" if metal is False else UNKNOWN
            dropped.append(RowDropped.of(row, element, reason))
            continue
        rows = (
            RowUsed.of(row, element),
            *(RowUsed.of(r, element) for r in pressed.get(element, ())),
        )
        best = [v for r in pressed.get(element, ()) if (v := r.quantity("tc_max_k").value)]
        normal.append(Normal(element, element in pressed, max(best, default=None), rows))
    courses, left = _courses(pressed)
    return Rows(tuple(normal), courses, tuple(dropped), left)


def measure(rows: Rows) -> tuple[tuple[str, Measurement], ...]:
    """The share found superconducting, and the share whose Tc rises to the end."""
    return ((PAPER, _become(rows)), (PAPER, _rising(rows)))


def picture(rows: Rows) -> Picture:
    """Normal metals by the highest Tc found under pressure; zero where none was."""
    return Picture(
        title="Metals that do not superconduct at ambient pressure",
        y_axis="Highest Tc found under pressure (K)",
        marks=tuple(
            Mark(n.element, n.tc_max_k or 0.0, n.tc_max_k or 0.0, n.tc_max_k or 0.0,
                 series="found" if n.found else "not found, or never tried")
            for n in rows.normal
        ),
    )  # fmt: skip


def _courses(
    pressed: dict[str, list[Row]],
) -> tuple[tuple[Beyond, ...], tuple[RowDropped, ...]]:
    courses, dropped = [], []
    for element, rows in pressed.items():
        known = [r for r in rows if r["after_maximum"] in ("falls", "end of study")]
        for row in rows:
            if row not in known:
                dropped.append(RowDropped.of(row, element, "what Tc does beyond is not stated"))
        if known:
            falls = any(r["after_maximum"] == "falls" for r in known)
            courses.append(Beyond(element, not falls, RowUsed.of(known[0], element)))
    return tuple(courses), tuple(dropped)


def _become(rows: Rows) -> Measurement:
    if not rows.normal:
        return Measurement.refused("become", "no normal metal in the tables", rows.dropped)
    used = tuple(r for n in rows.normal for r in n.rows)
    found = sum(n.found for n in rows.normal)
    count = len(rows.normal)
    return Measurement("become", *share(found, count), used, rows.dropped, count)


def _rising(rows: Rows) -> Measurement:
    if not rows.courses:
        reason = "no study says what Tc does beyond its maximum"
        return Measurement.refused("rising", reason, rows.courses_dropped)
    rising = sum(c.still_rising for c in rows.courses)
    used = tuple(c.row for c in rows.courses)
    return Measurement("rising", *share(rising, len(used)), used, rows.courses_dropped)
