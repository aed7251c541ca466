"""Figure of a pairing calculation: alpha2F, and the phonon density of states by element."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isotunnel.report.figures.scan import COLORS
from isotunnel.report.text import critical_temperature

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from isotunnel.analysis.pairing import PairingResult
    from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F

WIDTH_SHARE = 0.012
"""Broadening of the curves over the highest phonon energy."""


def pairing_figure(result: PairingResult) -> Figure:
    """Above alpha2F and what lambda grows to, below the phonons of each element.

    Of an unstable crystal the phonons alone.
    """
    from matplotlib.figure import Figure

    if result.spectrum is None:
        figure = Figure(figsize=(6.0, 2.9), layout="constrained")
        below = figure.subplots()
        below.set_title(f"{result.name}: unstable, no alpha2F and no Tc")
    else:
        figure = Figure(figsize=(6.0, 5.2), layout="constrained")
        above, below = figure.subplots(2, 1, sharex=True)
        _spectral(above, result, result.spectrum)
    _density(below, result)
    return figure


def _grid(result: PairingResult) -> tuple[np.ndarray, float]:
    highest = result.phonons.highest_ev
    lowest = min(0.0, 1.1 * float(result.phonons.exact_energies_ev.min(initial=0.0)))
    return np.linspace(lowest, 1.08 * highest, 400), WIDTH_SHARE * highest


def _spectral(axes: Axes, result: PairingResult, spectrum: Alpha2F) -> None:
    axes.set_ylabel("alpha2F, lambda (dashed)")
    grid, width = _grid(result)
    x = (grid[:, None] - spectrum.frequency_ev) / width
    step = spectrum.frequency_ev[1] - spectrum.frequency_ev[0]
    bell = np.exp(-0.5 * x**2) / (width * np.sqrt(2.0 * np.pi)) * step
    axes.plot(1000 * grid, bell @ spectrum.values, color=COLORS[0])
    growing = np.cumsum(spectrum.weights)
    axes.plot(1000 * spectrum.frequency_ev, growing, color=COLORS[3], linestyle="--")
    axes.set_ylim(bottom=0)
    axes.set_title(
        f"{result.name} at {result.pressure_gpa:.0f} GPa, rigid muffin tins\nlambda "
        f"{spectrum.coupling:.2f}, Tc {critical_temperature(result.tc_allen_dynes_k)} "
        f"(Allen-Dynes, mu* {result.mu_star:.2f})"
    )


def _density(axes: Axes, result: PairingResult) -> None:
    grid, width = _grid(result)
    by_atom = result.phonons.density(grid, width)
    symbols = [m.symbol for m in result.members]
    for color, symbol in zip(COLORS, sorted(set(symbols)), strict=False):
        rows = [i for i, s in enumerate(symbols) if s == symbol]
        # Three modes per atom, per milli-electronvolt.
        axes.plot(1000 * grid, 3e-3 * by_atom[rows].sum(axis=0), color=color, label=symbol)
    axes.set_xlabel("phonon energy, meV (negative: imaginary)")
    axes.set_ylabel("phonon states per meV and cell")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
