"""B6: does resistance fall on cooling because the spacing shrinks?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from isotunnel.claims.shared.fitted_laws import LawContest, contests, used_in
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, median
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Mark
from isotunnel.scorecard.measurement import MEDIAN, Measurement
from isotunnel.studies.fits.run import FitsResult, fit_metals


@dataclass(frozen=True)
class HeldOut:
    """Metals on which both theories' best law of two parameters was judged."""

    contests: tuple[LawContest, ...]
    used: tuple[RowUsed, ...]
    dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> HeldOut:
    """Fits to every other temperature, judged on the others."""
    return rows_of(fit_metals(source=sources.table))


def rows_of(fits: FitsResult) -> HeldOut:
    """The contests of a set of fits."""
    used, dropped = used_in(fits)
    return HeldOut(contests(fits), used, dropped)


def measure(rows: HeldOut) -> tuple[Measurement, ...]:
    """Median of ln(own held-out error / the other's); the rival's number is the mirror image."""
    if not rows.contests:
        reason = "no metal has enough temperatures for both theories"
        return tuple(
            Measurement.refused("held_out", side, reason, rows.dropped) for side in (PAPER, RIVAL)
        )
    logs = [math.log(c.tunnel_error / c.rival_error) for c in rows.contests]
    value, low, high = bootstrap([logs], median)
    rest = (rows.used, rows.dropped, len(logs))
    values = tuple(
        (
            c.metal,
            {f"error of {c.tunnel_law}": c.tunnel_error, f"error of {c.rival_law}": c.rival_error},
        )
        for c in rows.contests
    )
    return (
        Measurement("held_out", PAPER, value, low, high, *rest, method=MEDIAN, values=values),
        Measurement(
            "held_out",
            RIVAL,
            -value,
            -high,
            -low,
            *rest,
            method=f"minus the {MEDIAN}",
            values=values,
        ),
    )


def figure_data(rows: HeldOut) -> FigureData:
    """Held-out errors of both, metal by metal."""
    marks = []
    for c in rows.contests:
        for series, error in (
            (f"tunnel theory ({c.tunnel_law})", c.tunnel_error),
            (f"Bloch-Grueneisen ({c.rival_law})", c.rival_error),
        ):
            marks.append(Mark(c.metal, 100 * error, None, None, series=series))
    return FigureData(
        title="Error of rho(T) at temperatures left out of the fit, two parameters each",
        y_axis="Root mean square error (%)",
        marks=tuple(marks),
        log_y=True,
    )
