"""Legend and caption of a phase diagram."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from isotunnel.diagrams import Diagram, Panel
from isotunnel.diagrams.regions import common_text
from isotunnel.diagrams.theory_plane import Reason
from isotunnel.report.figures.diagram.given import handles, put_in_notes
from isotunnel.report.figures.diagram.points import place_of
from isotunnel.report.figures.diagram.style import (
    BAND_COLOR,
    CROSS_COLOR,
    CROSS_WORDS,
    EXTRAPOLATED_HATCH,
    EXTRAPOLATED_WORD,
    LINES,
    LOOKS,
    MARKS,
    UNDECIDED,
    UNDECIDED_WORDS,
    Look,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LONGEST = 170
_MOST_REASONS = 8
_PHASE = re.compile(r" \(([^()#]{1,20})\)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_QUALITIES = {"measured": "", "extrapolated": ", extrapolated", "estimate": ", estimated"}
_KINDS = {"melting": "melting", "boiling": "boiling", "transition": "between solids"}


def letters(panels: Sequence[Panel], shown: Collection[str] | None = None) -> dict[str, str]:
    """A letter for each reason why something cannot be said, by the label's key.

    Reasons that differ by the phase alone share one. Those of which no key is in ``shown`` get
    none; None takes all.
    """
    groups: dict[str, list[str]] = {}
    for reason in _reasons(panels):
        groups.setdefault(_PHASE.sub("", reason.key), []).append(reason.key)
    seen = [keys for keys in groups.values() if shown is None or set(keys) & set(shown)]
    return {
        key: _LETTERS[min(place, len(_LETTERS) - 1)]
        for place, keys in enumerate(seen)
        for key in keys
    }


def _reasons(panels: Sequence[Panel]) -> list[Reason]:
    """Every reason, each once."""
    found: dict[str, Reason] = {}
    for panel in panels:
        for reason in panel.reasons:
            found.setdefault(reason.key, reason)
    return list(found.values())


def caption(diagram: Diagram, marks: dict[str, str], columns: int) -> list[str]:
    """Lines of text below the panels: reasons by the letters that are drawn, then notes."""
    lettered = reasons_by_letter(diagram.panels, marks)
    silent = sum(reason.key not in marks for reason in _reasons(diagram.panels))
    paragraphs = [f"({letter}) {_short(words)}" for letter, words in lettered.items()]
    rest = max(len(paragraphs) - _MOST_REASONS, 0) + silent
    paragraphs = paragraphs[:_MOST_REASONS]
    if rest:
        what = "another reason" if rest == 1 else f"{rest} more reasons"
        paragraphs.append(f"{what}, of parts too narrow for a letter: JSON document and page")
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


def reasons_by_letter(panels: Sequence[Panel], marks: Mapping[str, str]) -> dict[str, str]:
    """What each letter stands for, in the order of the letters."""
    found: dict[str, list[Reason]] = {}
    for reason in _reasons(panels):
        if reason.key in marks:
            found.setdefault(marks[reason.key], []).append(reason)
    return {letter: _merged(reasons) for letter, reasons in sorted(found.items())}


def _merged(reasons: Sequence[Reason]) -> str:
    """One text for reasons that differ by the phase alone: the phases are listed in it."""
    texts = [text for reason in reasons for text in reason.texts]
    phases = [found.group(1) for words in texts if (found := _PHASE.search(words))]
    if not phases:
        return reasons[0].text
    listed = ", ".join(dict.fromkeys(phases))
    return common_text([_PHASE.sub(f" ({listed})", text, count=1) for text in texts])


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
    return [
        *_states(diagram),
        *_lines(diagram),
        *_points(diagram),
        *handles(diagram),
        *_crosses(diagram),
    ]


def _crosses(diagram: Diagram) -> list[Any]:
    from matplotlib.lines import Line2D

    if not any(diagram.contradictions.values()):
        return []
    look: dict[str, Any] = {"marker": "x", "markersize": 9, "markeredgewidth": 2.4}
    return [Line2D([], [], color=CROSS_COLOR, linestyle="none", label=CROSS_WORDS, **look)]


def _states(diagram: Diagram) -> list[Any]:
    from matplotlib.patches import Patch

    labels = [label for panel in diagram.panels for c in panel.columns for label in c.labels]
    drawn = {label.state for label in labels if not label.undecided}
    found: list[Any] = []
    for state, look in LOOKS.items():
        if state in drawn:
            words = look.word if state is not None else f"{look.word} (see letter)"
            found.append(_patch(look, words))
    if any(label.undecided for label in labels):
        found.append(_patch(UNDECIDED, f"{UNDECIDED_WORDS} (see letter)"))
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


def _patch(look: Look, words: str) -> Any:
    from matplotlib.patches import Patch

    edge = look.hatch_color or "#777777"
    return Patch(facecolor=look.fill, edgecolor=edge, hatch=look.hatch, linewidth=0.5, label=words)


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
