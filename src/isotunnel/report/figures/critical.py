"""Figures of critical fields: points and laws of one material, and the families of all."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.report.figures.draw import draw_all
from isotunnel.report.figures.scan import COLORS
from isotunnel.studies.critical_curves import HC, HC2, STANDARD, FieldCurve, MaterialCurves
from isotunnel.studies.critical_shapes import SHAPES, UPPER_SHAPES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LOOKS = {
    "parabola": (COLORS[0], "-"),
    "BCS": (COLORS[2], "--"),
    "WHH": (COLORS[2], "--"),
    "GL": (COLORS[4], (0, (5, 1, 1, 1))),
    "tunnel, electrons": (COLORS[3], "-."),
    "tunnel, phonons": (COLORS[3], ":"),
}
"""Colour and dashes of each law, the same in every figure."""
_MOST_COLUMNS = 3
_UNITS = {HC: ("mT", 1.0), HC2: ("T", 1e-3)}


def draw_critical(name: str, curves: Sequence[FieldCurve], folder: Path) -> dict[str, Path]:
    """``critical-Sn.png`` and ``.svg``.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    makers = [(name, lambda: critical_figure(name, curves))]
    return draw_all(makers, folder / "critical")[name]


def draw_families(
    thermodynamic: Sequence[MaterialCurves], upper: Sequence[MaterialCurves], folder: Path
) -> dict[str, Path]:
    """``critical-families.png`` and ``.svg``.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    makers = [("families", lambda: families_figure(thermodynamic, upper))]
    return draw_all(makers, folder / "critical")["families"]


def critical_figure(name: str, curves: Sequence[FieldCurve]) -> Figure:
    """One panel per curve: points of the fit full, those left out hollow."""
    from matplotlib.figure import Figure

    columns = min(len(curves), _MOST_COLUMNS)
    lines = math.ceil(len(curves) / columns)
    figure = Figure(figsize=(4.4 * columns + 0.4, 3.6 * lines + 0.4), layout="constrained")
    panels = np.atleast_1d(figure.subplots(lines, columns, squeeze=False).ravel())
    for panel, curve in zip(panels, curves, strict=False):
        _draw_curve(panel, curve)
    for panel in panels[len(curves) :]:
        panel.set_axis_off()
    panels[0].legend(frameon=False, fontsize=7.5)
    figure.suptitle(f"Critical field of {name}", fontsize=9.5)
    return figure


def _draw_curve(panel: Axes, curve: FieldCurve) -> None:
    unit, scale = _UNITS[curve.quantity]
    t, field = curve.temperatures_k, curve.fields_mt * scale
    grid = np.linspace(0, 1.04 * float(t.max()), 400)
    for law, fit in curve.fits.items():
        color, dash = _LOOKS[law]
        values = fit.field_mt(law, grid) * scale
        panel.plot(grid, values, color=color, linestyle=dash, linewidth=1.4, label=law)
    panel.plot(t[::2], field[::2], "ko", markersize=4, label="fitted")
    panel.plot(t[1::2], field[1::2], "ko", mfc="w", markersize=4, label="left out")
    panel.set_title("\n".join(textwrap.wrap(curve.method, 44)), fontsize=8)
    panel.set_xlabel("temperature (K)")
    words = "critical field" if curve.quantity == HC else "upper critical field"
    panel.set_ylabel(f"{words} ({unit})")
    panel.set_ylim(bottom=0)
    panel.set_xlim(left=0)


def families_figure(
    thermodynamic: Sequence[MaterialCurves], upper: Sequence[MaterialCurves]
) -> Figure:
    """All curves in reduced units beside the laws: one panel for each field.

    Temperature and field are over Tc and the field at zero of the standard law's fit (BCS, WHH).
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.6, 4.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    for number, material in enumerate(thermodynamic):
        label = material.material
        for curve in material.curves:
            style = {"color": COLORS[number % len(COLORS)], "marker": "os^Dv<>ph"[number % 9]}
            _dots(left, curve, label, markersize=4, **style)
            label = ""
    for material in upper:
        for curve in material.curves:
            _dots(right, curve, "", color="0.45", marker="o", markersize=1.8, alpha=0.5)
    t = np.linspace(0, 1, 400)
    for panel, shapes in ((left, SHAPES), (right, UPPER_SHAPES)):
        for law, shape in shapes.items():
            color, dash = _LOOKS[law]
            panel.plot(t, shape(t), color=color, linestyle=dash, linewidth=1.6, label=law)
        panel.set_xlabel("T / Tc")
        panel.set_xlim(0, 1.08)
        panel.set_ylim(0, 1.15)
    left.set_ylabel("field over field at zero")
    left.set_title(f"Thermodynamic critical field, {len(thermodynamic)} materials", fontsize=9)
    right.set_title(f"Upper critical field, {len(upper)} materials", fontsize=9)
    left.legend(frameon=False, fontsize=7, ncols=2, loc="lower left")
    right.legend(frameon=False, fontsize=7, loc="lower left")
    return figure


def _dots(panel: Axes, curve: FieldCurve, label: str, **look: object) -> None:
    fit = curve.fits[STANDARD[curve.quantity]]
    x, y = curve.temperatures_k / fit.tc_k, curve.fields_mt / fit.field_0_mt
    panel.plot(x, y, linestyle="none", label=label or None, **look)  # type: ignore[arg-type]
