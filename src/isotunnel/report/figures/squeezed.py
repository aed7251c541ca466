"""Figures of squeezed atoms: their deformed clouds, what pushes and pulls, hydrogen's phases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.bonding.squeezed.library import SqueezedPoint, squeezed_crystal
from isotunnel.report.figures.axes import plain_ticks
from isotunnel.report.figures.draw import draw_all
from isotunnel.report.figures.scan import COLORS
from isotunnel.studies.squeezed import (
    SqueezedGas,
    SqueezedHydrogen,
    SqueezedMetal,
    SqueezeStudy,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "*")


def draw_squeezed(study: SqueezeStudy, folder: Path) -> dict[str, dict[str, Path]]:
    """``squeezed-cloud-He-hcp`` of every crystal with a picture, ``squeezed-energies`` and so on.

    Raises:
        MissingExtraError: matplotlib is not installed.
        InputError: a file cannot be written.
    """
    makers: list[tuple[str, Callable[[], Figure]]] = []
    crystals = [g.name for g in study.gases] + [m.name for m in study.metals]
    for name in dict.fromkeys(crystals):
        points = [p for p in squeezed_crystal(name).points if p.plane is not None]
        if points:
            makers.append((f"cloud-{name}", lambda n=name, p=points: cloud_figure(n, p)))  # type: ignore[misc]
    if study.gases:
        makers.append(("energies", lambda: energies_figure(study.gases)))
    if study.hydrogen:
        makers.append(("hydrogen", lambda: hydrogen_figure(study.hydrogen)))
    if len(study.metals) > 1:
        makers.append(("metals", lambda: metals_figure(study.metals)))
    return draw_all(makers, folder / "squeezed")


def cloud_figure(name: str, points: Sequence[SqueezedPoint]) -> Figure:
    """Density less that of free atoms side by side, in a plane of nearest neighbours."""
    from matplotlib.colors import SymLogNorm
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3.6 * len(points) + 1.1, 3.9), layout="constrained")
    axes = np.atleast_1d(figure.subplots(1, len(points)))
    planes = [dict(p.plane or {}) for p in points]
    # Near the nuclei the change is a hundred times that between the atoms: both must be seen.
    largest = max(float(np.percentile(np.abs(p["values"]), 98)) for p in planes)
    scale = SymLogNorm(largest / 300, vmin=-largest, vmax=largest)
    for axis, point, plane in zip(axes, points, planes, strict=True):
        values, half = np.array(plane["values"]), plane["width_a"] / 2
        edge = half * (1 + 1 / (len(values) - 1))
        picture = axis.imshow(
            values,
            origin="lower",
            extent=(-edge, edge, -edge, edge),
            cmap="RdBu_r",
            norm=scale,
            interpolation="bilinear",
        )
        x, y = np.array(plane["nuclei"]).T
        axis.plot(x, y, "k+", markersize=7, markeredgewidth=0.9)
        axis.set_xlim(-half, half)
        axis.set_ylim(-half, half)
        axis.set_title(f"{name}, {point.label}, {point.volume_a3:.3g} Å³ per atom", fontsize=8.5)
        axis.set_xlabel("Å")
    axes[0].set_ylabel("Å")
    decade = 10.0 ** np.floor(np.log10(largest))
    ticks = [s * decade * 10.0**-n for s in (-1, 1) for n in range(3)] + [0.0]
    bar = figure.colorbar(picture, ax=list(axes), shrink=0.85, ticks=sorted(ticks))
    bar.ax.set_yticks(sorted(ticks), [f"{t:g}" for t in sorted(ticks)])
    bar.ax.minorticks_off()
    bar.set_label("electrons per Å³, less free atoms")
    return figure


def energies_figure(gases: Sequence[SqueezedGas]) -> Figure:
    """What squeezing costs, and what multipoles, deformation and dispersion are beside it."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.4, 4.8), layout="constrained")
    energy, pressure = figure.subplots(1, 2)
    known = [g for g in gases if not g.extrapolated]
    symbols = list(dict.fromkeys(g.symbol for g in known))
    _energies(energy, known, symbols)
    for marker, symbol in zip(MARKERS, symbols, strict=False):
        rows = sorted((g for g in known if g.symbol == symbol), key=lambda g: g.asked_gpa)
        for color, label, values in (
            (COLORS[0], "PBE", [g.pbe_gpa / g.static_gpa for g in rows]),
            (COLORS[1], "PBE and all dispersion", [g.computed_gpa / g.static_gpa for g in rows]),
        ):
            pressure.plot(
                [g.asked_gpa for g in rows],
                values,
                linestyle="none",
                marker=marker,
                color=color,
                markersize=4.5,
                label=label if symbol == symbols[0] else None,
            )
    pressure.axhline(1.0, color="0.5", linewidth=0.8)
    pressure.set_xscale("log")
    plain_ticks(pressure.xaxis, [g.asked_gpa for g in known])
    pressure.set_xlabel("measured pressure (GPa)")
    pressure.set_ylabel("computed over measured pressure, nuclei at rest")
    pressure.legend(frameon=False)
    handles, labels = energy.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=4, frameon=False, fontsize=8)
    return figure


def _energies(axis: Axes, gases: Sequence[SqueezedGas], symbols: Sequence[str]) -> None:
    series: tuple[tuple[str, Callable[[SqueezedGas], float | None]], ...] = (
        ("squeezing costs (PBE)", lambda g: g.cost_ev),
        ("London dispersion, attracts", lambda g: -g.dispersion_ev),
        (
            "all that deformation takes off",
            lambda g: None if g.frozen_ev is None else g.frozen_ev - g.cost_ev,
        ),
        ("multipoles of the clouds, repel (open: attract)", lambda g: g.multipole_ev[0]),
    )
    for marker, symbol in zip(MARKERS, symbols, strict=False):
        rows = [g for g in gases if g.symbol == symbol]
        axis.plot([], [], marker=marker, color="0.4", linestyle="none", label=symbol)
        for color, (_, value) in zip(COLORS, series, strict=False):
            for g in rows:
                found = value(g)
                if found is None or found == 0:
                    continue
                face = color if found > 0 else "white"
                axis.plot(
                    g.asked_gpa,
                    abs(found),
                    marker,
                    color=color,
                    markerfacecolor=face,
                    markersize=4.5,
                )
    for color, (label, _) in zip(COLORS, series, strict=False):
        axis.plot([], [], color=color, linewidth=4, label=label)
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.set_ylim(1e-7, 10.0)
    plain_ticks(axis.xaxis, [g.asked_gpa for g in gases])
    plain_ticks(axis.yaxis, axis.get_ylim())
    axis.set_xlabel("measured pressure (GPa)")
    axis.set_ylabel("energy (eV per atom), without its sign")


def hydrogen_figure(rows: Sequence[SqueezedHydrogen]) -> Figure:
    """Gap, networking value, distances and quadrupole of each structure against pressure."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.4, 6.2), layout="constrained")
    panels = figure.subplots(2, 2, sharex=True).ravel()
    names = ("gap (eV)", "networking value of the ELF", "H-H distances (Å)", "quadrupole (e Å²)")
    for axis, name in zip(panels, names, strict=True):
        axis.set_ylabel(name)
        axis.axvline(425, color="0.7", linewidth=0.8, linestyle=":")
    for color, phase in zip(COLORS, dict.fromkeys(r.phase for r in rows), strict=False):
        chosen = sorted((r for r in rows if r.phase == phase), key=lambda r: r.asked_gpa)
        for axis, attribute in zip(panels, ("gap_ev", "phi", "bond_a", "quadrupole"), strict=True):
            pairs = [
                (r.asked_gpa, getattr(r, attribute))
                for r in chosen
                if getattr(r, attribute) is not None
            ]
            if pairs:
                axis.plot(*zip(*pairs, strict=True), "o-", color=color, markersize=4, label=phase)
        others = [(r.asked_gpa, r.next_a) for r in chosen if r.next_a is not None]
        if others:
            panels[2].plot(*zip(*others, strict=True), "s--", color=color, markersize=3.5,
                           markerfacecolor="white")  # fmt: skip
    panels[0].legend(frameon=False, fontsize=8)
    panels[0].annotate(
        "measured: 425 GPa",
        (425, 0.96),
        xycoords=("data", "axes fraction"),
        xytext=(-4, -4),
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=7.5,
        color="0.4",
    )
    panels[2].annotate(
        "filled: bond; open: next molecule",
        (0.98, 0.96),
        xycoords="axes fraction",
        ha="right",
        va="top",
        fontsize=7.5,
        color="0.4",
    )
    for axis in panels[2:]:
        axis.set_xlabel("pressure (GPa), PBE")
    return figure


def metals_figure(metals: Sequence[SqueezedMetal]) -> Figure:
    """Energy of the clouds' multipoles by metal, both partitions."""
    from matplotlib.figure import Figure

    rows = sorted((m for m in metals if m.asked_gpa == 0), key=lambda m: m.multipole_ev[0])
    figure = Figure(figsize=(7.4, 0.19 * len(rows) + 1.5), layout="constrained")
    axis = figure.subplots()
    heights = range(len(rows))
    for index, (label, marker) in enumerate(
        (("nearest nucleus", "o"), ("stockholder shares", "s"))
    ):
        values = [m.multipole_ev[index] * 1000 for m in rows]
        axis.plot(values, heights, marker, color=COLORS[index], markersize=4, label=label)
    axis.axvline(0.0, color="0.5", linewidth=0.8)
    axis.set_yticks(list(heights), [f"{m.symbol} ({m.structure})" for m in rows], fontsize=7.5)
    axis.set_xlabel("energy of the clouds' multipoles (meV per atom); left of 0 they attract")
    axis.legend(frameon=False, fontsize=8)
    return figure
