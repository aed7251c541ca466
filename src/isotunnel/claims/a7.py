"""A7: does electron-phonon pairing die at high temperature, below the Tc that are seen?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from isotunnel.claims.a9 import Superconductor
from isotunnel.claims.a9 import gather as gather_landmarks
from isotunnel.claims.shared.predictions import tc
from isotunnel.crystal.families import family_of, is_phonon_family
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import share
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL, YOURS
from isotunnel.scorecard.figure_data import Line, Mark, Picture
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Case, Sample, median_value
from isotunnel.theories import MaterialData, Theory, rival

HIGH_K = 39.0
"""Above this Tc a superconductor counts as high: MgB2's, once taken for the phonons' limit."""
HOT_K = 100.0
"""Substances above this Tc are the class that is asked for the highest one."""
LEAST_TC_K = 0.1
"""Below, Tc hangs on mu* exponentially and says little."""
COMPUTED = "calculated"
"""Kind of coupling that predicts. Measured ones are mostly inverted from tunnelling into the
superconductor itself, so that they hold what is to be predicted."""
COUPLINGS = ("allen_dynes", "mcmillan")
"""In this order: McMillan's formula where no logarithmic frequency is known."""
NO_TC = math.log(100.0)
"""What a predicted Tc of zero counts as, of a superconductor: off by a factor of a hundred."""


@dataclass(frozen=True)
class Predicted:
    """Tc of a phase: measured, and by computed electron-phonon parameters that do not know it.

    ``predicted`` is by side; of a side that cannot say, ``silent`` holds the reason instead.
    """

    phase: str
    measured_k: float
    predicted: tuple[tuple[str, float], ...]
    row: RowUsed
    silent: tuple[tuple[str, str], ...] = ()

    def by(self, side: str) -> float | None:
        """The Tc of a side."""
        return dict(self.predicted).get(side)


@dataclass(frozen=True)
class Rows:
    """Predicted phases, established landmarks, rows left out of each.

    ``with_yours`` says whether a user's theory is judged too.
    """

    phases: tuple[Predicted, ...]
    landmarks: tuple[Superconductor, ...]
    dropped: tuple[RowDropped, ...]
    undated: tuple[RowDropped, ...]
    with_yours: bool = False


def gather(sources: Sources) -> Rows:
    """The catalogue's computed couplings, no parameter fitted to Tc, and the landmarks."""
    found, dropped = [], []
    for substance in (s.without_fits() for s in sources.substances()):
        for name, phase in zip(substance.phase_names, substance.phases, strict=True):
            label = f"{substance.name} ({name})"
            try:
                found.append(_predicted(label, phase, sources.yours))
            except CannotSay as reason:
                dropped.append(RowDropped("catalogue", label, label, str(reason)))
    landmarks = gather_landmarks(sources)
    given = sources.yours is not None
    return Rows(tuple(found), landmarks.materials, tuple(dropped), landmarks.dropped, given)


def measure(rows: Rows) -> tuple[tuple[str, Measurement], ...]:
    """The ceiling, the typical error, and the share of high Tc that the theory reaches."""
    yours = [(YOURS, _size(rows, YOURS))] if rows.with_yours else []
    return ((PAPER, _ceiling(rows)), (RIVAL, _size(rows, RIVAL)), *yours, (RIVAL, _reach(rows)))


def picture(rows: Rows) -> Picture:
    """Predicted against measured Tc."""
    largest = max((p.measured_k for p in rows.phases), default=1.0)
    marks = [
        Mark(p.phase, value, value, value, p.measured_k, name)
        for p in rows.phases
        for side, name in ((RIVAL, "electron-phonon"), (YOURS, "your theory"))
        if (value := p.by(side)) is not None and value > 0
    ]
    return Picture(
        title="Critical temperatures from electron-phonon couplings that do not know them",
        x_axis="Measured Tc (K)",
        y_axis="Predicted Tc (K)",
        marks=tuple(marks),
        lines=(Line("equal", points=((LEAST_TC_K, LEAST_TC_K), (largest, largest))),),
        log_x=True,
        log_y=True,
    )


def _predicted(label: str, phase: MaterialData, yours: Theory | None) -> Predicted:
    if phase.tc_k is None or phase.tc_k.value < LEAST_TC_K:
        raise CannotSay(f"no measured Tc above {LEAST_TC_K:g} K")
    coupling = phase.lambda_ep
    if coupling is None:
        raise CannotSay("no coupling that was not fitted to Tc")
    if coupling.kind != COMPUTED:
        raise CannotSay("its coupling was taken from measurements on itself, not computed")
    blind = phase.without_tc()
    predicted, silent = [], []
    reasons = []
    for theory in (rival(c) for c in COUPLINGS):
        answer = tc(theory, blind, phase.reference_pressure_gpa)
        if answer.cannot_say is None:
            predicted.append((RIVAL, answer.value))
            break
        reasons.append(answer.cannot_say)
    else:
        silent.append((RIVAL, "; ".join(reasons)))
    if yours is not None:
        answer = tc(yours, blind, phase.reference_pressure_gpa)
        if answer.cannot_say is None:
            predicted.append((YOURS, answer.value))
        else:
            silent.append((YOURS, answer.cannot_say))
    if not predicted:
        raise CannotSay("; ".join(reason for _, reason in silent))
    row = RowUsed("catalogue", f"{label}:lambda_ep", f"{label}, coupling", coupling.source)
    return Predicted(label, phase.tc_k.value, tuple(predicted), row, tuple(silent))


def _ceiling(rows: Rows) -> Measurement:
    hot = [p for p in rows.phases if p.measured_k > HOT_K and p.by(RIVAL)]
    if not hot:
        return Measurement.refused("ceiling", "no substance this hot has a coupling", rows.dropped)
    highest = max(p.measured_k for p in hot)
    values = [(p.by(RIVAL) or math.nan) for p in hot]
    ratio = max(values) / highest
    each = [v / p.measured_k for v, p in zip(values, hot, strict=True)]
    used = tuple(p.row for p in hot)
    low, high = min(ratio, *each), max(ratio, *each)
    return Measurement("ceiling", ratio, low, high, used, rows.dropped, range_of=len(hot))


def _size(rows: Rows, side: str) -> Measurement:
    judged = [(p, v) for p in rows.phases if (v := p.by(side)) is not None]
    dropped = rows.dropped + tuple(
        RowDropped("catalogue", p.phase, p.phase, reason)
        for p in rows.phases
        for who, reason in p.silent
        if who == side
    )
    if not judged:
        return Measurement.refused("size", "it predicts no Tc of the catalogue", dropped)
    cases = tuple(Case(p.phase, (_off(v, p.measured_k),)) for p, v in judged)
    used = [p.row for p, _ in judged]
    return Measurement.of("size", Sample(cases, median_value), used, dropped)


def _off(predicted_k: float, measured_k: float) -> float:
    """|ln(predicted/measured)|."""
    return abs(math.log(predicted_k / measured_k)) if predicted_k > 0 else NO_TC


def _reach(rows: Rows) -> Measurement:
    high = [m for m in rows.landmarks if m.tc_k > HIGH_K]
    if not high:
        return Measurement.refused("reach", f"no landmark above {HIGH_K:g} K", rows.undated)
    covered = sum(is_phonon_family(family_of(m.material)) for m in high)
    used = tuple(m.row for m in high)
    return Measurement("reach", *share(covered, len(high)), used, rows.undated)
