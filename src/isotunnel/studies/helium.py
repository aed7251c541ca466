"""Liquid helium across the lambda point, measured, and what holds it together, computed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from isotunnel.bonding.helium_diffusion import DiffusionEnergy, diffusion_energy
from isotunnel.bonding.helium_liquid import LiquidEnergy, liquid_energy
from isotunnel.errors import CannotSay
from isotunnel.measured import table
from isotunnel.measured.rows import Row, Tables
from isotunnel.measured.rows_used import RowUsed

BELOW_K = (1.5, 2.165)
ABOVE_K = (2.2, 2.7)

PROPERTIES = (
    "latent heat of vaporization",
    "surface tension",
    "density",
    "first sound speed",
    "viscosity (normal component below T_lambda)",
)


@dataclass(frozen=True)
class AcrossLambda:
    """One property on both sides of the lambda point.

    Attributes:
        name, unit: of the property.
        below, above: mean of the rows at 1.5 to 2.165 K and at 2.2 to 2.7 K; None without rows.
        ratio: below over above, None where one is missing.
        used: the rows.
    """

    name: str
    unit: str
    below: float | None
    above: float | None
    ratio: float | None
    used: tuple[RowUsed, ...]


@dataclass(frozen=True)
class HeliumLab:
    """Measured properties across the lambda point and the computed energy of the liquid.

    Attributes:
        across: properties; of some one side has no rows.
        attracting: energy per atom with the whole pair potential, which knows no temperature.
        repelling: the same atoms with all attraction taken away.
        ground_state: with the whole potential, by diffusion Monte Carlo: no upper bound but the
            energy itself.
    """

    across: tuple[AcrossLambda, ...]
    attracting: LiquidEnergy
    repelling: LiquidEnergy
    ground_state: DiffusionEnergy


def helium_lab(tables: Tables | None = None, sweeps: int = 4000, seed: int = 1) -> HeliumLab:
    """Everything of the page; a few seconds, most of it the Monte Carlo runs."""
    source = tables or table
    return HeliumLab(
        tuple(across_lambda(name, source) for name in PROPERTIES),
        liquid_energy(sweeps=sweeps, seed=seed),
        liquid_energy(sweeps=sweeps, seed=seed, attraction=False),
        diffusion_energy(steps=max(60, sweeps // 4), seed=seed),
    )


def across_lambda(name: str, tables: Tables | None = None) -> AcrossLambda:
    """One property of the table of helium on both sides.

    Raises:
        CannotSay: the table has no row of it near the lambda point.
    """
    rows = [r for r in (tables or table)("helium").rows if r.text("property") == name]
    sides = [_between(rows, *limits) for limits in (BELOW_K, ABOVE_K)]
    chosen = [row for side in sides for row in side]
    if not chosen:
        raise CannotSay(f"the table has no {name} of helium at {BELOW_K[0]} to {ABOVE_K[1]} K")
    below, above = (_mean(side) for side in sides)
    ratio = None if below is None or above is None else below / above
    used = tuple(RowUsed.of(row, f"He, {row.number('temperature_k'):g} K") for row in chosen)
    return AcrossLambda(name, chosen[0].text("unit"), below, above, ratio, used)


def _between(rows: list[Row], low: float, high: float) -> list[Row]:
    found = []
    for row in rows:
        try:
            if low <= row.number("temperature_k") <= high and math.isfinite(row.number("value")):
                found.append(row)
        except CannotSay:
            continue
    return found


def _mean(rows: list[Row]) -> float | None:
    return sum(r.number("value") for r in rows) / len(rows) if rows else None
