"""B6: does resistance fall on cooling because the spacing shrinks?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from isotunnel.claims.shared.fitted_laws import Contest, contests, used_in
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, median
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import Mark, Picture
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.fits.run import FitsResult, fit_metals

__all__ = ["Contest", "Rows", "gather", "measure", "picture", "rows_of"]


@dataclass(frozen=True)
class Rows:
    """Metals on which both theories' best law of two parameters was judged."""

    contests: tuple[Contest, ...]
    used: tuple[RowUsed, ...]
    dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> Rows:
    """Fits to every other temperature, judged on the others."""
    return rows_of(fit_metals(source=sources.table))


def rows_of(fits: FitsResult) -> Rows:
    """The contests of a set of fits."""
    used, dropped = used_in(fits)
    return Rows(contests(fits), used, dropped)


def measure(rows: Rows) -> tuple[tuple[str, Measurement], ...]:
    """Median of ln(own held-out error / the other's); the rival's number is the mirror image."""
    if not rows.contests:
        reason = "no metal has enough temperatures for both theories"
        return tuple(
            (side, Measurement.refused("held_out", reason, rows.dropped)) for side in (PAPER, RIVAL)
        )
    logs = [math.log(c.tunnel_error / c.rival_error) for c in rows.contests]
    value, low, high = bootstrap([logs], median)
    count = len(logs)
    return (
        (PAPER, Measurement("held_out", value, low, high, rows.used, rows.dropped, count)),
        (RIVAL, Measurement("held_out", -value, -high, -low, rows.used, rows.dropped, count)),
    )


def picture(rows: Rows) -> Picture:
    """Held-out errors of both, metal by metal."""
    marks = []
    for c in rows.contests:
        for series, error in (
            (f"tunnel theory ({c.tunnel_law})", c.tunnel_error),
            (f"Bloch-Grueneisen ({c.rival_law})", c.rival_error),
        ):
            marks.append(Mark(c.metal, 100 * error, 100 * error, 100 * error, series=series))
    return Picture(
        title="Error of rho(T) at temperatures left out of the fit, two parameters each",
        y_axis="Root mean square error (%)",
        marks=tuple(marks),
        log_y=True,
    )
