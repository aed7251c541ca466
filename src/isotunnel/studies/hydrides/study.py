"""Does the geometry of the tunnels carry information on Tc? Published formulas and own fits judged.

Three questions, each with an interval: how far off are the published formulas on the benchmark of
hydrides predicted at ambient pressure; do they do better than always saying the mean, and than the
composition alone; does adding the tunnels' geometry to the composition help on chemical families
that the fit has not seen. Fits, penalties and features are fixed here, not tuned on the outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from isotunnel.errors import CannotSay
from isotunnel.evidence.statistics import Interval
from isotunnel.studies.hydrides.features import (
    CELL,
    COMPOSITION,
    STATES,
    TUNNELS,
    Feature,
    matrix,
)
from isotunnel.studies.hydrides.regression import (
    Array,
    left_out_predictions,
    log_error,
    root_mean_square_error,
)
from isotunnel.studies.hydrides.resample import mean_interval, rank_interval
from isotunnel.studies.hydrides.table import HydrideRow, hydride_table
from isotunnel.theories.hydrides.formulas import FORMULAS

MODELS: dict[str, tuple[Feature, ...]] = {
    "mean": (),
    "median": (),
    "composition": COMPOSITION,
    "composition + cell": (*COMPOSITION, *CELL),
    "composition + tunnels": (*COMPOSITION, *TUNNELS),
    "composition + H share": (*COMPOSITION, *STATES),
    "composition + tunnels + H share": (*COMPOSITION, *TUNNELS, *STATES),
}
"""Fits by name; "mean" and "median" are always saying that of the other families. The median is the
harder one to beat in mean absolute error: most Tc are low, a few high."""

CONSTANTS = ("mean", "median")

BASE, TESTED = "composition", "composition + tunnels"
"""The gain asked for is that of the second over the first."""

OFF_PRESSURE_GPA = 10.0
"""Cells whose computed pressure is farther than this from the stated one are left out in a second
run: they are not the crystals that the predicted Tc was computed for, or PBE does not describe
them."""

UNSEEN = frozenset(["F0"])
"""Formulas published (2021) before the benchmark's hydrides were (2023 to 2025). Of the others it
is not known which of these hydrides their fits held: their training sets could not be read."""


@dataclass(frozen=True)
class TcScore:
    """How well predictions do on the rows of a study.

    Attributes:
        name: of the formula or fit.
        mae_k, rmse_k: errors in kelvin; the first with its interval.
        log_error: mean |log10 ((1 + prediction/K)/(1 + Tc/K))|.
        bias_k: mean of prediction minus Tc.
        rank: Spearman's correlation with its interval; NaN where the prediction does not vary,
            and for mean and median.
        rows: number of rows.
        seen: "unseen" where the rows cannot have been fitted, "unknown" where they may have been,
            "left out" for cross-validated fits.
    """

    name: str
    mae_k: Interval
    rmse_k: float
    log_error: float
    bias_k: float
    rank: Interval
    rows: int
    seen: str

    @property
    def rank_correlation(self) -> Interval | None:
        """``rank``, None where it is undefined."""
        return None if np.isnan(self.rank[0]) else self.rank


@dataclass(frozen=True)
class Gain:
    """How much smaller the mean absolute error of one prediction is than that of another.

    Attributes:
        better: the one that is hoped to be better.
        than: the other.
        by_row: gain in kelvin with its interval from resampling rows.
        by_family: the same from resampling whole families, the honest one where rows of a family
            are alike; coarse where there are few families.
        rows, families: number of them.
    """

    better: str
    than: str
    by_row: Interval
    by_family: Interval
    rows: int
    families: int

    @property
    def gain_k(self) -> float:
        """The gain itself."""
        return self.by_row[0]

    @property
    def row_interval(self) -> tuple[float, float]:
        """Interval from resampling rows."""
        return self.by_row[1:]

    @property
    def family_interval(self) -> tuple[float, float]:
        """Interval from resampling families."""
        return self.by_family[1:]


@dataclass(frozen=True, eq=False)
class HydrideStudy:
    """The table's answers to the three questions.

    Attributes:
        rows: ids of the rows used, in order.
        compounds: their formulas.
        families: their families.
        tc_k: their predicted Tc, kelvin.
        predictions: by name of formula or fit, kelvin, in the order of the rows.
        formulas: scores of the published formulas, clipped at zero.
        fits: scores of the cross-validated fits, mean and median first.
        gains: of the tunnels over the composition first, then of others.
        dropped: reasons by id.
    """

    rows: tuple[str, ...]
    compounds: tuple[str, ...]
    families: tuple[str, ...]
    tc_k: Array
    predictions: dict[str, Array]
    formulas: tuple[TcScore, ...]
    fits: tuple[TcScore, ...]
    gains: tuple[Gain, ...]
    dropped: dict[str, str]

    def score(self, name: str) -> TcScore:
        """The score of a formula or fit; KeyError where there is none."""
        for score in (*self.formulas, *self.fits):
            if score.name == name:
                return score
        raise KeyError(name)

    @property
    def family_sizes(self) -> dict[str, int]:
        """Rows of each family."""
        return {f: self.families.count(f) for f in sorted(set(self.families))}

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON. Keys: ``isotunnel.schemas.hydrides``."""
        from isotunnel.schemas import document
        from isotunnel.schemas.hydrides import HydrideStudy as Shape

        return document(Shape, self)


def study_hydrides(
    rows: Sequence[HydrideRow] | None = None,
    *,
    within_gpa: float | None = None,
    one_by_one: bool = False,
) -> HydrideStudy:
    """Judge formulas and fits on the computed rows that carry a predicted Tc.

    All are judged on the same rows: those for which every formula and every fit can say.

    Args:
        rows: of the table; None for the shipped one.
        within_gpa: leave out cells whose computed pressure is farther from the stated one.
        one_by_one: leave out single rows instead of families, which is easier for a fit: it has
            seen near relatives.

    Raises:
        CannotSay: too few rows or families.
    """
    given = [r for r in (hydride_table().rows if rows is None else rows) if _has_target(r)]
    kept, dropped = _usable(given, within_gpa)
    families = tuple(r.family for r in kept)
    if len(set(families)) < 2:
        raise CannotSay(f"{len(kept)} usable hydrides of {len(set(families))} family: no study")
    target = np.array([r.number("tc_predicted_k") for r in kept])
    predictions = {f.id: _formula(kept, f.id) for f in FORMULAS}
    groups = tuple(range(len(kept))) if one_by_one else families
    for name, features in MODELS.items():
        centre = np.median if name == "median" else np.mean
        predictions[name] = left_out_predictions(matrix(kept, features)[0], target, groups, centre)
    return HydrideStudy(
        rows=tuple(r.id for r in kept),
        compounds=tuple(r.compound for r in kept),
        families=families,
        tc_k=target,
        predictions=predictions,
        formulas=tuple(
            _score(f.id, target, predictions[f.id], "unseen" if f.id in UNSEEN else "unknown")
            for f in FORMULAS
        ),
        fits=tuple(_score(n, target, predictions[n], "left out") for n in MODELS),
        gains=_gains(target, predictions, families),
        dropped=dropped,
    )


def _has_target(row: HydrideRow) -> bool:
    return row.get("tc_predicted_k") is not None


def _usable(
    rows: Sequence[HydrideRow], within_gpa: float | None
) -> tuple[list[HydrideRow], dict[str, str]]:
    """Rows with every quantity known; reasons for the others."""
    dropped: dict[str, str] = {}
    kept = []
    every = tuple({f.name: f for features in MODELS.values() for f in features}.values())
    for row in rows:
        try:
            if not row.computed:
                raise CannotSay(f"{row.status}: {row.reason}")
            off = abs(row.number("pressure_gpa") - row.number("pressure_printed_gpa"))
            if within_gpa is not None and off > within_gpa:
                raise CannotSay(f"its computed pressure is {off:.1f} GPa from the stated one")
            for formula in FORMULAS:
                row.number(f"tc_{formula.id.lower()}_k")
            if missing := matrix([row], every)[2]:
                raise CannotSay(missing[row.id])
        except CannotSay as reason:
            dropped[row.id] = str(reason)
            continue
        kept.append(row)
    return kept, dropped


def _formula(rows: Sequence[HydrideRow], name: str) -> Array:
    return np.array([max(row.number(f"tc_{name.lower()}_k"), 0.0) for row in rows])


def _score(name: str, target: Array, predicted: Array, seen: str) -> TcScore:
    # The mean of the others is the lower the higher what is left out: a correlation by make.
    rank = (np.nan,) * 3 if name in CONSTANTS else rank_interval(predicted, target)
    return TcScore(
        name=name,
        mae_k=mean_interval(np.abs(predicted - target)),
        rmse_k=root_mean_square_error(target, predicted),
        log_error=log_error(target, predicted),
        bias_k=float(np.mean(predicted - target)),
        rank=rank,
        rows=len(target),
        seen=seen,
    )


def gain_of(
    target: Array, better: Array, than: Array, families: Sequence[str], names: tuple[str, str]
) -> Gain:
    """Paired: the same rows are drawn for both predictions."""
    less = np.abs(than - target) - np.abs(better - target)
    return Gain(
        better=names[0],
        than=names[1],
        by_row=mean_interval(less),
        by_family=mean_interval(less, families),
        rows=len(target),
        families=len(set(families)),
    )


def _gains(
    target: Array, predictions: dict[str, Array], families: Sequence[str]
) -> tuple[Gain, ...]:
    pairs = [(TESTED, BASE)]
    pairs += [(name, BASE) for name in MODELS if name not in (BASE, TESTED, *CONSTANTS)]
    pairs += [(BASE, constant) for constant in CONSTANTS]
    pairs += [(f.id, other) for f in FORMULAS for other in (*CONSTANTS, BASE)]
    return tuple(
        gain_of(target, predictions[a], predictions[b], families, (a, b)) for a, b in pairs
    )
