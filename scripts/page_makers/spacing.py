"""Renew the numbers of docs/explanation/spacing-tests.md, and its figures.

The words of the page are written by hand; what stands between ``<!-- made: T1 -->`` and
``<!-- end -->`` is made from the measured tables.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from page_makers.markdown import renewed

if TYPE_CHECKING:
    from isotunnel.studies.spacing import SpacingTest, Statistic

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "spacing-tests.md"
IMAGES = ROOT / "docs" / "images"

_HEAD = "| Number | Value | 95 % interval | Rows | p |\n|---|---|---|---|---|\n"


def render() -> str:
    """The whole page with fresh numbers."""
    from isotunnel.studies.spacing import spacing_tests

    return renewed(PAGE, {t.id: partial(_table, t) for t in spacing_tests()})


def _table(test: SpacingTest[Any]) -> str:
    counts = f"{len(test.used)} rows of data used, {len(test.dropped)} dropped with a reason."
    return _HEAD + "".join(_row(s) for s in test.statistics) + f"\n{counts}"


def _row(s: Statistic) -> str:
    title = (f"{s.title} ({s.unit})" if s.unit else s.title).replace("|", "\\|")
    if s.value is None:
        return f"| {title} | cannot say: {s.cannot_say} | | {s.rows} | |\n"
    interval = "" if s.low is None or s.high is None else f"{s.low:.2g} to {s.high:.2g}"
    p = "" if s.p_value is None else _probability(s.p_value)
    return f"| {title} | {s.value:.2g} | {interval} | {s.rows} | {p} |\n"


def _probability(p: float) -> str:
    # Beyond that a probability only tells that the errors were too small.
    return f"{p:.1g}" if p >= 1e-6 else "< 1e-6"


def draw() -> None:
    """The five figures, with a small palette to stay small."""
    from PIL import Image

    from isotunnel.report.figures.spacing.figure import draw_spacing
    from isotunnel.studies.spacing import spacing_tests

    with tempfile.TemporaryDirectory() as folder:
        for name, forms in draw_spacing(spacing_tests(), Path(folder) / "spacing").items():
            image = Image.open(forms["png"]).convert("RGB")
            image.quantize(64).save(IMAGES / f"spacing-{name}.png", optimize=True)
