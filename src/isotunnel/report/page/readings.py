"""The table of readings: valence level, lifting gaps, state, or why there is no answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from isotunnel.report import text
from isotunnel.report.page.templates import fill

if TYPE_CHECKING:
    from isotunnel.levels import LiftingGap


def readings_section(
    gaps: tuple[LiftingGap, ...], contradicted: Mapping[str, str] | None = None
) -> str:
    """Table, diagram and explanation; ``contradicted``: by reading, what was measured instead."""
    if not gaps:
        return ""
    return fill(
        "readings.html", gaps=gaps, drawings=_drawings(gaps), contradicted=contradicted or {}
    )


def _drawings(gaps: tuple[LiftingGap, ...]) -> list[str]:
    from isotunnel.report.figures.inline import inline_svg
    from isotunnel.report.figures.levels import by_unit, unit_figure

    drawings = []
    for place, (unit, group) in enumerate(by_unit(gaps).items()):
        title = f"Tunnel levels above the valence level, in {text.unit_text(unit) or 'no unit'}"
        drawings.append(inline_svg(lambda g=group: unit_figure(g), f"levels-{place}", title))  # type: ignore[misc]
    return drawings
