"""Evaluate readings: never an exception, always a gap or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.errors import CannotSay, InputError
from isotunnel.levels.gap import LiftingGap
from isotunnel.levels.reading import Reading, TunnelThresholds
from isotunnel.levels.registry import readings as all_readings
from isotunnel.levels.state import StateRule

if TYPE_CHECKING:
    from isotunnel.engines.base import ElectronicStructure

Computed = tuple["ElectronicStructure", Mapping[str, TunnelThresholds]]
"""An engine's result and the tunnels found in its fields, by field kind."""

# Two levels that agree to rounding are the same level.
_ROUNDING = 1e-9


def evaluate(
    reading: Reading,
    structure: ElectronicStructure,
    tunnels: Mapping[str, TunnelThresholds],
    *,
    delta_c: float | None = None,
) -> LiftingGap:
    """The lifting gap that ``reading`` finds in one engine's result.

    ``delta_c`` overrides the reading's default. A reading that has no answer returns a LiftingGap
    whose ``cannot_say`` is the reason.
    """
    limit = reading.delta_c if delta_c is None else delta_c
    if not (np.isfinite(limit) and limit >= 0):
        raise InputError(f"delta_c must be a number of at least 0, got {limit!r}")
    try:
        return _gap(reading, structure, tunnels, limit)
    except CannotSay as reason:
        return _no_answer(reading, limit, str(reason))
    except Exception as error:
        # A reading may be the user's own code: its slips must not end an analysis.
        return _no_answer(
            reading, limit, f"the reading failed with {type(error).__name__}: {error}"
        )


def evaluate_first(
    reading: Reading, computed: Sequence[Computed], *, delta_c: float | None = None
) -> LiftingGap:
    """The gap from the first of several results of one crystal that the reading can use.

    Put the preferred engine first. Where none can serve, the reasons of all are listed.
    """
    if not computed:
        return _no_answer(reading, reading.delta_c, "no engine's result was given")
    answers = [
        evaluate(reading, structure, tunnels, delta_c=delta_c) for structure, tunnels in computed
    ]
    for answer in answers:
        if answer.answered:
            return answer
    reasons = dict.fromkeys(answer.cannot_say for answer in answers if answer.cannot_say)
    return _no_answer(reading, answers[0].delta_c, "; ".join(reasons))


def evaluate_all(
    computed: Sequence[Computed],
    *,
    readings: Iterable[Reading] | None = None,
    delta_c: Mapping[str, float] | None = None,
) -> tuple[LiftingGap, ...]:
    """What every reading finds, in the order of the readings (all registered ones by default).

    Args:
        computed: results of one crystal, the preferred engine first; each reading uses the first
            that it can.
        delta_c: by reading name, overrides of the defaults.
    """
    chosen = all_readings() if readings is None else tuple(readings)
    limits = delta_c or {}
    return tuple(
        evaluate_first(reading, computed, delta_c=limits.get(reading.name)) for reading in chosen
    )


def _gap(
    reading: Reading,
    structure: ElectronicStructure,
    tunnels: Mapping[str, TunnelThresholds],
    delta_c: float,
) -> LiftingGap:
    if reading.engines is not None and structure.engine not in reading.engines:
        raise CannotSay(
            f"this reading needs the {' or '.join(reading.engines)} engine, not {structure.engine}"
        )
    valence = float(reading.valence_level(structure))
    if not np.isfinite(valence):
        raise CannotSay(f"the valence level is not a finite number: {valence}")
    levels = reading.tunnel_levels(structure, tunnels)
    reached = np.isfinite(levels.values)
    if levels.escape is not None:
        margin = np.nan_to_num(levels.errors, nan=0.0) + _ROUNDING
        reached &= levels.values <= levels.escape + margin
    # Levels that are equal up to rounding (a metal's band edges) have a gap of exactly 0.
    gaps = np.where(reached, levels.values - valence, np.nan)
    gaps = np.where(np.abs(gaps) < _ROUNDING, 0.0, gaps)
    rule = StateRule(delta_c, reading.sees_overlap)
    return LiftingGap(
        reading=reading.name,
        title=reading.title,
        unit=reading.unit,
        delta_c=delta_c,
        engine=structure.engine,
        gaps=gaps,
        errors=np.where(reached, levels.errors, np.nan),
        valence_level=valence,
        tunnel_levels=levels.values,
        escape_level=levels.escape,
        dimensions=int(np.flatnonzero(reached).max()) + 1 if reached.any() else 0,
        state=rule.classify(gaps),
        note=_note(reading, bool(np.isfinite(levels.values[~reached]).any())),
    )


def _note(reading: Reading, beyond_escape: bool) -> str:
    parts = [str(getattr(reading, "note", ""))]
    if beyond_escape:
        parts.append("A tunnel that opens only above the escape level does not count.")
    return " ".join(part for part in parts if part)


def _no_answer(reading: Reading, delta_c: float, reason: str) -> LiftingGap:
    return LiftingGap(
        reading=reading.name,
        title=reading.title,
        unit=reading.unit,
        delta_c=delta_c,
        cannot_say=reason,
    )
