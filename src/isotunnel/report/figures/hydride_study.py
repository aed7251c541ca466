"""Figure of the hydride study: errors of formulas and fits, gains, estimates against Tc."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.report.figures.draw import draw_all
from isotunnel.report.figures.scan import COLORS, MARKERS
from isotunnel.studies.hydrides.study import CONSTANTS, HydrideStudy

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SOFT_K = 10.0
"""Below this temperature the axes are linear, above logarithmic."""


def draw_hydride_study(study: HydrideStudy, stem: Path) -> dict[str, Path]:
    """``<stem>-study.png`` and ``.svg``.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    return draw_all([("study", lambda: hydride_study_figure(study))], stem)["study"]


def hydride_study_figure(study: HydrideStudy) -> Figure:
    """Mean errors with intervals; the best formula against the predicted Tc; the gains."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11.0, 4.4), layout="constrained")
    errors, scatter, gains = figure.subplots(1, 3, width_ratios=(1.15, 1.1, 1.0))
    _errors_panel(errors, study)
    _scatter_panel(scatter, study)
    _gains_panel(gains, study)
    return figure


def _errors_panel(axis: Axes, study: HydrideStudy) -> None:
    scores = (*study.formulas, *study.fits)
    at = np.arange(len(scores))[::-1]
    for y, score in zip(at, scores, strict=True):
        value, low, high = score.mae_k
        color = (
            COLORS[7] if score.name in CONSTANTS else COLORS[0 if score in study.formulas else 2]
        )
        axis.errorbar(
            value, y, xerr=[[value - low], [high - value]], fmt="o", color=color, markersize=5
        )
    constant = min(study.score(name).mae_k[0] for name in CONSTANTS)
    axis.axvline(constant, color="0.6", linewidth=0.8, linestyle=":", zorder=0)
    axis.set_yticks(at, [s.name for s in scores])
    axis.set_ylim(-0.7, len(scores) - 0.3)
    axis.set_xlim(left=0)
    axis.set_xlabel("mean absolute error (K)")
    axis.set_title("Mean error; fits on families not seen")


def _scatter_panel(axis: Axes, study: HydrideStudy) -> None:
    best = min(study.formulas, key=lambda s: s.mae_k[0])
    estimate = study.predictions[best.name]
    for number, family in enumerate(sorted(set(study.families))):
        here = np.array([f == family for f in study.families])
        axis.plot(
            study.tc_k[here],
            estimate[here],
            MARKERS[number % len(MARKERS)],
            color=COLORS[number % len(COLORS)],
            markersize=4.5,
            label=family,
        )
    top = 1.3 * float(max(study.tc_k.max(), estimate.max()))
    axis.plot([0, top], [0, top], color="0.6", linewidth=0.8, zorder=0)
    ticks = [t for t in (0, 5, 10, 30, 100, 300) if t <= top]
    for scale, limits, label in (
        (axis.set_xscale, axis.set_xlim, axis.set_xticks),
        (axis.set_yscale, axis.set_ylim, axis.set_yticks),
    ):
        scale("symlog", linthresh=_SOFT_K)
        limits(-0.8, top)
        label(ticks, [str(t) for t in ticks])
    axis.minorticks_off()
    axis.set_xlabel("Tc predicted ab initio (K)")
    axis.set_ylabel(f"Tc by {best.name} from tunnels (K)")
    axis.set_title(f"The best formula, {best.name}")
    axis.legend(frameon=False, fontsize=7, loc="lower right")


def _gains_panel(axis: Axes, study: HydrideStudy) -> None:
    gains = [g for g in study.gains if g.better.startswith("composition")]
    at = np.arange(len(gains))[::-1]
    for y, gain in zip(at, gains, strict=True):
        for shift, interval, color, label in (
            (0.12, gain.by_row, COLORS[3], "rows redrawn"),
            (-0.12, gain.by_family, COLORS[6], "families redrawn"),
        ):
            value, low, high = interval
            axis.errorbar(
                value,
                y + shift,
                xerr=[[value - low], [high - value]],
                fmt="s",
                markersize=4,
                color=color,
                label=label if y == at[0] else None,
            )
    axis.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    names = [f"{g.better.removeprefix('composition + ')}\nover {g.than}" for g in gains]
    axis.set_yticks(at, names, fontsize=7.5)
    axis.set_ylim(-0.6, len(gains) - 0.4)
    axis.set_xlabel("gain in mean error (K)")
    axis.set_title("Gain on families not seen")
    axis.legend(frameon=False, fontsize=7, loc="upper center", bbox_to_anchor=(0.3, -0.12), ncols=2)
