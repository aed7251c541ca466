r"""London dispersion between rare-gas atoms, summed over the pairs of a crystal.

.. math::

    V(r) = -\sum_{n=3}^{8} f_{2n}(b r)\,\frac{C_{2n}}{r^{2n}}, \qquad
    f_{2n}(x) = 1 - e^{-x}\sum_{k=0}^{2n} \frac{x^k}{k!}

with coefficients and damping of pair potentials that were fitted to coupled-cluster calculations.
Each potential is taken with the terms that it was fitted with: helium's ends with C10; where that
of krypton and xenon goes on, the higher coefficients follow by :math:`C_{2n} = C_{2n-6}
(C_{2n-2}/C_{2n-4})^3`. Reference: K. T. Tang and J. P. Toennies, J. Chem. Phys. 80, 3726 (1984),
doi 10.1063/1.447150; the potentials' own references stand with them. Three-body dispersion, which
takes some per cent off in a dense crystal, is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.bonding.squeezed.multipoles import images_within
from isotunnel.errors import InputError
from isotunnel.units import BOHR_ANGSTROM, BOLTZMANN_EV_K, HARTREE_EV

Array = NDArray[np.float64]
ORDERS = (6, 8, 10, 12, 14, 16)


@dataclass(frozen=True)
class Dispersion:
    """Dispersion of two atoms of one element.

    Attributes:
        symbol: the element.
        coefficients: C6 to C16, eV angstrom^n.
        damping: b, 1/angstrom.
        source: publication; page it was read in.
    """

    symbol: str
    coefficients: tuple[float, ...]
    damping: float
    source: str


def _kelvin_nm(values: tuple[float, ...]) -> tuple[float, ...]:
    """From kelvin times nm^n, continued by the recurrence where it ends early."""
    found = list(values)
    while len(found) < len(ORDERS):
        found.append(found[-3] * (found[-1] / found[-2]) ** 3)
    return tuple(c * BOLTZMANN_EV_K * 10.0**n for c, n in zip(found, ORDERS, strict=True))


def _atomic(values: tuple[float, ...]) -> tuple[float, ...]:
    """From hartree times bohr^n; higher terms are zero, as in the potential that was fitted."""
    pairs = zip(values, ORDERS, strict=False)
    found = tuple(c * HARTREE_EV * BOHR_ANGSTROM**n for c, n in pairs)
    return found + (0.0,) * (len(ORDERS) - len(found))


_SCRIPT = "read in the script of I. Bell, J. Chem. Phys. 152, 164508 (2020)"
_DISPERSION = (
    Dispersion(
        "He",
        _atomic((1.461, 14.11, 183.6)),
        2.523 / BOHR_ANGSTROM,
        "K. T. Tang and J. P. Toennies, J. Chem. Phys. 118, 4976 (2003); read in github "
        "roudnev/JPublicThreeBodySolver, commit 232d7fbe4d7c",
    ),
    Dispersion(
        "Ne",
        _kelvin_nm(
            (
                *(0.440676750157e-1, 0.164892507701e-2, 0.790473640524e-4),
                *(0.485489170103e-5, 0.382012334054e-6, 0.385106552963e-7),
            )
        ),
        4.92438731676,
        f"R. Hellmann, E. Bich and E. Vogel, Mol. Phys. 106, 133 (2008); {_SCRIPT}",
    ),
    Dispersion(
        "Ar",
        _kelvin_nm(
            (
                *(4.42812017e-1, 3.26707684e-2, 2.45656537e-3),
                *(1.88246247e-4, 1.47012192e-5, 1.17006343e-6),
            )
        ),
        4.02517211,
        "B. Jaeger et al., Mol. Phys. 107, 2181 (2009), E. Vogel et al. 108, 3335 (2010); "
        f"{_SCRIPT}",
    ),
    Dispersion(
        "Kr",
        _kelvin_nm((0.8992209265, 0.7316713603e-1, 0.7835488511e-2)),
        2.786344368,
        f"B. Jaeger et al., J. Chem. Phys. 144, 114304 (2016); {_SCRIPT}",
    ),
    Dispersion(
        "Xe",
        _kelvin_nm((2.00298034, 0.199130481, 0.0286841040)),
        2.44337880,
        f"R. Hellmann et al., J. Chem. Phys. 147, 034304 (2017); {_SCRIPT}",
    ),
)


def dispersion_of(symbol: str) -> Dispersion:
    """The table's entry of a rare gas.

    Raises:
        InputError: no such entry.
    """
    for entry in _DISPERSION:
        if entry.symbol == symbol:
            return entry
    known = ", ".join(d.symbol for d in _DISPERSION)
    raise InputError(f"no dispersion coefficients of {symbol!r}; there are {known}")


def pair_dispersion_ev(entry: Dispersion, distances: ArrayLike) -> Array:
    """V(r) in eV, negative; distances in angstrom, above 0."""
    from scipy.special import gammainc

    r = np.asarray(distances, dtype=float)
    total = np.zeros_like(r)
    for order, coefficient in zip(ORDERS, entry.coefficients, strict=True):
        # The damping is the regularised incomplete gamma function of order + 1.
        total -= gammainc(order + 1, entry.damping * r) * coefficient / r**order
    return total


def lattice_dispersion_ev(
    entry: Dispersion, positions: ArrayLike, cell: ArrayLike, reach_angstrom: float = 14.0
) -> float:
    """Dispersion of a crystal of one element, eV per atom; beyond the reach C6 alone, as a sea."""
    places = np.asarray(positions, dtype=float)
    vectors = images_within(cell, reach_angstrom)
    total = 0.0
    for a in places:
        for b in places:
            far = np.linalg.norm(vectors + (b - a), axis=1)
            near = far[(far > 1e-6) & (far <= reach_angstrom)]
            total += 0.5 * float(pair_dispersion_ev(entry, near).sum())
    count = len(places)
    dense = count / abs(float(np.linalg.det(np.asarray(cell, dtype=float))))
    tail = -2 * np.pi * dense * entry.coefficients[0] / (3 * reach_angstrom**3)
    return total / count + tail
