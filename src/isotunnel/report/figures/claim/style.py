"""What figures of claims share: looks of series and lines, scales, legends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from isotunnel.report.figures.axes import plain_ticks
from isotunnel.report.figures.claim.printed import printed
from isotunnel.report.figures.scan import COLORS
from isotunnel.scorecard.figure_data import FigureData, Line, Mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

MARKERS = "os^Dv<>p"
LINE_STYLES = ("--", ":", "-.", (0, (6, 2, 1, 2, 1, 2)))
LINE_COLOR = "#444444"
_SPREAD = 15.0
"""A largest value this many times the median asks for a scale that shows both."""


@dataclass(frozen=True)
class Look:
    """How a series is drawn: distinguished by shape and filling as well as by colour."""

    color: str
    marker: str
    filled: bool


def looks(marks: Sequence[Mark]) -> dict[str, Look]:
    """A look for each series, in order of appearance."""
    names = list(dict.fromkeys(m.series for m in marks))
    return {
        name: Look(
            COLORS[i % (len(COLORS) - 1)],
            MARKERS[(i + i // len(MARKERS)) % len(MARKERS)],
            i % 2 == 0,
        )
        for i, name in enumerate(names)
    }


def plot_series(
    axis: Axes, x: Sequence[float], y: Sequence[float], name: str, look: Look, size: float = 5.0
) -> None:
    """The points of one series without their errors."""
    axis.plot(
        x,
        y,
        linestyle="none",
        marker=look.marker,
        markersize=size,
        color=look.color,
        markerfacecolor=look.color if look.filled else "white",
        markeredgewidth=1.2,
        label=printed(name) or "_nolegend_",
        zorder=3,
    )


def draw_lines(axis: Axes, lines: Sequence[Line], *, upright: bool) -> None:
    """Reference lines; a constant one stands upright where values run along the abscissa."""
    for i, line in enumerate(lines):
        look: dict[str, Any] = {
            "color": LINE_COLOR,
            "linestyle": LINE_STYLES[i % len(LINE_STYLES)],
            "linewidth": 1.1,
            "label": printed(line.label),
            "zorder": 1,
        }
        if line.y is None:
            axis.plot(*zip(*line.points, strict=True), **look)
        elif upright:
            axis.axvline(line.y, **look)
        else:
            axis.axhline(line.y, **look)


def set_scale(axis: Axis, values: Sequence[float], title: str, *, logarithmic: bool) -> None:
    """Scale and title of an axis; where few values are far out, logarithmic but near zero."""
    near = _linear_part(values)
    axis.set_label_text(printed(title))
    if logarithmic and min(values) > 0:
        axis._set_axes_scale("log")  # type: ignore[attr-defined]
        plain_ticks(axis, values)
    elif near is not None:
        axis._set_axes_scale("symlog", linthresh=near, linscale=1.2)  # type: ignore[attr-defined]
        axis.set_label_text(f"{printed(title)}; linear up to ±{near:g}, then logarithmic")
        axis.set_major_formatter("{x:g}")
    axis.axes.autoscale_view()


def legend(figure: Figure, axis: Axes) -> None:
    """A legend below the drawing, where there is more than one thing to tell apart."""
    handles, labels = axis.get_legend_handles_labels()
    if not handles:
        return
    typical = (max(map(len, labels)) + sum(map(len, labels)) // len(labels)) // 2
    columns = max(1, min(len(handles), 5, 95 // (typical + 7)))
    figure.legend(
        handles, labels, loc="outside lower left", ncols=columns, frameon=False, fontsize=8.5
    )


def shown_values(data: FigureData) -> list[float]:
    """Every value that the ordinate must hold."""
    marks = [v for m in data.marks for v in (m.y, m.y_low, m.y_high)]
    lines = [line.y for line in data.lines if line.y is not None]
    points = [y for line in data.lines for _, y in line.points]
    return [v for v in (*marks, *lines, *points) if v is not None and math.isfinite(v)]


def _linear_part(values: Sequence[float]) -> float | None:
    """Up to where a scale should be linear, None where all of it can be."""
    sizes = sorted(abs(v) for v in values if v)
    if len(sizes) < 6:
        return None
    middle = median(sizes)
    if sizes[-1] < _SPREAD * middle:
        return None
    return float(10.0 ** round(math.log10(middle)))
