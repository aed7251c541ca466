"""Labelled rows with intervals, values running along the abscissa."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.report.figures.claim.printed import printed
from isotunnel.report.figures.claim.style import (
    Look,
    draw_lines,
    legend,
    looks,
    plot_series,
    set_scale,
    shown_values,
)
from isotunnel.report.text import shortened
from isotunnel.scorecard.figure_data import FigureData, Mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW_INCH = 0.19
LONGEST_LABEL = 44


def rows_figure(data: FigureData) -> Figure:
    """One row per label, sorted by its first value; series of a row stand a little apart."""
    from matplotlib.figure import Figure

    names = _sorted_labels(data.marks)
    figure = Figure(figsize=(7.0, 1.6 + ROW_INCH * len(names)), layout="constrained")
    axis = figure.subplots()
    places = {name: float(i) for i, name in enumerate(names)}
    found = looks(data.marks)
    for number, (series, look) in enumerate(found.items()):
        shift = 0.0 if len(found) == 1 else 0.3 * (0.5 - number / (len(found) - 1))
        _draw(axis, [m for m in data.marks if m.series == series], places, shift, series, look)
    draw_lines(axis, data.lines, upright=True)
    set_scale(axis.xaxis, shown_values(data), data.y_axis, logarithmic=data.log_y)
    axis.set_yticks(
        range(len(names)), [shortened(printed(n), LONGEST_LABEL) for n in names], fontsize=8
    )
    axis.set_ylim(-0.7, len(names) - 0.3)
    axis.grid(axis="y", color="0.92", linewidth=0.6)
    axis.set_axisbelow(True)
    axis.tick_params(axis="y", length=0)
    figure.suptitle(printed(data.title), x=0.01, ha="left", fontsize=9.5)
    legend(figure, axis)
    return figure


def _draw(
    axis: Axes,
    marks: list[Mark],
    places: dict[str, float],
    shift: float,
    series: str,
    look: Look,
) -> None:
    at = [places[m.label] + shift for m in marks]
    for mark, y in zip(marks, at, strict=True):
        if mark.y_low is not None and mark.y_high is not None:
            axis.plot([mark.y_low, mark.y_high], [y, y], color=look.color, linewidth=1.4, zorder=2)
    plot_series(axis, [m.y for m in marks], at, series, look, size=4.5)


def _sorted_labels(marks: tuple[Mark, ...]) -> list[str]:
    """From the bottom up, by the value of each label's first mark."""
    first: dict[str, float] = {}
    for mark in marks:
        first.setdefault(mark.label, mark.y)
    return sorted(first, key=lambda name: (first[name], name))
