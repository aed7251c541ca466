"""The page of crystals side by side."""

from __future__ import annotations

import base64

from isotunnel.analysis.comparison import Comparison, Entry, Line
from isotunnel.report import text
from isotunnel.report.figures.comparison import SPANS
from isotunnel.report.page.layout import document
from isotunnel.report.page.overview import HYPOTHESIS
from isotunnel.report.page.templates import fill


def comparison_page(comparison: Comparison, picture: bytes) -> str:
    """The HTML text; ``picture`` is a PNG file, or empty."""
    title = " and ".join(comparison.names)
    body = fill(
        "comparison.html",
        title=title,
        crystals=[
            (name, a.title, f"engine {text.short_engine(a.structure.engine)}")
            for name, a in zip(comparison.names, comparison.analyses, strict=True)
        ],
        hypothesis=HYPOTHESIS,
        remarks=comparison.remarks,
        groups=[(group, _rows(lines)) for group, lines in comparison.groups.items()],
        names=comparison.names,
        pair=len(comparison.names) == 2,
        shared=_shared(comparison),
        picture=base64.b64encode(picture).decode("ascii"),
        warnings=[
            (name, a.warnings)
            for name, a in zip(comparison.names, comparison.analyses, strict=True)
            if a.warnings
        ],
    )
    return document(title, body)


def _rows(lines: tuple[Line, ...]) -> list[tuple[str, list[str], str]]:
    return [
        (
            line.quantity.name,
            [entry_text(e, line.quantity.unit) for e in line.entries],
            text.number(line.difference, line.quantity.unit, missing="–"),
        )
        for line in lines
    ]


def entry_text(entry: Entry, unit: str) -> str:
    """A value with unit and error, a state, or why there is none."""
    if entry.value is None:
        return entry.words or "–"
    return text.with_error(entry.value, entry.error, unit)


def _shared(comparison: Comparison) -> dict[str, object] | None:
    shared = comparison.shared
    if shared is None:
        return None
    return {
        "field": text.field_name(str(shared.kind)),
        "level": text.number(shared.level, shared.unit),
        "meaning": shared.meaning,
        "of_one_zero": shared.of_one_zero,
        "states": [
            f"{name}: {SPANS[rank]}"
            for name, rank in zip(comparison.names, shared.ranks, strict=True)
        ],
    }
