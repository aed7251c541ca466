"""Figures of the fits: data, laws and residuals of one metal, and all metals' held-out errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.errors import CannotSay
from isotunnel.studies.fits.points import SPLITS
from isotunnel.studies.fits.results import LawFit, MetalFits
from isotunnel.studies.fits.rho_laws import laws
from isotunnel.studies.fits.run import FitsResult
from isotunnel.studies.fits.solve import Law

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LOOKS = {
    "bg2": ("#0072b2", "--"),
    "bg2v": ("#0072b2", "-"),
    "bg3": ("#0072b2", "--"),
    "bg3v": ("#0072b2", "-"),
    "linear2": ("#d55e00", "-"),
    "linear3": ("#d55e00", "-"),
    "activated2": ("#cc79a7", "-."),
    "activated3": ("#cc79a7", "-."),
    "volume2": ("#e69f00", "-"),
    "volume3": ("#e69f00", "-"),
    "line2": ("#8d949e", ":"),
    "parabola3": ("#8d949e", ":"),
    "volume_free": ("#009e73", ":"),
}
"""Colour and stroke: blue Bloch-Grueneisen, warm the tunnel laws, grey the yardsticks."""

_SHOWN_RESIDUAL = 60.0
_LARGEST_ERROR = 1000.0
_ROUND_K = (30, 50, 100, 200, 300, 500, 1000, 2000, 3000)

_SHORT = {
    "alternate": "every other temperature held out",
    "extrapolate": "above 300 K held out",
}
_NAMES = {
    "bg2": "Bloch-Gr., theta given",
    "bg2v": "Bloch-Gr., theta(V) given",
    "bg3": "Bloch-Gr., theta fitted",
    "bg3v": "Bloch-Gr., theta(V) fitted",
    "linear2": "tunnel, linear",
    "linear3": "tunnel, linear, curved",
    "activated2": "tunnel, activated",
    "activated3": "tunnel, activated, gap(V)",
    "volume2": "tunnel, power of V",
    "volume3": "tunnel, three knots in V",
    "line2": "straight line in T",
    "parabola3": "parabola in T",
    "volume_free": "tunnel, any rising f(V)",
}


def draw_fits(result: FitsResult, folder: Path) -> dict[str, dict[str, Path]]:
    """Write ``fits-METAL`` and ``fits-summary`` into a folder, PNG and SVG: name, format, path.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    from isotunnel.report.figures.draw import draw_all

    return draw_all(_makers(result), folder / "fits")


def _makers(result: FitsResult) -> Iterator[tuple[str, Callable[[], Figure | None]]]:
    for metal in result.metals:
        yield metal.metal, lambda metal=metal: metal_figure(metal)  # type: ignore[misc]
    yield "summary", lambda: summary_figure(result)


def metal_figure(metal: MetalFits) -> Figure | None:
    """One metal: splits below each other, 2 and 3 parameters side by side; None without fits."""
    from matplotlib.figure import Figure

    judged = {f.split for f in metal.fits if f.fitted}
    splits = [name for name in SPLITS if name in judged]
    if not splits:
        return None
    numbers = {law.count for law in laws() for f in metal.fits if f.fitted and f.law == law.name}
    counts = sorted(c for c in numbers if c is not None)
    if not counts:
        return None
    figure = Figure(
        figsize=(4.6 * len(counts) + 0.6, 4.9 * len(splits) + 0.4), layout="constrained"
    )
    heights = [2.4, 1.0] * len(splits)
    axes = figure.subplots(
        2 * len(splits), len(counts), sharex=True, squeeze=False, height_ratios=heights
    )
    for row, split in enumerate(splits):
        for column, count in enumerate(counts):
            above, below = axes[2 * row][column], axes[2 * row + 1][column]
            _panel(metal, split, count, above, below)
            above.set_title(f"{count} parameters; {_SHORT[split]}")
    for axis in axes[-1]:
        axis.set_xlabel("temperature (K)")
    unused = len(metal.dropped)
    figure.suptitle(
        f"{metal.metal} ({metal.phase}): {len(metal.points)} rows used, {unused} not",
        x=0.01,
        ha="left",
        fontsize=10.5,
    )
    return figure


def _panel(metal: MetalFits, split: str, count: int, above: Axes, below: Axes) -> None:
    training = metal.training(split)
    points = metal.points
    hidden = 0
    reason = ""
    for law in laws():
        fit = metal.fit(law.name, split)
        if fit is None or law.count != count:
            continue
        if fit.fitted:
            hidden += _draw_law(metal, law, fit, above, below)
        else:
            reason = fit.reason
    if reason:
        above.text(
            0.02,
            0.97,
            f"not fitted: {reason.partition(':')[0]}",
            va="top",
            transform=above.transAxes,
            fontsize=7,
            color="0.35",
        )
    for mask, label, face in ((training, "fitted", "black"), (~training, "held out", "white")):
        above.plot(
            points.temperature_k[mask],
            points.rho_uohm_cm[mask],
            "o",
            color="black",
            markerfacecolor=face,
            markersize=4.5,
            zorder=5,
            label=f"measured, {label}",
        )
    above.set_xscale("log")
    above.set_yscale("log")
    low, high = points.rho_uohm_cm.min(), points.rho_uohm_cm.max()
    above.set_ylim(low / 2.5, high * 2.5)
    above.set_ylabel("resistivity (µΩ cm)")
    _ticks(above, high / low)
    above.legend(
        fontsize=6.5,
        loc="lower right",
        framealpha=0.85,
        edgecolor="none",
        title="error on held-out points (rms)",
        title_fontsize=6.5,
    )
    below.axhline(0, color="0.6", linewidth=0.8, zorder=0)
    below.set_ylim(-_SHOWN_RESIDUAL, _SHOWN_RESIDUAL)
    below.set_ylabel("law / measured - 1 (%)")
    t = points.temperature_k
    inside = [x for x in _ROUND_K if t[0] * 0.9 <= x <= t[-1] * 1.1]
    below.set_xticks(inside, [f"{x:g}" for x in inside])
    if hidden:
        below.text(
            0.99,
            0.03,
            f"{hidden} beyond the axis",
            transform=below.transAxes,
            ha="right",
            fontsize=6.5,
            color="0.35",
        )


def _ticks(axis: Axes, span: float) -> None:
    """Plain numbers on the logarithmic axes; more of them where the data span little."""
    from matplotlib.ticker import LogLocator, NullFormatter

    axis.yaxis.set_major_locator(LogLocator(subs=(1.0,) if span > 100 else (1.0, 2.0, 5.0)))
    axis.yaxis.set_major_formatter("{x:g}")
    axis.yaxis.set_minor_formatter(NullFormatter())
    axis.xaxis.set_minor_formatter(NullFormatter())


def _draw_law(metal: MetalFits, law: Law, fit: LawFit, above: Axes, below: Axes) -> int:
    """Curve and residuals; the number of residuals beyond the axis."""
    assert fit.predict is not None
    assert fit.held_out is not None
    color, stroke = _LOOKS[law.name]
    curve = metal.curve()
    label = f"{_NAMES[law.name]}: {_percent(fit.held_out.rms_relative)}"
    try:
        rho = fit.predict(curve)
    except CannotSay:
        return 0
    shown = np.where(rho > 0, rho, np.nan)
    above.plot(curve.temperature_k, shown, stroke, color=color, linewidth=1.3, label=label)
    at = metal.points
    residual = 100 * (fit.predict(at) / at.rho_uohm_cm - 1)
    inside = np.abs(residual) <= _SHOWN_RESIDUAL
    below.plot(
        at.temperature_k,
        np.where(inside, residual, np.nan),
        stroke,
        color=color,
        linewidth=0.9,
        marker=".",
        markersize=4,
    )
    return int(np.sum(~inside))


def _percent(error: float) -> str:
    if error >= _LARGEST_ERROR / 100:
        return "above 1000 %"
    return f"{100 * error:.{0 if error > 0.0995 else 1}f} %"


def summary_figure(result: FitsResult) -> Figure:
    """Held-out error of every law, one dot per metal, a bar at the median; one panel per split."""
    from matplotlib.figure import Figure

    shown = [
        s
        for s in result.splits
        if any(f.fitted for m in result.metals for f in m.fits if f.split == s)
    ]
    names = laws()
    figure = Figure(figsize=(5.0 * max(len(shown), 1) + 2.4, 4.4), layout="constrained")
    axes = figure.subplots(1, max(len(shown), 1), sharey=True, squeeze=False)[0]
    for axis, split in zip(axes, shown, strict=False):
        beyond = 0
        for row, law in enumerate(names):
            errors = [
                100 * f.held_out.rms_relative
                for m in result.metals
                if (f := m.fit(law.name, split)) is not None and f.held_out is not None
            ]
            beyond += _strip(axis, row, errors, _LOOKS[law.name][0])
        axis.set_xscale("log")
        axis.set_xlim(0.1, _LARGEST_ERROR * 1.6)
        axis.xaxis.set_major_formatter("{x:g}")
        axis.set_xlabel("error on held-out points, rms (%)")
        judged = sum(any(f.fitted for f in m.fits if f.split == split) for m in result.metals)
        axis.set_title(f"{_SHORT[split]}: {judged} metals")
        axis.grid(axis="x", color="0.9", linewidth=0.6)
        axis.set_axisbelow(True)
        if beyond:
            axis.text(
                1.0,
                -0.16,
                f"triangles: {beyond} above 1000 %",
                transform=axis.transAxes,
                ha="right",
                fontsize=7,
                color="0.35",
            )
    axes[0].set_yticks(
        range(len(names)), [f"{_NAMES[law.name]} ({law.count or 'free'})" for law in names]
    )
    axes[0].invert_yaxis()
    return figure


def _strip(axis: Axes, row: int, errors: list[float], color: str) -> int:
    """Dots and a bar at the median; the number of errors beyond the axis."""
    if not errors:
        axis.text(0.13, row, "cannot say", va="center", fontsize=7, color="0.45")
        return 0
    values = np.array(errors)
    inside = values <= _LARGEST_ERROR
    # A fixed pattern keeps dots apart and the figure the same every time.
    spread = row + 0.24 * np.sin(2.4 * np.arange(len(values)))
    axis.plot(values[inside], spread[inside], "o", color=color, markersize=4, alpha=0.7)
    edge = np.full(int(np.sum(~inside)), _LARGEST_ERROR * 1.25)
    axis.plot(edge, spread[~inside], ">", color=color, markersize=4, alpha=0.7)
    middle = float(np.median(values))
    if middle <= _LARGEST_ERROR:
        axis.plot([middle] * 2, [row - 0.36, row + 0.36], "-", color="black", linewidth=1.6)
    return int(np.sum(~inside))
