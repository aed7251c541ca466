"""Three helium atoms in an equilateral triangle: what pairs do not tell.

The energy of three atoms less that of their three pairs and of the atoms, all in the functions of
the three, by CCSD(T). Far apart it is the triple-dipole term of Axilrod and Teller,
C9 (1 + 3 cos a cos b cos c) / (r1 r2 r3)^3, which is positive in this triangle; nearer, exchange
makes it negative. The energy converges slowly with the basis: expect an error of some 20 %.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from isotunnel.bonding.coupled_cluster import coupled_cluster
from isotunnel.bonding.helium_pair import KELVIN
from isotunnel.bonding.quantum_chemistry import Atom, checked_distance
from isotunnel.units import BOHR_ANGSTROM

BASIS = "aug-cc-pvtz"
SIDES_BOHR = (4.0, 4.8, 5.6, 7.0)
PUBLISHED_BOHR = 5.6
MORE_BASES = ("d-aug-cc-pvtz", "aug-cc-pvqz")
"""At the published side; ``d-`` has more diffuse functions, which three atoms need more than two,
made by :func:`functions`."""

Point = dict[str, Any]


def plan() -> Iterator[Point]:
    """What is shipped."""
    for side in SIDES_BOHR:
        yield {"basis": BASIS, "side_angstrom": round(side * BOHR_ANGSTROM, 6)}
    for basis in MORE_BASES:
        yield {"basis": basis, "side_angstrom": round(PUBLISHED_BOHR * BOHR_ANGSTROM, 6)}


def helium_trio(point: Point) -> Point:
    """The point with the three-body energy in millikelvin, by Hartree-Fock and by CCSD(T).

    Raises:
        InputError: atoms nearer than 0.3 angstrom.
        MissingExtraError: PySCF is not installed.
        EngineError: no convergence.
    """
    side, basis = checked_distance(point["side_angstrom"]), point["basis"]
    of_atom = functions(basis)
    three, two, one = (
        coupled_cluster(triangle(side, n), {"He": of_atom, "GHOST-He": of_atom}) for n in (3, 2, 1)
    )
    left = three.less(two, 3.0).less(one, -3.0)
    return {
        **point,
        "hartree_fock_mk": round(1e3 * KELVIN * left.hf, 3),
        "three_body_mk": round(1e3 * KELVIN * left.ccsd_t, 3),
        "pairs_k": round(KELVIN * (two.less(one, 2.0).ccsd_t) * 3, 5),
    }


def functions(basis: str) -> Any:
    """Functions of helium in a basis as PySCF takes them.

    ``d-`` before a name that PySCF lacks adds one more function to every angular momentum, whose
    exponent carries on the series of the last two (D. E. Woon and T. H. Dunning, J. Chem. Phys.
    100, 2975 (1994)).
    """
    if not basis.startswith("d-"):
        return basis
    shells: list[Any] = import_module("pyscf.gto").basis.load(basis.removeprefix("d-"), "He")
    exponents: dict[int, list[float]] = {}
    for angular, *primitives in shells:
        exponents.setdefault(angular, []).extend(p[0] for p in primitives)
    lowest = {angular: sorted(found)[:2] for angular, found in exponents.items()}
    return [*shells, *([angular, [a * a / b, 1.0]] for angular, (a, b) in lowest.items())]


def triangle(side_angstrom: float, atoms: int) -> tuple[Atom, ...]:
    """Three corners, the first so many of them with atoms."""
    height = side_angstrom * math.sqrt(3) / 2
    corners = ((0.0, 0.0, 0.0), (side_angstrom, 0.0, 0.0), (side_angstrom / 2, height, 0.0))
    return tuple(Atom("He", place, ghost=i >= atoms) for i, place in enumerate(corners))
