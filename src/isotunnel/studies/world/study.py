"""Losses, gains and the verdict of the plan, out of predictions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.evidence.statistics import Interval, rank_correlation
from isotunnel.studies.hydrides.resample import mean_interval
from isotunnel.studies.world.plan import (
    BEYOND_CELL,
    BEYOND_CELL_PLACEBO,
    COMPARED,
    LEAST_GAIN,
    MAIN,
    MODELS,
    PLACEBO,
    Model,
)
from isotunnel.studies.world.sample import Sample

Array = NDArray[np.float64]
Predictions = Mapping[str, Array]
"""By name of the model, of each composition."""


@dataclass(frozen=True)
class Score:
    """How well a model does on families it has not seen.

    Attributes:
        name: of the model.
        loss: mean loss with its interval over families.
        ranking: area under the receiver's curve for "recorded", Spearman's correlation with Tc for
            "tc"; NaN for the constant.
    """

    name: str
    loss: Interval
    ranking: float


@dataclass(frozen=True)
class Gain:
    """How much smaller one model's loss is than another's.

    Attributes:
        better: the one that is hoped to be better.
        than: the other.
        gain: difference of the mean losses with its interval over families.
        share: of the other's loss.
    """

    better: str
    than: str
    gain: Interval
    share: float

    @property
    def passes(self) -> bool:
        """Whether it is above zero for sure, and large enough."""
        return self.gain[1] > 0 and self.share >= LEAST_GAIN


@dataclass(frozen=True, eq=False)
class WorldAnswer:
    """The answer to one question.

    Attributes:
        question: "recorded" or "tc".
        crystals, compositions, families: how many were used.
        recorded: compositions with a Tc.
        dropped: crystals by reason.
        scores, gains: in the order of the plan.
    """

    question: str
    crystals: int
    compositions: int
    families: int
    recorded: int
    dropped: dict[str, int]
    scores: tuple[Score, ...]
    gains: tuple[Gain, ...]

    def gain(self, pair: tuple[str, str]) -> Gain:
        """The gain of the first model over the second; KeyError where it is not compared."""
        for found in self.gains:
            if (found.better, found.than) == pair:
                return found
        raise KeyError(pair)

    @property
    def verdict(self) -> str:
        """ "help" or "no gain is shown", by the rule, over composition alone."""
        return self._verdict(MAIN, PLACEBO)

    @property
    def verdict_beyond_cell(self) -> str:
        """The same over composition and cell."""
        return self._verdict(BEYOND_CELL, BEYOND_CELL_PLACEBO)

    def _verdict(self, pair: tuple[str, str], placebo: tuple[str, str]) -> str:
        helps = self.gain(pair).passes and self.gain(placebo).gain[1] > 0
        return "help" if helps else "no gain is shown"


def judge(sample: Sample, predictions: Predictions) -> WorldAnswer:
    """Losses and gains of the models' predictions.

    Raises:
        KeyError: a model of the plan has no predictions.
    """
    losses = {m.name: loss_of(sample, predictions[m.name]) for m in MODELS}
    scores = tuple(
        Score(
            name,
            mean_interval(loss, sample.families),
            _ranking(sample, predictions[name]) if model.parts else float("nan"),
        )
        for model, (name, loss) in zip(MODELS, losses.items(), strict=True)
    )
    recorded = sample.target.sum() if sample.question == "recorded" else len(sample.target)
    return WorldAnswer(
        question=sample.question,
        crystals=len(sample.rows),
        compositions=len(sample.formulas),
        families=len(set(sample.families)),
        recorded=int(recorded),
        dropped=dict(sample.dropped),
        scores=scores,
        gains=tuple(_gain(sample, losses, *pair) for pair in COMPARED),
    )


def study(sample: Sample, fit: Callable[[Sample, Model], Array] | None = None) -> WorldAnswer:
    """Fit every model of the plan and judge.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    from isotunnel.studies.world.fit import left_out

    chosen = fit or left_out
    return judge(sample, {m.name: chosen(sample, m) for m in MODELS})


def loss_of(sample: Sample, predicted: Array) -> Array:
    """Loss of each composition: nats, or |log10 (predicted/Tc)|."""
    if sample.question == "tc":
        return np.asarray(np.abs(predicted - sample.target))
    right = np.where(sample.target > 0, predicted, 1 - predicted)
    return np.asarray(-np.log(right))


def _gain(sample: Sample, losses: Predictions, better: str, than: str) -> Gain:
    gain = mean_interval(losses[than] - losses[better], sample.families)
    return Gain(better, than, gain, gain[0] / float(losses[than].mean()))


def _ranking(sample: Sample, predicted: Array) -> float:
    if sample.question == "tc":
        return rank_correlation(sample.target, predicted)
    from scipy.stats import rankdata

    there = sample.target > 0
    many, few = int(there.sum()), int((~there).sum())
    return float((rankdata(predicted)[there].sum() - many * (many + 1) / 2) / (many * few))
