"""B18: does one mechanism tell insulators, metals and superconductors apart?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import Interval
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL, USER
from isotunnel.scorecard.figure_data import FigureData
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Case, Gathered, Sample, Statistic, dropped_for, is_asked
from isotunnel.studies.benchmark.run import (
    COMPOSITION,
    UNAIDED,
    WITH_BAND,
    ClassifierContest,
    run_benchmark,
)
from isotunnel.studies.benchmark.scores import balanced, coded, difference
from isotunnel.studies.benchmark.user_theory import with_user_theory

TUNNELS = "tunnels alone"
RULES = {
    PAPER: WITH_BAND,
    TUNNELS: PAPER,
    RIVAL: RIVAL,
    UNAIDED: UNAIDED,
    COMPOSITION: COMPOSITION,
}
"""Rule of the benchmark that stands for each side. The paper may choose its reading of bands too;
without that one its predictions are reported beside. So are those of the rival with couplings that
were computed from the crystals alone."""


@dataclass(frozen=True, eq=False)
class Crystal(Case):
    """One crystal at one pressure and temperature: its state, and what each side predicts.

    Crystals of one formula, the ``group``, are resampled together. ``assumed`` says whether the
    rival predicts a metal only because no coupling is known.
    """

    assumed: bool = False


Crystals = Gathered[Crystal]


def gather(sources: Sources) -> Crystals:
    """Predictions of each side, every one made without the crystal's own family."""
    contest = run_benchmark(sources).contest
    states: dict[str, str] = {}
    silent: dict[str, str] = {}
    if sources.user_theory is not None:
        mine, quiet = with_user_theory(contest, sources.user_theory)
        pairs = zip(mine.materials, mine.predictions[USER], strict=True)
        states = {material.id: prediction.state for material, prediction in pairs}
        silent = {row: reason for row, _, reason in quiet}
    dropped = [RowDropped("state_benchmark", *left) for left in contest.dropped]
    return Gathered(_crystals(contest, states, silent), tuple(dropped))


def measure(rows: Crystals) -> tuple[Measurement, ...]:
    """Gains in balanced accuracy over the other side and over composition only."""
    known = _known(rows)
    numbers = [
        _gain("contest", rows, PAPER, RIVAL),
        _gain("contest", rows, RIVAL, PAPER),
        _gain("known", known, PAPER, RIVAL),
        _gain("known", known, RIVAL, PAPER),
        _gain("tunnels", rows, PAPER, RIVAL, by=TUNNELS),
        _gain("unaided", rows, RIVAL, PAPER, by=UNAIDED),
        _gain("guess", rows, PAPER, COMPOSITION),
        _gain("guess", rows, RIVAL, COMPOSITION),
    ]
    if is_asked(rows, USER):
        numbers.append(_gain("guess", rows, USER, COMPOSITION))
    return tuple(numbers)


def figure_data(rows: Crystals) -> FigureData:
    """Confusion matrices of all sides, beside each other."""
    counts: Counter[tuple[str, str]] = Counter()
    for crystal in rows.cases:
        for side, state in crystal.predicted.items():
            shown = f"{state}, assumed" if side == RIVAL and crystal.assumed else state
            counts[f"measured {crystal.measured}", f"{side}: {shown}"] += 1
    return FigureData(
        title="Measured states, and what each side says without having seen the family",
        y_axis=f"Number of crystals (1){_without_assumed(rows)}",
        matrix=tuple((row, column, float(n)) for (row, column), n in sorted(counts.items())),
    )


def _known(rows: Crystals) -> Crystals:
    """Without the crystals that the rival calls metals for want of a coupling."""
    reason = "no coupling is known, and the rival says metal for want of one"
    left = tuple(
        RowDropped(r.table, r.row, r.label, reason) for c in rows.cases if c.assumed for r in c.rows
    )
    return Gathered(tuple(c for c in rows.cases if not c.assumed), rows.dropped + left)


def _without_assumed(rows: Crystals) -> str:
    """The rival's balanced accuracy with and without its assumed metals, in words."""
    kept = _known(rows).cases
    if not kept or len(kept) == len(rows.cases):
        return ""
    every, known = (
        balanced(coded([c.measured for c in some]), coded([c.predicted[RIVAL] for c in some]))
        for some in (rows.cases, kept)
    )
    return (
        f"; balanced accuracy of the rival {every:.0%}, without its "
        f"{len(rows.cases) - len(kept)} assumed metals {known:.0%}"
    )


def _gain(part: str, rows: Crystals, side: str, other: str, by: str = "") -> Measurement:
    """Balanced accuracy of one side minus that of the other, on what both classify.

    ``by`` names the predictions that stand for the side, where they are not its own.
    """
    mine = by or side
    both = tuple(c for c in rows.cases if mine in c.predicted and other in c.predicted)
    sample = Sample(both, mine, _gain_over(other))
    reason = "no crystal is classified by both"
    found = Measurement.of(part, sample, dropped_for(rows, side), reason)
    return replace(found, side=side)


def _gain_over(other: str) -> Statistic:
    def gain(cases: Sequence[Case], side: str) -> Interval:
        """Balanced accuracy minus the other's, interval by resampling formulas in pairs."""
        own, others = ([c.predicted[s] for c in cases] for s in (side, other))
        return difference([c.measured for c in cases], own, others, [c.group for c in cases])

    return gain


def _crystals(
    contest: ClassifierContest, states: dict[str, str], silent: dict[str, str]
) -> tuple[Crystal, ...]:
    """The contest's materials; ``states`` and ``silent`` are a user's theory's, by row."""
    found = []
    for place, material in enumerate(contest.materials):
        predicted = {side: contest.predictions[rule][place].state for side, rule in RULES.items()}
        if material.id in states:
            predicted[USER] = states[material.id]
        found.append(
            Crystal(
                key=f"{place}: {material.formula}",
                measured=material.state,
                predicted=predicted,
                silent={USER: silent[material.id]} if material.id in silent else {},
                rows=(RowUsed.of(material.row, material.name),),
                group=material.formula,
                assumed=contest.predictions[RIVAL][place].assumed,
            )
        )
    return tuple(found)
