"""Figure: the electrical phase diagram, one panel per theory with shared axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from isotunnel.diagrams import Diagram, Panel
from isotunnel.diagrams.axes import ATMOSPHERE_GPA, Axis
from isotunnel.diagrams.boundaries import runs
from isotunnel.report import text
from isotunnel.report.figures.diagram.caption import caption, legend, legend_rows, letters
from isotunnel.report.figures.diagram.given import draw_rings, draw_veil
from isotunnel.report.figures.diagram.points import draw_contradictions, draw_points
from isotunnel.report.figures.diagram.style import (
    BAND_COLOR,
    EXTRAPOLATED_HATCH,
    LINES,
    look_of,
)
from isotunnel.report.figures.diagram.words import draw_words, place_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 4.6
HEIGHT = 4.7
_LEFT, _RIGHT, _TOP, _XAXIS, _LINE = 0.75, 0.25, 0.75, 0.55, 0.165
_GAP, _BETWEEN, _MARGIN = 0.25, 0.6, 0.15
_MOST_IN_ROW = 3
"""Inches: margins, the room of titles and axis, one line of the caption, between panels."""


def diagram_figure(diagram: Diagram) -> Figure:
    """All panels side by side, a legend and the notes below."""
    from matplotlib.figure import Figure

    count = len(diagram.panels)
    across = count if count <= _MOST_IN_ROW else 2 if count == 4 else _MOST_IN_ROW
    down = -(-count // across)
    width = _LEFT + _RIGHT + across * WIDTH + (across - 1) * _GAP
    marks = letters_drawn(diagram)
    words = caption(diagram, marks, int(width * 14.5))
    below = 0.25 + 0.19 * legend_rows(diagram, width) + _LINE * len(words)
    height = _TOP + down * HEIGHT + (down - 1) * _BETWEEN + _XAXIS + below
    figure = Figure(figsize=(width, height))
    grid = figure.add_gridspec(
        down,
        across,
        left=_LEFT / width,
        right=1 - _RIGHT / width,
        bottom=(below + _XAXIS) / height,
        top=1 - _TOP / height,
        wspace=_GAP / WIDTH,
        hspace=_BETWEEN / HEIGHT,
    )
    for n, panel in enumerate(diagram.panels):
        axis = figure.add_subplot(grid[n // across, n % across])
        _draw_panel(axis, diagram, panel, marks)
        _set_axes(axis, diagram, left=n % across == 0, bottom=n + across >= count)
    title = diagram.title if diagram.title == diagram.name else f"{diagram.name}, {diagram.title}"
    figure.text(
        _LEFT / width,
        1 - 0.1 / height,
        f"{title}: electrical state by theory",
        fontsize=12,
        fontweight="bold",
        va="top",
    )
    legend(figure, diagram, _LEFT / width, below / height)
    figure.text(
        _LEFT / width,
        (_LINE * len(words) + 0.06) / height,
        "\n".join(words),
        fontsize=7.5,
        va="top",
        linespacing=1.25,
    )
    return figure


def panel_figure(diagram: Diagram, panel: Panel, marks: dict[str, str]) -> Figure:
    """One panel by itself, without a title; what can be pointed at has an id."""
    from matplotlib.figure import Figure

    width, height = _LEFT + WIDTH + _RIGHT, _MARGIN + HEIGHT + _XAXIS
    figure = Figure(figsize=(width, height))
    axis = figure.add_axes((_LEFT / width, _XAXIS / height, WIDTH / width, HEIGHT / height))
    _draw_panel(axis, diagram, panel, marks)
    _set_axes(axis, diagram, left=True, bottom=True)
    axis.set_title("")
    return figure


def panel_box() -> dict[str, float]:
    """Edges of the panel in ``panel_figure``, as shares of its width and height from the top."""
    width, height = _LEFT + WIDTH + _RIGHT, _MARGIN + HEIGHT + _XAXIS
    return {
        "left": _LEFT / width,
        "right": (_LEFT + WIDTH) / width,
        "top": _MARGIN / height,
        "bottom": (_MARGIN + HEIGHT) / height,
    }


def legend_figure(diagram: Diagram) -> Figure:
    """The legend by itself."""
    from matplotlib.figure import Figure

    width = _LEFT + WIDTH + _RIGHT
    figure = Figure(figsize=(width, 0.12 + 0.165 * legend_rows(diagram, width)))
    legend(figure, diagram, 0.01, 1.0)
    return figure


def letters_drawn(diagram: Diagram) -> dict[str, str]:
    """Letters for the reasons that find room for one somewhere."""
    first = letters(diagram.panels)
    shown = {w.key for panel in diagram.panels for w in place_words(diagram, panel, first)}
    return letters(diagram.panels, shown)


def _draw_panel(axis: Axes, diagram: Diagram, panel: Panel, marks: dict[str, str]) -> None:
    axis.set_title(_title(panel.title), fontsize=9.5, pad=6)
    draw_regions(axis, panel)
    draw_bands(axis, panel)
    for n, boundary in enumerate(panel.boundaries):
        sides = {boundary.colder, boundary.hotter}
        strong = None not in sides and len(sides) == 2
        axis.plot(
            boundary.pressure_gpa,
            boundary.temperature_k,
            color="#1a1a1a" if strong else "#8a8f96",
            linewidth=1.3 if strong else 0.7,
            zorder=3,
            gid=f"boundary{n}",
        )
    for n, line in enumerate(diagram.lines):
        color, dash = LINES[line.kind, line.quality]
        axis.plot(
            line.pressure_gpa,
            line.temperature_k,
            color=color,
            linestyle=dash,
            linewidth=1.4,
            zorder=4,
            gid=f"line{n}",
        )
        if line.kind == "transition" and line.uncertainty and _upright(line.pressure_gpa):
            axis.fill_betweenx(
                line.temperature_k,
                [p - line.uncertainty for p in line.pressure_gpa],
                [p + line.uncertainty for p in line.pressure_gpa],
                color=color,
                alpha=0.10,
                linewidth=0,
                zorder=3,
            )
    draw_veil(axis, diagram, panel)
    draw_points(axis, diagram)
    draw_rings(axis, diagram, panel)
    draw_contradictions(axis, diagram, panel)
    draw_words(axis, place_words(diagram, panel, marks))


def _upright(pressures: Sequence[float]) -> bool:
    return max(pressures) < 1.5 * min(pressures)


def draw_regions(axis: Axes, panel: Panel) -> None:
    """Fill every region; between unlike neighbours the fill ends half way."""
    for n, region in enumerate(panel.regions):
        label = region.label
        look = look_of(label.key)
        axis.fill_between(
            region.pressure_gpa,
            region.low_k,
            region.high_k,
            facecolor=look.fill,
            edgecolor="#ffffff" if label.extrapolated else look.hatch_color or look.fill,
            hatch=EXTRAPOLATED_HATCH if label.extrapolated else look.hatch,
            # Without an edge of their own fills that touch show a seam.
            linewidth=0 if label.extrapolated or look.hatch else 0.5,
            zorder=1,
            gid=f"region{n}",
        )


def draw_bands(axis: Axes, panel: Panel) -> None:
    """One standard deviation round boundaries, where the theory states its error."""
    for run in runs(panel.columns):
        start = 0
        for n in range(1, len(run) + 1):
            if n < len(run) and len(run[n].unsure) == len(run[start].unsure):
                continue
            part = run[start:n]
            for k in range(len(part[0].unsure)):
                axis.fill_between(
                    [c.pressure_gpa for c in part],
                    [c.unsure[k][0] for c in part],
                    [c.unsure[k][1] for c in part],
                    facecolor=BAND_COLOR,
                    alpha=0.28,
                    linewidth=0,
                    zorder=2,
                )
            start = n


def _title(words: str) -> str:
    return words if len(words) <= 44 else words.replace(" + ", "\n+ ")


def _set_axes(axis: Axes, diagram: Diagram, *, left: bool, bottom: bool) -> None:
    from matplotlib.ticker import FuncFormatter, NullFormatter

    pressures, temperatures = diagram.pressures, diagram.temperatures
    for scale, limits, one, ruler in (
        (axis.set_xscale, axis.set_xlim, pressures, axis.xaxis),
        (axis.set_yscale, axis.set_ylim, temperatures, axis.yaxis),
    ):
        scale("log" if one.log else "linear")
        limits(one.low, one.high)
        if one.log:
            ruler.set_major_formatter(FuncFormatter(_tick))
            ruler.set_minor_formatter(NullFormatter())
            if one.high / one.low < 100:
                ruler.set_minor_formatter(FuncFormatter(_minor))
                ruler.set_tick_params(which="minor", labelsize=7)
    axis.spines[["top", "right"]].set_visible(True)
    if bottom:
        axis.set_xlabel(f"pressure (GPa){_start(pressures)}")
    if left:
        axis.set_ylabel("temperature (K)")
    else:
        axis.tick_params(labelleft=False)


def _start(pressures: Axis) -> str:
    return "; starts at 1 atm" if pressures.low == ATMOSPHERE_GPA else ""


def _tick(value: float, _position: Any) -> str:
    return f"{value:g}" if 1e-4 <= value < 1e5 else text.number(value, digits=1)


def _minor(value: float, _position: Any) -> str:
    return f"{value:g}" if f"{value:.0e}"[0] in "235" else ""
