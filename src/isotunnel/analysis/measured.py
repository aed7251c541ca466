"""What was measured of a crystal, beside what readings and formulas say of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from isotunnel.engines.finished.calculation import BY_USER
from isotunnel.errors import CrystalError, InputError
from isotunnel.levels import ElectricalState, State, get_reading
from isotunnel.measured.composition import points_of, same_structure
from isotunnel.measured.contradiction import (
    Contradiction,
    cold_contradiction,
    tc_contradiction,
)
from isotunnel.measured.points import MeasuredPoint
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.crystal.symmetry import Symmetry
    from isotunnel.engines.base import ElectronicStructure
    from isotunnel.levels import LiftingGap
    from isotunnel.theories.hydrides.networks import TcEstimate

NEAR_SHARE = 0.1
"""Pressures within this share of the crystal's are compared with it."""

STATED_GPA, COMPUTED_GPA = 1.0, 5.0
"""The same, as an absolute distance: of a pressure that is stated with the crystal, and of one that
an engine computed for the cell, whose functional errs by some gigapascals."""

_STATES = {
    State.SUPERCONDUCTING: frozenset({SUPERCONDUCTOR}),
    State.CONDUCTING: frozenset({METAL}),
    State.INSULATING: frozenset({INSULATOR}),
}


@dataclass(frozen=True)
class Fact:
    """A measured point beside a crystal.

    Attributes:
        point: what was measured.
        same_structure: whether the sample had the crystal's structure; None where nobody can tell.
        near: whether its pressure is within reach of the crystal's.
        contradicts: by the name of a reading or formula that it contradicts, how.
    """

    point: MeasuredPoint
    same_structure: bool | None
    near: bool
    contradicts: Mapping[str, Contradiction]

    @property
    def compared(self) -> bool:
        """Whether it is held against what was computed."""
        return self.near and self.same_structure is not False


@dataclass(frozen=True)
class Prediction:
    """What a reading or formula says of a crystal at rest.

    Attributes:
        name: of the reading or formula.
        states: states that it allows; none where it is no statement of a state.
        tc_k, tc_error_k: its critical temperature, None where it gives none.
    """

    name: str
    states: frozenset[str] = frozenset()
    tc_k: float | None = None
    tc_error_k: float | None = None


@dataclass(frozen=True)
class MeasuredBeside:
    """Everything that the tables know of a crystal's composition, beside the crystal.

    Attributes:
        facts: those of its own structure and pressure first.
        pressure_gpa: the crystal's, None where nobody knows: then nothing is compared.
        low_gpa, high_gpa: pressures that are compared with it.
    """

    facts: tuple[Fact, ...]
    pressure_gpa: float | None
    low_gpa: float | None
    high_gpa: float | None

    @property
    def contradicted(self) -> dict[str, tuple[Contradiction, ...]]:
        """By reading or formula, the measurements that contradict it."""
        found: dict[str, list[Contradiction]] = {}
        for fact in self.facts:
            for name, contradiction in fact.contradicts.items():
                found.setdefault(name, []).append(contradiction)
        return {name: tuple(several) for name, several in found.items()}


def measured_beside(
    atoms: Atoms | None,
    structures: Collection[ElectronicStructure],
    gaps: Iterable[LiftingGap],
    estimates: Iterable[TcEstimate],
) -> MeasuredBeside | None:
    """The measured facts of an analysed crystal; None where its atoms are not known."""
    if atoms is None or not len(atoms):
        return None
    pressure, distance = _pressure(atoms, structures)
    said = (*_of_readings(gaps), *_of_formulas(estimates))
    return facts_beside(atoms, said, pressure, distance)


def facts_beside(
    atoms: Atoms,
    said: tuple[Prediction, ...],
    pressure_gpa: float | None,
    distance_gpa: float = STATED_GPA,
) -> MeasuredBeside:
    """The measured facts of a crystal, each with the predictions that it contradicts.

    A prediction without a temperature is compared with the coldest measurement. Facts of another
    structure, or farther away in pressure than ``distance_gpa`` and :data:`NEAR_SHARE`, are listed
    and not compared.
    """
    symmetry = _symmetry(atoms)
    pressures = None
    if pressure_gpa is not None:
        away = max(distance_gpa, NEAR_SHARE * abs(pressure_gpa))
        pressures = pressure_gpa, pressure_gpa - away, pressure_gpa + away
    points = points_of(_counts(atoms)).points
    facts = [_fact(point, points, symmetry, said, pressures) for point in points]
    facts.sort(key=lambda f: (not f.compared, f.same_structure is False))
    low, high = (None, None) if pressures is None else pressures[1:]
    return MeasuredBeside(tuple(facts), pressure_gpa, low, high)


def possible_states(reading: str, state: ElectricalState) -> frozenset[str]:
    """States that a reading allows: one that cannot see overlap leaves open what superconducts."""
    states = _STATES[state.state]
    try:
        sees = get_reading(reading).sees_overlap
    except InputError:
        sees = False
    return states | {SUPERCONDUCTOR} if METAL in states and not sees else states


def _of_readings(gaps: Iterable[LiftingGap]) -> Iterator[Prediction]:
    for gap in gaps:
        if gap.state is not None and gap.cannot_say is None:
            yield Prediction(gap.reading, possible_states(gap.reading, gap.state))


def _of_formulas(estimates: Iterable[TcEstimate]) -> Iterator[Prediction]:
    for estimate in estimates:
        if estimate.cannot_say is None:
            yield Prediction(estimate.id, tc_k=estimate.tc_k, tc_error_k=estimate.error_k)


def _pressure(
    atoms: Atoms, structures: Collection[ElectronicStructure]
) -> tuple[float | None, float]:
    """The crystal's pressure and how far it may be off."""
    for structure in structures:
        if _is_stated(structure):
            return structure.pressure_gpa, STATED_GPA
    stated = atoms.info.get("pressure_gpa")
    if stated is not None:
        return float(stated), STATED_GPA
    computed = [s.pressure_gpa for s in structures if s.pressure_gpa is not None]
    return (float(computed[0]), COMPUTED_GPA) if computed else (None, COMPUTED_GPA)


def _is_stated(structure: ElectronicStructure) -> bool:
    known = structure.pressure_gpa is not None
    return known and structure.sources.get("pressure_gpa") == BY_USER


def _symmetry(atoms: Atoms) -> Symmetry | None:
    from isotunnel.crystal import symmetry_of

    try:
        return symmetry_of(atoms)
    except CrystalError:
        return None


def _counts(atoms: Atoms) -> dict[str, int]:
    symbols = atoms.get_chemical_symbols()
    return {symbol: symbols.count(symbol) for symbol in dict.fromkeys(symbols)}


def _fact(
    point: MeasuredPoint,
    others: Sequence[MeasuredPoint],
    symmetry: Symmetry | None,
    said: tuple[Prediction, ...],
    pressures: tuple[float, float, float] | None,
) -> Fact:
    same = None
    if symmetry is not None and point.phase:
        same = same_structure(point.phase, symmetry.number, symmetry.symbol)
    if pressures is None:
        return Fact(point, same, False, {})
    _, low, high = pressures
    near = low <= (point.pressure_end_gpa or point.pressure_gpa) and point.pressure_gpa <= high
    found: dict[str, Contradiction] = {}
    for prediction in said if same is not False else ():
        wrong = _contradiction(point, others, prediction, pressures)
        if wrong is not None:
            found[prediction.name] = wrong
    return Fact(point, same, near or bool(found), found)


def _contradiction(
    point: MeasuredPoint,
    others: Sequence[MeasuredPoint],
    prediction: Prediction,
    pressures: tuple[float, float, float],
) -> Contradiction | None:
    if prediction.tc_k is not None:
        return tc_contradiction(point, prediction.tc_k, prediction.tc_error_k, *pressures[1:])
    return cold_contradiction(point, prediction.states, *pressures, others)
