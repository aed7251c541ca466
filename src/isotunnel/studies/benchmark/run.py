"""Everything of the benchmark in one call: each rule judged, and the contest on common rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from isotunnel.evidence.statistics import Interval
from isotunnel.studies.benchmark.composition import composition_rule
from isotunnel.studies.benchmark.materials import (
    READINGS,
    TUNNEL_READINGS,
    BenchmarkMaterial,
    materials_of,
)
from isotunnel.studies.benchmark.prediction import Prediction
from isotunnel.studies.benchmark.rivals import standard_rule, unaided_rule
from isotunnel.studies.benchmark.rules import (
    StateOf,
    best_reading,
    chosen_reading,
    commonest,
    folds,
    leave_one_family_out,
    reading_rule,
)
from isotunnel.studies.benchmark.scores import ClassifierScore, difference, score

if TYPE_CHECKING:
    from isotunnel.evidence.sources import Sources

PAPER, WITH_BAND, RIVAL, UNAIDED, COMPOSITION, COMMONEST, USER = (
    "paper",
    "paper with band",
    "rival",
    "rival unaided",
    "composition",
    "commonest",
    "yours",
)
TITLES = {
    PAPER: "tunnel reading chosen inside the cross-validation",
    WITH_BAND: "the same with the reading of bands among the candidates",
    RIVAL: "Kohn-Sham gap, then Allen-Dynes",
    UNAIDED: "Kohn-Sham gap, then rigid muffin tins, nothing put in",
    COMPOSITION: "composition only",
    COMMONEST: "always the commonest state",
    USER: "your theory",
}
Dropped = tuple[str, str, str]
"""Row, material, reason."""


@dataclass(frozen=True)
class ClassifierContest:
    """Predictions of every side on the rows that all of them can be asked about.

    Attributes:
        materials: those rows.
        predictions: by side, in the order of the materials.
        chosen: reading that was chosen, by family left out.
        dropped: rows left out and why.
    """

    materials: tuple[BenchmarkMaterial, ...]
    predictions: dict[str, tuple[Prediction, ...]]
    chosen: dict[str, str]
    dropped: tuple[Dropped, ...]

    def gain(self, one: str, other: str) -> Interval:
        """Balanced accuracy of one side minus that of another, with its interval."""
        first, second = ([p.state for p in self.predictions[s]] for s in (one, other))
        truth = [m.state for m in self.materials]
        return difference(truth, first, second, [m.formula for m in self.materials])

    def score(self, side: str) -> ClassifierScore:
        """How a side did on the common rows."""
        return score(side, TITLES[side], self.materials, self.predictions[side], self.dropped)


@dataclass(frozen=True)
class Benchmark:
    """The benchmark judged.

    Attributes:
        materials: every row.
        contest: all sides on the rows that every reading answers.
    """

    materials: tuple[BenchmarkMaterial, ...]
    contest: ClassifierContest

    @cached_property
    def readings(self) -> tuple[ClassifierScore, ...]:
        """Each reading by the theory's rule, on the rows that it answers."""
        return tuple(judged_reading(self.materials, r) for r in READINGS)

    @cached_property
    def freer(self) -> tuple[ClassifierScore, ...]:
        """Each reading with both limits fitted, which is not the theory's own rule."""
        return tuple(judged_reading(self.materials, r, both_free=True) for r in READINGS)

    def score(self, name: str) -> ClassifierScore:
        """A reading's score by the theory's rule, or a side's on the common rows."""
        for found in self.readings:
            if found.name == name:
                return found
        return self.contest.score(name)


def run_benchmark(sources: Sources | None = None) -> Benchmark:
    """Classify every material by every rule, each judged on families it has not seen."""
    if sources is None:
        from isotunnel.evidence.sources import Sources as Real

        return _cached(Real())
    # A user's theory takes no part here, and need not be hashable.
    return _cached(replace(sources, user_theory=None))


@lru_cache(maxsize=4)
def _cached(sources: Sources) -> Benchmark:
    materials = materials_of(sources)
    return Benchmark(materials, contest(materials))


def judged_reading(
    materials: Sequence[BenchmarkMaterial], reading: str, *, both_free: bool = False
) -> ClassifierScore:
    """One reading on the rows that it answers."""
    used = [m for m in materials if reading in m.gaps]
    dropped = [(m.id, m.name, m.missing[reading]) for m in materials if reading not in m.gaps]
    predictions = leave_one_family_out(used, reading_rule(reading, both_free=both_free))
    title = "both limits fitted" if both_free else "superconductor at a gap of 0 or less"
    return score(reading, title, used, predictions, dropped)


def contest(materials: Sequence[BenchmarkMaterial]) -> ClassifierContest:
    """Paper, rival, composition and the commonest state on the rows that every reading answers."""
    common, dropped = common_materials(materials)
    if not common:
        return ClassifierContest((), {}, {}, tuple(dropped))
    sides: dict[str, StateOf] = {
        PAPER: chosen_reading(TUNNEL_READINGS),
        WITH_BAND: chosen_reading(READINGS),
        RIVAL: standard_rule,
        UNAIDED: unaided_rule,
        COMPOSITION: composition_rule,
        COMMONEST: commonest,
    }
    predictions = {name: leave_one_family_out(common, rule) for name, rule in sides.items()}
    return ClassifierContest(tuple(common), predictions, _chosen(common), tuple(dropped))


def common_materials(
    materials: Sequence[BenchmarkMaterial],
) -> tuple[list[BenchmarkMaterial], list[Dropped]]:
    """Those that every reading answers and that have a band gap; and those that lack something."""
    common, dropped = [], []
    for material in materials:
        lacking = [r for r in (*READINGS, "band gap") if r in material.missing]
        if lacking:
            dropped.append((material.id, material.name, material.missing[lacking[0]]))
        else:
            common.append(material)
    return common, dropped


def picked_reading(sources: Sources, among: tuple[str, ...]) -> str:
    """The reading that does best in the cross-validation over chemical families.

    The first of ``among`` where nothing can be compared.
    """
    # A user's theory takes no part here, and need not be hashable.
    return _picked(replace(sources, user_theory=None), among)


@lru_cache(maxsize=16)
def _picked(sources: Sources, among: tuple[str, ...]) -> str:
    common, _ = common_materials(materials_of(sources))
    return best_reading(common, among, False) if common else among[0]


def _chosen(common: Sequence[BenchmarkMaterial]) -> dict[str, str]:
    found = {}
    for inside, outside in folds(common):
        known = [m for m, out in zip(common, outside, strict=True) if not out]
        found[common[inside[0]].family] = best_reading(known, TUNNEL_READINGS, False)
    return found
