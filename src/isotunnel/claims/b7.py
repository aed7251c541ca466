"""B7: does enough pressure turn conductors into superconductors?"""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.claims.shared.elements import (
    UNKNOWN,
    UNLISTED,
    UNRECORDED,
    is_metal,
    nonmetals,
    room_resistivities,
)
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import FigureData, Mark
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
class PressedElements:
    """Normal metals, courses of Tc under pressure, and what was left out of each."""

    normal: tuple[Normal, ...]
    courses: tuple[Beyond, ...]
    dropped: tuple[RowDropped, ...]
    courses_dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> PressedElements:
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
        unrecorded = row["status"] == UNLISTED and element not in pressed
        if not metal or unrecorded:
            reason = UNRECORDED if metal else "it is no metal" if metal is False else UNKNOWN
            dropped.append(RowDropped.of(row, element, reason))
            continue
        rows = (
            RowUsed.of(row, element),
            *(RowUsed.of(r, element) for r in pressed.get(element, ())),
        )
        best = [v for r in pressed.get(element, ()) if (v := r.quantity("tc_max_k").value)]
        normal.append(Normal(element, element in pressed, max(best, default=None), rows))
    courses, left = _courses(pressed)
    return PressedElements(tuple(normal), courses, tuple(dropped), left)


def measure(rows: PressedElements) -> tuple[Measurement, ...]:
    """The share found superconducting, and the share whose Tc rises to the end."""
    return (_become(rows), _rising(rows))


def figure_data(rows: PressedElements) -> FigureData:
    """Normal metals by the highest Tc found under pressure; zero where none was."""
    return FigureData(
        title="Metals that do not superconduct at ambient pressure",
        y_axis="Highest Tc found under pressure (K)",
        marks=tuple(
            Mark(n.element, n.tc_max_k or 0.0, None, None,
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


def _become(rows: PressedElements) -> Measurement:
    used = tuple(r for n in rows.normal for r in n.rows)
    found = {n.element: n.found for n in rows.normal}
    reason = "no normal metal in the tables"
    return Measurement.of_share("become", PAPER, found, used, rows.dropped, reason)


def _rising(rows: PressedElements) -> Measurement:
    rising, used = (
        {c.element: c.still_rising for c in rows.courses},
        tuple(c.row for c in rows.courses),
    )
    reason = "no study says what Tc does beyond its maximum"
    return Measurement.of_share("rising", PAPER, rising, used, rows.courses_dropped, reason)
