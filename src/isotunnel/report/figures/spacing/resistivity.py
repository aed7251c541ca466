"""Figures of T1 (collapse), T4 (Ohm's law) and T5 (compression)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.measured.parameter import Parameter
from isotunnel.report.figures.scan import COLORS
from isotunnel.report.figures.spacing.bars import bar
from isotunnel.studies.spacing import (
    CollapsedMetal,
    CompressedMaterial,
    OhmRow,
    SpacingTest,
    iv_curve,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SPACING, RIVAL, MEASURED, WORSE = COLORS[1], COLORS[0], COLORS[6], COLORS[3]
_BARE_PER_GPA, _END_PER_GPA, _LIMIT_PER_GPA = 60.0, 20.0, 150.0
"""Where a bare sign is drawn: beyond a line at which the numbers end."""

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def collapse_figure(test: SpacingTest[CollapsedMetal]) -> Figure:
    """T1: demanded, rival and measured d ln R/dP, and what cooling does at equal volume."""
    from matplotlib.figure import Figure

    rows = test.rows
    figure = Figure(figsize=(9.0, 1.6 + 0.24 * len(rows)), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(3, 2))
    _pressure_panel(left, rows)
    _cold_panel(right, [r for r in rows if r.cold])
    return figure


def _pressure_panel(axis: Axes, rows: Sequence[CollapsedMetal]) -> None:
    at = np.arange(len(rows))[::-1]
    for offset, color, marker, label, values in (
        (0.2, SPACING, "s", "volume alone, from heating", [_demanded(r) for r in rows]),
        (0.0, RIVAL, "o", "Bloch-Grüneisen", [r.bloch_squeeze_per_gpa for r in rows]),
        (-0.2, MEASURED, "D", "measured", [r.measured_squeeze_per_gpa for r in rows]),
    ):
        known = [(y + offset, v) for y, v in zip(at, values, strict=True) if v is not None]
        if known:
            _dots(axis, known, color, marker, label)
    for side, marker, word in ((-1, "<", "falls"), (1, ">", "rises")):
        here = [
            y
            for y, r in zip(at, rows, strict=True)
            if r.measured_squeeze_per_gpa is None and r.squeezing_sign == -side
        ]
        if here:
            label = f"measured: {word}, size not read"
            axis.scatter(
                [side * _BARE_PER_GPA] * len(here),
                [y - 0.2 for y in here],
                marker=marker,
                color=MEASURED,
                s=28,
                label=label,
            )
    axis.set_xscale("symlog", linthresh=0.01)
    axis.set_xlim(-_LIMIT_PER_GPA, _LIMIT_PER_GPA)
    for side in (-1, 1):
        axis.axvline(side * _END_PER_GPA, color="0.8", linewidth=0.8, linestyle=":", zorder=0)
    axis.set_xticks([-10, -1, -0.1, -0.01, 0, 0.01, 0.1, 1, 10])
    axis.set_xticklabels(["−10", "−1", "−0.1", "−0.01", "0", "0.01", "0.1", "1", "10"])
    axis.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    axis.set_yticks(at, [r.name for r in rows])
    axis.set_ylim(-0.8, len(rows) - 0.2)
    axis.set_xlabel("d ln R/dP at room temperature (1/GPa)")
    axis.set_title(
        "Squeezing: what each theory needs, what is measured;\nno bar where an error is unknown"
    )
    axis.legend(
        frameon=False, fontsize=7.5, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=2
    )


def _cold_panel(axis: Axes, rows: Sequence[CollapsedMetal]) -> None:
    for row in rows:
        cold = row.cold
        assert cold is not None
        x, y = cold.pressure_gpa, cold.resistivity_ratio
        if row.bloch_squeezing is not None:
            bloch = cold.volume_ratio**row.bloch_squeezing.value
            axis.plot([x, x], [y, bloch], color="0.85", lw=0.8, zorder=0)
            _point(axis, x, bloch, "o", RIVAL, "squeezed, Bloch-Grüneisen")
        _point(axis, x, y, "s", SPACING, "cooled, measured; for volume alone squeezed too")
        if row.squeezed_ratio is not None:
            _point(axis, x, row.squeezed_ratio, "D", MEASURED, "squeezed, from the measured slope")
        axis.annotate(
            row.name,
            (x, y),
            textcoords="offset points",
            xytext=(0, -10),
            ha="center",
            fontsize=6.5,
        )
    axis.axhline(1, color="0.6", linewidth=0.8, zorder=0)
    axis.set_ylim(0, 1.12)
    axis.set_xlabel("pressure for the cold metal's volume (GPa)")
    axis.set_ylabel("resistivity over that at room temperature")
    axis.set_title("Equal volume by cold and by pressure")
    axis.legend(frameon=False, fontsize=7.5, loc="upper center", bbox_to_anchor=(0.5, -0.12))


def _point(axis: Axes, x: float, y: float, marker: str, color: str, label: str) -> None:
    """A point; its series enters the legend once."""
    known = label in axis.get_legend_handles_labels()[1]
    axis.plot(x, y, marker, color=color, label=None if known else label)


def _demanded(row: CollapsedMetal) -> Parameter:
    return row.predicted_squeeze_per_gpa


def _dots(
    axis: Axes, known: Sequence[tuple[float, Parameter]], color: str, marker: str, label: str
) -> None:
    axis.errorbar(
        [v.value for _, v in known],
        [y for y, _ in known],
        xerr=[bar(v) for _, v in known],
        fmt=marker,
        color=color,
        markersize=4.5,
        linewidth=1.2,
        label=label,
    )


def ohm_figure(test: SpacingTest[OhmRow]) -> Figure:
    """T4: field against current density of one metal, copper where it is among them."""
    from matplotlib.figure import Figure

    row = next((r for r in test.rows if r.name == "Cu"), test.rows[0])
    figure = Figure(figsize=(6.4, 4.2), layout="constrained")
    axis = figure.subplots()
    j = np.logspace(-6, 16, 400)
    rho = row.resistivity.value * 1e-6
    axis.loglog(j, iv_curve("ohmic", j, rho, 1.0), color=MEASURED, lw=1.5, label="Ohm's law")
    for loss, color in zip(row.losses, COLORS[1:], strict=False):
        field = loss.threshold_v_per_cm
        shown = f"Δ = {loss.loss_ev:.3g} eV"
        last = loss is row.losses[-1]
        axis.loglog(
            j,
            iv_curve("fixed_loss", j, rho, field),
            color=color,
            lw=1.5,
            label=f"{shown} at every hop",
        )
        if last:
            axis.loglog(
                j,
                iv_curve("loss_rate", j, rho, field),
                color=color,
                lw=2.0,
                ls=(0, (1, 2)),
                label=f"{shown}, losses assumed to go as the current",
            )
    here = row.ohmic_field_v_per_cm / rho
    axis.plot(here, row.ohmic_field_v_per_cm, "D", color=MEASURED)
    axis.annotate(
        f"{here:.3g} A/cm²: {row.heat_per_hop_ev.value:.1e} eV\nof heat per electron and hop",
        (here, row.ohmic_field_v_per_cm),
        textcoords="offset points",
        xytext=(10, -22),
        fontsize=7.5,
    )
    _powers(axis, "x", range(-6, 17, 4))
    _powers(axis, "y", range(-12, 11, 4))
    axis.set_xlabel("current density (A/cm²)")
    axis.set_ylabel("field along the wire (V/cm)")
    axis.set_title(f"What a loss Δ per hop needs in {row.name}, against Ohm's law")
    axis.legend(frameon=False, fontsize=7, loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2)
    return figure


def reentrant_figure(test: SpacingTest[CompressedMaterial]) -> Figure:
    """T5: transitions of each material against pressure, and metals by what resistance does."""
    from matplotlib.figure import Figure

    moved = [r for r in test.rows if r.better_gpa or r.worse_gpa]
    order = sorted(moved, key=lambda r: (not r.partly_worse, min(r.better_gpa + r.worse_gpa)))
    figure = Figure(figsize=(9.0, 1.4 + 0.19 * max(len(order), 12)), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(3, 1))
    at = {r.name: len(order) - 1 - i for i, r in enumerate(order)}
    better = [(p, at[r.name]) for r in order for p in r.better_gpa]
    full = [(p, at[r.name]) for r in order if r.worse for p in r.worse_gpa]
    half = [(p, at[r.name]) for r in order if not r.worse for p in r.worse_gpa]
    none = [(p, at[r.name]) for r in order for p in r.searched_gpa]
    for points, marker, color, label in (
        (better, "o", RIVAL, "becomes a metal"),
        (full, "X", WORSE, "becomes an insulator or semiconductor"),
        (half, "P", SPACING, "becomes a semimetal"),
        (none, "|", "0.5", "no metal found up to here"),
    ):
        if points:
            x, y = zip(*points, strict=True)
            left.scatter(x, y, marker=marker, color=color, s=34, label=label, zorder=3)
    for r in order:
        ends = (*r.better_gpa, *r.worse_gpa, *r.searched_gpa)
        left.plot([min(ends), max(ends)], [at[r.name]] * 2, color="0.8", lw=1, zorder=0)
    left.set_xscale("log")
    lowest, highest = (f(p for r in order for p in r.better_gpa + r.worse_gpa) for f in (min, max))
    left.set_xlim(lowest / 1.5, highest * 1.5)
    _powers(left, "x", range(math.ceil(math.log10(lowest / 1.5)), 4))
    left.set_xlim(lowest / 1.5, max(highest, *(p for p, _ in none), 1) * 1.5)
    left.set_yticks(list(at.values()), list(at), fontsize=7.5)
    left.set_ylim(-0.8, len(order) - 0.2)
    left.set_xlabel("pressure (GPa)")
    left.set_title("Measured transitions on compression")
    left.legend(
        frameon=False, fontsize=7.5, loc="upper center", bbox_to_anchor=(0.5, -0.07), ncols=2
    )
    _signs_panel(right, test.rows)
    return figure


def _signs_panel(axis: Axes, rows: Sequence[CompressedMaterial]) -> None:
    groups = (
        ("falls", [r.name for r in rows if r.resistance_rises is False], RIVAL),
        ("rises", [r.name for r in rows if r.resistance_rises is True], WORSE),
    )
    for x, (_, names, color) in enumerate(groups):
        axis.bar(x, len(names), color=color, alpha=0.25, width=0.8)
        for i, name in enumerate(sorted(names)):
            axis.text(x, i + 0.5, name, ha="center", va="center", fontsize=8)
    axis.set_xticks([0, 1], [f"{word} ({len(names)})" for word, names, _ in groups])
    axis.set_ylabel("metals, by what their resistance does")
    axis.set_title("First compression")


def _powers(axis: Axes, which: str, exponents: Iterable[int]) -> None:
    """Ticks at powers of ten in plain characters: formulas are switched off in our figures."""
    chosen = list(exponents)
    side = axis.xaxis if which == "x" else axis.yaxis
    side.set_ticks([10.0**n for n in chosen], [f"10{str(n).translate(_RAISED)}" for n in chosen])
    side.set_minor_formatter(lambda *_: "")
