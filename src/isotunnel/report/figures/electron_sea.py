"""Figures of the electron sea: predicted against measured, and one metal's energy by part."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.bonding.electron_sea import sea_energy
from isotunnel.report.figures.axes import name_points, plain_ticks
from isotunnel.report.figures.draw import draw_all
from isotunnel.report.figures.scan import COLORS
from isotunnel.studies.electron_sea import SeaMetal
from isotunnel.units import BOHR_ANGSTROM

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PARTS = {
    "kinetic_ev": "kinetic",
    "exchange_ev": "exchange",
    "correlation_ev": "correlation",
    "madelung_ev": "ions and sea (Madelung)",
    "core_ev": "ions' cores",
}


def draw_electron_sea(
    metals: Sequence[SeaMetal], folder: Path, *, each: bool
) -> dict[str, dict[str, Path]]:
    """``electron-sea-all`` and, where asked for, ``electron-sea-Na``, as PNG and SVG.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    makers = [("all", lambda: comparison_figure(metals))]
    if each:
        makers += [(m.element, lambda m=m: parts_figure(m)) for m in metals]  # type: ignore[misc]
    return draw_all(makers, folder / "electron-sea")


def comparison_figure(metals: Sequence[SeaMetal]) -> Figure:
    """Cohesive energy and bulk modulus, predicted against measured, coloured by valence."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.0, 4.2), layout="constrained")
    cohesion, stiffness = figure.subplots(1, 2)
    _scatter(cohesion, metals, "cohesive energy (eV per atom)", _cohesive)
    _scatter(stiffness, metals, "bulk modulus (GPa)", _modulus)
    stiffness.set_xscale("log")
    stiffness.set_yscale("log")
    moduli = [value for m in metals for value in _modulus(m)]
    for axis in (stiffness.xaxis, stiffness.yaxis):
        plain_ticks(axis, moduli)
    stiffness.legend(frameon=False, loc="upper left")
    for axes, pair in ((cohesion, _cohesive), (stiffness, _modulus)):
        name_points(axes, [(*pair(m), m.element) for m in metals])
    return figure


def _cohesive(metal: SeaMetal) -> tuple[float, float]:
    return metal.measured_cohesive_ev, metal.cohesive_ev


def _modulus(metal: SeaMetal) -> tuple[float, float]:
    return metal.measured_bulk_modulus_gpa, metal.predicted.bulk_modulus_gpa


def _scatter(axis: Axes, metals: Sequence[SeaMetal], name: str, pair) -> None:  # type: ignore[no-untyped-def]
    ends = [x for m in metals for x in pair(m) if x > 0]
    line = np.array([0.8 * min(ends), 1.25 * max(ends)])
    axis.plot(line, line, color="0.6", linewidth=0.8, zorder=0)
    for valence in sorted({m.valence for m in metals}):
        chosen = [m for m in metals if m.valence == valence]
        points = np.array([pair(m) for m in chosen])
        label = f"{valence} electron{'s' if valence > 1 else ''} per atom"
        axis.plot(*points.T, "o", color=COLORS[valence - 1], markersize=5, label=label)
    axis.set_xlabel(f"measured {name}")
    axis.set_ylabel(f"predicted {name}")


def parts_figure(metal: SeaMetal) -> Figure:
    """Energy per ion by part against r_s, with the measured place marked."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 4.4), layout="constrained")
    axis = figure.subplots()
    r_s = np.linspace(0.7 * metal.r_s_bohr, 1.6 * metal.r_s_bohr, 200)
    volumes = 4 * np.pi / 3 * (r_s * BOHR_ANGSTROM) ** 3 * metal.valence
    parts = sea_energy(metal.sea, volumes)
    for color, (name, label) in zip(COLORS, _PARTS.items(), strict=False):
        axis.plot(r_s, getattr(parts, name), color=color, linewidth=1.1, label=label)
    axis.plot(r_s, parts.total_ev, color="black", linewidth=1.8, label="sum")
    axis.axvline(metal.r_s_bohr, color="0.5", linewidth=0.8, linestyle=":")
    axis.annotate(
        "measured size, put in",
        (metal.r_s_bohr, axis.get_ylim()[1]),
        xytext=(4, -10),
        textcoords="offset points",
        fontsize=7.5,
    )
    axis.set_xlabel(f"r_s (bohr) of {metal.element}")
    axis.set_ylabel("energy per ion (eV)")
    axis.legend(frameon=False, fontsize=7.5, ncols=2)
    return figure
