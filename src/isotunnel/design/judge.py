"""How well a ranking brings hydrides that were made to the top: the judgement of the plan."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from isotunnel.crystal.formula import formula_counts
from isotunnel.design.plan import FEWEST, FIRST, HIGH_TC_K
from isotunnel.design.prototypes import prototypes
from isotunnel.design.rank import Ranked, order
from isotunnel.evidence.statistics import LEVEL, RESAMPLES, SEED, Interval

Score = Callable[[Ranked], float]
"""Higher for what comes first."""
HELPS, HURTS, NO_HELP, CANNOT_SAY = "helps", "hurts", "no help is shown", "cannot say"


@dataclass(frozen=True)
class Made:
    """A hydride that was made.

    Attributes:
        formula, prototype: of it.
        tc_k: highest established of the phase.
        pressure_gpa: there.
        source: of both.
    """

    formula: str
    prototype: str
    tc_k: float
    pressure_gpa: float
    source: str

    @property
    def success(self) -> bool:
        """Whether it superconducts as high as the plan asks."""
        return self.tc_k >= HIGH_TC_K


@dataclass(frozen=True)
class Area:
    """Areas under the receiver's curve of one comparison.

    Attributes:
        name: "found" or "told apart".
        within: whether only candidates of one prototype are compared.
        successes, others: how many.
        tunnel, composition: by the tunnel gap, and by composition only; None where none can be
            compared.
    """

    name: str
    within: bool
    successes: int
    others: int
    tunnel: Interval | None
    composition: Interval | None

    @property
    def verdict(self) -> str:
        """By the rule of the plan."""
        few = min(self.successes, self.others) < FEWEST
        if few or self.tunnel is None or self.composition is None:
            return CANNOT_SAY
        if self.tunnel[2] < 0.5:
            return HURTS
        beats = self.tunnel[0] > self.composition[0]
        return HELPS if self.tunnel[1] > 0.5 and beats else NO_HELP


@dataclass(frozen=True, eq=False)
class Judged:
    """A ranking judged.

    Attributes:
        made: hydrides of the list that are candidates, with their places among the candidates of
            the hydride prototypes, from 1.
        lost: those that the filters lose.
        candidates: of the hydride prototypes.
        areas: found and told apart, within prototypes and over all.
        precision: for each number of first ones, the share of successes by tunnel gap, by
            composition only, and of a random order.
    """

    made: tuple[tuple[Made, int], ...]
    lost: tuple[Made, ...]
    candidates: int
    areas: tuple[Area, ...]
    precision: tuple[tuple[int, float, float, float], ...]


@cache
def made() -> tuple[Made, ...]:
    """The hydrides of ``data/measured.toml``."""
    text = files("isotunnel.design").joinpath("data/measured.toml").read_text("utf-8")
    return tuple(Made(**entry) for entry in tomllib.loads(text)["hydride"])


def tunnel_score(r: Ranked) -> float:
    """Minus the gap; what has none comes last."""
    return -np.inf if r.gap_ev is None else -r.gap_ev


def composition_score(r: Ranked) -> float:
    """Minus the mass of the others over that of the hydrogen."""
    return -np.inf if r.mass_ratio is None else -r.mass_ratio


def judge(ranking: Sequence[Ranked], known: Sequence[Made] | None = None) -> Judged:
    """Judge a ranking by what was made.

    Args:
        ranking: every candidate.
        known: hydrides that were made; those of the package by default.
    """
    hydrides = {p.name for p in prototypes() if p.hydride}
    field = [r for r in order(ranking) if r.prototype in hydrides]
    places = {_key(r.formula, r.prototype): n for n, r in enumerate(field, start=1)}
    listed = made() if known is None else known
    there = [(m, places[k]) for m in listed if (k := _key(m.formula, m.prototype)) in places]
    good = {place - 1 for m, place in there if m.success}
    bad = {place - 1 for m, place in there if not m.success}
    rest = set(range(len(field))) - good
    areas = tuple(
        _area(name, within, field, good, others)
        for name, others in (("found", rest), ("told apart", bad))
        for within in (True, False)
    )
    lost = tuple(m for m in listed if _key(m.formula, m.prototype) not in places)
    precision = tuple(_precision(field, good, count) for count in FIRST)
    return Judged(tuple(there), lost, len(field), areas, precision)


def _key(formula: str, prototype: str) -> tuple[object, str]:
    return frozenset(formula_counts(formula).items()), prototype


def _precision(field: list[Ranked], good: set[int], count: int) -> tuple[int, float, float, float]:
    def share(score: Score) -> float:
        first = sorted(range(len(field)), key=lambda n: (-score(field[n]), field[n].formula))
        return len(good & set(first[:count])) / count

    chance = len(good) / max(len(field), 1)
    return count, share(tunnel_score), share(composition_score), chance


def _area(name: str, within: bool, field: list[Ranked], good: set[int], others: set[int]) -> Area:
    return Area(
        name,
        within,
        len(good),
        len(others),
        _curve(field, good, others, within, tunnel_score),
        _curve(field, good, others, within, composition_score),
    )


def _curve(
    field: list[Ranked], good: set[int], others: set[int], within: bool, score: Score
) -> Interval | None:
    """Share of pairs in the right order (ties count half), prototypes redrawn."""
    wins: dict[tuple[str, str], float] = defaultdict(float)
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    for a in good:
        for b in others:
            key = (field[a].prototype, field[b].prototype)
            if within and key[0] != key[1]:
                continue
            mine, its = score(field[a]), score(field[b])
            wins[key] += (mine > its) + 0.5 * (mine == its)
            pairs[key] += 1
    total = sum(pairs.values())
    if not total:
        return None
    value = sum(wins.values()) / total
    names = sorted({n for key in pairs for n in key})
    rng = np.random.default_rng(SEED)
    found = []
    for _ in range(RESAMPLES):
        drawn = np.bincount(rng.integers(len(names), size=len(names)), minlength=len(names))
        times = dict(zip(names, drawn.tolist(), strict=True))
        # Within one prototype a pair is drawn with it, between two with both.
        weight = {k: times[k[0]] * (times[k[1]] if k[0] != k[1] else 1) for k in pairs}
        count = sum(weight[k] * pairs[k] for k in pairs)
        if count:
            found.append(sum(weight[k] * wins[k] for k in pairs) / count)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(found, [tail, 1 - tail])
    return value, min(float(low), value), max(float(high), value)
