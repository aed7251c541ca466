"""B17: do hydrogen-rich molecules drawn together superconduct at room temperature?"""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.claims.shared.hydride_pairs import hydride_pairs
from isotunnel.claims.shared.hydride_searches import (
    CloseHydrogen,
    Superconductor,
    ambient_predictions,
    close_hydrogen,
    established,
)
from isotunnel.claims.shared.search_outcome import search_measurements
from isotunnel.design.judge import Judged, judge
from isotunnel.design.rank import ranked
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, rank_correlation
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import CORRELATION, Measurement
from isotunnel.scorecard.sample import Case, Gathered, Sample, median_off
from isotunnel.units import HANDBOOK_K


@dataclass(frozen=True)
class SearchRows:
    """What B17 is judged on.

    Attributes:
        measured: established superconductors among hydrides.
        ambient: a published search at ambient pressure.
        close: hydrides with the distance of their hydrogen atoms.
        pairs: hydrides with a measured and a computed Tc.
        search: our own search among prototypes, judged by hydrides that were made.
    """

    measured: Gathered[Superconductor]
    ambient: tuple[Superconductor, ...]
    close: Gathered[CloseHydrogen]
    pairs: Gathered[Case]
    search: Judged


def gather(sources: Sources) -> SearchRows:
    """Published predictions, measured temperatures and cells of hydrides."""
    return SearchRows(
        established(sources),
        ambient_predictions(sources),
        close_hydrogen(sources),
        hydride_pairs(sources.table("hydrides_tc"), sources.table("couplings")),
        (sources.search or _search)(),
    )


def _search() -> Judged:
    return judge(ranked())


def measure(rows: SearchRows) -> tuple[Measurement, ...]:
    """Reach of Tc, closeness, how well predictions were met, and what the search is worth."""
    return (
        _reached(rows.measured),
        _ambient(rows.ambient),
        _closeness(rows.close),
        Measurement.of(
            "recovered",
            Sample(rows.pairs.cases, RIVAL, median_off),
            rows.pairs.dropped,
            "no hydride with both",
        ),
        *search_measurements(rows.search),
    )


def figure_data(rows: SearchRows) -> FigureData:
    """Tc against the shortest distance of hydrogen atoms."""
    marks = tuple(
        Mark(c.compound, c.tc_k, None, None, c.distance_angstrom, f"Tc {c.tc_kind}")
        for c in rows.close.cases
    )
    return FigureData(
        title="Critical temperature of hydrides against the closeness of hydrogen",
        x_axis="Shortest distance of two hydrogen atoms (angstrom)",
        y_axis="Critical temperature (K)",
        marks=marks,
        lines=(Line("room temperature", HANDBOOK_K),),
    )


def _reached(found: Gathered[Superconductor]) -> Measurement:
    if not found.cases:
        reason = "no established Tc of a hydride"
        return Measurement.refused("reached", PAPER, reason, found.dropped)
    ratio = max(s.tc_k for s in found.cases) / HANDBOOK_K
    used = tuple(s.row for s in found.cases)
    values = tuple((s.compound, {"Tc (K)": s.tc_k}) for s in found.cases)
    how = "the highest Tc of all hydrides over 293 K"
    return Measurement(
        "reached", PAPER, ratio, ratio, ratio, used, found.dropped, method=how, values=values
    )


def _ambient(predictions: tuple[Superconductor, ...]) -> Measurement:
    hits = {s.row.row: s.tc_k >= HANDBOOK_K for s in predictions}
    shown = {s.row.row: {"compound": s.compound, "predicted Tc (K)": s.tc_k} for s in predictions}
    used = tuple(s.row for s in predictions)
    return Measurement.of_share("ambient", PAPER, hits, used, (), "no prediction", shown)


def _closeness(found: Gathered[CloseHydrogen]) -> Measurement:
    if len(found.cases) < 2:
        reason = "fewer than two hydrides with cell and Tc"
        return Measurement.refused("closeness", PAPER, reason, found.dropped)
    columns = [[-c.distance_angstrom for c in found.cases], [c.tc_k for c in found.cases]]
    number = bootstrap(columns, rank_correlation)
    used = tuple(row for c in found.cases for row in c.rows)
    values = tuple(
        (c.compound, {"H-H (angstrom)": c.distance_angstrom, f"Tc {c.tc_kind} (K)": c.tc_k})
        for c in found.cases
    )
    return Measurement(
        "closeness", PAPER, *number, used, found.dropped, len(found.cases),
        method=CORRELATION, values=values,
    )  # fmt: skip
