"""B1: do isopotential tunnels form between atoms that are close?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from isotunnel.claims.shared.scanned_crystals import ScannedCrystal, one_vote_per_element, scanned
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, rank_correlation, share
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import Line, Mark, Picture
from isotunnel.scorecard.measurement import Measurement

FEWEST_POINTS = 3


@dataclass(frozen=True)
class Rows:
    """Crystals with enough points, one phase of each element."""

    crystals: tuple[ScannedCrystal, ...]
    dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> Rows:
    """The atlas."""
    every, dropped = scanned(sources)
    crystals, phases = one_vote_per_element(every)
    few = tuple(
        RowDropped("atlas", c.name, c.name, f"{len(c.gaps_ev)} points are too few for a trend")
        for c in crystals
        if len(c.gaps_ev) < FEWEST_POINTS
    )
    enough = tuple(c for c in crystals if len(c.gaps_ev) >= FEWEST_POINTS)
    return Rows(enough, dropped + phases + few)


def measure(rows: Rows) -> tuple[tuple[str, Measurement], ...]:
    """Trend on compression, and across the elements."""
    return ((PAPER, _squeeze(rows)), (PAPER, _family(rows)))


def picture(rows: Rows) -> Picture:
    """Gap against distance along each scan."""
    return Picture(
        title="Lifting gap (reading ks) against the distance of neighbours",
        x_axis="Nearest neighbours (angstrom)",
        y_axis="Lifting gap (eV)",
        marks=tuple(
            Mark(c.name, gap, gap, gap, distance, c.name)
            for c in rows.crystals
            for gap, distance in zip(c.gaps_ev, c.neighbour_angstrom, strict=True)
        ),
        lines=(Line("tunnel at the valence level", 0.0),),
    )


def _squeeze(rows: Rows) -> Measurement:
    if not rows.crystals:
        return Measurement.refused("squeeze", "the atlas has no scan", rows.dropped)
    shrinks = 0
    for crystal in rows.crystals:
        trend = rank_correlation(np.array(crystal.pressures_gpa), np.array(crystal.gaps_ev))
        shrinks += bool(trend < 0)
    used = tuple(c.row for c in rows.crystals)
    return Measurement("squeeze", *share(shrinks, len(used)), used, rows.dropped)


def _family(rows: Rows) -> Measurement:
    elements = [c for c in rows.crystals if len(c.symbols) == 1]
    compounds = tuple(
        RowDropped("atlas", c.name, c.name, "it is no element")
        for c in rows.crystals
        if len(c.symbols) > 1
    )
    if len(elements) < FEWEST_POINTS:
        return Measurement.refused("family", f"{len(elements)} elements are too few", compounds)
    distances = [c.neighbour_angstrom[c.home] for c in elements]
    found = bootstrap([distances, [c.gaps_ev[c.home] for c in elements]], rank_correlation)
    if not np.isfinite(found[0]):
        return Measurement.refused("family", "distance or gap does not vary", compounds)
    return Measurement("family", *found, tuple(c.row for c in elements), rows.dropped + compounds)
