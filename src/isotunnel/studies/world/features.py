"""The features of a crystal: its composition, its cell, its tunnels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.elements import (
    atomic_number,
    block_of,
    electronegativities,
    group_of,
    outer_electrons,
    period_of,
)
from isotunnel.crystal.formula import formula_amounts
from isotunnel.errors import InputError

Array = NDArray[np.float64]

CELL = (
    "volume_per_atom_angstrom3",
    "mass_density_g_cm3",
    "packing_covalent",
    "space_group_number",
    "n_atoms",
    "symmetry_operations",
)
"""Columns of a screen that need no tunnels."""


def _tunnels() -> tuple[str, ...]:
    names = ["rank", "rank_atomic", "rank_density"]
    names += [f"gap_atomic_{d}d_ev" for d in (1, 2, 3)] + [f"gap_density_{d}d" for d in (1, 2, 3)]
    for field, end in (
        ("electrostatic", "_ev"),
        ("potential", "_ev"),
        ("density", "_per_angstrom3"),
    ):
        stem = f"procrystal_{field}"
        for d in (1, 2, 3):
            names.append(f"threshold_{stem}_{d}d{end}")
            names.append(f"bottleneck_{stem}_{d}d_radius_angstrom")
        names += [f"bottleneck_{stem}_3d_slope_angstrom2", f"networks_{stem}_1d"]
        names.append(f"segments_{stem}")
    return tuple(names)


TUNNELS = _tunnels()
"""Columns of a screen that describe the tunnels of superposed free atoms."""

HEAVIEST = 96
"""Shares of the elements up to this one are features."""

_PROPERTIES = ("Z", "period", "group", "outer electrons", "electronegativity", "covalent radius")
COMPOSITION = (
    *(f"{what} {p}" for p in _PROPERTIES for what in ("mean", "spread", "least", "most")),
    *(f"share of block {b}" for b in ("s", "p", "d", "noble")),
    "number of elements",
    "largest share",
    *(f"share of Z {z}" for z in range(1, HEAVIEST + 1)),
)
"""All that the formula says: elemental properties over the atoms, and which elements there are."""


@lru_cache(maxsize=65536)
def amounts_of(formula: str) -> tuple[tuple[str, float], ...]:
    """Shares of the elements, four digits, in alphabetical order: one composition is one key.

    Raises:
        InputError: no formula of known elements.
    """
    found = formula_amounts(formula)
    if not found:
        raise InputError(f"cannot read the formula {formula!r}")
    total = sum(found.values())
    return tuple((s, round(n / total, 4)) for s, n in sorted(found.items()))


def family_of(formula: str) -> str:
    """The columns of the periodic table that the composition has, "2-8-15"."""
    return "-".join(str(g) for g in sorted({group_of(s) for s, _ in amounts_of(formula)}))


@lru_cache(maxsize=65536)
def composition_features(formula: str) -> tuple[float, ...]:
    """The numbers of :data:`COMPOSITION`; electronegativity is 0 for elements that have none.

    Raises:
        InputError: no formula of known elements.
    """
    amounts = amounts_of(formula)
    symbols = [s for s, _ in amounts]
    weights = np.array([n for _, n in amounts])
    weights /= weights.sum()
    values = np.array([_of_element(s) for s in symbols])
    mean = weights @ values
    spread = np.sqrt(np.maximum(weights @ (values - mean) ** 2, 0.0))
    four = np.stack([mean, spread, values.min(axis=0), values.max(axis=0)], axis=1)
    blocks = [
        float(sum(w for s, w in zip(symbols, weights, strict=True) if block_of(s) == b))
        for b in ("s", "p", "d", "noble")
    ]
    shares = np.zeros(HEAVIEST)
    for s, w in zip(symbols, weights, strict=True):
        if atomic_number(s) <= HEAVIEST:
            shares[atomic_number(s) - 1] = w
    last = (float(len(symbols)), float(weights.max()))
    return (*four.ravel().tolist(), *blocks, *last, *shares.tolist())


@lru_cache(maxsize=256)
def _of_element(symbol: str) -> tuple[float, ...]:
    from ase.data import covalent_radii

    z = atomic_number(symbol)
    return (
        float(z),
        float(period_of(symbol)),
        float(group_of(symbol)),
        float(outer_electrons(symbol)),
        electronegativities().get(symbol, 0.0),
        float(covalent_radii[z]),
    )


def matrix(part: str, formulas: Sequence[str], values: Sequence[Mapping[str, float]]) -> Array:
    """Features of one set, a row for each crystal; NaN where there is no value.

    Args:
        part: "composition", "cell" or "tunnels".
        formulas: of the crystals.
        values: their columns.
    """
    if part == "composition":
        return np.array([composition_features(f) for f in formulas], dtype=float)
    names = {"cell": CELL, "tunnels": TUNNELS}[part]
    return np.array([[v.get(n, np.nan) for n in names] for v in values], dtype=float)
