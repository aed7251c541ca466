"""B4: is resistance the energy that lifts electrons into tunnels?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from isotunnel.claims.b6 import Rows as Fits
from isotunnel.claims.b6 import gather as gather_fits
from isotunnel.errors import CannotSay, InputError
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, median, share
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import Line, Mark, Picture
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.spacing import OhmRow, measured_ohm

READINGS_EV = ("ks", "atomic", "electrostatic")
"""Readings whose lifting gap is an energy."""


@dataclass(frozen=True)
class Lifted:
    """A metal whose electrons some reading must lift: its field against Ohm's.

    Attributes:
        metal: element.
        reading: that of the smallest gap above zero, the kindest to the theory.
        gap_ev: that gap.
        ratio: threshold field over the ohmic field at 1 A/mm^2.
    """

    metal: str
    reading: str
    gap_ev: float
    ratio: float


@dataclass(frozen=True)
class Rows:
    """Fields of metals, and the contest of laws."""

    lifted: tuple[Lifted, ...]
    fits: Fits
    used: tuple[RowUsed, ...]
    dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> Rows:
    """Ohmic fields of the tables against lifting gaps of the atlas at its lowest pressure."""
    ohm = measured_ohm(sources.table)
    lifted, used, dropped = [], [], []
    for row in ohm.rows:
        try:
            one = _lifted(row, sources)
        except (CannotSay, InputError) as reason:
            dropped.append(RowDropped("atlas", row.name, row.name, str(reason)))
            continue
        lifted.append(one)
        used.append(
            RowUsed(
                "atlas", row.name, f"{row.name}, reading {one.reading}", "computed by the atlas"
            )
        )
    names = {one.metal for one in lifted}
    used += [r for r in ohm.used if r.label.split(" ")[0] in names]
    return Rows(tuple(lifted), gather_fits(sources), tuple(used), tuple(dropped))


def measure(rows: Rows) -> tuple[tuple[str, Measurement], ...]:
    """Threshold over ohmic field, and the share of metals that each side's law predicts better."""
    return ((PAPER, _field(rows)), (PAPER, _laws(rows, own=True)), (RIVAL, _laws(rows, own=False)))


def picture(rows: Rows) -> Picture:
    """Threshold over ohmic field, metal by metal."""
    return Picture(
        title="Field that a fixed lifting energy per hop needs, over the field at 1 A/mm^2",
        y_axis="Ratio (1)",
        marks=tuple(
            Mark(x.metal, x.ratio, x.ratio, x.ratio, series=f"reading {x.reading}")
            for x in rows.lifted
        ),
        lines=(Line("Ohm's law", 1.0),),
        log_y=True,
    )


def _lifted(row: OhmRow, sources: Sources) -> Lifted:
    if row.name not in sources.scans():
        raise CannotSay("the atlas holds no scan of it")
    scan = sources.scan(row.name)
    gaps = {}
    for reading in READINGS_EV:
        if reading in scan.readings:
            values = scan.gaps(reading).values
            gap = float(values[int(scan.pressures_gpa.argmin())])
            if gap > 0:
                gaps[reading] = gap
    if not gaps:
        raise CannotSay(
            f"no reading in eV has a lifting gap in {row.name}: by the theory it superconducts"
        )
    reading = min(gaps, key=gaps.__getitem__)
    threshold_v_per_cm = gaps[reading] / (row.hop.value * 1e-8)
    return Lifted(row.name, reading, gaps[reading], threshold_v_per_cm / row.ohmic_field_v_per_cm)


def _field(rows: Rows) -> Measurement:
    if not rows.lifted:
        return Measurement.refused("field", "no metal of the atlas has a lifting gap", rows.dropped)
    logs = [math.log10(x.ratio) for x in rows.lifted]
    return Measurement("field", *bootstrap([logs], median), rows.used, rows.dropped, len(logs))


def _laws(rows: Rows, *, own: bool) -> Measurement:
    contests = [c for c in rows.fits.contests if c.tunnel_error != c.rival_error]
    if not contests:
        return Measurement.refused("laws", "no metal was fitted by both", rows.fits.dropped)
    wins = sum((c.tunnel_error < c.rival_error) == own for c in contests)
    return Measurement(
        "laws",
        *share(wins, len(contests)),
        rows.fits.used,
        rows.fits.dropped,
        len(contests),
    )
