"""Figures of T2 (isochores) and T3 (isotopes)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from isotunnel.report.figures.scan import COLORS
from isotunnel.report.figures.spacing.bars import bar
from isotunnel.studies.spacing import IsochoreRow, IsotopeRow, SpacingTest

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LONGEST = 34
_BARE, _END = 700.0, 250.0
"""Where a bare sign is drawn (K/GPa): beyond a line at which the numbers end."""

_SIGNS = ((1, "rises", COLORS[0]), (-1, "falls", COLORS[3]), (0, "flat", "0.6"))


def isochore_figure(test: SpacingTest[IsochoreRow]) -> Figure:
    """T2: measured slopes and those of the isochores, and counts of signs."""
    from matplotlib.figure import Figure

    sized = sorted(
        (r for r in test.rows if r.measured or r.predicted),
        key=lambda r: (r.predicted is None, r.measured.value if r.measured else 0),
    )
    figure = Figure(figsize=(9.0, 1.5 + 0.19 * max(len(sized), 10)), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(3, 1))
    _slopes_panel(left, sized)
    _counts_panel(right, test.rows)
    return figure


def _slopes_panel(axis: Axes, rows: Sequence[IsochoreRow]) -> None:
    at = range(len(rows) - 1, -1, -1)
    axis.set_xscale("symlog", linthresh=0.01)
    for initial, face in ((True, COLORS[6]), (False, "none")):
        here = [(y, r) for y, r in zip(at, rows, strict=True) if r.measured]
        here = [(y, r) for y, r in here if r.initial is initial]
        if here:
            axis.errorbar(
                [r.measured.value for _, r in here if r.measured],
                [y for y, _ in here],
                xerr=[bar(r.measured) for _, r in here if r.measured],
                fmt="D",
                color=COLORS[6],
                markerfacecolor=face,
                markersize=4,
                linewidth=1,
                label="measured, initial slope" if initial else "measured, mean over a range",
            )
    known = [(y, r.predicted) for y, r in zip(at, rows, strict=True) if r.predicted]
    if known:
        axis.scatter(
            [p.value for _, p in known],
            [y for y, _ in known],
            marker="s",
            s=22,
            color=COLORS[1],
            label="isochore: volume alone",
        )
    bare = [(y, r.sign) for y, r in zip(at, rows, strict=True) if not r.measured and r.sign]
    for sign, word, _ in _SIGNS[:2]:
        here_y = [y for y, s in bare if s == sign]
        if here_y:
            axis.scatter(
                [sign * _BARE] * len(here_y),
                here_y,
                marker=">" if sign > 0 else "<",
                color=COLORS[6],
                s=26,
                label=f"measured: {word}, size not read",
            )
    axis.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    axis.axvline(-_END, color="0.8", linewidth=0.8, linestyle=":", zorder=0)
    axis.set_xlim(-2000, 1e10)
    ticks = [-100, -1, -0.01, 0.01, 1, 1e2, 1e4, 1e6, 1e8]
    axis.set_xticks(ticks, ["−100", "−1", "−0.01", "0.01", "1", "100", "10⁴", "10⁶", "10⁸"])
    axis.set_yticks(list(at), [_cut(r.name, _LONGEST) for r in rows], fontsize=7)
    axis.set_ylim(-0.8, len(rows) - 0.2)
    axis.set_xlabel("dTc/dP (K/GPa)")
    axis.set_title("Slope of Tc(P), measured and of the isochore;\nno bar where no error is known")
    axis.legend(
        frameon=False, fontsize=7.5, loc="upper center", bbox_to_anchor=(0.4, -0.07), ncols=2
    )


def _counts_panel(axis: Axes, rows: Sequence[IsochoreRow]) -> None:
    groups = (
        ("elements", [r for r in rows if r.family == "element"]),
        ("others", [r for r in rows if r.family != "element"]),
    )
    for x, (_, mine) in enumerate(groups):
        bottom = 0
        for sign, word, color in (*_SIGNS, (None, "disputed", "0.85")):
            count = sum(r.sign == sign for r in mine)
            if count:
                seen = word in axis.get_legend_handles_labels()[1]
                axis.bar(
                    x, count, bottom=bottom, color=color, width=0.7, label=None if seen else word
                )
                axis.text(x, bottom + count / 2, str(count), ha="center", va="center", fontsize=8)
            bottom += count
    axis.set_xticks([0, 1], [name for name, _ in groups])
    axis.set_ylabel("superconductors, as found in papers (a biased sample)")
    axis.set_title("Tc at first compression")
    axis.legend(frameon=False, fontsize=7.5, loc="upper center", bbox_to_anchor=(0.5, -0.05))


def _cut(name: str, longest: int) -> str:
    return name if len(name) <= longest else name[: longest - 1] + "…"


def isotope_figure(test: SpacingTest[IsotopeRow]) -> Figure:
    """T3: exponents with errors against 0 and 0.5."""
    from matplotlib.figure import Figure

    rows = sorted(test.rows, key=lambda r: (r.partial, not r.simple, -r.alpha.value))
    figure = Figure(figsize=(6.4, 1.5 + 0.22 * len(rows)), layout="constrained")
    axis = figure.subplots()
    axis.axvline(0, color=COLORS[1], linewidth=1.5, label="volume alone, at fixed volume", zorder=0)
    axis.axvline(0.5, color=COLORS[0], linewidth=1.5, label="BCS, sum over all sites", zorder=0)
    at = range(len(rows) - 1, -1, -1)
    for partial, color, name in (
        (False, COLORS[6], "summed over all sites"),
        (True, "0.55", "one site alone, not counted"),
    ):
        here = [(y, r.alpha) for y, r in zip(at, rows, strict=True) if r.partial is partial]
        if here:
            axis.errorbar(
                [a.value for _, a in here],
                [y for y, _ in here],
                xerr=[bar(a) for _, a in here],
                fmt="s" if partial else "D",
                color=color,
                markerfacecolor="none" if partial else color,
                markersize=4.5,
                linewidth=1.2,
                label=name,
            )
    axis.set_yticks(list(at), [_cut(f"{r.name}: {r.isotope}", 42) for r in rows], fontsize=7.5)
    axis.set_ylim(-0.8, len(rows) - 0.2)
    axis.set_xlabel("isotope exponent α, Tc ~ M^−α")
    axis.set_title("Isotope effect; a bar is the error, no bar where none is printed")
    axis.legend(
        frameon=False, fontsize=7.5, loc="upper center", bbox_to_anchor=(0.4, -0.11), ncols=2
    )
    return figure
