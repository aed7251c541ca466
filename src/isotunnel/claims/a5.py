"""A5: can electrons at ordinary voltages cross the fields between the atoms?"""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.claims.shared.scanned_crystals import ScannedCrystal, one_vote_per_element, scanned
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import share
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import Line, Mark, Picture
from isotunnel.scorecard.measurement import Measurement


@dataclass(frozen=True)
class Rows:
    """Metals of the atlas, one phase of each element."""

    metals: tuple[ScannedCrystal, ...]
    dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> Rows:
    """Crystals without a Kohn-Sham gap at the lowest pressure of their scan."""
    every, dropped = scanned(sources)
    crystals, phases = one_vote_per_element(every)
    others = tuple(
        RowDropped("atlas", c.name, c.name, "it has a Kohn-Sham gap")
        for c in crystals
        if not c.metal
    )
    return Rows(tuple(c for c in crystals if c.metal), dropped + phases + others)


def measure(rows: Rows) -> tuple[tuple[str, Measurement], ...]:
    """Shares of metals with barriers along all ways, and with an open region in all directions."""
    blocked = sum(c.first_gaps_ev[c.home] > 0 for c in rows.metals)
    open_ = sum(c.gaps_ev[c.home] <= 0 for c in rows.metals)
    return (
        (PAPER, _share("barrier", blocked, rows)),
        (RIVAL, _share("open", open_, rows)),
    )


def picture(rows: Rows) -> Picture:
    """Height of the spanning threshold over the Fermi level."""
    return Picture(
        title="Height of the lowest barrier between the atoms over the Fermi level",
        y_axis="Spanning threshold - Fermi level (eV)",
        marks=tuple(
            Mark(
                f"{c.name}, {abs(c.pressures_gpa[c.home]):.0f} GPa",
                c.gaps_ev[c.home],
                c.gaps_ev[c.home],
                c.gaps_ev[c.home],
            )
            for c in rows.metals
        ),
        lines=(Line("Fermi level", 0.0),),
    )


def _share(part: str, hits: int, rows: Rows) -> Measurement:
    if not rows.metals:
        return Measurement.refused(part, "the atlas has no metal", rows.dropped)
    used = tuple(c.row for c in rows.metals)
    return Measurement(part, *share(hits, len(used)), used, rows.dropped)
