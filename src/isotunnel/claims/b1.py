"""B1: do isopotential tunnels form between atoms that are close?"""

from __future__ import annotations

import numpy as np

from isotunnel.claims.shared.scanned_crystals import ScannedCrystal, one_vote_per_element, scanned
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, rank_correlation
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Gathered

FEWEST_POINTS = 3


Scans = Gathered[ScannedCrystal]
"""Crystals with enough points, one phase of each element."""


def gather(sources: Sources) -> Scans:
    """The atlas."""
    every, dropped = scanned(sources)
    crystals, phases = one_vote_per_element(every)
    few = tuple(
        RowDropped("atlas", c.name, c.name, f"{len(c.gaps_ev)} points are too few for a trend")
        for c in crystals
        if len(c.gaps_ev) < FEWEST_POINTS
    )
    enough = tuple(c for c in crystals if len(c.gaps_ev) >= FEWEST_POINTS)
    return Gathered(enough, dropped + phases + few)


def measure(rows: Scans) -> tuple[Measurement, ...]:
    """Trend on compression, and across the elements."""
    return (_squeeze(rows), _family(rows))


def figure_data(rows: Scans) -> FigureData:
    """Gap against distance along each scan."""
    return FigureData(
        title="Lifting gap (reading ks) against the distance of neighbours",
        x_axis="Nearest neighbours (angstrom)",
        y_axis="Lifting gap (eV)",
        marks=tuple(
            Mark(c.name, gap, gap, gap, distance, c.name)
            for c in rows.cases
            for gap, distance in zip(c.gaps_ev, c.neighbour_angstrom, strict=True)
        ),
        lines=(Line("tunnel at the valence level", 0.0),),
    )


def _squeeze(rows: Scans) -> Measurement:
    trends = [rank_correlation(np.array(c.pressures_gpa), np.array(c.gaps_ev)) for c in rows.cases]
    shrinks, used = [bool(t < 0) for t in trends], tuple(c.row for c in rows.cases)
    reason = "the atlas has no scan"
    return Measurement.of_share("squeeze", PAPER, shrinks, used, rows.dropped, reason)


def _family(rows: Scans) -> Measurement:
    elements = [c for c in rows.cases if len(c.symbols) == 1]
    compounds = tuple(
        RowDropped("atlas", c.name, c.name, "it is no element")
        for c in rows.cases
        if len(c.symbols) > 1
    )
    if len(elements) < FEWEST_POINTS:
        reason = f"{len(elements)} elements are too few"
        return Measurement.refused("family", PAPER, reason, compounds)
    distances = [c.neighbour_angstrom[c.home] for c in elements]
    found = bootstrap([distances, [c.gaps_ev[c.home] for c in elements]], rank_correlation)
    if not np.isfinite(found[0]):
        return Measurement.refused("family", PAPER, "distance or gap does not vary", compounds)
    used = tuple(c.row for c in elements)
    return Measurement("family", PAPER, *found, used, rows.dropped + compounds)
