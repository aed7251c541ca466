"""Measured and predicted slopes of materials, for claims about their signs and sizes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from isotunnel.errors import CannotSay, InputError
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import Interval, bootstrap, share
from isotunnel.materials.names import plain_name
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL, USER
from isotunnel.scorecard.figure_data import Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import (
    Case,
    Gathered,
    Sample,
    Statistic,
    answered,
    dropped_for,
    median_off,
    share_right,
)
from isotunnel.substances import in_catalogue
from isotunnel.theories import Quantity, Theory, rival

SIGNS = {"rises": 1, "falls": -1}


@dataclass(frozen=True, eq=False)
class Slope(Case):
    """One material's measured slope and what each side predicts.

    ``measured`` is None where only its sign is known: +1 rises, -1 falls.
    """

    sign: int = 0

    def shown(self, side: str) -> dict[str, Any]:
        """What of it enters a side's number."""
        sign = "rises" if self.sign > 0 else "falls"
        return {"sign": sign, "measured": self.measured, "predicted": self.predicted[side]}

    def right(self, side: str) -> bool:
        """Whether a side predicts the measured sign."""
        return bool((self.predicted[side] > 0) == (self.sign > 0))


Ask = Callable[[Theory, str], Quantity]
"""A theory's slope for a material of the catalogue; may raise CannotSay or InputError."""


def slopes(
    groups: Mapping[str, Sequence[Row]],
    value_column: str,
    theories: Mapping[str, Theory],
    ask: Ask,
    paper_sign: int,
) -> Gathered[Slope]:
    """One vote of each material with every side's prediction; the paper's is its sign alone.

    A material whose rows disagree in sign is dropped. The value is that of the best-graded row
    which has one.

    Args:
        groups: rows by material.
        value_column: of the slope.
        theories: by side.
        ask: what a theory predicts.
        paper_sign: the sign that spacing alone demands.
    """
    found, dropped = [], []
    for material, rows in sorted(groups.items()):
        signs = {SIGNS[r.text("sign")] for r in rows if r.text("sign") in SIGNS}
        if len(signs) != 1:
            what = "disagree in sign" if signs else "state no sign"
            dropped.append(RowDropped(rows[0].table, rows[0].id, material, f"its rows {what}"))
            continue
        predicted, silent = _predictions(material, theories, ask)
        found.append(
            Slope(
                material,
                _best_value(rows, value_column),
                {PAPER: float(paper_sign), **predicted},
                silent,
                tuple(RowUsed.of(r, material) for r in rows),
                sign=signs.pop(),
            )
        )
    return Gathered(tuple(found), tuple(dropped))


def contenders(sources: Sources, theory: str) -> dict[str, Theory]:
    """The rival of a name and, where one was handed in, the user's theory, by side."""
    found = {RIVAL: rival(theory)}
    return found if sources.user_theory is None else found | {USER: sources.user_theory}


def judged_sides(given: Gathered[Slope]) -> tuple[str, ...]:
    """Paper and rival, and the user's theory where it predicts anything."""
    return (PAPER, RIVAL, *([USER] if answered(given, USER) else []))


def share_by_family(cases: Sequence[Case], side: str) -> Interval:
    """Share of right signs, interval by resampling families, exact for as many as there are."""
    right = [float(c.right(side)) for c in cases]
    units = [c.unit for c in cases]
    value, low, high = bootstrap([right], lambda r: float(np.mean(r)), groups=units)
    count = len(set(units))
    _, exact_low, exact_high = share(round(value * count), count)
    return value, min(low, exact_low, value), max(high, exact_high, value)


def sign_share(
    part: str, given: Gathered[Slope], side: str, statistic: Statistic = share_right
) -> Measurement:
    """Share of materials whose sign a side has right."""
    sample = Sample(answered(given, side), side, statistic, yes_no=True)
    return Measurement.of(part, sample, dropped_for(given, side), "it predicts none of them")


def size_error(part: str, given: Gathered[Slope], side: str) -> Measurement:
    """Median |ln(predicted/measured)| where the size is known."""
    sized = tuple(s for s in answered(given, side) if s.measured)
    reason = "no size is both measured and predicted"
    sample = Sample(sized, side, median_off)
    return Measurement.of(part, sample, dropped_for(given, side), reason)


def marks(given: Gathered[Slope], names: Mapping[str, str]) -> tuple[Mark, ...]:
    """Measured and predicted slopes; a label says the sign where no more is measured."""
    found = []
    for slope in given.cases:
        if slope.measured is not None:
            value = slope.measured
            found.append(Mark(slope.key, value, None, None, series="measured"))
        for side, name in names.items():
            predicted = slope.predicted.get(side)
            if predicted is not None:
                label = slope.key if slope.measured is not None else _signed(slope)
                found.append(Mark(label, predicted, None, None, series=name))
    return tuple(found)


ZERO = Line("no effect", 0.0)


def _signed(slope: Slope) -> str:
    return f"{slope.key} (measured: {'rises' if slope.sign > 0 else 'falls'})"


def _best_value(rows: Sequence[Row], column: str) -> float | None:
    valued = [r for r in rows if r.quantity(column).value is not None]
    best = min(valued, key=lambda r: (r.grade, r.id), default=None)
    return None if best is None else best.quantity(column).value


def _predictions(
    material: str, theories: Mapping[str, Theory], ask: Ask
) -> tuple[dict[str, float], dict[str, str]]:
    """By side: slopes, and reasons of those that cannot say."""
    predicted, silent = {}, {}
    for side, theory in theories.items():
        answer = _asked(theory, material, ask)
        if answer.cannot_say is not None:
            silent[side] = answer.cannot_say
        elif answer.value == 0:
            silent[side] = "it predicts no effect, which has no sign to compare"
        else:
            predicted[side] = answer.value
    return predicted, silent


def _asked(theory: Theory, material: str, ask: Ask) -> Quantity:
    if not in_catalogue(plain_name(material)):
        return Quantity.refused("the catalogue has no parameters of it")
    try:
        return ask(theory, material)
    except (CannotSay, InputError) as reason:
        return Quantity.refused(str(reason))
