"""Renew the numbers of docs/explanation/known-trends.md, and its figure.

python scripts/make_trends_page.py            rewrite the table between the page's marks
python scripts/make_trends_page.py --figures  also draw docs/images/known-trends.png
python scripts/make_trends_page.py --check    exit with 1 where the page is stale

The words of the page are written by hand; what stands between ``<!-- numbers -->`` and
``<!-- end -->`` is made from the atlas and the measured tables.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from generated_page import write_or_check

if TYPE_CHECKING:
    from isotunnel.studies.trends import Trend
    from isotunnel.studies.trends.result import Span

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "explanation" / "known-trends.md"
IMAGE = ROOT / "docs" / "images" / "known-trends.png"

_BLOCK = re.compile(r"(<!-- numbers -->\n).*?(<!-- end -->)", re.DOTALL)
_HEAD = (
    "| Substance | What | Computed | Known | Computed is | The scan shows it | Sources |\n"
    "|---|---|---|---|---|---|---|\n"
)


def render() -> str:
    """The whole page with fresh numbers."""
    from isotunnel.studies.trends import known_trends

    table = _HEAD + "".join(_row(t) for t in known_trends())
    return _BLOCK.sub(lambda m: f"{m[1]}\n{table}\n{m[2]}", PAGE.read_text(encoding="utf-8"))


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


def main() -> int:
    """Write or check the page."""
    if "--figures" in sys.argv:
        draw()
    return write_or_check(PAGE, render())


if __name__ == "__main__":
    sys.exit(main())
