"""Points against an abscissa, with errors, reference lines and names where they fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isotunnel.report.figures.axes import name_points
from isotunnel.report.figures.claim.printed import printed
from isotunnel.report.figures.claim.style import (
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

LONGEST_NAME = 26
_ONLY_NUMBER = re.compile(r"^[-+.\d]+( \S+)?$")


def points_figure(data: FigureData) -> Figure:
    """All series with their errors; names of points stay away from each other."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.0, 4.6), layout="constrained")
    axis = figure.subplots()
    for series, look in looks(data.marks).items():
        marks = [m for m in data.marks if m.series == series and m.x is not None]
        for m in marks:
            if m.y_low is not None and m.y_high is not None:
                axis.vlines(m.x or 0.0, m.y_low, m.y_high, color=look.color, linewidth=1.2)
        plot_series(axis, [m.x or 0.0 for m in marks], [m.y for m in marks], series, look)
    draw_lines(axis, data.lines, upright=False)
    across = [m.x for m in data.marks if m.x is not None]
    across += [x for line in data.lines for x, _ in line.points]
    set_scale(axis.xaxis, across, data.x_axis, logarithmic=data.log_x)
    set_scale(axis.yaxis, shown_values(data), data.y_axis, logarithmic=data.log_y)
    axis.margins(0.07)
    figure.suptitle(printed(data.title), x=0.01, ha="left", fontsize=9.5)
    legend(figure, axis)
    _name_points(axis, data.marks)
    return figure


def _has_name(mark: Mark) -> bool:
    """A label that only repeats the abscissa is no name."""
    if mark.x is None or _ONLY_NUMBER.match(mark.label):
        return False
    return f" {mark.x:g} " not in f" {mark.label} "


def _name_points(axis: Axes, every: tuple[Mark, ...]) -> None:
    """Names where they fit; of a label on many points, one."""
    names = [
        (m.x, m.y, shortened(printed(m.label), LONGEST_NAME) if _has_name(m) else "")
        for m in every
        if m.x is not None
    ]
    name_points(axis, names)
