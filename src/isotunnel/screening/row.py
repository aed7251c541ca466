"""One row of the dataset out of one analysis: flat values by column name."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from isotunnel.analysis.descriptors import descriptors_of
from isotunnel.screening.columns import FIELDS, all_columns
from isotunnel.screening.one_crystal import packed

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.analysis import Analysis
    from isotunnel.tunnels import Tunnels

_AMU_PER_ANGSTROM3 = 1.66053906892
"""In g/cm^3: CODATA 2022."""


def values_of(analysis: Analysis) -> dict[str, Any]:
    """What an analysis says, by column; only columns that there are."""
    atoms = analysis.structure.atoms
    known = {c.name for c in all_columns()}
    values: dict[str, Any] = {
        e.column.name: e.value for e in descriptors_of(analysis, float(atoms.get_volume()))
    }
    values |= dict(_of_crystal(atoms))
    values |= dict(_of_readings(analysis))
    for engine, by_kind in analysis.tunnels.items():
        for kind, tunnels in by_kind.items():
            if kind in FIELDS.get(engine, ()):
                values |= dict(_of_tunnels(f"{engine}_{kind}", tunnels))
    values["warnings"] = "\n".join(analysis.warnings) or None
    values["structure"] = packed(atoms).decode()
    values["versions"] = json.dumps(versions_of_row(analysis.structure.versions), sort_keys=True)
    return {name: _plain(value) for name, value in values.items() if name in known}


def versions_of_row(engine: Any) -> dict[str, str]:
    """Versions of Isotunnel and what the numbers rest on, with those of the engine."""
    from isotunnel.versions import isotunnel_version, versions_of

    own = versions_of("numpy", "scipy", "numba", "spglib", "ase")
    return {"isotunnel": isotunnel_version(), **own, **{str(k): str(v) for k, v in engine.items()}}


def formula_of(atoms: Atoms) -> str:
    """Reduced formula, elements in alphabetical order."""
    symbols, counts = np.unique(atoms.get_chemical_symbols(), return_counts=True)
    divisor = math.gcd(*(int(n) for n in counts))
    parts = zip(symbols, counts // divisor, strict=True)
    return "".join(f"{s}{n if n > 1 else ''}" for s, n in parts)


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _of_crystal(atoms: Atoms) -> Iterator[tuple[str, Any]]:
    from ase.data import covalent_radii

    from isotunnel.crystal import symmetry_of

    symmetry = symmetry_of(atoms)
    volume = float(atoms.get_volume())
    symbols = sorted(set(atoms.get_chemical_symbols()))
    spheres = 4 / 3 * math.pi * float((covalent_radii[atoms.numbers] ** 3).sum())
    yield "formula", formula_of(atoms)
    yield "elements", "-".join(symbols)
    yield "n_atoms", len(atoms)
    yield "n_elements", len(symbols)
    yield "space_group_number", symmetry.number
    yield "point_group", symmetry.point_group
    yield "symmetry_operations", symmetry.operations
    yield "mass_density_g_cm3", float(atoms.get_masses().sum()) / volume * _AMU_PER_ANGSTROM3
    yield "packing_covalent", spheres / volume


def _of_readings(analysis: Analysis) -> Iterator[tuple[str, Any]]:
    first = next((g for g in analysis.gaps if g.answered), None)
    yield "rank", None if first is None else first.dimensions
    yield "rank_reading", None if first is None else first.reading
    for gap in analysis.gaps:
        yield f"rank_{gap.reading}", gap.dimensions if gap.answered else None
        yield f"cannot_say_{gap.reading}", gap.cannot_say


def _of_tunnels(stem: str, tunnels: Tunnels) -> Iterator[tuple[str, Any]]:
    yield f"segments_{stem}", len(tunnels.segments)
    for d in (1, 2, 3):
        directions, bottleneck = tunnels.directions[d - 1], tunnels.bottlenecks[d - 1]
        if directions is not None:
            yield f"directions_{stem}_{d}d", json.dumps(directions.vectors.tolist())
            yield f"networks_{stem}_{d}d", directions.networks
        if bottleneck is None:
            continue
        slope = bottleneck.cross_section_slope
        yield f"bottleneck_{stem}_{d}d_slope_angstrom2", None if slope is None else float(slope)
        if bottleneck.between:
            near = bottleneck.between
            yield f"bottleneck_{stem}_{d}d_between", "-".join(sorted(a.symbol for a in near))
            yield f"bottleneck_{stem}_{d}d_radius_angstrom", min(a.distance_angstrom for a in near)
