"""What was put into a theory, and where nobody knows the melting line, on a phase diagram."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from isotunnel.diagrams import Diagram, Panel
from isotunnel.diagrams.calibration_marks import is_input
from isotunnel.diagrams.unknown_melting import UnknownMelting
from isotunnel.report.figures.diagram.points import mark_of
from isotunnel.report.figures.diagram.style import (
    RING_COLOR,
    RING_SIZE,
    VEIL_COLOR,
    VEIL_HATCH,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RING_WORDS = "put into this theory, or fitted to it"
STAR_WORDS = "state put in, not derived"
VEIL_WORDS = "melting line not known"
STAR = "*"
_VEIL_ALPHA = 0.5


def draw_veil(axis: Axes, diagram: Diagram, panel: Panel) -> None:
    """Fade the states that a theory gives to a crystal that may have melted."""
    for part in diagram.melting_unknown:
        for x, low, high in _listed_above(panel, part):
            for look in (
                {"facecolor": "#ffffff", "alpha": _VEIL_ALPHA, "zorder": 2.2},
                {"facecolor": "none", "edgecolor": VEIL_COLOR, "hatch": VEIL_HATCH, "zorder": 2.3},
            ):
                axis.fill_between(x, low, high, linewidth=0, **look)  # type: ignore[arg-type]


def _listed_above(
    panel: Panel, part: UnknownMelting
) -> Iterator[tuple[list[float], list[float], list[float]]]:
    """(pressures, lower, upper temperatures) of every region with a state, above the limit."""
    for region in panel.regions:
        x = [min(max(p, part.low_gpa), part.high_gpa) for p in region.pressure_gpa]
        if x[-1] <= x[0] or region.label.state is None:
            continue
        bottom = [max(t, part.above_k) for t in region.low_k]
        top = [max(t, part.above_k) for t in region.high_k]
        if max(b - a for a, b in zip(bottom, top, strict=True)) > 0:
            yield x, bottom, top


def rings(diagram: Diagram, panel: Panel) -> list[tuple[float, float, bool]]:
    """(pressure, temperature) of every input, and whether it is a measured point of the diagram."""
    found: list[tuple[float, float, bool]] = []
    seen = set()
    for point in diagram.points:
        items = [item for _, item in panel.inputs or () if is_input(item, point)]
        place = mark_of(point, diagram)
        if items and place is not None:
            seen.update(items)
            found.append((*place, True))
    p_axis, t_axis = diagram.pressures, diagram.temperatures
    for _, item in panel.inputs or ():
        t = item.temperature_k
        if item in seen or t is None or item.pressure_end_gpa is not None:
            continue
        if item.pressure_gpa <= p_axis.high and t <= t_axis.high:
            found.append((max(item.pressure_gpa, p_axis.low), max(t, t_axis.low), False))
    return found


def draw_rings(axis: Axes, diagram: Diagram, panel: Panel) -> None:
    """A ring round every input; a cross in it where the diagram has no mark."""
    for p, t, marked in rings(diagram, panel):
        look: dict[str, Any] = {"linestyle": "none", "clip_on": False, "zorder": 7.5}
        axis.plot(
            p,
            t,
            marker="o",
            markersize=RING_SIZE,
            markerfacecolor="none",
            markeredgecolor=RING_COLOR,
            markeredgewidth=1.6,
            **look,
        )
        if not marked:
            axis.plot(p, t, marker="x", markersize=5, color=RING_COLOR, **look)


def handles(diagram: Diagram) -> list[Any]:
    """Entries of the legend."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    found: list[Any] = []
    if any(rings(diagram, panel) for panel in diagram.panels):
        ring = {"markerfacecolor": "none", "markeredgecolor": RING_COLOR, "markeredgewidth": 1.6}
        found.append(
            Line2D([], [], marker="o", markersize=10, linestyle="none", label=RING_WORDS, **ring)  # type: ignore[arg-type]
        )
    if any(item.state for panel in diagram.panels for _, item in panel.inputs or ()):
        found.append(
            Line2D([], [], marker=(6, 2, 0), color="#222222", linestyle="none", label=STAR_WORDS)
        )
    if diagram.melting_unknown:
        found.append(
            Patch(facecolor="#ffffff", edgecolor=VEIL_COLOR, hatch=VEIL_HATCH, label=VEIL_WORDS)
        )
    return found


def put_in_notes(diagram: Diagram) -> list[str]:
    """What the stars and rings of each panel stand for, one sentence a theory."""
    found: dict[str, list[str]] = {}
    for panel in diagram.panels:
        if panel.inputs is None:
            found.setdefault("it does not tell", []).append(panel.theory)
            continue
        words = list(dict.fromkeys(item.words for _, item in panel.inputs))
        found.setdefault("; ".join(words) or "nothing electrical", []).append(panel.theory)
    return [f"put into {' and '.join(names)}: {words}" for words, names in found.items()]
