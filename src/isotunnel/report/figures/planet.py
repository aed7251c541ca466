"""A planet cut open: a sector of materials and one for each theory's electrical state."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.planets.states import THEORIES
from isotunnel.report.figures.diagram.style import HATCH, HATCH_COLOR, LOOKS
from isotunnel.report.figures.draw import draw_all
from isotunnel.studies.planets import PlanetStudy, PointStates

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MATERIALS = {
    "Fe": ("iron", "#9aa3ab"),
    "MgSiO3": ("silicate", "#c9a27c"),
    "H": ("hydrogen, helium", "#cfd8c3"),
    "H2O": ("water", "#bcd9e6"),
}
"""Word and colour."""

SECTOR = 120.0
_ROOM_FOR_WORDS = 0.3
_CENTRES = (90.0, 210.0, 330.0)


def draw_planet(study: PlanetStudy, folder: Path) -> dict[str, Path]:
    """``planet-Earth.png`` and ``.svg``.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    name = study.profile.body
    return draw_all([(name, lambda: planet_figure(study))], folder / "planet")[name]


def planet_figure(study: PlanetStudy) -> Figure:
    """Rings from surface to centre in three sectors."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.4, 7.6), layout="constrained")
    axes = figure.subplots()
    rings = _rings(study)
    columns = ("what it is made of", *THEORIES.values())
    for centre, column in zip(_CENTRES, columns, strict=True):
        theory = next((k for k, v in THEORIES.items() if v == column), None)
        _sector(axes, rings, centre, theory)
        _title(axes, centre, column)
    _conditions(axes, rings)
    _legend(axes, study)
    axes.set_xlim(-1.45, 1.45)
    axes.set_ylim(-1.2, 1.25)
    axes.set_aspect("equal")
    axes.set_axis_off()
    figure.suptitle(_heading(study), fontsize=10)
    return figure


def _heading(study: PlanetStudy) -> str:
    return f"{study.profile.body} cut open, radius {study.profile.radius_km:,.0f} km"


def _rings(study: PlanetStudy) -> list[tuple[float, float, PointStates]]:
    """Inner and outer radius over the planet's, of each point: half way to its neighbours."""
    points = study.points
    r = [p.point.radius_km / study.profile.radius_km for p in points]
    edges = [1.0, *((a + b) / 2 for a, b in pairwise(r)), 0.0]
    return [(edges[i + 1], edges[i], p) for i, p in enumerate(points)]


def _sector(
    axes: Axes, rings: Sequence[tuple[float, float, PointStates]], centre: float, theory: str | None
) -> None:
    """Rings of one look are drawn as one, so that no seams show."""
    from matplotlib.patches import Wedge

    low, high = centre - SECTOR / 2, centre + SECTOR / 2
    for (fill, unknown), group in groupby(rings, key=lambda ring: _look(ring[2], theory)):
        members = list(group)
        inner, outer = members[-1][0], members[0][1]
        if outer <= inner:
            continue
        patch = Wedge((0, 0), outer, low, high, width=outer - inner, facecolor=fill, linewidth=0)
        if unknown:
            patch.set(hatch=HATCH, edgecolor=HATCH_COLOR)
        axes.add_patch(patch)


def _look(entry: PointStates, theory: str | None) -> tuple[str, bool]:
    """Colour, and whether the theory cannot say."""
    if theory is None:
        return MATERIALS[entry.point.shell.material][1], False
    state = entry.states[theory].state
    return LOOKS[state].fill, state is None


def _title(axes: Axes, centre: float, text: str) -> None:
    angle = math.radians(centre)
    x, y = 1.08 * math.cos(angle), 1.08 * math.sin(angle)
    side = {90.0: "center", 210.0: "right", 330.0: "left"}[centre]
    axes.text(x, y, text.replace(", ", ",\n"), ha=side, va="center", fontsize=9, weight="bold")
    for edge in (centre - SECTOR / 2, centre + SECTOR / 2):
        end = math.radians(edge)
        axes.plot([0, math.cos(end)], [0, math.sin(end)], color="white", linewidth=2.5)


def _conditions(axes: Axes, rings: Sequence[tuple[float, float, PointStates]]) -> None:
    """Pressure and temperature where layers begin, with a circle there."""
    from matplotlib.patches import Circle

    last = ""
    for _, outer, entry in rings:
        shell = entry.point.shell
        if shell.name == last:
            continue
        last = shell.name
        axes.add_patch(Circle((0, 0), outer, fill=False, edgecolor="#333333", linewidth=0.8))
        text = f"{shell.name}\n{_pressure(entry)} GPa, {entry.point.temperature_k:.0f} K"
        if outer > _ROOM_FOR_WORDS:
            axes.text(0, outer - 0.05, text, ha="center", va="top", fontsize=7)
        else:
            axes.annotate(
                text, (0.5 * outer, 0.8 * outer), (1.05, 0.95 - outer), fontsize=7, va="center",
                arrowprops={"arrowstyle": "-", "color": "#333333", "linewidth": 0.7},
            )  # fmt: skip


def _pressure(entry: PointStates) -> str:
    pressure = entry.point.pressure_gpa
    return f"{pressure:.0f}" if pressure >= 1 else f"{pressure:.2g}"


def _legend(axes: Axes, study: PlanetStudy) -> None:
    from matplotlib.patches import Patch

    used = dict.fromkeys(p.point.shell.material for p in study.points)
    states = dict.fromkeys(s.state for p in study.points for s in p.states.values())
    handles = [Patch(facecolor=MATERIALS[m][1], label=MATERIALS[m][0]) for m in used]
    for state in states:
        look = LOOKS[state]
        hatch = HATCH if state is None else None
        handles.append(
            Patch(facecolor=look.fill, edgecolor=HATCH_COLOR, hatch=hatch, label=look.word)
        )
    axes.legend(handles=handles, loc="lower center", ncols=3, frameon=False, fontsize=8,
                bbox_to_anchor=(0.5, -0.07))  # fmt: skip
