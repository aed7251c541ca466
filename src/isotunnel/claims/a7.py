"""A7: does electron-phonon pairing die at high temperature, below the Tc that are seen?"""

from __future__ import annotations

from dataclasses import dataclass, field

from isotunnel.claims.a9 import Landmark, least_pressure
from isotunnel.claims.a9 import gather as gather_landmarks
from isotunnel.claims.shared.heat_jumps import heat_jumps
from isotunnel.claims.shared.hydride_pairs import hydride_pairs
from isotunnel.claims.shared.predictions import tc
from isotunnel.crystal.families import family_of, is_phonon_family
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL, USER
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import (
    Case,
    Gathered,
    Sample,
    answered,
    dropped_for,
    is_asked,
    median_off,
)
from isotunnel.theories import MaterialData, Theory, rival, theory
from isotunnel.theories.superconducting.rigid_muffin_tin import theory as rigid_muffin_tin

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


@dataclass(frozen=True)
class PhononTests:
    """Phases with a measured Tc and what each side predicts of it; hydrides with a measured and a
    published computed Tc; established landmarks; heat jumps of elements at Tc; phases with a
    measured Tc and one that was computed from their crystals alone."""

    phases: Gathered[Case]
    pairs: Gathered[Case]
    landmarks: Gathered[Landmark]
    jumps: Gathered[Case] = field(default_factory=lambda: Gathered(()))
    unaided: Gathered[Case] = field(default_factory=lambda: Gathered(()))


def gather(sources: Sources) -> PhononTests:
    """The catalogue's computed couplings, no parameter fitted to Tc, and the landmarks."""
    found, dropped = [], []
    for substance in (s.without_fits() for s in sources.substances()):
        for name, phase in zip(substance.phase_names, substance.phases, strict=True):
            label = f"{substance.name} ({name})"
            try:
                found.append(_case(label, phase, sources.user_theory))
            except CannotSay as reason:
                dropped.append(RowDropped("catalogue", label, label, str(reason)))
    phases = Gathered(tuple(found), tuple(dropped))
    pairs = hydride_pairs(sources.table("hydrides_tc"), sources.table("couplings"))
    landmarks = gather_landmarks(sources)
    return PhononTests(phases, pairs, landmarks, heat_jumps(sources), _unaided(sources))


def measure(rows: PhononTests) -> tuple[Measurement, ...]:
    """The ceiling, the typical error, the share of high Tc that is reached, and heat jumps."""
    sides = [RIVAL, *([USER] if is_asked(rows.phases, USER) else [])]
    sizes = (_size(rows.phases, side) for side in sides)
    rest = (_size(rows.unaided, RIVAL, "unaided"), _reach(rows.landmarks), _jump(rows.jumps))
    return (_ceiling(rows.pairs), *sizes, *rest)


def figure_data(rows: PhononTests) -> FigureData:
    """Predicted against measured Tc."""
    phases = rows.phases.cases
    largest = max((p.measured for p in phases), default=1.0)
    marks = [
        Mark(p.key, value, None, None, p.measured, name)
        for p in phases
        for side, name in ((RIVAL, "electron-phonon"), (USER, "your theory"))
        if (value := p.predicted.get(side)) is not None and value > 0
    ]
    return FigureData(
        title="Critical temperatures from electron-phonon couplings that do not know them",
        x_axis="Measured Tc (K)",
        y_axis="Predicted Tc (K)",
        marks=tuple(marks),
        lines=(Line("equal", points=((LEAST_TC_K, LEAST_TC_K), (largest, largest))),),
        log_x=True,
        log_y=True,
    )


def _case(label: str, phase: MaterialData, user: Theory | None) -> Case:
    """Tc of a phase: measured, and by computed electron-phonon parameters that do not know it."""
    if phase.tc_k is None or phase.tc_k.value < LEAST_TC_K:
        raise CannotSay(f"no measured Tc above {LEAST_TC_K:g} K")
    coupling = phase.lambda_ep
    if coupling is None:
        raise CannotSay("no coupling that was not fitted to Tc")
    if coupling.kind != COMPUTED:
        raise CannotSay("its coupling was taken from measurements on itself, not computed")
    blind = phase.without_tc()
    contenders = {RIVAL: tuple(rival(c) for c in COUPLINGS)}
    if user is not None:
        contenders[USER] = (user,)
    predicted: dict[str, float] = {}
    silent: dict[str, str] = {}
    for side, theories in contenders.items():
        value, reason = _first_tc(theories, blind)
        if value is None:
            silent[side] = reason
        else:
            predicted[side] = value
    if not predicted:
        raise CannotSay("; ".join(silent.values()))
    row = RowUsed("catalogue", f"{label}:lambda_ep", f"{label}, coupling", coupling.source)
    return Case(label, phase.tc_k.value, predicted, silent, (row,))


def _first_tc(theories: tuple[Theory, ...], phase: MaterialData) -> tuple[float | None, str]:
    """Tc by the first theory that can say; None and all reasons where none can."""
    reasons = []
    for asked in theories:
        answer = tc(asked, phase, phase.reference_pressure_gpa)
        if answer.cannot_say is None:
            return answer.value, ""
        reasons.append(answer.cannot_say)
    return None, "; ".join(reasons)


def _ceiling(pairs: Gathered[Case]) -> Measurement:
    hot = [p for p in pairs.cases if p.measured > HOT_K]
    if not hot:
        reason = "no superconductor this hot has a computed Tc"
        return Measurement.refused("ceiling", PAPER, reason, pairs.dropped)
    ratio = max(p.predicted[RIVAL] for p in hot) / max(p.measured for p in hot)
    each = [p.predicted[RIVAL] / p.measured for p in hot]
    used = tuple(r for p in hot for r in p.rows)
    return Measurement(
        "ceiling",
        PAPER,
        ratio,
        min(ratio, *each),
        max(ratio, *each),
        used,
        pairs.dropped,
        len(hot),
        range_of=len(hot),
        method="highest computed Tc over the highest measured one",
        values=tuple((p.key, p.shown(RIVAL)) for p in hot),
    )


def _unaided(sources: Sources) -> Gathered[Case]:
    """Tc of phases whose coupling was computed from the crystal, beside the measured one."""
    unaided = theory(rigid_muffin_tin.NAME)
    found, dropped = [], []
    for substance in (s.without_fits() for s in sources.substances()):
        for name, phase in zip(substance.phase_names, substance.phases, strict=True):
            label = f"{substance.name} ({name})"
            if phase.tc_k is None or phase.tc_k.value < LEAST_TC_K:
                reason = f"no measured Tc above {LEAST_TC_K:g} K"
                dropped.append(RowDropped("catalogue", label, label, reason))
                continue
            answer = tc(unaided, phase.without_tc(), phase.reference_pressure_gpa)
            if answer.cannot_say is not None:
                dropped.append(RowDropped("catalogue", label, label, answer.cannot_say))
                continue
            row = RowUsed("catalogue", f"{label}:tc_k", f"{label}, Tc", phase.tc_k.source)
            found.append(Case(label, phase.tc_k.value, {RIVAL: answer.value}, {}, (row,)))
    return Gathered(tuple(found), tuple(dropped))


def _size(phases: Gathered[Case], side: str, part: str = "size") -> Measurement:
    sample = Sample(answered(phases, side), side, median_off)
    dropped = dropped_for(phases, side)
    return Measurement.of(part, sample, dropped, "it predicts no Tc of the catalogue")


def _jump(jumps: Gathered[Case]) -> Measurement:
    sample = Sample(answered(jumps, RIVAL), RIVAL, median_off)
    return Measurement.of("jump", sample, jumps.dropped, "no element has a measured heat jump")


def _reach(landmarks: Gathered[Landmark]) -> Measurement:
    voters = least_pressure(landmarks, lambda m: m.compound)
    high = [m for m in voters.cases if m.tc_k > HIGH_K]
    if not high:
        reason = f"no landmark above {HIGH_K:g} K"
        return Measurement.refused("reach", RIVAL, reason, voters.dropped)
    covered = {m.material: is_phonon_family(family_of(m.material)) for m in high}
    used = tuple(m.row for m in high)
    return Measurement.of_share("reach", RIVAL, covered, used, voters.dropped)
