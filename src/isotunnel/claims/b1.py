"""B1: do isopotential tunnels form between atoms that are close?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from isotunnel.claims.shared.readings import TUNNELS, ByReading, by_reading
from isotunnel.claims.shared.scanned_crystals import ScannedCrystal, one_vote_per_element, scanned
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, rank_correlation
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import CORRELATION, Measurement
from isotunnel.scorecard.sample import Gathered

FEWEST_POINTS = 3
Scans = Gathered[ScannedCrystal]
"""Crystals with enough points, one phase of each element."""


def gather(sources: Sources) -> ByReading[Scans]:
    """The atlas, by reading."""
    return by_reading(sources, TUNNELS, _scans)


def measure(rows: ByReading[Scans]) -> tuple[Measurement, ...]:
    """Trend on compression, and across the elements; band theory predicts the same of both."""
    found = []
    for reading, scans in rows.rows.items():
        for number in (_squeeze(scans), _family(scans)):
            own = replace(number, reading=reading)
            found += [own, replace(own, side=RIVAL)]
    return tuple(found)


def figure_data(rows: ByReading[Scans]) -> FigureData:
    """Gap against distance along each scan."""
    return FigureData(
        title=f"Lifting gap (reading {rows.reading}) against the distance of neighbours",
        x_axis="Nearest neighbours (angstrom)",
        y_axis="Lifting gap (eV)",
        marks=tuple(
            Mark(c.name, gap, None, None, distance, c.name)
            for c in rows.shown.cases
            for gap, distance in zip(c.gaps, c.neighbour_angstrom, strict=True)
        ),
        lines=(Line("tunnel at the valence level", 0.0),),
    )


def _scans(sources: Sources, reading: str) -> Scans:
    every, dropped = scanned(sources, reading)
    crystals, phases = one_vote_per_element(every)
    few = tuple(
        RowDropped("atlas", c.name, c.name, f"{len(c.gaps)} points are too few for a trend")
        for c in crystals
        if len(c.gaps) < FEWEST_POINTS
    )
    enough = tuple(c for c in crystals if len(c.gaps) >= FEWEST_POINTS)
    return Gathered(enough, dropped + phases + few)


def _squeeze(rows: Scans) -> Measurement:
    trends = {
        c.name: rank_correlation(np.array(c.pressures_gpa), np.array(c.gaps)) for c in rows.cases
    }
    shrinks = {name: bool(trend < 0) for name, trend in trends.items()}
    shown = {name: {"rank correlation of gap and pressure": t} for name, t in trends.items()}
    used, reason = tuple(c.row for c in rows.cases), "the atlas has no scan"
    return Measurement.of_share("squeeze", PAPER, shrinks, used, rows.dropped, reason, shown)


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
    gaps = [c.gaps[c.home] for c in elements]
    found = bootstrap([distances, gaps], rank_correlation)
    if not np.isfinite(found[0]):
        return Measurement.refused("family", PAPER, "distance or gap does not vary", compounds)
    values = tuple(
        (c.name, {"distance (angstrom)": d, "gap": g})
        for c, d, g in zip(elements, distances, gaps, strict=True)
    )
    rest = (tuple(c.row for c in elements), rows.dropped + compounds)
    return Measurement("family", PAPER, *found, *rest, method=CORRELATION, values=values)
