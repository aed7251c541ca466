"""C1: does the attraction between helium atoms vanish at the lambda point?"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.constants import R

from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.helium_curves import Point, by_author, curve

BELOW_K = (1.2, 2.15)
ABOVE_K = (2.2, 2.6)
"""Ranges on either side; higher up the vapour is no ideal gas."""
SLOPE, DIRECT = "from vapour pressures", "measured directly"


@dataclass(frozen=True)
class Latent:
    """A latent heat, J/mol.

    Attributes:
        temperature_k: of the liquid; the middle of two vapour pressures.
        joule_per_mol: the heat.
        how: by the slope of the vapour pressure, or directly.
        author: whose measurement; a curve of one author is one row of data.
        rows: it rests on these.
    """

    temperature_k: float
    joule_per_mol: float
    how: str
    author: str
    rows: tuple[RowUsed, ...]


Heats = tuple[Latent, ...]


def gather(sources: Sources) -> Heats:
    """Latent heats as measured, and by Clausius and Clapeyron from vapour pressures.

    L = R T^2 d ln P/dT, with the vapour as an ideal gas and without the volume of the liquid.
    """
    pressures = curve(sources, "saturated vapour pressure", "MPa")
    direct = curve(sources, "latent heat of vaporization", "J/mol")
    heats = [h for points in by_author(pressures).values() for h in _slopes(points)]
    heats += [Latent(p.temperature_k, p.value, DIRECT, p.author, (p.row,)) for p in direct]
    return tuple(heats)


def measure(rows: Heats) -> tuple[Measurement, ...]:
    """The ratio below to above, mean of the authors; its range holds every pair of temperatures."""
    ratios: dict[str, float] = {}
    ends: list[float] = []
    used: dict[str, RowUsed] = {}
    dropped: list[RowDropped] = []
    for name, heats in _by_author(rows).items():
        below, above = _within(heats, BELOW_K), _within(heats, ABOVE_K)
        if not below or not above:
            dropped += _left_out(heats, below)
            continue
        low, high = ([h.joule_per_mol for h in side] for side in (below, above))
        ratios[name] = float(np.mean(low) / np.mean(high))
        ends += [min(low) / max(high), max(low) / min(high)]
        used |= {r.row: r for h in (*below, *above) for r in h.rows}
    sides = ((PAPER, "latent"), (RIVAL, "kept"))
    if not ratios:
        reason = "no author has latent heats on both sides of the lambda point"
        return tuple(Measurement.refused(part, side, reason, dropped) for side, part in sides)
    value, rows_used = float(np.mean(list(ratios.values()))), tuple(used.values())
    left = tuple(d for d in dropped if d.row not in used)
    numbers = (value, min(ends), max(ends), rows_used, left, len(ratios))
    values = tuple((name, {"below over above": ratio}) for name, ratio in ratios.items())
    method = "mean over authors; the range holds every pair of temperatures"
    return tuple(
        Measurement(part, side, *numbers, range_of=len(used), method=method, values=values)
        for side, part in sides
    )


def figure_data(rows: Heats) -> FigureData:
    """Latent heat against temperature, by the authors that have both sides."""
    shown = [
        h
        for heats in _by_author(rows).values()
        if _within(heats, BELOW_K) and _within(heats, ABOVE_K)
        for h in _within(heats, (BELOW_K[0], ABOVE_K[1]))
    ]
    return FigureData(
        title="Heat that takes a mole of helium out of its liquid (lambda point: 2.18 K)",
        x_axis="Temperature (K)",
        y_axis="Latent heat (J/mol)",
        marks=tuple(
            Mark(
                f"{h.temperature_k:.3g} K",
                h.joule_per_mol,
                None,
                None,
                h.temperature_k,
                h.how,
            )
            for h in shown
        ),
        lines=(Line("no attraction", 0.0),),
    )


def _slopes(points: Sequence[Point]) -> list[Latent]:
    heats = []
    for first, second in itertools.pairwise(points):
        slope = np.log(second.value / first.value) / (
            1 / first.temperature_k - 1 / second.temperature_k
        )
        middle = (first.temperature_k + second.temperature_k) / 2
        rows = (first.row, second.row)
        heats.append(Latent(middle, float(R * slope), SLOPE, first.author, rows))
    return heats


def _by_author(rows: Heats) -> dict[str, list[Latent]]:
    found: dict[str, list[Latent]] = {}
    for heat in rows:
        found.setdefault(heat.author, []).append(heat)
    return found


def _within(heats: Sequence[Latent], limits: tuple[float, float]) -> list[Latent]:
    return [h for h in heats if limits[0] <= h.temperature_k <= limits[1]]


def _left_out(heats: Sequence[Latent], below: Sequence[Latent]) -> list[RowDropped]:
    """Why an author does not count."""
    where = f"{ABOVE_K[0]:g} to {ABOVE_K[1]:g}" if below else f"{BELOW_K[0]:g} to {BELOW_K[1]:g}"
    reason = f"its author has no value at {where} K to set against it"
    rows = {r.row: r for h in heats for r in h.rows}
    return [RowDropped(r.table, r.row, r.label, reason) for r in rows.values()]
