"""C1: does the attraction between helium atoms vanish at the lambda point?"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from scipy.constants import R

from isotunnel.evidence.claims.entry import PAPER, RIVAL
from isotunnel.evidence.claims.helium import LAMBDA_K, Point, between, curve
from isotunnel.evidence.claims.measurement import Measurement
from isotunnel.evidence.claims.picture import Line, Mark, Picture
from isotunnel.evidence.claims.sources import Sources

BELOW_K = (1.2, 2.15)
ABOVE_K = (2.2, 2.6)
"""Ranges on either side; higher up the vapour is no ideal gas."""


@dataclass(frozen=True)
class Latent:
    """Latent heat between two neighbouring vapour pressures, J/mol."""

    temperature_k: float
    joule_per_mol: float
    ends: tuple[Point, Point]


@dataclass(frozen=True)
class Rows:
    """Latent heats by temperature."""

    heats: tuple[Latent, ...]


def gather(sources: Sources) -> Rows:
    """Latent heats by Clausius and Clapeyron, L = R T^2 d ln P/dT, vapour as an ideal gas."""
    points = curve(sources, "saturated vapour pressure", "MPa")
    heats = []
    for first, second in itertools.pairwise(points):
        slope = np.log(second.value / first.value) / (
            1 / first.temperature_k - 1 / second.temperature_k
        )
        middle = (first.temperature_k + second.temperature_k) / 2
        heats.append(Latent(middle, float(R * slope), (first, second)))
    return Rows(tuple(heats))


def measure(rows: Rows) -> tuple[tuple[str, Measurement], ...]:
    """The ratio below to above; its interval holds every pair of temperatures."""
    below = [h for h in rows.heats if BELOW_K[0] <= h.temperature_k <= BELOW_K[1]]
    above = [h for h in rows.heats if ABOVE_K[0] <= h.temperature_k <= ABOVE_K[1]]
    if not below or not above:
        reason = "no vapour pressures on both sides of the lambda point"
        return (
            (PAPER, Measurement.refused("latent", reason)),
            (RIVAL, Measurement.refused("kept", reason)),
        )
    low = [h.joule_per_mol for h in below]
    high = [h.joule_per_mol for h in above]
    value = float(np.mean(low) / np.mean(high))
    ends = (min(low) / max(high), max(low) / min(high))
    points = between(_points(rows), BELOW_K[0], ABOVE_K[1])
    used = tuple(p.row for p in points)
    return (
        (PAPER, Measurement("latent", value, *ends, used)),
        (RIVAL, Measurement("kept", value, *ends, used)),
    )


def picture(rows: Rows) -> Picture:
    """Latent heat against temperature across the lambda point."""
    return Picture(
        title="Heat that takes a helium atom out of its liquid",
        x_axis="Temperature (K)",
        y_axis="Latent heat (J/mol)",
        marks=tuple(
            Mark(
                f"{h.temperature_k:.3g} K",
                h.joule_per_mol,
                h.joule_per_mol,
                h.joule_per_mol,
                h.temperature_k,
                "helium II" if h.temperature_k < LAMBDA_K else "helium I",
            )
            for h in rows.heats
            if BELOW_K[0] <= h.temperature_k <= ABOVE_K[1]
        ),
        lines=(Line("no attraction", 0.0),),
    )


def _points(rows: Rows) -> tuple[Point, ...]:
    found = {p.row.row: p for h in rows.heats for p in h.ends}
    return tuple(sorted(found.values(), key=lambda p: p.temperature_k))
