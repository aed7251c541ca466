"""Levels diagram: where tunnels open above the valence level, reading by reading."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from isotunnel.report import text
from isotunnel.report.page.svg import Scale, drawing, label, line, tick_text, ticks

if TYPE_CHECKING:
    from isotunnel.levels import LiftingGap

_LEFT, _TOP, _BOTTOM = 62, 24, 250
_COLUMN = 130
_HEIGHT = 300


def by_unit(gaps: Sequence[LiftingGap]) -> dict[str, list[LiftingGap]]:
    """The answered readings with at least one finite gap, those of one unit together."""
    found: dict[str, list[LiftingGap]] = {}
    for gap in gaps:
        if gap.cannot_say is None and any(math.isfinite(x) for x in gap.gaps):
            found.setdefault(gap.unit, []).append(gap)
    return found


def span_of(gaps: Sequence[LiftingGap]) -> tuple[float, float]:
    """Range of the vertical axis: all gaps with errors, the valence level 0, delta_c."""
    values = [0.0]
    for gap in gaps:
        values.append(gap.delta_c)
        for value, error in zip(gap.gaps, gap.errors, strict=True):
            if math.isfinite(value):
                spread = float(error) if math.isfinite(error) else 0.0
                values += [float(value) - spread, float(value) + spread]
    low, high = min(values), max(values)
    margin = 0.12 * (high - low) or 0.5
    return low - margin, high + margin


def levels_width(gaps: Sequence[LiftingGap]) -> int:
    """Width of the drawing in CSS pixels, at which its text has the size of the page's."""
    return _LEFT + _COLUMN * len(gaps) + 10


def levels_svg(gaps: Sequence[LiftingGap]) -> str:
    """An <svg> element for readings of one unit."""
    low, high = span_of(gaps)
    right = _LEFT + _COLUMN * len(gaps)
    y = Scale(low, high, _BOTTOM, _TOP)
    marks = ticks(low, high)
    parts = []
    for value in marks:
        parts.append(line(_LEFT, y(value), right, y(value), "grid"))
        parts.append(label(_LEFT - 9, y(value) + 4, tick_text(value, marks), anchor="end"))
    unit = text.unit_text(gaps[0].unit) or "no unit"
    middle = (_TOP + _BOTTOM) / 2
    parts.append(
        f'<text class="name" transform="translate(16 {middle:.0f}) rotate(-90)">'
        f"level above valence ({text.esc(unit)})</text>"
    )
    for number, gap in enumerate(gaps):
        parts += _column(gap, _LEFT + _COLUMN * number, y)
    title = f"Tunnel levels above the valence level, in {unit}, for each reading"
    return drawing(levels_width(gaps), _HEIGHT, title, parts)


def _column(gap: LiftingGap, x: float, y: Scale) -> list[str]:
    start, stop = x + 14, x + _COLUMN - 46
    top = y(gap.delta_c)
    parts = [
        f'<rect class="conducting" x="{start:.1f}" y="{top:.1f}" '
        f'width="{stop - start:.1f}" height="{y(0.0) - top:.1f}"/>',
        line(start - 4, y(0.0), stop + 4, y(0.0), "valence"),
    ]
    taken: list[tuple[float, list[int], float]] = []
    for rank, (value, error) in enumerate(zip(gap.gaps, gap.errors, strict=True), start=1):
        if not math.isfinite(value):
            continue
        same = [entry for entry in taken if abs(entry[0] - y(float(value))) < 12]
        if same:
            same[0][1].append(rank)
        else:
            taken.append((y(float(value)), [rank], float(value)))
        parts.append(line(start, y(float(value)), stop, y(float(value)), f"level rank{rank}"))
        if math.isfinite(error) and abs(y(float(value + error)) - y(float(value))) > 1:
            at = stop - 7.0 * rank
            parts.append(line(at, y(float(value - error)), at, y(float(value + error)), "bar"))
    for at, ranks, _ in taken:
        parts.append(label(stop + 5, at + 4, ",".join(str(r) for r in ranks) + "D", anchor="start"))
    parts.append(label((start + stop) / 2, _BOTTOM + 18, text.shortened(gap.reading), "value"))
    parts.append(
        label(
            (start + stop) / 2, _BOTTOM + 34, text.shortened(text.short_engine(gap.engine)), "hint"
        )
    )
    return parts
