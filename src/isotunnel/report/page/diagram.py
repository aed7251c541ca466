"""The page of a phase diagram: figure, what was measured, what each theory assumes and rests on."""

from __future__ import annotations

import math
import re
from typing import Any

from isotunnel.diagrams import Diagram, Panel
from isotunnel.diagrams.theory_plane import WORDS
from isotunnel.measured.contradiction import PRESSURE_SHARE, TC_SHARE, TRANSITION_SHARE
from isotunnel.measured.points import KINDS, MeasuredPoint
from isotunnel.report import text
from isotunnel.report.figures.diagram.caption import reasons_by_letter
from isotunnel.report.figures.diagram.figure import (
    legend_figure,
    letters_drawn,
    panel_box,
    panel_figure,
)
from isotunnel.report.figures.inline import inline_svg
from isotunnel.report.page.diagram_tips import (
    axis_facts,
    panel_tips,
    span,
)
from isotunnel.report.page.layout import document
from isotunnel.report.page.measured_points import pressure_words, temperature_words
from isotunnel.report.page.overview import HYPOTHESIS
from isotunnel.report.page.templates import fill
from isotunnel.theories.calibration import PutIn


def diagram_page(diagram: Diagram) -> str:
    """The HTML text, with a figure for each theory in it."""
    marks = letters_drawn(diagram)
    body = fill(
        "diagram.html",
        diagram=diagram,
        facts=_facts(diagram),
        hypothesis=HYPOTHESIS,
        figures=[_figure(diagram, n, marks) for n in range(len(diagram.panels))],
        legend=inline_svg(lambda: legend_figure(diagram), "legend", "legend of the figures"),
        letters=list(reasons_by_letter(diagram.panels, marks).items()),
        measured=[_measured(diagram, point) for point in diagram.points],
        distance=f"{TC_SHARE:.0%}, {PRESSURE_SHARE:.0%}, {TRANSITION_SHARE:.0%}".split(", "),
        states=list(WORDS.values()),
        shares=_shares(diagram),
        theories=[_theory(panel) for panel in diagram.panels],
    )
    tips = [panel_tips(diagram, panel) for panel in diagram.panels]
    axes = {
        "pressures": axis_facts(diagram.pressures),
        "temperatures": axis_facts(diagram.temperatures),
        "box": panel_box(),
    }
    script = fill(
        "diagram_script.html",
        tips=text.json_for_script(tips),
        axes=text.json_for_script(axes),
    )
    return document(f"{diagram.name}: phase diagram", body, script, "diagram.css")


def _figure(diagram: Diagram, place: int, marks: dict[str, str]) -> tuple[str, str, int]:
    """Title, drawing and number of contradictions of a panel."""
    panel = diagram.panels[place]
    label = f"{diagram.name} by {panel.title}: temperature against pressure"
    drawing = inline_svg(lambda: panel_figure(diagram, panel, marks), f"panel{place}", label)
    return panel.title, drawing, len(diagram.contradictions[panel.theory])


def _facts(diagram: Diagram) -> list[str]:
    p, t = diagram.pressures, diagram.temperatures
    return [
        f"{text.number(p.low)} to {text.number(p.high)} GPa",
        f"{text.number(t.low)} to {text.number(t.high)} K",
        f"{len(diagram.panels)} theories" if len(diagram.panels) != 1 else "one theory",
        f"{len(diagram.points)} measured points",
    ]


def _measured(diagram: Diagram, point: MeasuredPoint) -> dict[str, Any]:
    """A measured point with what each theory has there."""
    theories = []
    for panel in diagram.panels:
        found = diagram.contradiction(panel, point)
        wrong = None if found is None else found.claim
        theories.append((panel.title, diagram.prediction(panel, point), wrong))
    return {
        "kind": KINDS[point.kind],
        "point": point,
        "pressure": pressure_words(point),
        "temperature": temperature_words(point),
        "theories": theories,
    }


def _n(value: float) -> str:
    return text.number(value)


def _shares(diagram: Diagram) -> list[list[str]]:
    return [
        [panel.title, *(f"{100 * panel.shares.get(s, 0.0):.0f} %" for s in WORDS)]
        for panel in diagram.panels
    ]


def _theory(panel: Panel) -> dict[str, Any]:
    return {
        "anchor": re.sub("[^a-z0-9]+", "-", panel.theory.lower()),
        "title": panel.title,
        "assumptions": panel.assumptions,
        "notes": panel.notes,
        "inputs": _put_in(panel),
        "reasons": _reasons(panel),
        "parameters": _parameters(panel),
        "references": panel.references,
    }


def _reasons(panel: Panel) -> list[list[str]]:
    return [
        [
            r.text,
            f"{100 * r.share:.1f} %",
            f"{span(r.pressures_gpa, 'GPa')}, {span(r.temperatures_k, 'K')}",
        ]
        for r in panel.reasons
    ]


def _parameters(panel: Panel) -> list[list[str]]:
    return [
        [
            phase,
            u.name,
            text.with_error(u.value, u.error, u.unit),
            "not stated" if u.error is None else _n(u.error),
            u.source,
        ]
        for phase, u in panel.used
    ]


def _put_in(panel: Panel) -> list[list[str]] | None:
    """What the theory was given; None where it does not tell."""
    if panel.inputs is None:
        return None
    return [[item.words, _where(item), phases, item.source] for phases, item in panel.inputs]


def _where(item: PutIn) -> str:
    start, end = _n(item.pressure_gpa), item.pressure_end_gpa
    pressure = f"{start} GPa"
    if end is not None:
        pressure = f"{start} GPa and above" if end == math.inf else f"{start} to {_n(end)} GPa"
    if item.temperature_k is None:
        return f"{pressure}, every temperature"
    return f"{pressure}, {text.with_error(item.temperature_k, item.error_k, 'K')}"
