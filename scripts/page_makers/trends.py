"""Renew the numbers of docs/explanation/known-trends.md, and its figure.

The words of the page are written by hand; what stands between ``<!-- made: trends -->`` and
``<!-- end -->`` is made from the atlas and the measured tables.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from page_makers.markdown import renewed

if TYPE_CHECKING:
    from isotunnel.studies.trends import Trend
    from isotunnel.studies.trends.result import Span

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "known-trends.md"
IMAGE = ROOT / "docs" / "images" / "known-trends.png"

_HEAD = (
    "| Substance | What | Computed | Known | Computed is | The scan shows it | Sources |\n"
    "|---|---|---|---|---|---|---|\n"
)


def render() -> str:
    """The whole page with fresh numbers."""
    from isotunnel.studies.trends import known_trends

    return renewed(PAGE, {"trends": lambda: _HEAD + "".join(map(_row, known_trends()))})


def _row(trend: Trend) -> str:
    if trend.cannot_say is not None:
        return f"| {trend.substance} | {trend.title} | cannot say: {trend.cannot_say} | | | | |\n"
    shown = {True: "yes", False: "**no**", None: ""}[trend.shown]
    cells = (
        trend.substance,
        trend.title,
        _span(trend.computed, trend.unit),
        _span(trend.known, trend.unit),
        _deviation(trend),
        shown,
        ", ".join(f"`{r.row}`" for r in trend.rows),
    )
    return "| " + " | ".join(cells) + " |\n"


def _span(span: Span | None, unit: str) -> str:
    if span is None:
        return ""
    unit = "" if unit == "1" else f" {unit}"
    if span.value is None:
        return f"{span.low:.4g} to {span.high:.4g}{unit}"
    if span.low == span.high:
        return f"{span.value:.4g}{unit}"
    return f"{span.value:.4g} ({span.low:.4g} to {span.high:.4g}){unit}"


def _deviation(trend: Trend) -> str:
    if trend.deviation is None:
        return ""
    words = "too high" if trend.deviation > 0 else "too low"
    percent = abs(trend.deviation) * 100
    return f"{percent:.0f} % {words}" if percent >= 1 else f"{percent:.1f} % {words}"


def draw() -> None:
    """The figure, with a small palette to stay small."""
    from PIL import Image

    from isotunnel.report.figures.trends import draw_trends
    from isotunnel.studies.trends import known_trends

    with tempfile.TemporaryDirectory() as folder:
        forms = draw_trends(known_trends(), Path(folder))["gaps"]
        Image.open(forms["png"]).convert("RGB").quantize(64).save(IMAGE, optimize=True)
