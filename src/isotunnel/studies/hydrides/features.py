"""Numbers that describe a hydride: from the formula alone, from the cell, from its tunnels."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.elements import electronegativities, group_of
from isotunnel.crystal.formula import formula_counts
from isotunnel.errors import CannotSay
from isotunnel.studies.hydrides.table import HydrideRow


@dataclass(frozen=True)
class Feature:
    """One number of a hydride.

    Attributes:
        name: short.
        meaning: in words, with its unit.
        rule: of a row; raises CannotSay where the row does not tell.
    """

    name: str
    meaning: str
    rule: Callable[[HydrideRow], float]


def others(compound: str) -> dict[str, float]:
    """Shares of the elements besides hydrogen among the atoms that are not hydrogen.

    Raises:
        CannotSay: there are none.
    """
    counts = formula_counts(compound)
    counts.pop("H", None)
    total = sum(counts.values())
    if total == 0:
        raise CannotSay(f"{compound} holds nothing but hydrogen")
    return {symbol: n / total for symbol, n in counts.items()}


def _hydrogen(row: HydrideRow) -> float:
    counts = formula_counts(row.compound)
    return counts["H"] / sum(counts.values())


def _mean(property_of: Callable[[str], float]) -> Callable[[HydrideRow], float]:
    def rule(row: HydrideRow) -> float:
        return sum(share * property_of(s) for s, share in others(row.compound).items())

    return rule


def _log_mass(symbol: str) -> float:
    from ase.data import atomic_masses, atomic_numbers

    return math.log(atomic_masses[atomic_numbers[symbol]])


def _radius(symbol: str) -> float:
    from ase.data import atomic_numbers, covalent_radii

    return float(covalent_radii[atomic_numbers[symbol]])


def _electronegativity(symbol: str) -> float:
    try:
        return electronegativities()[symbol]
    except KeyError:
        raise CannotSay(f"no electronegativity of {symbol} is tabulated") from None


def _spread(row: HydrideRow) -> float:
    values = [_electronegativity(s) for s in others(row.compound)]
    return max(values) - min(values)


def _d_block(symbol: str) -> float:
    return 1.0 if 3 <= group_of(symbol) <= 11 else 0.0


def _valence(row: HydrideRow) -> float:
    """Electrons outside the noble-gas (and full d) shells per atom."""
    counts = formula_counts(row.compound)
    electrons = sum(
        n * (group_of(s) - 10 if group_of(s) > 11 else group_of(s)) for s, n in counts.items()
    )
    return electrons / sum(counts.values())


def _column(name: str, logarithm: bool = False) -> Callable[[HydrideRow], float]:
    def rule(row: HydrideRow) -> float:
        value = row.number(name)
        if not logarithm:
            return value
        if value <= 0:
            raise CannotSay(f"{row.compound}: {name} is {value:g}, no logarithm")
        return math.log(value)

    return rule


COMPOSITION: tuple[Feature, ...] = (
    Feature("h_fraction", "hydrogen atoms over all atoms", _hydrogen),
    Feature("log_mass", "mean logarithm of the others' atomic mass", _mean(_log_mass)),
    Feature("electronegativity", "others' mean, Pauling", _mean(_electronegativity)),
    Feature("electronegativity_spread", "others' largest difference", _spread),
    Feature("radius", "others' mean covalent radius, angstrom", _mean(_radius)),
    Feature("d_block", "share of transition metals among the others", _mean(_d_block)),
    Feature("valence", "valence electrons per atom", _valence),
)
"""From the formula alone."""

CELL: tuple[Feature, ...] = (
    Feature(
        "log_volume", "logarithm of the volume per atom", _column("volume_per_atom_angstrom3", True)
    ),
)
"""What the cell adds without any electronic structure."""

TUNNELS: tuple[Feature, ...] = (
    Feature("phi", "networking value", _column("phi")),
    Feature("phi_star", "molecularity index", _column("phi_star")),
    Feature(
        "gap_ks", "lifting gap of the potential, three dimensions, eV", _column("gap_ks_3d_ev")
    ),
    Feature(
        "log_density",
        "logarithm of the density's threshold, three dimensions",
        _column("threshold_gpaw_density_3d_per_angstrom3", True),
    ),
    Feature(
        "bottleneck",
        "distance from the ELF's bottleneck to the nearest atom, angstrom",
        _column("bottleneck_elf_distance_angstrom"),
    ),
    Feature(
        "bottleneck_potential",
        "distance from the potential's bottleneck to the nearest atom, angstrom",
        _column("bottleneck_potential_distance_angstrom"),
    ),
)
"""Geometry of the tunnels: thresholds, gap, bottlenecks. The openings' slopes are not among them:
passes that could not be refined between grid points have none."""

STATES: tuple[Feature, ...] = (
    Feature("h_dos", "hydrogen's share of the states at the Fermi level", _column("h_dos")),
)
"""Not geometry, but an input of every published formula."""


def matrix(
    rows: Sequence[HydrideRow], features: Sequence[Feature]
) -> tuple[NDArray[np.float64], list[int], dict[str, str]]:
    """Features of the rows that have all of them.

    Returns:
        shape (n, features); the indices of those rows; reasons by id of the rows left out.
    """
    values, kept, dropped = [], [], {}
    for index, row in enumerate(rows):
        try:
            values.append([feature.rule(row) for feature in features])
            kept.append(index)
        except CannotSay as reason:
            dropped[row.id] = str(reason)
    return np.array(values, dtype=float).reshape(len(kept), len(features)), kept, dropped
