"""Points against an abscissa, with errors, reference lines and names where they fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

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
_OFFSETS = ((5, 2, "left"), (-5, 2, "right"), (5, -8, "left"), (-5, -8, "right"))
_FAR = ((0, 6, "center"), (0, -12, "center"), (9, 8, "left"), (-9, 8, "right"))
_CHARACTER, _HEIGHT = 4.2, 8.0
"""Size of a character of a name, in points."""


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
    figure.canvas.draw()
    _name_points(axis, data.marks)
    return figure


def _has_name(mark: Mark) -> bool:
    """A label that only repeats the abscissa is no name."""
    if mark.x is None or _ONLY_NUMBER.match(mark.label):
        return False
    return f" {mark.x:g} " not in f" {mark.label} "


def _name_points(axis: Axes, every: tuple[Mark, ...]) -> None:
    """Write names where they cover neither points nor each other; the others stay unnamed.

    One label on many points (a crystal at several pressures) is written once.
    """
    scale = 72.0 / axis.figure.dpi
    frame = axis.get_window_extent()
    spots = {m: axis.transData.transform((m.x, m.y)) * scale for m in every if m.x is not None}
    taken = [(x - 3, y - 3, x + 3, y + 3) for x, y in spots.values()]
    labelled: set[str] = set()
    for mark, (x, y) in spots.items():
        if not _has_name(mark):
            continue
        name = shortened(printed(mark.label), LONGEST_NAME)
        if name in labelled:
            continue
        for dx, dy, side in (*_OFFSETS, *_FAR):
            box = _box(x + dx, y + dy, len(name) * _CHARACTER, side)
            if _inside(box, frame, scale) and not any(_overlap(box, other) for other in taken):
                axis.annotate(
                    name,
                    (mark.x or 0.0, mark.y),
                    xytext=(dx, dy),
                    textcoords="offset points",
                    ha=side,
                    fontsize=6.8,
                    color="0.25",
                )
                taken.append(box)
                labelled.add(name)
                break


def _box(x: float, y: float, width: float, side: str) -> tuple[float, float, float, float]:
    left = {"left": x, "right": x - width, "center": x - width / 2}[side]
    return left, y - 1, left + width, y + _HEIGHT - 1


def _inside(box: tuple[float, float, float, float], frame: Any, scale: float) -> bool:
    low_x, low_y, high_x, high_y = (float(e) * scale for e in frame.extents)
    return low_x <= box[0] and box[2] <= high_x and low_y <= box[1] and box[3] <= high_y


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
