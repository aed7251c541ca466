"""A5: can electrons at ordinary voltages cross the fields between the atoms?"""

from __future__ import annotations

from isotunnel.claims.shared.readings import ENERGIES, ByReading, by_reading
from isotunnel.claims.shared.scanned_crystals import ScannedCrystal, one_vote_per_element, scanned
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Gathered

Metals = Gathered[ScannedCrystal]
"""Metals of the atlas, one phase of each element."""


def gather(sources: Sources) -> ByReading[Metals]:
    """Crystals without a Kohn-Sham gap at the lowest pressure of their scan, by reading."""
    return by_reading(sources, ENERGIES, _metals)


def measure(rows: ByReading[Metals]) -> tuple[Measurement, ...]:
    """Shares of metals with barriers along all ways, and with an open region in all directions."""
    return tuple(n for reading, metals in rows.rows.items() for n in _shares(reading, metals))


def figure_data(rows: ByReading[Metals]) -> FigureData:
    """Height of the spanning threshold over the Fermi level."""
    return FigureData(
        title="Height of the lowest barrier between the atoms over the Fermi level",
        y_axis="Spanning threshold - Fermi level (eV)",
        marks=tuple(
            Mark(
                f"{c.name}, {abs(c.pressures_gpa[c.home]):.0f} GPa",
                c.gaps[c.home],
                series=f"reading {reading}",
            )
            for reading, metals in rows.rows.items()
            for c in metals.cases
        ),
        lines=(Line("Fermi level", 0.0),),
    )


def _metals(sources: Sources, reading: str) -> Metals:
    every, dropped = scanned(sources, reading)
    crystals, phases = one_vote_per_element(every)
    others = tuple(
        RowDropped("atlas", c.name, c.name, "it has a Kohn-Sham gap")
        for c in crystals
        if not c.metal
    )
    return Gathered(tuple(c for c in crystals if c.metal), dropped + phases + others)


def _shares(reading: str, metals: Metals) -> tuple[Measurement, Measurement]:
    used, reason = tuple(c.row for c in metals.cases), "the atlas has no metal"
    rest = (used, metals.dropped, reason)
    first = {c.name: c.first_gaps[c.home] for c in metals.cases}
    every = {c.name: c.gaps[c.home] for c in metals.cases}
    blocked = {name: gap > 0 for name, gap in first.items()}
    crossed = {name: gap <= 0 for name, gap in every.items()}
    heights = {
        name: {"lowest barrier (eV)": gap, "barrier in all directions (eV)": every[name]}
        for name, gap in first.items()
    }
    return (
        Measurement.of_share("barrier", PAPER, blocked, *rest, heights, reading),
        Measurement.of_share("open", RIVAL, crossed, *rest, heights, reading),
    )
