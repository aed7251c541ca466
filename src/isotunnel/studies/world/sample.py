"""The rows that a question is asked of: one vote for each composition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CannotSay, InputError
from isotunnel.studies.world.features import amounts_of, family_of
from isotunnel.studies.world.plan import (
    FEWEST_COMPOSITIONS,
    FEWEST_FAMILIES,
    FEWEST_OF_A_KIND,
    QUESTIONS,
)
from isotunnel.studies.world.table import WorldRow

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sample:
    """Compositions with their crystals.

    Attributes:
        question: "recorded" or "tc".
        rows: crystals used.
        of: for each crystal, which composition it is of.
        formulas: a formula of each composition, in the order of the table.
        families: of each composition.
        target: of each composition: 1 where a Tc is recorded and 0 where not, or log10 (Tc/K).
        dropped: crystals that are not used, by reason.
    """

    question: str
    rows: tuple[WorldRow, ...]
    of: NDArray[np.intp]
    formulas: tuple[str, ...]
    families: tuple[str, ...]
    target: Array
    dropped: dict[str, int]

    @property
    def weights(self) -> Array:
        """Of the crystals: those of a composition weigh one together."""
        return np.asarray(1.0 / np.bincount(self.of)[self.of])

    def by_composition(self, of_crystals: Array) -> Array:
        """Mean over the crystals of each composition."""
        return np.asarray(np.bincount(self.of, weights=of_crystals * self.weights))


def sample_of(rows: Sequence[WorldRow], question: str) -> Sample:
    """The rows of a table that a question can be asked of.

    Where the crystals of one composition carry different Tc (spellings of one formula), that is
    taken which is recorded; of several the median.

    Raises:
        InputError: no such question.
        CannotSay: too few compositions or families.
    """
    if question not in QUESTIONS:
        raise InputError(f"no question {question!r}; choose among {', '.join(QUESTIONS)}")
    reasons = [_why_not(r) for r in rows]
    usable = [r for r, why in zip(rows, reasons, strict=True) if not why]
    dropped = Counter(why for why in reasons if why)
    tc = dict(_tc_by_composition(usable))
    if question == "tc":
        dropped["no Tc recorded"] = sum(tc[amounts_of(r.formula)] == 0 for r in usable)
        usable = [r for r in usable if tc[amounts_of(r.formula)] > 0]
    place: dict[object, int] = {}
    of = [place.setdefault(amounts_of(r.formula), len(place)) for r in usable]
    first = {n: r.formula for r, n in reversed(list(zip(usable, of, strict=True)))}
    formulas = tuple(first[n] for n in range(len(place)))
    kelvin = np.array([tc[amounts_of(f)] for f in formulas])
    target = np.log10(kelvin) if question == "tc" else (kelvin > 0).astype(float)
    families = tuple(family_of(f) for f in formulas)
    _enough(question, target, families)
    kept = {why: n for why, n in dropped.items() if n}
    return Sample(
        question, tuple(usable), np.array(of, dtype=np.intp), formulas, families, target, kept
    )


def _why_not(row: WorldRow) -> str:
    if row.doping != "as in MP":
        return "doped by computer"
    if row.tc_k is None:
        return "no entry of SuperCon matched"
    if row.status == "failed":
        return f"screen failed: {row.reason}"
    return "" if row.status == "done" else row.status


def _tc_by_composition(rows: Sequence[WorldRow]) -> Iterator[tuple[object, float]]:
    found: dict[object, list[float]] = {}
    for r in rows:
        found.setdefault(amounts_of(r.formula), []).append(r.tc_k or 0.0)
    for key, values in found.items():
        recorded = [v for v in values if v > 0]
        yield key, float(np.median(recorded)) if recorded else 0.0


def _enough(question: str, target: Array, families: Sequence[str]) -> None:
    count, kinds = len(target), len(set(families))
    if count < FEWEST_COMPOSITIONS or kinds < FEWEST_FAMILIES:
        raise CannotSay(
            f"{count} compositions of {kinds} families; at least {FEWEST_COMPOSITIONS} of "
            f"{FEWEST_FAMILIES} are needed"
        )
    rarer = int(min(target.sum(), count - target.sum()))
    if question == "recorded" and rarer < FEWEST_OF_A_KIND:
        raise CannotSay(f"{rarer} of the rarer kind; at least {FEWEST_OF_A_KIND} are needed")
