"""C8: do metals whose deformed clouds attract more stretch further before they break?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from isotunnel.claims.shared.medians import correlation_of
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.squeezed import squeeze_study

DUCTILE_PERCENT = 5.0
HARDENED = "cold worked"


@dataclass(frozen=True)
class PulledMetal:
    """A pure metal pulled until it broke, one vote.

    Attributes:
        element: symbol.
        elongation_percent: median of its soft pieces; None where a source has a word only.
        ductile: 5 per cent and more, or the word.
        attraction_ev: the bond measure, None where not computed.
        pugh: bulk over shear modulus, None where not tabulated.
        cauchy: Cauchy pressure over bulk modulus, None where not cubic.
        rows: it rests on these.
    """

    element: str
    elongation_percent: float | None
    ductile: bool
    attraction_ev: float | None
    pugh: float | None
    cauchy: float | None
    rows: tuple[RowUsed, ...]


@dataclass(frozen=True)
class PulledMetals:
    """All of them, and pieces that do not count."""

    metals: tuple[PulledMetal, ...]
    dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> PulledMetals:
    """Pure metals of the table of elongations with moduli and bond measure."""
    bonds = {m.symbol: m for m in squeeze_study().metals if m.asked_gpa == 0}
    pieces: dict[str, list[Row]] = {}
    dropped = []
    for row in sources.table("elongation"):
        element = row["element"]
        if not element:
            continue
        if row["treatment"] == HARDENED:
            dropped.append(RowDropped.of(row, str(element), "hardened by cold work"))
            continue
        pieces.setdefault(str(element), []).append(row)
    metals = []
    for element, rows in pieces.items():
        stretch = [x for r in rows if (x := _number(r, "elongation_percent")) is not None]
        middle = median(stretch) if stretch else None
        word = rows[0]["ductility"] == "ductile"
        ductile = word if middle is None else middle >= DUCTILE_PERCENT
        moduli = sources.table("elastic").where(material=element)
        bond = bonds.get(element)
        used = (
            *(RowUsed.of(r, element) for r in (*rows, *moduli)),
            *(bond.rows if bond else ()),
        )
        metals.append(
            PulledMetal(
                element,
                middle,
                ductile,
                bond.attraction_ev if bond else None,
                _pugh(moduli),
                _cauchy(moduli),
                used,
            )
        )
    return PulledMetals(tuple(metals), tuple(dropped))


def measure(rows: PulledMetals) -> tuple[Measurement, ...]:
    """The bond measure for the paper, Pugh and Cauchy for the rival, all by the same rule."""
    return (
        _rank("measure", PAPER, rows, "attraction_ev", "attraction (eV)"),
        _rank("pugh", RIVAL, rows, "pugh", "bulk over shear modulus"),
        _rank("cauchy", RIVAL, rows, "cauchy", "Cauchy pressure over bulk modulus"),
        _brittle(PAPER, rows, "attraction_ev"),
        _brittle(RIVAL, rows, "pugh"),
        *(_share(side, rows) for side in (PAPER, RIVAL)),
    )


def figure_data(rows: PulledMetals) -> FigureData:
    """Elongation against Pugh's ratio, which all metals have."""
    return FigureData(
        title="How far metals stretch, and how their resistance to shear compares",
        x_axis="Bulk over shear modulus",
        y_axis="Elongation at fracture (%)",
        marks=tuple(
            Mark(m.element, m.elongation_percent, None, None, m.pugh)
            for m in rows.metals
            if m.elongation_percent is not None and m.pugh is not None
        ),
        lines=(),
    )


def _rank(part: str, side: str, rows: PulledMetals, what: str, name: str) -> Measurement:
    known = [m for m in rows.metals if None not in (getattr(m, what), m.elongation_percent)]
    pairs = {m.element: (float(getattr(m, what)), float(m.elongation_percent or 0)) for m in known}
    used = tuple(r for m in known for r in m.rows)
    return correlation_of(part, side, pairs, used, rows.dropped, (name, "elongation (%)"))


def _brittle(side: str, rows: PulledMetals, what: str) -> Measurement:
    known = [m for m in rows.metals if getattr(m, what) is not None]
    kinds = [m.ductile for m in known]
    if not any(kinds) or all(kinds):
        reason = "no pair of a ductile and a brittle metal"
        return Measurement.refused("brittle", side, reason, rows.dropped)
    measures = [float(getattr(m, what)) for m in known]

    def chance(values: np.ndarray, ductile: np.ndarray) -> float:
        good, bad = values[ductile > 0.5], values[ductile < 0.5]
        if not len(good) or not len(bad):
            return float("nan")
        above = (good[:, None] > bad[None, :]) + 0.5 * (good[:, None] == bad[None, :])
        return float(above.mean())

    found = bootstrap([measures, [float(k) for k in kinds]], chance)
    values = tuple(
        (m.element, {what: v, "ductile": k}) for m, v, k in zip(known, measures, kinds, strict=True)
    )
    used = tuple(r for m in known for r in m.rows)
    method = "over pairs, interval by resampling the metals"
    rest = (used, rows.dropped, len(known))
    return Measurement("brittle", side, *found, *rest, method=method, values=values)


def _share(side: str, rows: PulledMetals) -> Measurement:
    used = tuple(r for m in rows.metals for r in m.rows)
    hits = {m.element: m.ductile for m in rows.metals}
    return Measurement.of_share("metals", side, hits, used, rows.dropped)


def _pugh(rows: Sequence[Row]) -> float | None:
    ratios = [
        k / g
        for r in rows
        if (k := _number(r, "bulk_modulus_gpa")) and (g := _number(r, "shear_modulus_gpa"))
    ]
    return median(ratios) if ratios else None


def _cauchy(rows: Sequence[Row]) -> float | None:
    ratios = [
        c / k
        for r in rows
        if (c := _number(r, "cauchy_pressure_gpa")) is not None
        and (k := _number(r, "bulk_modulus_gpa"))
    ]
    return median(ratios) if ratios else None


def _number(row: Row, name: str) -> float | None:
    try:
        return row.number(name)
    except CannotSay:
        return None
