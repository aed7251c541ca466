"""Figure: the field in a plane through the bottleneck, with the surface at the threshold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.field import Field
from isotunnel.fields.kinds import FieldKind, Side
from isotunnel.report import text
from isotunnel.report.figures.plane import (
    Plane,
    atoms_near,
    field_on,
    plane_through,
    shown_bottleneck,
)
from isotunnel.report.figures.style import MARK_COLOR
from isotunnel.report.selection import FieldChoice
from isotunnel.tunnels.results import Tunnels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.image import AxesImage

_IN_PLANE, _NEAR_PLANE = 0.3, 1.0
_OUTER = 0.02
_DEEP = 2.0


def slice_figure(choice: FieldChoice) -> Figure:
    """Colours: the field; white line: the highest threshold reached; cross: its bottleneck."""
    from matplotlib.figure import Figure

    tunnels = choice.tunnels
    figure = Figure(figsize=(5.6, 4.6), layout="constrained")
    axis = figure.subplots()
    bottleneck = shown_bottleneck(tunnels)
    level = None if bottleneck is None else bottleneck.value
    colors = color_range(tunnels, level)
    image, clipped = draw_plane(axis, tunnels, level, colors)
    extend = {(False, False): "neither", (True, False): "min", (False, True): "max"}
    name = text.axis_label(choice.kind, tunnels.field.unit)
    figure.colorbar(image, ax=axis, label=name, extend=extend.get(clipped, "both"))
    title = f"{text.short_field(choice.kind)}, {text.short_engine(choice.engine)}"
    if bottleneck is not None:
        title += f": surface at {text.number(bottleneck.value, tunnels.field.unit)}"
    axis.set_title(title)
    return figure


def draw_plane(
    axis: Axes,
    tunnels: Tunnels,
    level: float | None,
    colors: tuple[float, float],
    half: float | None = None,
) -> tuple[AxesImage, tuple[bool, bool]]:
    """The field in the plane through its bottleneck, with the surface at a level.

    ``half`` is half the edge of the picture in angstrom. Returns the image, and whether values lie
    below and above the colours.
    """
    plane = plane_through(tunnels)
    if half is not None:
        plane = replace(plane, half_width=half)
    half = plane.half_width
    extent = (-half, half, -half, half)
    low, high = colors
    values = field_on(plane, tunnels.field, low, high)
    image = axis.imshow(
        values, origin="lower", extent=extent, vmin=low, vmax=high, cmap="cividis", aspect="equal"
    )
    if level is not None and values.min() < level < values.max():
        axis.contour(
            values, [level], colors="white", linewidths=1.4, linestyles="solid", extent=extent
        )
    if shown_bottleneck(tunnels) is not None:
        axis.plot(0, 0, "x", color=MARK_COLOR, markersize=9, markeredgewidth=2.2)
    _draw_atoms(axis, plane, tunnels.field)
    axis.set_xlim(-half, half)
    axis.set_ylim(-half, half)
    axis.set_xlabel(f"along {_direction(plane.across)} from the bottleneck (Å)")
    axis.set_ylabel(f"along {_direction(plane.up)} (Å)")
    return image, (bool(values.min() <= low), bool(values.max() >= high))


def color_range(tunnels: Tunnels, level: float | None) -> tuple[float, float]:
    """Most of the values: the wells and peaks at the nuclei would leave no colours for the rest.

    On the side of the nuclei the range ends at ``_DEEP`` times the spread of the other side.
    """
    values = tunnels.field.values
    low, high = (float(x) for x in np.quantile(values, [_OUTER, 1 - _OUTER]))
    if level is not None:
        low, high = min(low, level), max(high, level)
    # An ELF stays within 0 and 1, and so needs no limit.
    if level is not None and tunnels.field.kind is not FieldKind.ELF:
        if tunnels.side is Side.BELOW:
            low = max(low, level - _DEEP * (high - level))
        else:
            high = min(high, level + _DEEP * (level - low))
    margin = 0.05 * (high - low) or 0.5
    return (
        max(low - margin, float(values.min())),
        min(high + margin, float(values.max()) + 1e-12 * abs(high) + 1e-12),
    )


def _draw_atoms(axis: Axes, plane: Plane, field: Field) -> None:
    for index, at in atoms_near(plane, field, _NEAR_PLANE):
        inside = abs(at[2]) <= _IN_PLANE
        axis.plot(
            at[0],
            at[1],
            "o",
            markersize=15,
            markerfacecolor="#ffffffd0" if inside else "none",
            markeredgecolor="white",
            markeredgewidth=1.0,
        )
        if not inside:
            axis.plot(at[0], at[1], ".", color="white", markersize=4)
            continue
        symbol = field.atoms.symbols[index]  # type: ignore[union-attr]
        axis.annotate(symbol, (at[0], at[1]), ha="center", va="center", fontsize=8, color="black")


def _direction(vector: NDArray[np.float64]) -> str:
    """Cartesian direction, its smallest clear component scaled to 1 where that gives integers."""
    clear = np.abs(vector) > 0.02
    scaled = vector / np.abs(vector[clear]).min()
    whole = np.round(scaled)
    if np.allclose(scaled, whole, atol=0.04) and np.abs(whole).max() <= 9:
        words = " ".join(f"{int(x)}" for x in whole)
    else:
        words = " ".join(f"{round(float(x), 2) + 0.0:.2f}" for x in vector)
    return f"({words})".replace("-", text.MINUS)
