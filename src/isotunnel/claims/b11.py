"""B11: are the boundaries of a substance's electrical states spacings?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from isotunnel.claims.shared.measured_states import WARM_K, MeasuredState, measured_states
from isotunnel.errors import CannotSay, InputError
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import Interval, bootstrap, share
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL, YOURS
from isotunnel.scorecard.figure_data import Picture
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Case, Sample, share_right
from isotunnel.substances import Substance
from isotunnel.theories import Theory, rival
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR
from isotunnel.theories.tunnel import TunnelSpacing

PAIRINGS = ("allen_dynes", "mcmillan")
NORMAL = "bloch_grueneisen"
KINDS = (SUPERCONDUCTOR, METAL, INSULATOR)
GUESS = "saying metal always"


@dataclass(frozen=True)
class Said:
    """What one side says of a measured state; None and why where it cannot."""

    point: MeasuredState
    side: str
    state: str | None
    reason: str


@dataclass(frozen=True)
class Rows:
    """Every answer of every side."""

    said: tuple[Said, ...]


def gather(sources: Sources) -> Rows:
    """Measured states of the catalogue's substances, and what each side says of them."""
    known = sources.substances()
    by_name = {s.name: s for s in known}
    blind = {name: _blind(s) for name, s in by_name.items()}
    said = []
    for point in measured_states(sources, known):
        state, reason = _answer(TunnelSpacing(), by_name[point.substance], point)
        said.append(Said(point, PAPER, state, reason))
        state, reason = _standard(blind[point.substance], point)
        said.append(Said(point, RIVAL, state, reason))
        if sources.yours is not None:
            state, reason = _answer(sources.yours, blind[point.substance], point)
            said.append(Said(point, YOURS, state, reason))
    return Rows(tuple(said))


def measure(rows: Rows) -> tuple[tuple[str, Measurement], ...]:
    """What is right of the telling states, and of metals at room temperature, apart."""
    sides = [PAPER, RIVAL]
    if any(s.side == YOURS for s in rows.said):
        sides.append(YOURS)
    return (
        *((side, _telling(rows, side)) for side in sides),
        *((side, _ambient(rows, side)) for side in sides),
    )


def picture(rows: Rows) -> Picture:
    """Measured states against what each side says, and against saying metal always."""
    counts: Counter[tuple[str, str]] = Counter()
    for said in rows.said:
        answer = said.state or "cannot say"
        counts[_named(said.point), f"{said.side}: {answer}"] += 1
        if said.side == PAPER:
            counts[_named(said.point), f"guess: always {METAL}"] += 1
    return Picture(
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
    if point.state == METAL:
        where = "cold or pressed" if point.telling else "at room temperature and pressure"
        return f"measured {METAL}, {where}"
    return f"measured {point.state}"


def _telling(rows: Rows, side: str) -> Measurement:
    """Balanced accuracy, substances resampled as a whole."""
    judged, dropped = _answered(rows, side, telling=True)
    if not judged:
        return Measurement.refused("telling", "it says nothing of any telling state", dropped)
    sample = Sample(tuple(_case(s) for s in judged), _balanced, True, GUESS)
    return Measurement.of("telling", sample, [s.point.row for s in judged], dropped)


def _ambient(rows: Rows, side: str) -> Measurement:
    """Share of metals at room temperature and pressure that are called metals."""
    judged, dropped = _answered(rows, side, telling=False)
    if not judged:
        reason = "it says nothing of any metal at room temperature"
        return Measurement.refused("ambient", reason, dropped)
    sample = Sample(tuple(_case(s) for s in judged), share_right, True, GUESS)
    return Measurement.of("ambient", sample, [s.point.row for s in judged], dropped)


def _answered(rows: Rows, side: str, *, telling: bool) -> tuple[list[Said], tuple[RowDropped, ...]]:
    """What a side says of the points of a part, and those of which it says nothing."""
    mine = [s for s in rows.said if s.side == side and s.point.telling == telling]
    dropped = tuple(
        RowDropped(s.point.row.table, s.point.row.row, s.point.substance, s.reason)
        for s in mine
        if s.state is None
    )
    return [s for s in mine if s.state is not None], dropped


def _case(said: Said) -> Case:
    """Whether it is right, and the kind of the measured state."""
    point = said.point
    where = f"{point.pressure_gpa:g} GPa, {point.temperature_k:g} K"
    key = f"{point.substance}, {point.state} at {where} ({point.row.row})"
    values = (float(said.state == point.state), float(KINDS.index(point.state)))
    return Case(key, values, point.substance, float(point.state == METAL))


def _balanced(cases: Sequence[Case]) -> Interval:
    """Mean over the kinds of state of the share right, with its interval.

    Raises:
        CannotSay: all states are of one kind, so that guessing it would be right throughout.
    """
    right, kinds = ([c.values[i] for c in cases] for i in (0, 1))
    every = len(set(kinds))
    if every < 2:
        raise CannotSay("all states on which something is said are of one kind")
    groups = [c.group for c in cases]
    found = bootstrap([right, kinds], lambda r, k: balanced(r, k, every), groups=groups)
    return _widened(found, right, kinds)


def _blind(substance: Substance) -> Substance:
    """Without what was fitted to slopes, and without Tc of all phases but the first that has one.

    The spacing-only diagram is given that one Tc and nothing more; so is the rival. That a phase
    was seen to insulate is not told either, for such sightings are judged.
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
    """Superconductor by the pairing theory that can say, else the normal state by the gap."""
    reason = ""
    if point.temperature_k < WARM_K:
        for name in PAIRINGS:
            state, reason = _answer(_theory(name), substance, point)
            if state is not None:
                return state, reason
        normal, why = _answer(_theory(NORMAL), substance, point)
        return (normal, why) if normal == INSULATOR else (None, reason)
    return _answer(_theory(NORMAL), substance, point)


@lru_cache(maxsize=8)
def _theory(name: str) -> Theory:
    return rival(name)


def _widened(found: Interval, right: list[float], kinds: list[float]) -> Interval:
    """The interval, no narrower than the exact ones of each kind averaged.

    A bootstrap of three points that are all right knows no doubt; an exact interval does.
    """
    value, low, high = found
    each = [
        share(
            int(sum(r for r, k in zip(right, kinds, strict=True) if k == kind)), kinds.count(kind)
        )
        for kind in sorted(set(kinds))
    ]
    exact_low = float(np.mean([e[1] for e in each]))
    exact_high = float(np.mean([e[2] for e in each]))
    return value, min(low, exact_low), max(high, exact_high)


def balanced(right: NDArray[np.float64], kinds: NDArray[np.float64], every: int) -> float:
    """Mean over kinds of the share right; NaN where not all ``every`` kinds occur."""
    found = np.unique(kinds)
    if len(found) < every:
        return float("nan")
    return float(np.mean([np.mean(right[kinds == k]) for k in found]))
