"""B11: are the boundaries of a substance's electrical states spacings?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache

from isotunnel.claims.shared.balanced_share import balanced_share
from isotunnel.claims.shared.measured_states import WARM_K, MeasuredState, measured_states
from isotunnel.errors import CannotSay, InputError
from isotunnel.evidence.sources import Sources
from isotunnel.scorecard.claim import PAPER, RIVAL, USER
from isotunnel.scorecard.figure_data import FigureData
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import (
    GUESS,
    Gathered,
    Sample,
    answered,
    dropped_for,
    is_asked,
    share_right,
)
from isotunnel.substances import Substance
from isotunnel.theories import Theory, rival
from isotunnel.theories.base import INSULATOR, METAL
from isotunnel.theories.superconducting.allen_dynes import AllenDynes
from isotunnel.theories.superconducting.mcmillan import McMillan
from isotunnel.theories.tunnel import TunnelSpacing

PAIRINGS: tuple[Theory, ...] = (AllenDynes(calibrated=True), McMillan(calibrated=True))
"""Anchored as the spacing-only diagram is: on the one measured Tc, where the phase has it. Points
half-way along a slope lie within a few per cent of Tc, so that a theory that must compute Tc would
be asked another question than one that is given it."""
NORMAL = "bloch_grueneisen"
GUESS_NAME = "saying metal always"


def gather(sources: Sources) -> Gathered[MeasuredState]:
    """Measured states of the catalogue's substances, and what each side predicts of them."""
    known = sources.substances()
    by_name = {s.name: s for s in known}
    blind = {name: _blind(s) for name, s in by_name.items()}
    found = []
    for point in measured_states(sources, known):
        answers = {
            PAPER: _answer(TunnelSpacing(), by_name[point.group], point),
            RIVAL: _standard(blind[point.group], point),
        }
        if sources.user_theory is not None:
            answers[USER] = _answer(sources.user_theory, blind[point.group], point)
        predicted = {side: state for side, (state, _) in answers.items() if state is not None}
        silent = {side: why for side, (state, why) in answers.items() if state is None}
        found.append(replace(point, predicted={**point.predicted, **predicted}, silent=silent))
    return Gathered(tuple(found))


def measure(rows: Gathered[MeasuredState]) -> tuple[Measurement, ...]:
    """What is right of the telling states, and of metals at room temperature, apart."""
    sides = (PAPER, RIVAL, *([USER] if is_asked(rows, USER) else []))
    telling, ambient = (
        Gathered(tuple(c for c in rows.cases if c.telling == wanted)) for wanted in (True, False)
    )
    return (
        *(_telling(telling, side) for side in sides),
        *(_ambient(ambient, side) for side in sides),
    )


def figure_data(rows: Gathered[MeasuredState]) -> FigureData:
    """Measured states against what each side predicts, and against saying metal always."""
    counts: Counter[tuple[str, str]] = Counter()
    for point in rows.cases:
        answers = {**point.predicted, **dict.fromkeys(point.silent, "cannot say")}
        guess = answers.pop(GUESS)
        for side, answer in answers.items():
            counts[_named(point), f"{side}: {answer}"] += 1
        counts[_named(point), f"guess: always {guess}"] += 1
    return FigureData(
        title="Measured states, and what each side's diagrams say there",
        y_axis="Number of points (1)",
        matrix=tuple(
            (row, column, float(n))
            for (row, column), n in sorted(counts.items(), key=lambda item: _order(*item[0]))
        ),
    )


def _order(row: str, column: str) -> tuple[str, bool, str]:
    """By row and side, the guess last."""
    return row, column.startswith("guess"), column


def _named(point: MeasuredState) -> str:
    if point.measured == METAL:
        where = "cold or pressed" if point.telling else "at room temperature and pressure"
        return f"measured {METAL}, {where}"
    return f"measured {point.measured}"


def _telling(points: Gathered[MeasuredState], side: str) -> Measurement:
    """Balanced accuracy, substances resampled as a whole."""
    sample = Sample(answered(points, side), side, balanced_share, True, GUESS_NAME)
    dropped = dropped_for(points, side)
    return Measurement.of("telling", sample, dropped, "it says nothing of any telling state")


def _ambient(points: Gathered[MeasuredState], side: str) -> Measurement:
    """Share of metals at room temperature and pressure that are called metals."""
    sample = Sample(answered(points, side), side, share_right, True, GUESS_NAME)
    reason = "it says nothing of any metal at room temperature"
    return Measurement.of("ambient", sample, dropped_for(points, side), reason)


def _blind(substance: Substance) -> Substance:
    """Without what was fitted to slopes, and without Tc of all phases but the first that has one.

    The spacing-only diagram is given that one Tc and nothing more; so is the rival. That a phase
    was seen to insulate is not given either, for such sightings are judged.
    """
    bare = substance.without_fits("dtc_dp", "elements_pressure")
    anchored = False
    phases = []
    for known in bare.phases:
        phase = replace(known, insulator="")
        if phase.tc_k is not None and phase.tc_k.value > 0 and anchored:
            phases.append(replace(phase, tc_k=None))
            continue
        anchored = anchored or (phase.tc_k is not None and phase.tc_k.value > 0)
        phases.append(phase)
    return replace(bare, phases=tuple(phases))


def _answer(theory: Theory, substance: Substance, point: MeasuredState) -> tuple[str | None, str]:
    try:
        answer = substance.answer(theory, point.pressure_gpa, point.temperature_k)
    except (CannotSay, InputError) as reason:
        return None, str(reason)
    return answer.state, answer.state_reason


def _standard(substance: Substance, point: MeasuredState) -> tuple[str | None, str]:
    """Landmark by the pairing theory that can say, else the normal state by the gap."""
    reason = ""
    if point.temperature_k < WARM_K:
        for pairing in PAIRINGS:
            state, reason = _answer(pairing, substance, point)
            if state is not None:
                return state, reason
        normal, why = _answer(_theory(NORMAL), substance, point)
        return (normal, why) if normal == INSULATOR else (None, reason)
    return _answer(_theory(NORMAL), substance, point)


@lru_cache(maxsize=8)
def _theory(name: str) -> Theory:
    return rival(name)
