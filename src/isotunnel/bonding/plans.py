"""What is computed of each molecule, and shipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from isotunnel.bonding import (
    h2_energies,
    h4_potential,
    h4_states,
    helium_pair,
    helium_shape,
    helium_trio,
)
from isotunnel.bonding.bond_points import Series, molecule_name
from isotunnel.bonding.quantum_chemistry import checked_distance, pyscf_module, versions

Point = dict[str, Any]
Compute = Callable[[Point], Point]


@dataclass(frozen=True)
class Plan:
    """A series of points.

    Attributes:
        title: one line.
        settings: method, in words and numbers.
        points: what is to be computed.
        compute: a point with its results.
    """

    title: str
    settings: Mapping[str, Any]
    points: Callable[[], Iterable[Point]]
    compute: Compute


def by_kind(computes: Mapping[str, Compute]) -> Compute:
    """What computes a point is named by its ``kind``."""
    return lambda point: computes[point["kind"]](point)


PLANS = {
    "h2": Plan(
        "H2 against the distance of its nuclei",
        {
            "method": "CCSD, exact in its basis for two electrons; nuclei at rest",
            "units": "hartree, angstrom",
        },
        h2_energies.plan,
        h2_energies.h2_energy,
    ),
    "h4": Plan(
        "H4: crossed molecules, tetrahedron, square and chain",
        {
            "method": "full configuration interaction, singlets and triplets, nuclei at rest",
            "units": "hartree, angstrom",
        },
        lambda: chain(h4_potential.plan(), h4_states.plan()),
        by_kind(
            {
                "atom": h4_states.one_atom,
                "energy": h4_states.h4_states,
                "potential": h4_potential.h4_potential,
            }
        ),
    ),
    "he2": Plan(
        "He2: interaction energy and its parts, deformation of the atoms",
        {
            "method": "CCSD(T), counterpoise, functions at the middle of the bond",
            "middle_exponents_bohr-2": {str(k): e for k, e in helium_pair.MIDDLE.items()},
            "units": "kelvin, angstrom",
        },
        lambda: chain(helium_pair.plan(), helium_shape.plan()),
        by_kind(
            {
                "energy": helium_pair.helium_pair,
                "shape": helium_shape.helium_shape,
                "picture": helium_shape.helium_picture,
            }
        ),
    ),
    "he3": Plan(
        "He3, equilateral: energy beyond the pairs",
        {
            "method": "CCSD(T), all in the functions of three atoms",
            "units": "millikelvin, angstrom",
        },
        helium_trio.plan,
        helium_trio.helium_trio,
    ),
}


def computed(name: str, progress: Callable[[int, int], None] | None = None) -> Series:
    """All points of a molecule computed now: minutes, for h4 and he2 tens of minutes.

    Args:
        name: of the molecule.
        progress: told how many points of how many are done.

    Raises:
        InputError: no such molecule.
        MissingExtraError: PySCF is not installed.
        EngineError: no convergence.
    """
    molecule = molecule_name(name)
    plan, made_by = PLANS[molecule], versions()
    wanted, found = list(plan.points()), []
    for i, point in enumerate(wanted):
        found.append(plan.compute(point))
        if progress is not None:
            progress(i + 1, len(wanted))
    settings = dict(plan.settings)
    return Series(molecule, plan.title, settings, made_by, tuple(found), shipped=False)


def points_at(molecule: str, distances: Iterable[float], shape: str) -> Series:
    """Single points of a molecule computed now, in the basis of its series.

    Args:
        molecule: "h2", "h4", "he2" or "he3".
        distances: of neighbours, angstrom.
        shape: of h4.

    Raises:
        InputError: no such molecule or shape, or a distance below 0.3 angstrom.
        MissingExtraError: PySCF is not installed.
        EngineError: no convergence.
    """
    plan = PLANS[molecule_name(molecule)]
    wanted = [p for d in distances for p in _at(molecule, checked_distance(d), shape)]
    pyscf_module()
    points = tuple(plan.compute(p) for p in wanted)
    return Series(molecule, plan.title, dict(plan.settings), versions(), points, shipped=False)


def _at(molecule: str, distance: float, shape: str) -> list[Point]:
    if molecule == "h2":
        return [{"basis": b, "distance_angstrom": distance} for b in h2_energies.BASES]
    if molecule == "h4":
        lengths = {"shape": shape, "edge_angstrom": distance}
        return [{"kind": "energy", "basis": h4_states.BASIS, **lengths}]
    if molecule == "he2":
        kinds = (("energy", helium_pair.BASIS), ("shape", helium_shape.BASIS))
        return [{"kind": k, "basis": b, "distance_angstrom": distance} for k, b in kinds]
    return [{"basis": helium_trio.BASIS, "side_angstrom": distance}]
