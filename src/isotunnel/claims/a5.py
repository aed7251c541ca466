"""A5: can electrons at ordinary voltages cross the fields between the atoms?"""

from __future__ import annotations

from isotunnel.claims.shared.scanned_crystals import ScannedCrystal, one_vote_per_element, scanned
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Gathered

Metals = Gathered[ScannedCrystal]
"""Metals of the atlas, one phase of each element."""


def gather(sources: Sources) -> Metals:
    """Crystals without a Kohn-Sham gap at the lowest pressure of their scan."""
    every, dropped = scanned(sources)
    crystals, phases = one_vote_per_element(every)
    others = tuple(
        RowDropped("atlas", c.name, c.name, "it has a Kohn-Sham gap")
        for c in crystals
        if not c.metal
    )
    return Gathered(tuple(c for c in crystals if c.metal), dropped + phases + others)


def measure(rows: Metals) -> tuple[Measurement, ...]:
    """Shares of metals with barriers along all ways, and with an open region in all directions."""
    blocked = [c.first_gaps_ev[c.home] > 0 for c in rows.cases]
    open_ = [c.gaps_ev[c.home] <= 0 for c in rows.cases]
    used, reason = tuple(c.row for c in rows.cases), "the atlas has no metal"
    return (
        Measurement.of_share("barrier", PAPER, blocked, used, rows.dropped, reason),
        Measurement.of_share("open", RIVAL, open_, used, rows.dropped, reason),
    )


def figure_data(rows: Metals) -> FigureData:
    """Height of the spanning threshold over the Fermi level."""
    return FigureData(
        title="Height of the lowest barrier between the atoms over the Fermi level",
        y_axis="Spanning threshold - Fermi level (eV)",
        marks=tuple(
            Mark(
                f"{c.name}, {abs(c.pressures_gpa[c.home]):.0f} GPa",
                c.gaps_ev[c.home],
                c.gaps_ev[c.home],
                c.gaps_ev[c.home],
            )
            for c in rows.cases
        ),
        lines=(Line("Fermi level", 0.0),),
    )
