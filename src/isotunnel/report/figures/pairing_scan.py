"""Figure of pairing along pressure: Tc and lambda, with what is to be expected of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.report.figures.draw import draw_all
from isotunnel.report.figures.pairing import plain_name
from isotunnel.report.figures.scan import COLORS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from isotunnel.analysis.pairing import PairingAlongPressure, PairingPoint
    from isotunnel.analysis.pairing.result import PairingRange, PairingResult

Value = Callable[["PairingResult"], float | None]
Limits = Callable[["PairingRange"], tuple[float, float]]


def draw_along_pressure(found: PairingAlongPressure, folder: Path) -> tuple[Path, ...]:
    """Write NAME-pairing-pressure.png and .svg; their paths, none where no pressure has a result.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    if all(point.result is None for point in found.points):
        return ()
    makers = [("pressure", lambda: pressure_figure(found))]
    written = draw_all(makers, folder / f"{plain_name(found.name)}-pairing")
    return tuple(written["pressure"].values())


def pressure_figure(found: PairingAlongPressure) -> Figure:
    """Tc by Allen-Dynes and by Eliashberg in kelvin above, lambda below, against GPa.

    Bars reach over the range in which linear response is to be expected, by the benchmark. A
    pressure without a Tc leaves a gap in the lines, with a cross where its crystal is unstable.
    """
    from matplotlib.figure import Figure

    points = sorted(found.points, key=lambda p: p.asked_gpa)
    figure = Figure(figsize=(7.2, 5.2), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True)
    _ranges(above, points, lambda r: (r.tc_low_k, r.tc_high_k))
    _line(above, points, lambda r: r.tc_allen_dynes_k, "Allen-Dynes", COLORS[0], "o-")
    _line(above, points, lambda r: r.tc_eliashberg_k, "Eliashberg", COLORS[3], "s--")
    _unstable(above, points)
    _ranges(below, points, lambda r: (r.lambda_low, r.lambda_high))
    _line(below, points, lambda r: r.coupling, "lambda", COLORS[0], "o-")
    above.set_ylabel("Tc, K")
    below.set_ylabel("lambda (no unit)")
    below.set_xlabel("pressure asked for, GPa")
    above.set_title(f"{found.name}, rigid muffin tins, mu* {_mu_stars(points)}")
    for axes in (above, below):
        axes.set_ylim(bottom=0)
    # Beside the panels, where it covers no point; it tells the marks of both.
    above.legend(frameon=False, fontsize=7, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure


def _line(
    axes: Axes, points: Sequence[PairingPoint], value: Value, label: str, color: str, look: str
) -> None:
    known = [None if p.result is None else value(p.result) for p in points]
    if any(v is not None for v in known):
        heights = [math.nan if v is None else v for v in known]
        # Hollow markers show what they cover.
        axes.plot(
            [p.asked_gpa for p in points],
            heights,
            look,
            label=label,
            color=color,
            markersize=5,
            markerfacecolor="none",
            linewidth=1.3,
        )


def _ranges(axes: Axes, points: Sequence[PairingPoint], limits: Limits) -> None:
    known = [
        (p.asked_gpa, p.result.range) for p in points if p.result is not None and p.result.range
    ]
    if known:
        axes.vlines(
            [pressure for pressure, _ in known],
            *zip(*(limits(r) for _, r in known), strict=True),
            color=COLORS[7],
            alpha=0.35,
            linewidth=7,
            label=f"linear response\nexpected ({known[0][1].share:.0%})",
        )


def _unstable(axes: Axes, points: Sequence[PairingPoint]) -> None:
    where = [p.asked_gpa for p in points if p.result is not None and not p.result.stable]
    if where:
        axes.plot(
            where,
            [0.0] * len(where),
            "x",
            color=COLORS[6],
            label="unstable, no Tc",
            clip_on=False,
        )


def _mu_stars(points: Sequence[PairingPoint]) -> str:
    """One, or from the lowest to the highest where it follows N(E_F)."""
    known = [p.result.mu_star for p in points if p.result is not None]
    low, high = (f"{mu_star:.2f}" for mu_star in (min(known), max(known)))
    return low if low == high else f"{low} to {high}"
