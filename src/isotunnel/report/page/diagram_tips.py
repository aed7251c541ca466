"""What a diagram's page tells of each region, curve and mark when it is pointed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from isotunnel.diagrams import Diagram, Panel
from isotunnel.diagrams.axes import Axis
from isotunnel.diagrams.boundaries import Boundary
from isotunnel.diagrams.phase_lines import PhaseLine
from isotunnel.diagrams.regions import Region, common_text
from isotunnel.diagrams.theory_plane import CANNOT_SAY, WORDS
from isotunnel.measured.points import KINDS, MeasuredPoint
from isotunnel.report import text
from isotunnel.report.figures.diagram.style import UNDECIDED_WORDS
from isotunnel.report.page.measured_points import pressure_words, temperature_words

_MOST_PARAMETERS = 4
_LONGEST = 150


def panel_tips(diagram: Diagram, panel: Panel) -> dict[str, dict[str, Any]]:
    """By the id that ``panel_figure`` gives a drawn thing: its name, lines of words, and curve."""
    found = {f"region{n}": _region(panel, r) for n, r in enumerate(panel.regions)}
    found |= {f"boundary{n}": _boundary(panel, b) for n, b in enumerate(panel.boundaries)}
    found |= {f"line{n}": _phase_line(line) for n, line in enumerate(diagram.lines)}
    found |= {f"point{n}": _point(diagram, panel, p) for n, p in enumerate(diagram.points)}
    return found


def axis_facts(axis: Axis) -> dict[str, Any]:
    """What turns a place on an axis into its value."""
    return {"low": axis.low, "high": axis.high, "log": axis.log}


def state_words(state: str | None, undecided: bool = False) -> str:
    """A state as a person reads it."""
    return UNDECIDED_WORDS if undecided else WORDS[state or CANNOT_SAY]


def span(values: Sequence[float], unit: str) -> str:
    """From where to where, with the unit."""
    low, high = text.number(min(values), digits=3), text.number(max(values), digits=3)
    return f"{low} {unit}" if low == high else f"{low} to {high} {unit}"


def _tip(name: str, words: Iterator[str], kind: str) -> dict[str, Any]:
    return {"name": name, "words": [text.shortened(w, _LONGEST) for w in words if w], "kind": kind}


def _region(panel: Panel, region: Region) -> dict[str, Any]:
    label = region.label
    name = state_words(label.state, label.undecided)
    if label.extrapolated:
        name += ", extrapolated"

    def words() -> Iterator[str]:
        yield f"{span(region.pressure_gpa, 'GPa')}, {span((*region.low_k, *region.high_k), 'K')}"
        own = [r.text for r in panel.reasons if r.key == label.key]
        yield own[0] if own else common_text([part.reason for part in region.labels])
        yield from _parameters(panel)

    return _tip(name, words(), "region")


def _parameters(panel: Panel) -> Iterator[str]:
    """The first parameters that the theory rests on, with their sources."""
    for phase, used in panel.used[:_MOST_PARAMETERS]:
        value = text.with_error(used.value, used.error, used.unit)
        yield f"{used.name} ({phase}) = {value}: {used.source}"
    if len(panel.used) > _MOST_PARAMETERS:
        yield f"and {len(panel.used) - _MOST_PARAMETERS} more parameters, in the table below"


def _boundary(panel: Panel, boundary: Boundary) -> dict[str, Any]:
    sides = [state_words(s) for s in (boundary.colder, boundary.hotter)]
    across = "lower and higher pressure" if boundary.wall else "colder and hotter"
    known = [
        (low, high)
        for low, high in zip(boundary.low_k, boundary.high_k, strict=True)
        if low is not None and high is not None
    ]

    def words() -> Iterator[str]:
        yield f"{sides[0]} | {sides[1]} ({across})"
        yield span(boundary.pressure_gpa, "GPa")
        if known:
            widest = max(high - low for low, high in known) / 2
            yield f"one standard deviation: up to ± {text.number(widest, 'K', digits=2)}"
        elif not boundary.wall:
            yield "error not known"
        yield from (f"rests on: {item.words} ({item.source})" for _, item in panel.inputs or ())

    tip = _tip(f"boundary by {panel.title}", words(), "curve")
    return tip | _curve(boundary.pressure_gpa, boundary.temperature_k)


def _phase_line(line: PhaseLine) -> dict[str, Any]:
    def words() -> Iterator[str]:
        yield f"{line.kind}, {line.quality}"
        yield f"{span(line.pressure_gpa, 'GPa')}, {span(line.temperature_k, 'K')}"
        if line.uncertainty is not None:
            yield f"uncertainty {line.uncertainty:g}"
        yield f"source: {line.source}"
        yield line.note

    return _tip(line.name, words(), "curve") | _curve(line.pressure_gpa, line.temperature_k)


def _curve(pressures: Sequence[float], temperatures: Sequence[float]) -> dict[str, Any]:
    """Points by which the page finds it; ``rising`` where each pressure has one temperature."""
    digits = [[float(f"{v:.4g}") for v in values] for values in (pressures, temperatures)]
    rising = digits[0][0] < digits[0][-1] and all(b >= a for a, b in pairwise(digits[0]))
    return {"pressures": digits[0], "temperatures": digits[1], "rising": rising}


def _point(diagram: Diagram, panel: Panel, point: MeasuredPoint) -> dict[str, Any]:
    contradiction = diagram.contradiction(panel, point)

    def words() -> Iterator[str]:
        yield point.label
        yield f"{pressure_words(point)} GPa, {temperature_words(point)}"
        yield f"{point.row}, grade {point.grade}"
        yield f"source: {point.source}"
        yield f"{panel.title}: {diagram.prediction(panel, point)}"

    tip = _tip(KINDS[point.kind], words(), "point")
    return tip if contradiction is None else tip | {"contradicts": contradiction.words}
