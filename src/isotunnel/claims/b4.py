"""B4: is resistance the energy that lifts electrons into tunnels?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from isotunnel.claims.b6 import HeldOut
from isotunnel.claims.b6 import gather as gather_fits
from isotunnel.errors import CannotSay, InputError
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, median
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import MEDIAN, Measurement
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
class LiftingTests:
    """Fields of metals, and the contest of laws."""

    lifted: tuple[Lifted, ...]
    fits: HeldOut
    used: tuple[RowUsed, ...]
    dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> LiftingTests:
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
    return LiftingTests(tuple(lifted), gather_fits(sources), tuple(used), tuple(dropped))


def measure(rows: LiftingTests) -> tuple[Measurement, ...]:
    """Threshold over ohmic field, and the share of metals that each side's law predicts better."""
    return (_field(rows), _laws(rows, PAPER), _laws(rows, RIVAL))


def figure_data(rows: LiftingTests) -> FigureData:
    """Threshold over ohmic field, metal by metal."""
    return FigureData(
        title="Field that a fixed lifting energy per hop needs, over the field at 1 A/mm^2",
        y_axis="Ratio (1)",
        marks=tuple(
            Mark(x.metal, x.ratio, None, None, series=f"reading {x.reading}") for x in rows.lifted
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


def _field(rows: LiftingTests) -> Measurement:
    if not rows.lifted:
        reason = "no metal of the atlas has a lifting gap"
        return Measurement.refused("field", PAPER, reason, rows.dropped)
    logs = [math.log10(x.ratio) for x in rows.lifted]
    found = bootstrap([logs], median)
    values = tuple(
        (
            x.metal,
            {"reading": x.reading, "gap (eV)": x.gap_ev, "threshold field over ohmic": x.ratio},
        )
        for x in rows.lifted
    )
    rest = (rows.used, rows.dropped, len(logs))
    return Measurement("field", PAPER, *found, *rest, method=MEDIAN, values=values)


def _laws(rows: LiftingTests, side: str) -> Measurement:
    contests = [c for c in rows.fits.contests if c.tunnel_error != c.rival_error]
    wins = {c.metal: (c.tunnel_error < c.rival_error) == (side == PAPER) for c in contests}
    shown = {
        c.metal: {
            f"error of {c.tunnel_law} (tunnel theory)": c.tunnel_error,
            f"error of {c.rival_law} (Bloch-Grueneisen)": c.rival_error,
        }
        for c in contests
    }
    reason = "no metal was fitted by both"
    rest = (rows.fits.used, rows.fits.dropped, reason, shown)
    return Measurement.of_share("laws", side, wins, *rest)
