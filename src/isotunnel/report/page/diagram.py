"""The page of a phase diagram: figure, what was measured, what each theory assumes and rests on."""

from __future__ import annotations

import math
import re
from typing import Any

from isotunnel.diagrams import Diagram, Panel
from isotunnel.diagrams.points import KINDS, MeasuredPoint
from isotunnel.diagrams.theory_plane import WORDS
from isotunnel.report import text
from isotunnel.report.page.layout import document
from isotunnel.report.page.overview import HYPOTHESIS
from isotunnel.report.page.templates import fill
from isotunnel.theories.calibration import PutIn


def diagram_page(diagram: Diagram, svg: str) -> str:
    """The HTML text. ``svg``: the figure, a whole SVG document, put into the page as it is."""
    body = fill(
        "diagram.html",
        diagram=diagram,
        facts=_facts(diagram),
        hypothesis=HYPOTHESIS,
        figure=inline(svg),
        titles=[panel.title for panel in diagram.panels],
        measured=_measured(diagram),
        states=list(WORDS.values()),
        shares=_shares(diagram),
        theories=[_theory(panel) for panel in diagram.panels],
    )
    return document(f"{diagram.name}: phase diagram", body)


def inline(svg: str) -> str:
    """An SVG document as an element of a page: no declaration, as wide as the page allows."""
    start = svg.index("<svg")
    element = svg[start:]
    head, rest = element.split(">", 1)
    head = re.sub(r'\s(width|height)="[^"]*"', "", head)
    return f'{head} role="img" aria-label="phase diagram" style="width:100%;height:auto">{rest}'


def _facts(diagram: Diagram) -> list[str]:
    p, t = diagram.pressures, diagram.temperatures
    return [
        f"{text.number(p.low)} to {text.number(p.high)} GPa",
        f"{text.number(t.low)} to {text.number(t.high)} K",
        f"{len(diagram.panels)} theories" if len(diagram.panels) != 1 else "one theory",
        f"{len(diagram.points)} measured points",
    ]


def _measured(diagram: Diagram) -> list[list[str]]:
    return [
        [
            KINDS[p.kind],
            _pressure(p),
            _temperature(p),
            *(diagram.prediction(panel, p) for panel in diagram.panels),
        ]
        for p in diagram.points
    ]


def _pressure(point: MeasuredPoint) -> str:
    start = text.number(point.pressure_gpa)
    return start if point.pressure_end_gpa is None else f"{start} to {_n(point.pressure_end_gpa)}"


def _temperature(point: MeasuredPoint) -> str:
    if point.temperature_k is None:
        return "not stated"
    if point.temperature_end_k is not None:
        return f"{_n(point.temperature_k)} to {_n(point.temperature_end_k)}"
    return text.with_error(point.temperature_k, point.temperature_error_k)


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
        [r.text, f"{100 * r.share:.1f} %", f"{_n(r.pressure_gpa)} GPa, {_n(r.temperature_k)} K"]
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
