"""Measured points on a phase diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.diagrams import Diagram, Panel
from isotunnel.diagrams.axes import Axis
from isotunnel.measured.points import MeasuredPoint
from isotunnel.report.figures.diagram.style import CROSS_COLOR, MARKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EDGE = 0.955
"""Height of marks whose temperature was not stated, as a share of the panel."""


def place_of(point: MeasuredPoint, diagram: Diagram) -> tuple[float, float] | None:
    """(pressure, temperature) at which a point is drawn; None where it lies beyond the axes.

    Room pressure is the left edge of a logarithmic axis, a temperature below the axis its lower
    edge; without a temperature the mark stands near the top.
    """
    if point.pressure_gpa > diagram.pressures.high:
        return None
    p = max(point.pressure_gpa, diagram.pressures.low)
    if point.temperature_k is None:
        return p, diagram.temperatures.value(EDGE)
    if point.temperature_k > diagram.temperatures.high:
        return None
    return p, max(point.temperature_k, diagram.temperatures.low)


def mark_of(point: MeasuredPoint, diagram: Diagram) -> tuple[float, float] | None:
    """Where a point's mark stands: in the middle of a range, else at the point itself."""
    place = place_of(point, diagram)
    if place is None or point.pressure_end_gpa is None or point.kind == "tc_slope":
        return place
    end = min(point.pressure_end_gpa, diagram.pressures.high)
    return diagram.pressures.between(place[0], end), place[1]


def draw_points(axis: Axes, diagram: Diagram) -> None:
    """Every point that the axes hold, by kind."""
    for n, point in enumerate(diagram.points):
        place = place_of(point, diagram)
        if place is None:
            continue
        if point.kind == "tc_slope":
            _slope(axis, point, diagram.pressures, f"point{n}")
            continue
        _mark(axis, point, place, diagram, f"point{n}")


def _mark(
    axis: Axes, point: MeasuredPoint, place: tuple[float, float], diagram: Diagram, gid: str
) -> None:
    mark = MARKS[point.kind]
    p, t = place
    if point.temperature_k is None:
        axis.axvline(p, color="#444444", linewidth=0.9, linestyle=(0, (1, 2)), zorder=5)
    elif point.temperature_error_k:
        axis.errorbar(
            p, t, yerr=point.temperature_error_k, color="#222222", capsize=2, zorder=6, linewidth=1
        )
    if point.pressure_end_gpa is not None:
        end = min(point.pressure_end_gpa, diagram.pressures.high)
        axis.plot([p, end], [t, t], color="#222222", linewidth=2.2, zorder=6, solid_capstyle="butt")
        p, t = mark_of(point, diagram) or place
    axis.plot(
        p,
        t,
        marker=mark.shape,
        markersize=mark.size,
        # Hollow at the edge: the point itself lies colder than the axis.
        markerfacecolor="#ffffff"
        if t != point.temperature_k and point.temperature_k
        else mark.fill,
        markeredgecolor="#222222",
        markeredgewidth=1.0,
        linestyle="none",
        # Points at room pressure sit on the edge and shall be seen whole.
        clip_on=False,
        zorder=7,
        gid=gid,
    )


def draw_contradictions(axis: Axes, diagram: Diagram, panel: Panel) -> None:
    """A cross over every measurement that the theory of the panel contradicts."""
    for found in diagram.contradictions[panel.theory]:
        place = cross_of(found.point, diagram)
        if place is None:
            continue
        look: dict[str, Any] = {"marker": "x", "linestyle": "none", "clip_on": False}
        axis.plot(*place, color="#ffffff", markersize=13, markeredgewidth=4.5, zorder=7.8, **look)
        axis.plot(*place, color=CROSS_COLOR, markersize=12, markeredgewidth=2.4, zorder=7.9, **look)


def cross_of(point: MeasuredPoint, diagram: Diagram) -> tuple[float, float] | None:
    """Where the cross of a contradicted point stands: on its mark, at the end of a slope."""
    if point.kind != "tc_slope":
        return mark_of(point, diagram)
    if place_of(point, diagram) is None:
        return None
    p, t = slope_points(point, diagram.pressures)
    return float(p[-1]), float(t[-1])


def slope_points(
    point: MeasuredPoint, pressures: Axis
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pressures and temperatures along a measured slope, as far as the axis goes."""
    start, first = point.pressure_gpa, point.temperature_k or 0.0
    end, last = point.pressure_end_gpa or start, point.temperature_end_k or first
    low, high = max(start, pressures.low), min(end, pressures.high)
    places = np.linspace(pressures.place(low), pressures.place(high), 40)
    p = np.array([pressures.value(float(x)) for x in places])
    share = (p - start) / (end - start) if end > start else 0.0 * p
    return p, first + share * (last - first)


def _slope(axis: Axes, point: MeasuredPoint, pressures: Axis, gid: str) -> None:
    p, t = slope_points(point, pressures)
    axis.plot(
        p,
        t,
        color=MARKS["tc_slope"].fill,
        linewidth=2.6,
        solid_capstyle="butt",
        zorder=6,
        gid=gid,
    )
