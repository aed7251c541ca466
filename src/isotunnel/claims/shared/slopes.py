"""Measured and predicted slopes of materials, for claims about their signs and sizes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from isotunnel.errors import CannotSay, InputError
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL, YOURS
from isotunnel.scorecard.figure_data import Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Case, Sample, median_value, share_right
from isotunnel.studies.spacing.resistivity_rows import plain_name
from isotunnel.substances import in_catalogue
from isotunnel.theories import Quantity, Theory, rival

SIGNS = {"rises": 1, "falls": -1}
WRONG_SIGN = math.log(100.0)
"""What a slope of the wrong sign counts as: off by a factor of a hundred."""


@dataclass(frozen=True)
class Slope:
    """One material's measured slope and what each side predicts.

    Attributes:
        material: name.
        sign: +1 rises, -1 falls.
        measured: the slope, None where only its sign is known.
        predicted: by side; a side that cannot say is missing.
        rows: what the measured sign and slope rest on.
    """

    material: str
    sign: int
    measured: float | None
    predicted: dict[str, float] = field(hash=False)
    rows: tuple[RowUsed, ...]


@dataclass(frozen=True)
class Slopes:
    """All materials, and what was left out, by side ("" for all)."""

    slopes: tuple[Slope, ...]
    dropped: tuple[tuple[str, RowDropped], ...]

    def dropped_for(self, side: str) -> tuple[RowDropped, ...]:
        """What was left out for a side."""
        return tuple(d for s, d in self.dropped if s in ("", side))


def one_vote(
    material: str, rows: Sequence[Row], value_column: str
) -> tuple[Slope | None, RowDropped | None]:
    """The slope of one material from all its rows; dropped where their signs disagree.

    The value is that of the best-graded row which has one.
    """
    signs = {SIGNS[r.text("sign")] for r in rows if r.text("sign") in SIGNS}
    if len(signs) != 1:
        what = "disagree in sign" if signs else "state no sign"
        return None, RowDropped(rows[0].table, rows[0].id, material, f"its rows {what}")
    valued = sorted(
        (r for r in rows if r.quantity(value_column).value is not None),
        key=lambda r: (r.grade, r.id),
    )
    value = valued[0].quantity(value_column).value if valued else None
    used = tuple(RowUsed.of(r, material) for r in rows)
    return Slope(material, signs.pop(), value, {}, used), None


def votes(
    groups: Mapping[str, Sequence[Row]], value_column: str
) -> tuple[list[Slope], list[RowDropped]]:
    """One vote of each material, and those that were lost; see ``one_vote``."""
    found = [one_vote(material, rows, value_column) for material, rows in sorted(groups.items())]
    return [s for s, _ in found if s], [lost for _, lost in found if lost]


def contenders(sources: Sources, theory: str) -> dict[str, Theory]:
    """The rival of a name and, where one was handed in, the user's theory, by side."""
    found = {RIVAL: rival(theory)}
    return found if sources.yours is None else found | {YOURS: sources.yours}


def with_predictions(
    slopes: Sequence[Slope],
    dropped: Sequence[RowDropped],
    theories: dict[str, Theory],
    paper_sign: int,
    ask: Callable[[Theory, str], Quantity],
) -> Slopes:
    """Predictions of each side added: the paper's is its sign alone.

    Args:
        slopes: measured ones.
        dropped: rows left out so far.
        theories: by side.
        paper_sign: the sign that spacing alone demands.
        ask: a theory's slope for a material of the catalogue; may raise CannotSay or InputError.
    """
    left = [("", d) for d in dropped]
    found = []
    for slope in slopes:
        predicted = {PAPER: float(paper_sign)}
        for side, theory in theories.items():
            answer = _asked(theory, slope.material, ask)
            reason = answer.cannot_say
            if reason is None and answer.value == 0:
                reason = "it predicts no effect, which has no sign to compare"
            if reason is None:
                predicted[side] = answer.value
            else:
                row = slope.rows[0]
                left.append((side, RowDropped(row.table, row.row, slope.material, reason)))
        found.append(Slope(slope.material, slope.sign, slope.measured, predicted, slope.rows))
    return Slopes(tuple(found), tuple(left))


def sign_share(part: str, rows: Slopes, side: str) -> Measurement:
    """Share of materials whose sign a side has right."""
    judged = [s for s in rows.slopes if s.predicted.get(side)]
    if not judged:
        return Measurement.refused(part, "it predicts none of them", rows.dropped_for(side))
    cases = tuple(
        Case(s.material, (float((s.predicted[side] > 0) == (s.sign > 0)),)) for s in judged
    )
    sample = Sample(cases, share_right, yes_no=True)
    return Measurement.of(part, sample, _used(judged), rows.dropped_for(side))


def size_error(part: str, rows: Slopes, side: str) -> Measurement:
    """Median |ln(predicted/measured)| where the size is known."""
    judged = [s for s in rows.slopes if s.predicted.get(side) and s.measured]
    if not judged:
        return Measurement.refused(
            part, "no size is both measured and predicted", rows.dropped_for(side)
        )
    cases = []
    for slope in judged:
        ratio = slope.predicted[side] / (slope.measured or math.nan)
        off = abs(math.log(ratio)) if ratio > 0 else WRONG_SIGN
        cases.append(Case(slope.material, (off,)))
    sample = Sample(tuple(cases), median_value)
    return Measurement.of(part, sample, _used(judged), rows.dropped_for(side))


def marks(rows: Slopes, names: dict[str, str]) -> tuple[Mark, ...]:
    """Measured and predicted slopes; a label says the sign where no more is measured."""
    found = []
    for slope in rows.slopes:
        if slope.measured is not None:
            value = slope.measured
            found.append(Mark(slope.material, value, value, value, series="measured"))
        for side, name in names.items():
            predicted = slope.predicted.get(side)
            if predicted is not None and side != PAPER:
                label = slope.material if slope.measured is not None else _signed(slope)
                found.append(Mark(label, predicted, predicted, predicted, series=name))
    return tuple(found)


ZERO = Line("no effect", 0.0)


def _signed(slope: Slope) -> str:
    return f"{slope.material} (measured: {'rises' if slope.sign > 0 else 'falls'})"


def _used(slopes: Sequence[Slope]) -> tuple[RowUsed, ...]:
    return tuple(r for s in slopes for r in s.rows)


def _asked(theory: Theory, material: str, ask: Callable[[Theory, str], Quantity]) -> Quantity:
    if not in_catalogue(plain_name(material)):
        return Quantity.refused("the catalogue has no parameters of it")
    try:
        return ask(theory, material)
    except (CannotSay, InputError) as reason:
        return Quantity.refused(str(reason))
