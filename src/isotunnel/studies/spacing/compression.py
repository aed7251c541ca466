"""T5: does compression ever make a material a worse conductor?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.errors import InputError
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.studies.spacing.result import SpacingTest, Statistic, median_of, share_of

DIRECTIONS = ("insulator_to_metal", "metal_to_insulator", "no_transition")


@dataclass(frozen=True)
class Transition:
    """One transition seen on compression, or a search that found none.

    Attributes:
        name: material.
        direction: one of ``DIRECTIONS``.
        pressure_gpa: where, None where not stated.
        partial: True where the worse side is a semimetal, not an insulator or semiconductor.
    """

    name: str
    direction: str
    pressure_gpa: float | None
    partial: bool = False


@dataclass(frozen=True)
class FirstCompression:
    """Sign of d ln R / dP of a metal at first compression: +1 rises, -1 falls."""

    name: str
    sign: int


@dataclass(frozen=True)
class CompressedMaterial:
    """What compression does to one material.

    Attributes:
        name: material.
        better: whether a transition towards a metal was seen.
        better_gpa: pressures of such transitions as far as stated, ascending.
        worse_gpa: those of transitions towards an insulator, semiconductor or semimetal.
        worse: whether it becomes an insulator or semiconductor on compression.
        partly_worse: whether it becomes at least a semimetal.
        searched_gpa: pressures up to which no metal was found.
        resistance_rises: at first compression; None where unknown, or where sources disagree.
    """

    name: str
    better: bool
    better_gpa: tuple[float, ...]
    worse_gpa: tuple[float, ...]
    worse: bool
    partly_worse: bool
    searched_gpa: tuple[float, ...]
    resistance_rises: bool | None


NOTES = (
    "volume alone, with tunnels that only widen on compression, allows no material to become "
    "worse: one measured case is a counter-example, a share is no more than its frequency here",
    "measured transitions only; one vote per material; materials get into such tables because "
    "something happens to them",
)


def reentrant(
    transitions: Sequence[Transition],
    metals: Sequence[FirstCompression],
    used: Sequence[RowUsed] = (),
    dropped: Sequence[RowDropped] = (),
) -> SpacingTest[CompressedMaterial]:
    """T5: materials that become worse conductors on compression, against those that improve.

    Args:
        transitions: measured transitions.
        metals: signs of d ln R / dP of metals.
        used, dropped: rows of data that they come from, passed on.

    Raises:
        InputError: an unknown direction, or a sign other than +1 and -1.
    """
    _check(transitions, metals)
    names = list(dict.fromkeys([*(t.name for t in transitions), *(m.name for m in metals)]))
    rows = tuple(compressed(n, transitions, metals) for n in names)
    moved = [r for r in rows if r.better or r.partly_worse]
    signs = [r.resistance_rises for r in rows if r.resistance_rises is not None]
    either = [
        r.worse or r.resistance_rises is True
        for r in rows
        if r in moved or r.resistance_rises is not None
    ]
    worse = [p for r in rows for p in r.worse_gpa[:1]]
    statistics: tuple[Statistic, ...] = (
        share_of(
            "worse",
            "materials with a transition that become insulators or semiconductors",
            [r.worse for r in moved],
        ),
        share_of(
            "partly_worse",
            "the same, becoming a semimetal included",
            [r.partly_worse for r in moved],
        ),
        share_of("rising", "metals whose resistance rises at first compression", signs),
        share_of("either", "materials that become worse in either way", either),
        median_of("worse_gpa", "lowest pressure at which they become worse, median", "GPa", worse),
    )
    return SpacingTest(
        "T5",
        "conductors that become worse on compression",
        rows,
        statistics,
        tuple(used),
        tuple(dropped),
        NOTES,
    )


def compressed(
    name: str, transitions: Sequence[Transition], metals: Sequence[FirstCompression]
) -> CompressedMaterial:
    """T5 of one material; see ``CompressedMaterial``."""
    mine = [t for t in transitions if t.name == name]
    back = [t for t in mine if t.direction == "metal_to_insulator"]
    forth = [t for t in mine if t.direction == "insulator_to_metal"]
    signs = {m.sign for m in metals if m.name == name}
    return CompressedMaterial(
        name=name,
        better=bool(forth),
        better_gpa=_pressures(forth),
        worse_gpa=_pressures(back),
        worse=any(not t.partial for t in back),
        partly_worse=bool(back),
        searched_gpa=_pressures([t for t in mine if t.direction == "no_transition"]),
        resistance_rises=signs == {1} if len(signs) == 1 else None,
    )


def _pressures(transitions: Sequence[Transition]) -> tuple[float, ...]:
    return tuple(sorted({t.pressure_gpa for t in transitions if t.pressure_gpa is not None}))


def _check(transitions: Sequence[Transition], metals: Sequence[FirstCompression]) -> None:
    for t in transitions:
        if t.direction not in DIRECTIONS:
            raise InputError(f"{t.name}: direction {t.direction!r}; known: {', '.join(DIRECTIONS)}")
    for m in metals:
        if m.sign not in (1, -1):
            raise InputError(f"{m.name}: sign {m.sign} must be 1 or -1")
