"""A3: must ions be free where electrons are?"""

from __future__ import annotations

import numpy as np

from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, median, whole_spread
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import MEDIAN, Measurement
from isotunnel.studies.mobility import MobilityStudy, mobility_study


def gather(sources: Sources) -> MobilityStudy:
    """Metals with a measured law of self-diffusion."""
    return mobility_study(sources.table)


def measure(rows: MobilityStudy) -> tuple[Measurement, ...]:
    """The same number for both sides, who expect opposite ones."""
    return (_orders("free", PAPER, rows), _orders("held", RIVAL, rows))


def figure_data(rows: MobilityStudy) -> FigureData:
    """Both mobilities, metal by metal."""
    marks = []
    for law in sorted(rows.laws, key=lambda one: one.orders):
        label = (
            f"{law.element}{' liquid' if law.state == 'liquid' else ''} {law.temperature_k:.0f} K"
        )
        values = {
            "charge, by the conductivity": law.charge_mobility_cm2_vs,
            "ions, by their diffusion": law.ion_mobility_cm2_vs,
        }
        marks += [
            Mark(label, float(np.log10(value)), None, None, series=series)
            for series, value in values.items()
        ]
    return FigureData(
        title="Mobility of charge and of ions in metals",
        y_axis="log10 of the mobility (cm^2/(V s))",
        marks=tuple(marks),
        lines=(Line("1 cm^2/(V s)", 0.0),),
    )


def _orders(part: str, side: str, study: MobilityStudy) -> Measurement:
    orders = study.orders
    if not orders:
        return Measurement.refused(part, side, "no metal with both laws", study.dropped)
    values = list(orders.values())
    found = bootstrap([values], median)
    used = tuple(row for law in study.laws for row in law.rows)
    shown = tuple((name, {"orders of magnitude": value}) for name, value in orders.items())
    few = whole_spread(values, *found[1:])
    return Measurement(
        part, side, *found, used, study.dropped, len(orders), range_of=few, method=MEDIAN,
        values=shown,
    )  # fmt: skip
