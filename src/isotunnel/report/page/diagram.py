"""The page of a phase diagram: figure, what was measured, what each theory assumes and rests on."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from isotunnel.diagrams import Diagram, Panel
from isotunnel.diagrams.points import KINDS, MeasuredPoint
from isotunnel.diagrams.theory_plane import WORDS
from isotunnel.report import text
from isotunnel.report.page.layout import document
from isotunnel.report.page.overview import HYPOTHESIS
from isotunnel.report.page.parts import bullets, explanation, section, table
from isotunnel.report.text import esc
from isotunnel.theories.calibration import PutIn


def diagram_page(diagram: Diagram, svg: str) -> str:
    """The HTML text. ``svg``: the figure, a whole SVG document, put into the page as it is."""
    body = [
        _head(diagram),
        section("figure", "The diagram", f"<figure>{inline(svg)}</figure>", _how_to_read()),
        section("measured", "What was measured", _measured(diagram)),
        section("shares", "How much of the plane each theory fills", _shares(diagram)),
        *(_theory(panel) for panel in diagram.panels),
        section("lines", "Conventional phase lines", _lines(diagram)),
        section("notes", "Notes", bullets(diagram.notes)),
        section("dropped", "Rows of the tables that are not drawn", bullets(diagram.dropped)),
    ]
    return document(f"{diagram.name}: phase diagram", "".join(part for part in body if part))


def inline(svg: str) -> str:
    """An SVG document as an element of a page: no declaration, as wide as the page allows."""
    start = svg.index("<svg")
    element = svg[start:]
    head, rest = element.split(">", 1)
    head = re.sub(r'\s(width|height)="[^"]*"', "", head)
    return f'{head} role="img" aria-label="phase diagram" style="width:100%;height:auto">{rest}'


def _head(diagram: Diagram) -> str:
    p, t = diagram.pressures, diagram.temperatures
    facts = [
        f"{text.number(p.low)} to {text.number(p.high)} GPa",
        f"{text.number(t.low)} to {text.number(t.high)} K",
        f"{len(diagram.panels)} theories" if len(diagram.panels) != 1 else "one theory",
        f"{len(diagram.points)} measured points",
    ]
    return (
        f"<header><h1>{esc(diagram.name)}, {esc(diagram.title)}</h1>"
        "<p class='lead'>Electrical state under pressure and heat, by theory</p>"
        f"<p class='facts-line'>{' · '.join(facts)}</p>"
        f"<p class='hypothesis'>{HYPOTHESIS}</p></header>"
    )


def _how_to_read() -> str:
    return explanation(
        "How to read it",
        "Each panel is the prediction of one theory over the same plane. Colours and words give "
        "its state; hatched parts without colour are those for which it makes no prediction, with "
        "a letter that the caption explains; hatched in colour is what it extrapolates beyond "
        "what was computed. A "
        "shaded strip along a boundary is one standard deviation, from the errors of the "
        "parameters that the theory states; it does not hold the theory's own error.",
        "Black, brown and green lines are the conventional phases: melting, boiling, transitions "
        "between solids. Marks are measurements, the same in every panel. A mark near the top with "
        "a dotted upright is a transition whose temperature was not stated; a hollow circle at the "
        "lower edge lies colder than the axis.",
        "A black ring is round what was put into the theory of that panel, or what a parameter of "
        "it was fitted to: it goes through that point by construction. A star behind a state means "
        "that it was put in, too. Dots over a faded part: the melting line is not known there, and "
        "the theory supposes that the crystal has not melted.",
    )


def _measured(diagram: Diagram) -> str:
    if not diagram.points:
        return "<p>No measured transition of this substance is in the tables.</p>"
    rows = [
        [
            esc(KINDS[p.kind]),
            _pressure(p),
            _temperature(p),
            *(esc(diagram.prediction(panel, p)) for panel in diagram.panels),
        ]
        for p in diagram.points
    ]
    origin = [
        [
            esc(p.label),
            esc(f"{p.source} ({p.note})" if p.note else p.source),
            esc(p.grade),
            f"<code>{esc(p.row)}</code>",
        ]
        for p in diagram.points
    ]
    titles = [esc(panel.title) for panel in diagram.panels]
    return (
        table(["measured", "P (GPa)", "T (K)", *titles], rows)
        + "<h3>Where these points come from</h3>"
        + table(["point", "source", "grade", "row of the tables"], origin)
    )


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


def _shares(diagram: Diagram) -> str:
    rows = [
        [esc(panel.title), *(f"{100 * panel.shares.get(s, 0.0):.0f} %" for s in WORDS)]
        for panel in diagram.panels
    ]
    return table(["theory", *WORDS.values()], rows)


def _theory(panel: Panel) -> str:
    reasons = [
        [
            esc(r.text),
            f"{100 * r.share:.1f} %",
            f"{_n(r.pressure_gpa)} GPa, {_n(r.temperature_k)} K",
        ]
        for r in panel.reasons
    ]
    parameters = [
        [
            esc(phase),
            esc(u.name),
            esc(text.with_error(u.value, u.error, u.unit)),
            "not stated" if u.error is None else _n(u.error),
            esc(u.source),
        ]
        for phase, u in panel.used
    ]
    return section(
        f"theory-{re.sub('[^a-z0-9]+', '-', panel.theory.lower())}",
        esc(panel.title),
        "".join(f"<p>{esc(words)}</p>" for words in panel.assumptions),
        bullets(panel.notes),
        _put_in(panel),
        "<h3>Where it cannot say</h3>" + table(["why", "of the plane", "for example at"], reasons)
        if reasons
        else "",
        _folded("Parameters that it rests on", parameters),
        "<h3>Published in</h3>" + bullets(panel.references),
    )


def _put_in(panel: Panel) -> str:
    title = "<h3>What was put in, and is not predicted</h3>"
    if panel.inputs is None:
        return f"{title}<p>This theory does not tell what was put into it.</p>"
    if not panel.inputs:
        return f"{title}<p>Nothing electrical.</p>"
    rows = [
        [esc(item.words), _where(item), esc(phases), esc(item.source)]
        for phases, item in panel.inputs
    ]
    return title + table(["what", "where", "phases", "source"], rows)


def _where(item: PutIn) -> str:
    start, end = _n(item.pressure_gpa), item.pressure_end_gpa
    pressure = f"{start} GPa"
    if end is not None:
        pressure = f"{start} GPa and above" if end == math.inf else f"{start} to {_n(end)} GPa"
    if item.temperature_k is None:
        return f"{pressure}, every temperature"
    return f"{pressure}, {text.with_error(item.temperature_k, item.error_k, 'K')}"


def _folded(title: str, rows: list[list[str]]) -> str:
    if not rows:
        return ""
    body = table(["phase", "parameter", "value", "error", "source"], rows)
    return f"<details><summary>{title}</summary>{body}</details>"


def _lines(diagram: Diagram) -> str:
    return (
        table(["line", "kind", "quality", "source"], _line_rows(diagram)) if diagram.lines else ""
    )


def _line_rows(diagram: Diagram) -> Iterator[list[str]]:
    for line in diagram.lines:
        source = f"{line.source} ({line.note})" if line.note else line.source
        yield [esc(line.name), esc(line.kind), esc(line.quality), esc(source)]
