"""B18: does one mechanism tell insulators, metals and superconductors apart?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import Interval
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL, YOURS
from isotunnel.scorecard.figure_data import Picture
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Case, Sample
from isotunnel.studies.benchmark.materials import STATES
from isotunnel.studies.benchmark.run import (
    COMPOSITION,
    Contest,
    run_benchmark,
    with_yours,
)
from isotunnel.studies.benchmark.run import YOURS as OWN
from isotunnel.studies.benchmark.scores import balanced, coded, difference

GUESS = COMPOSITION
"""The side that knows only the composition."""


@dataclass(frozen=True)
class Classified:
    """One crystal at one pressure and temperature.

    Attributes:
        material: formula; crystals of one formula are resampled together.
        measured: its state.
        said: by side ("paper", "rival", "composition", "yours"); a side that cannot say is absent.
        row: where it was measured.
        assumed: whether the rival says metal only because no coupling is known.
    """

    material: str
    measured: str
    said: dict[str, str]
    row: RowUsed
    assumed: bool = False


@dataclass(frozen=True)
class Rows:
    """Every crystal that both sides classify, and those left out.

    ``silent`` are crystals of which a user's theory says nothing.
    """

    crystals: tuple[Classified, ...]
    dropped: tuple[RowDropped, ...]
    silent: tuple[RowDropped, ...] = ()


def gather(sources: Sources) -> Rows:
    """Predictions of each side, every one made without the crystal's own family."""
    contest = run_benchmark(sources).contest
    yours: dict[str, str] = {}
    silent: tuple[RowDropped, ...] = ()
    if sources.yours is not None:
        mine, quiet = with_yours(contest, sources.yours)
        pairs = zip(mine.materials, mine.said[OWN], strict=True)
        yours = {material.id: said.state for material, said in pairs}
        silent = _dropped(quiet)
    return Rows(_classified(contest, yours), _dropped(contest.dropped), silent)


def measure(rows: Rows) -> tuple[tuple[str, Measurement], ...]:
    """Gains in balanced accuracy over the other side and over composition only."""
    found = [
        (PAPER, _gain("contest", rows, PAPER, RIVAL)),
        (RIVAL, _gain("contest", rows, RIVAL, PAPER)),
        (PAPER, _gain("known", _known(rows), PAPER, RIVAL)),
        (RIVAL, _gain("known", _known(rows), RIVAL, PAPER)),
        (PAPER, _gain("guess", rows, PAPER, GUESS)),
        (RIVAL, _gain("guess", rows, RIVAL, GUESS)),
    ]
    if rows.silent or any(YOURS in c.said for c in rows.crystals):
        found.append((YOURS, _gain("guess", rows, YOURS, GUESS)))
    return tuple(found)


def picture(rows: Rows) -> Picture:
    """Confusion matrices of all sides, beside each other."""
    counts: Counter[tuple[str, str]] = Counter()
    for crystal in rows.crystals:
        for side, state in crystal.said.items():
            shown = f"{state}, assumed" if side == RIVAL and crystal.assumed else state
            counts[f"measured {crystal.measured}", f"{side}: {shown}"] += 1
    return Picture(
        title="Measured states, and what each side says without having seen the family",
        y_axis=f"Number of crystals (1){_without_assumed(rows)}",
        matrix=tuple((row, column, float(n)) for (row, column), n in sorted(counts.items())),
    )


def _known(rows: Rows) -> Rows:
    """Without the crystals that the rival calls metals for want of a coupling."""
    reason = "no coupling is known, and the rival says metal for want of one"
    left = tuple(
        RowDropped(c.row.table, c.row.row, c.row.label, reason) for c in rows.crystals if c.assumed
    )
    kept = tuple(c for c in rows.crystals if not c.assumed)
    return Rows(kept, rows.dropped + left, rows.silent)


def _without_assumed(rows: Rows) -> str:
    """The rival's balanced accuracy with and without its assumed metals, in words."""
    kept = _known(rows).crystals
    if not kept or len(kept) == len(rows.crystals):
        return ""
    every, known = (
        balanced(coded([c.measured for c in some]), coded([c.said[RIVAL] for c in some]))
        for some in (rows.crystals, kept)
    )
    return (
        f"; balanced accuracy of the rival {every:.0%}, without its "
        f"{len(rows.crystals) - len(kept)} assumed metals {known:.0%}"
    )


def _gain(part: str, rows: Rows, side: str, other: str) -> Measurement:
    """Balanced accuracy of one side minus that of the other, on what both classify."""
    both = [
        (place, c) for place, c in enumerate(rows.crystals) if side in c.said and other in c.said
    ]
    dropped = rows.dropped + (rows.silent if side == YOURS else ())
    if not both:
        return Measurement.refused(part, "no crystal is classified by both", dropped)
    cases = []
    for place, c in both:
        states = (c.measured, c.said[side], c.said[other])
        values = tuple(float(STATES.index(s)) for s in states)
        cases.append(Case(f"{place}: {c.material}", values, c.material))
    sample = Sample(tuple(cases), _difference)
    return Measurement.of(part, sample, [c.row for _, c in both], dropped)


def _difference(cases: Sequence[Case]) -> Interval:
    """Balanced accuracy of the second column minus that of the third, the first being measured."""
    columns = [[STATES[int(c.values[i])] for c in cases] for i in range(3)]
    return difference(columns[0], columns[1], columns[2], [c.group for c in cases])


def _classified(contest: Contest, yours: dict[str, str]) -> tuple[Classified, ...]:
    found = []
    for place, material in enumerate(contest.materials):
        said = {side: contest.said[side][place].state for side in (PAPER, RIVAL, GUESS)}
        if material.id in yours:
            said[YOURS] = yours[material.id]
        row = RowUsed.of(material.row, material.name)
        assumed = contest.said[RIVAL][place].assumed
        found.append(Classified(material.formula, material.state, said, row, assumed))
    return tuple(found)


def _dropped(left: Sequence[tuple[str, str, str]]) -> tuple[RowDropped, ...]:
    return tuple(RowDropped("state_benchmark", row, name, why) for row, name, why in left)
