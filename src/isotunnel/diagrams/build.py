"""The electrical phase diagram of a substance under several theories, with what was measured."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from isotunnel.diagrams.axes import Axis, pressure_axis, temperature_axis
from isotunnel.diagrams.calibration_marks import inputs_of
from isotunnel.diagrams.contradictions import contradictions
from isotunnel.diagrams.isobar import find_isobar
from isotunnel.diagrams.label import Sampler
from isotunnel.diagrams.phase_lines import PhaseLine, PhaseMap, phase_lines, phase_map
from isotunnel.diagrams.refinement import sweep
from isotunnel.diagrams.samplers import NormalSampler, bare, sampler_of
from isotunnel.diagrams.theory_plane import Panel, make_panel
from isotunnel.diagrams.unknown_melting import UnknownMelting, unknown_melting
from isotunnel.errors import CannotSay, InputError
from isotunnel.matter import material, melting_temperature
from isotunnel.measured.contradiction import Contradiction
from isotunnel.measured.points import STATES, Measured, MeasuredPoint, measured_points
from isotunnel.notebook import ShownInNotebooks
from isotunnel.substances import Substance, substance
from isotunnel.theories.base import Theory, Used
from isotunnel.theories.parameters import MaterialData
from isotunnel.units import ROOM_K

COLD_K = 0.03
WARM_K = 1.0
"""Where a logarithmic temperature axis starts: between these, a thirtieth of the lowest Tc."""

LEAST_GPA = 100.0
SHORTEST_GPA = 5.0
"""A substance first known above this gets an axis that starts later than 0."""
HIGH_GPA, CROWD = 10.0, 4
"""So many events above that pressure crowd on a logarithmic axis."""

OF_TC = ("tc", "tc_somewhere", "claim", "tc_slope")
"""Kinds of measured points that are compared with a theory's Tc."""

_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0)


@dataclass(frozen=True)
class Diagram(ShownInNotebooks):
    """Pressure against temperature for one substance.

    Attributes:
        name, title: of the substance.
        pressures, temperatures: the axes.
        panels: one per theory.
        lines: conventional phase lines.
        phases: the conventional phases on a grid, None where nothing is tabulated.
        points: measured points.
        dropped: rows of measured tables that were not drawn, with reasons.
        notes: what a reader should know.
        melting_unknown: parts of the plane in which a theory gives a state to a crystal of which
            nobody knows whether it has melted.
    """

    name: str
    title: str
    pressures: Axis
    temperatures: Axis
    panels: tuple[Panel, ...]
    lines: tuple[PhaseLine, ...]
    phases: PhaseMap | None
    points: tuple[MeasuredPoint, ...]
    dropped: tuple[str, ...]
    notes: tuple[str, ...]
    melting_unknown: tuple[UnknownMelting, ...] = ()

    def panel(self, theory: str) -> Panel:
        """The panel of a theory.

        Raises:
            InputError: it is not in this diagram.
        """
        for panel in self.panels:
            if panel.theory == theory:
                return panel
        known = ", ".join(p.theory for p in self.panels)
        raise InputError(f"this diagram has no theory {theory!r}; it has {known}")

    def asked_at(self, point: MeasuredPoint) -> tuple[float, float]:
        """Where theories are asked about a measured point, moved onto the axes.

        At room temperature where the point's was not stated.
        """
        p, t = self.pressures, self.temperatures
        given = ROOM_K if point.temperature_k is None else point.temperature_k
        return min(max(point.pressure_gpa, p.low), p.high), min(max(given, t.low), t.high)

    def prediction(self, panel: Panel, point: MeasuredPoint) -> str:
        """The prediction of a theory where something was measured.

        Its Tc for a measured Tc, its slope for a measured slope, else its state; "(put in)" where
        it was given that and does not predict it, "(fitted to it)" where a parameter was.
        """
        p, t = self.asked_at(point)
        if point.kind == "tc_slope" and point.pressure_end_gpa is not None:
            found = panel.slope_remark(p, min(point.pressure_end_gpa, self.pressures.high))
            if found is not None:
                return found
        given = panel.input_of(point)
        fitted = given is not None and given.kind == "parameter"
        error = given is None or fitted or given.error_k is not None
        said = panel.prediction_at(p, t, tc=point.kind in OF_TC, error=error)
        if not self.put_in(panel, point):
            return said
        return f"{said} (fitted to it)" if fitted else f"{said} (put in)"

    def put_in(self, panel: Panel, point: MeasuredPoint) -> bool:
        """Whether what a theory says at a measured point was put into it."""
        p, t = self.asked_at(point)
        says_tc = point.kind in OF_TC and panel.critical_at(p).cannot_say is None
        state = panel.state_at(p, t)
        if panel.input_of(point) is not None:
            return says_tc or state is not None
        return not says_tc and panel.state_put_in(state, p)

    @cached_property
    def contradictions(self) -> dict[str, tuple[Contradiction, ...]]:
        """By theory, the measured points that it contradicts, and how."""
        return {panel.theory: contradictions(panel, self.points) for panel in self.panels}

    def contradiction(self, panel: Panel, point: MeasuredPoint) -> Contradiction | None:
        """How a theory contradicts a measured point, None where it does not."""
        return next((c for c in self.contradictions[panel.theory] if c.point == point), None)

    @property
    def compared(self) -> tuple[dict[str, Any], ...]:
        """Each measured point with what the theories have there, and which were given it."""
        return tuple(
            {
                **vars(p),
                "theories_say": {q.theory: self.prediction(q, p) for q in self.panels},
                "put_into": [q.theory for q in self.panels if self.put_in(q, p)],
                "contradicted": {
                    q.theory: found.words
                    for q in self.panels
                    if (found := self.contradiction(q, p)) is not None
                },
            }
            for p in self.points
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON. Keys: ``isotunnel.schemas.diagram``."""
        from isotunnel.schemas import document
        from isotunnel.schemas.diagram import Diagram as Shape

        return document(Shape, self)


def diagram(
    name: str | Substance,
    theories: Sequence[str | Theory] | None = None,
    *,
    pressure: tuple[float, float] | None = None,
    temperature: tuple[float, float] | None = None,
    log_pressure: bool | None = None,
    log_temperature: bool = True,
) -> Diagram:
    """The diagram of a substance under theories.

    Args:
        name: a substance of ``isotunnel.substances``, or its name.
        theories: theories or their names (``isotunnel.diagrams.theory_names``); "a+b" is a theory
            of the normal state with one of pairing. None takes those of
            ``isotunnel.diagrams.choose.usual_theories``.
        pressure: lower and upper end in GPa, within 0 to 1000; None takes all that is known.
        temperature: lower and upper end in K; None takes up to above melting and boiling.
        log_pressure: from one atmosphere (1e-4 GPa) where it would start at 0; this shows gas and
            liquid. None takes a linear axis where much happens above 10 GPa.
        log_temperature: from 0.03 to 1 K on, by the lowest Tc, unless ``temperature`` says so.

    Raises:
        InputError: unknown substance or theory, or an impossible range.
    """
    from isotunnel.diagrams.choose import choose_theories, usual_theories

    about = substance(name) if isinstance(name, str) else name
    found = measured_points(_names(about))
    # Plain states lie wherever somebody looked; axes are for what changes.
    measured = replace(found, points=tuple(p for p in found.points if p.kind not in STATES))
    chosen = choose_theories(usual_theories(about) if theories is None else theories)
    if log_pressure is None:
        log_pressure = not _crowded(about, measured)
    pressures = pressure_axis(*(pressure or _pressures(about, measured)), log_pressure)
    low = _coldest(measured) if log_temperature else 0.0
    temperatures = temperature_axis(
        *(temperature or (low, _hottest(about, pressures))), log_temperature
    )
    shared: dict[str, NormalSampler] = {}
    asked = _asked(found.points, pressures)
    panels = tuple(
        panel(theory, about, pressures, temperatures, shared, asked) for theory in chosen
    )
    lines: tuple[PhaseLine, ...] = ()
    phases: PhaseMap | None = None
    notes = list(about.notes)
    if about.matter:
        solid = material(about.matter)
        lines = phase_lines(solid, pressures, temperatures)
        phases = phase_map(solid, pressures, temperatures)
    else:
        notes.append("no conventional phase lines are tabulated for this substance")
    unknown = tuple(
        part
        for part in unknown_melting(
            material(about.matter) if about.matter else None, pressures, temperatures
        )
        if any(_speaks_above(panel, part) for panel in panels)
    )
    notes += [part.words for part in unknown]
    notes += _outside(found.points, pressures, temperatures)
    return Diagram(
        name=about.name,
        title=about.title,
        pressures=pressures,
        temperatures=temperatures,
        panels=panels,
        lines=lines,
        phases=phases,
        points=found.points,
        dropped=found.dropped,
        notes=tuple(dict.fromkeys(notes)),
        melting_unknown=unknown,
    )


def panel(
    theory: Theory,
    about: Substance,
    pressures: Axis,
    temperatures: Axis,
    shared: dict[str, NormalSampler] | None = None,
    asked: Sequence[float] = (),
) -> Panel:
    """One theory over the plane.

    ``shared`` keeps what several theories have in common; at the pressures ``asked`` nothing is
    interpolated.
    """
    sampler: Sampler = sampler_of(theory, about, shared)
    edges = sorted({p for phase in about.phases for p in phase.stable_gpa if math.isfinite(p)})
    inputs = inputs_of(theory, about, pressures)
    exact = [*asked, *(max(i.pressure_gpa, pressures.low) for _, i in inputs or ())]
    columns = sweep(
        lambda p: find_isobar(sampler, p, temperatures),
        pressures,
        temperatures,
        breaks=tuple(edges),
        exact=exact,
    )
    used, notes = _rests_on(theory, about, pressures)
    lacking = dict.fromkeys(name for c in columns for name in c.critical.error_unknown)
    if lacking:
        notes.append(
            "the error of Tc is not known, and no band is drawn, where none is stated for "
            f"{', '.join(lacking)}"
        )
    return make_panel(theory, columns, pressures, temperatures, used, notes, inputs)


def _speaks_above(panel: Panel, part: UnknownMelting) -> bool:
    """Whether a theory gives a state to a crystal that may have melted."""
    return any(
        label.state is not None and (n == len(column.cuts) or column.cuts[n] > part.above_k)
        for column in panel.columns
        if part.low_gpa <= column.pressure_gpa <= part.high_gpa
        for n, label in enumerate(column.labels)
    )


def _asked(points: Sequence[MeasuredPoint], pressures: Axis) -> list[float]:
    """Pressures at which theories are compared with what was measured, moved onto the axis."""
    found = [p.pressure_gpa for p in points]
    found += [p.pressure_end_gpa for p in points if p.pressure_end_gpa is not None]
    return [min(max(p, pressures.low), pressures.high) for p in found]


def _names(about: Substance) -> tuple[str, ...]:
    """Names under which the measured tables may know a substance; H2 is "H" there."""
    simple = about.name.rstrip("2") if about.name in ("H2", "N2", "O2", "I2") else about.name
    return tuple(dict.fromkeys((about.name, simple, about.title, *about.aliases)))


def _rests_on(
    theory: Theory, about: Substance, pressures: Axis
) -> tuple[list[tuple[str, Used]], list[str]]:
    """Parameters and notes of one answer per phase that the axis meets."""
    used: list[tuple[str, Used]] = []
    notes: list[str] = []
    for name, phase in zip(about.phase_names, about.phases, strict=True):
        low, high = phase.stable_gpa
        if high < pressures.low or low > pressures.high:
            continue
        answer = theory.answer(bare(phase), phase.reference_pressure_gpa, 0.0)
        used += [(name, _with_error(phase, u)) for u in answer.used if u.name != "volume_ratio"]
        notes += [f"{name}: {note}" for note in answer.notes]
    return used, list(dict.fromkeys(notes))


def _with_error(phase: MaterialData, used: Used) -> Used:
    parameter = getattr(phase, used.name, None)
    return used if parameter is None else Used(used.name, parameter)


def _pressures(about: Substance, measured: Measured) -> tuple[float, float]:
    """From 0, or below the first phase known, to beyond everything known, at least 100 GPa."""
    tops = [LEAST_GPA]
    for phase in about.phases:
        tops += [p for p in phase.stable_gpa if math.isfinite(p)]
    tops += [p.pressure_end_gpa or p.pressure_gpa for p in measured.points]
    starts = [phase.stable_gpa[0] for phase in about.phases]
    starts += [p.pressure_gpa for p in measured.points]
    first = min(starts, default=0.0)
    low = 0.0 if first < SHORTEST_GPA else _round_up(first / 2)
    return low, min(_round_up(max(tops)), 1000.0)


def _crowded(about: Substance, measured: Measured) -> bool:
    """True where so much happens at high pressure that a logarithmic axis would crowd it."""
    places = [p for phase in about.phases for p in phase.stable_gpa if math.isfinite(p)]
    places += [p.pressure_gpa for p in measured.points]
    if about.matter:
        places += [t.p0_gpa for t in material(about.matter).transitions if t.variable == "pressure"]
    return len({round(p) for p in places if p > HIGH_GPA}) >= CROWD


def _coldest(measured: Measured) -> float:
    """Below the Tc that were measured on the whole; single colder ones are marked at the edge."""
    found = [p.temperature_k / 30 for p in measured.points if p.temperature_k]
    return min(max(min(found, default=WARM_K), COLD_K), WARM_K)


def _hottest(about: Substance, pressures: Axis) -> float:
    """Above boiling and melting."""
    tops = [400.0]
    if about.matter:
        solid = material(about.matter)
        tops += [t for t in (solid.boiling_k, solid.melting_k, solid.critical_k) if t]
        for p in pressures.values(5):
            try:
                tops.append(melting_temperature(solid, float(p)).temperature_k)
            except (CannotSay, InputError):
                continue
    return _round_up(1.2 * max(tops))


def _round_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next(r * power for r in _ROUND if r * power >= value * (1 - 1e-9))


def _outside(points: Sequence[MeasuredPoint], pressures: Axis, temperatures: Axis) -> list[str]:
    """Points beyond the axes, told in words."""
    found = []
    for point in points:
        if point.pressure_gpa > pressures.high:
            found.append(f"beyond the pressure axis: {point.label}")
        elif point.temperature_k is not None and not temperatures.holds(point.temperature_k):
            found.append(f"beyond the temperature axis: {point.label}")
    return found
