"""Legend and caption of a phase diagram."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from isotunnel.diagrams import Diagram, Panel
from isotunnel.diagrams.label import Label
from isotunnel.report.figures.diagram.given import handles, put_in_notes
from isotunnel.report.figures.diagram.points import place_of
from isotunnel.report.figures.diagram.style import (
    BAND_COLOR,
    EXTRAPOLATED_HATCH,
    EXTRAPOLATED_WORD,
    HATCH,
    HATCH_COLOR,
    LINES,
    LOOKS,
    MARKS,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LONGEST = 170
_MOST_REASONS = 8
_PHASE = re.compile(r" \(([^()#]{1,20})\)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_QUALITIES = {"measured": "", "extrapolated": ", extrapolated", "estimate": ", estimated"}
_KINDS = {"melting": "melting", "boiling": "boiling", "transition": "between solids"}


def letters(panels: Sequence[Panel]) -> dict[str, str]:
    """A letter for each reason why something cannot be said, by the label's key.

    Reasons that differ by the phase alone share one.
    """
    found: dict[str, str] = {}
    marks: dict[str, str] = {}
    for key, _ in _reasons(panels):
        group = _PHASE.sub("", key)
        found[key] = marks.setdefault(group, _LETTERS[min(len(marks), len(_LETTERS) - 1)])
    return found


def _reasons(panels: Sequence[Panel]) -> list[tuple[str, str]]:
    """Key and text of every reason, each once."""
    pairs = [(Label.refused(r.text).key, r.text) for panel in panels for r in panel.reasons]
    return list({key: (key, words) for key, words in reversed(pairs)}.values())[::-1]


def caption(diagram: Diagram, marks: dict[str, str], columns: int) -> list[str]:
    """Lines of text below the panels: reasons by letter, then notes."""
    by_letter: dict[str, list[str]] = {}
    for key, words in _reasons(diagram.panels):
        by_letter.setdefault(marks[key], []).append(words)
    paragraphs = [f"({mark}) {_short(_merged(texts))}" for mark, texts in by_letter.items()]
    if len(paragraphs) > _MOST_REASONS:
        rest = len(paragraphs) - _MOST_REASONS
        paragraphs = paragraphs[:_MOST_REASONS]
        paragraphs.append(f"and {rest} more reasons, in the JSON document and on the page")
    lines: list[str] = []
    for words in paragraphs:
        lines += textwrap.wrap(words, columns, subsequent_indent="    ")
    for words in put_in_notes(diagram):
        lines += textwrap.wrap(_short(words, 2 * _LONGEST), columns, subsequent_indent="    ")
    notes = list(diagram.notes)
    if any(p.temperature_k is None and place_of(p, diagram) for p in diagram.points):
        notes.insert(0, "dotted uprights: measured transitions whose temperature was not stated")
    if diagram.points:
        notes.append("sources of every point: JSON document or HTML page")
    else:
        notes.append("no measured transition of this substance is in the tables")
    lines += textwrap.wrap("Notes: " + "; ".join(_short(n) for n in notes) + ".", columns)
    return lines


def _merged(texts: Sequence[str]) -> str:
    """One text for reasons that differ by the phase alone: the phases are listed in the first."""
    phases = [found.group(1) for words in texts if (found := _PHASE.search(words))]
    listed = ", ".join(dict.fromkeys(phases))
    return _PHASE.sub(lambda _: f" ({listed})", texts[0], count=1) if listed else texts[0]


def _short(words: str, longest: int = _LONGEST) -> str:
    return words if len(words) <= longest else words[: longest - 1] + "…"


def legend(figure: Figure, diagram: Diagram, left: float, top: float) -> None:
    """Everything that is drawn, in rows below the panels, beside no data."""
    figure.legend(
        handles=_handles(diagram),
        loc="upper left",
        bbox_to_anchor=(left, top),
        bbox_transform=figure.transFigure,
        borderaxespad=0,
        ncols=legend_columns(figure.get_figwidth()),
        frameon=False,
        fontsize=7.5,
        handlelength=2.2,
        columnspacing=1.2,
        labelspacing=0.45,
    )


def legend_columns(width_inches: float) -> int:
    """As many entries in a row as fit."""
    return max(int(width_inches / 2.5), 2)


def legend_rows(diagram: Diagram, width_inches: float) -> int:
    """How many rows the legend takes."""
    return -(-len(_handles(diagram)) // legend_columns(width_inches))


def _handles(diagram: Diagram) -> list[Any]:
    return [*_states(diagram), *_lines(diagram), *_points(diagram), *handles(diagram)]


def _states(diagram: Diagram) -> list[Any]:
    from matplotlib.patches import Patch

    drawn = {label.state for panel in diagram.panels for c in panel.columns for label in c.labels}
    found: list[Any] = []
    for state, look in LOOKS.items():
        if state in drawn:
            unsaid = state is None
            found.append(
                Patch(
                    facecolor=look.fill,
                    edgecolor=HATCH_COLOR if unsaid else "#777777",
                    hatch=HATCH if unsaid else None,
                    linewidth=0.5,
                    label=look.word + (" (see letter)" if unsaid else ""),
                )
            )
    labels = [label for panel in diagram.panels for c in panel.columns for label in c.labels]
    if any(label.extrapolated for label in labels):
        words = f"{EXTRAPOLATED_WORD} beyond what was computed"
        extrapolated = Patch(facecolor="#bbbbbb", edgecolor="#ffffff", linewidth=0.5, label=words)
        extrapolated.set_hatch(EXTRAPOLATED_HATCH)
        found.append(extrapolated)
    if any(c.unsure for panel in diagram.panels for c in panel.columns):
        found.append(
            Patch(facecolor=BAND_COLOR, alpha=0.28, label="boundary, one standard deviation")
        )
    return found


def _lines(diagram: Diagram) -> list[Any]:
    from matplotlib.lines import Line2D

    drawn = {(line.kind, line.quality) for line in diagram.lines}
    return [
        Line2D([], [], color=color, linestyle=dash, label=_KINDS[kind] + _QUALITIES[quality])  # type: ignore[arg-type]
        for (kind, quality), (color, dash) in LINES.items()
        if (kind, quality) in drawn
    ]


def _points(diagram: Diagram) -> list[Any]:
    from matplotlib.lines import Line2D

    drawn = {p.kind for p in diagram.points if place_of(p, diagram) is not None}
    found = []
    for kind, mark in MARKS.items():
        if kind not in drawn:
            continue
        if not mark.shape:
            found.append(Line2D([], [], color=mark.fill, linewidth=2.6, label=mark.words))
            continue
        found.append(
            Line2D(
                [],
                [],
                marker=mark.shape,
                markersize=mark.size,
                markerfacecolor=mark.fill,
                markeredgecolor="#222222",
                linestyle="none",
                label=mark.words,
            )
        )
    return found
