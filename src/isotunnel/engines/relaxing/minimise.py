r"""The enthalpy's minimum over the symmetric degrees of freedom, by few evaluations.

Quasi-Newton (BFGS, damped) in symmetric strains and displacements, from a model of the second
derivatives: an isotropic elastic medium with the bulk modulus K and a shear modulus of K/2, and
springs between atoms of like stiffness. In one dimension BFGS is the secant method. Strains are
logarithmic and the even part of a step follows Murnaghan's law with K' = 4, so that long ways
(tens of GPa) take few steps. Nothing here knows what computes the forces.

References: Nocedal and Wright, Numerical Optimization, 2nd ed. (2006), procedure 18.2 (damping);
Murnaghan, Proc. Natl. Acad. Sci. 30, 244 (1944), doi 10.1073/pnas.30.9.244.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.relaxing.coordinates import SymmetricCoordinates
from isotunnel.engines.relaxing.results import RelaxStart, RelaxTolerance
from isotunnel.errors import EngineError
from isotunnel.units import EV_PER_ANGSTROM3_GPA

if TYPE_CHECKING:
    from ase import Atoms

LONGEST_STRAIN = 0.06
"""Most that a strain coordinate may change in a step: 20 % of the volume, were it all even."""

LONGEST_MOVE = 0.12
"""Angstrom, most that a displacement coordinate may change in a step."""

MOST_EXPANDED = 3.0
"""Volume, over the first one, at which the crystal counts as fallen apart."""

STIFFENING = 4.0
"""K' = dK/dP of most solids, within 1 or so."""

_SHEAR_SHARE = 0.5
_SOFTEST_SPRING = 8.0  # eV/angstrom^2
_DAMPING = 0.2
_FLOOR = 1e-4


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Forces at one geometry.

    Attributes:
        forces: eV/angstrom, shape (atoms, 3).
        stress: eV/angstrom^3, shape (3, 3), positive under tension.
        basis: evaluations with other values (another k-point mesh, say) lie on another energy
            surface, and their differences say nothing of curvatures.
    """

    forces: NDArray[np.float64]
    stress: NDArray[np.float64]
    basis: Hashable = None


@dataclass(frozen=True, eq=False)
class Minimum:
    """Where :func:`minimise_enthalpy` ended; the last evaluation was at these atoms.

    Attributes:
        atoms: the relaxed crystal.
        deviation_gpa: largest symmetric stress component's distance from the target.
        largest_force: eV/angstrom.
        bulk_modulus_gpa: -dP/dlnV, everything else relaxed, from ``hessian``.
        hessian: of the enthalpy, in the coordinates of :class:`SymmetricCoordinates`.
        steps: evaluations.
        space_group_number: of the crystal, kept.
    """

    atoms: Atoms
    deviation_gpa: float
    largest_force: float
    bulk_modulus_gpa: float
    hessian: NDArray[np.float64]
    steps: int
    space_group_number: int


def minimise_enthalpy(
    atoms: Atoms,
    pressure_gpa: float,
    evaluate: Callable[[Atoms], Evaluation],
    tolerance: RelaxTolerance,
    *,
    start: RelaxStart | None = None,
    on_step: Callable[[int, float, float], None] | None = None,
) -> Minimum:
    """Relax cell and positions so that the stress is the pressure and forces vanish.

    Args:
        atoms: where to start; its space group is kept.
        pressure_gpa: the target.
        evaluate: forces and stress of a crystal.
        tolerance: when to stop.
        start: what a neighbouring pressure taught.
        on_step: called with (evaluation number, pressure of the cell in GPa, largest force).

    Raises:
        CrystalError: the crystal has no space group.
        EngineError: not relaxed within ``tolerance.max_steps``, or the volume tripled.
    """
    coordinates = SymmetricCoordinates.of(atoms)
    target = pressure_gpa / EV_PER_ANGSTROM3_GPA
    limit = tolerance.pressure_limit(pressure_gpa)
    first_volume = float(atoms.get_volume())
    hessian = _first_hessian(atoms, coordinates, pressure_gpa, start)
    softest = _FLOOR * float(np.linalg.eigvalsh(hessian)[0])
    last: tuple[NDArray[np.float64], NDArray[np.float64], Hashable] | None = None
    for number in range(1, tolerance.max_steps + 1):
        found = evaluate(atoms)
        volume = float(atoms.get_volume())
        excess = _symmetric(coordinates, found.stress + target * np.eye(3))
        gradient = coordinates.gradient(volume * excess, found.forces)
        deviation = float(np.abs(excess).max()) * EV_PER_ANGSTROM3_GPA
        force = _largest_force(coordinates, found.forces)
        if on_step is not None:
            on_step(number, -float(np.trace(found.stress)) / 3 * EV_PER_ANGSTROM3_GPA, force)
        if last is not None and last[2] == found.basis:
            hessian = _learn(hessian, last[0], gradient - last[1], softest)
        if deviation <= limit and force <= tolerance.force_ev_angstrom:
            return Minimum(
                atoms,
                deviation,
                force,
                _bulk_modulus(hessian, coordinates, volume),
                hessian,
                number,
                coordinates.space_group_number,
            )
        step = _step(hessian, gradient, coordinates)
        atoms = coordinates.moved(atoms, step)
        if atoms.get_volume() > MOST_EXPANDED * first_volume:
            raise EngineError(
                f"{atoms.get_chemical_formula()} expands without end at {pressure_gpa:g} GPa: "
                f"{MOST_EXPANDED:g} times the first volume and still "
                f"{deviation:.2g} GPa off; ask for a higher pressure"
            )
        last = (step, gradient, found.basis)
    raise EngineError(
        f"{atoms.get_chemical_formula()} did not relax at {pressure_gpa:g} GPa in "
        f"{tolerance.max_steps} steps: the stress is still {deviation:.3g} GPa off (limit "
        f"{limit:.3g}) and the largest force {force:.3g} eV/angstrom (limit "
        f"{tolerance.force_ev_angstrom:g})"
    )


def _symmetric(
    coordinates: SymmetricCoordinates, stress: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The part of a stress that symmetry allows; the rest is noise."""
    parts = np.einsum("kij,ij->k", coordinates.strains, stress)
    return np.asarray(np.einsum("k,kij->ij", parts, coordinates.strains))


def _largest_force(coordinates: SymmetricCoordinates, forces: NDArray[np.float64]) -> float:
    if len(coordinates.displacements) == 0:
        return 0.0
    parts = np.einsum("kai,ai->k", coordinates.displacements, forces)
    allowed = np.einsum("k,kai->ai", parts, coordinates.displacements)
    return float(np.linalg.norm(allowed, axis=1).max())


def _first_hessian(
    atoms: Atoms,
    coordinates: SymmetricCoordinates,
    pressure_gpa: float,
    start: RelaxStart | None,
) -> NDArray[np.float64]:
    known = None if start is None else start.hessian
    if known is not None and known.shape == (len(coordinates), len(coordinates)):
        return np.array(known, dtype=float)
    volume = float(atoms.get_volume())
    if start is not None:
        modulus_gpa = start.bulk_modulus_gpa
    else:
        modulus_gpa = 50.0 + STIFFENING * max(pressure_gpa, 0.0)
    modulus = modulus_gpa / EV_PER_ANGSTROM3_GPA
    shear = _SHEAR_SHARE * modulus
    strains = len(coordinates.strains)
    traces = coordinates.traces
    hessian = volume * (modulus - 2.0 / 3.0 * shear) * np.outer(traces, traces)
    spring = 3.0 * modulus * (volume / len(atoms)) ** (1 / 3)
    stiffness = np.full(len(coordinates), max(spring, _SOFTEST_SPRING))
    stiffness[:strains] = 2.0 * volume * shear
    return np.asarray(hessian + np.diag(stiffness))


def _learn(
    hessian: NDArray[np.float64],
    step: NDArray[np.float64],
    change: NDArray[np.float64],
    softest: float,
) -> NDArray[np.float64]:
    """Damped BFGS update; no eigenvalue below ``softest``.

    Where the curvature is negative (a stretched crystal) the slope still leads down, in steps that
    their longest length limits.
    """
    expected = hessian @ step
    along = float(step @ expected)
    seen = float(step @ change)
    if seen < _DAMPING * along:
        share = (1.0 - _DAMPING) * along / (along - seen)
        change = share * change + (1.0 - share) * expected
    updated = (
        hessian
        - np.outer(expected, expected) / along
        + np.outer(change, change) / float(step @ change)
    )
    values, vectors = np.linalg.eigh(0.5 * (updated + updated.T))
    return np.asarray(vectors * np.maximum(values, softest) @ vectors.T)


def _step(
    hessian: NDArray[np.float64],
    gradient: NDArray[np.float64],
    coordinates: SymmetricCoordinates,
) -> NDArray[np.float64]:
    step = -np.linalg.solve(hessian, gradient)
    strains = len(coordinates.strains)
    traces = coordinates.traces
    swelling = float(traces @ step)
    # Kept finite for expansions, which Murnaghan's law lets run away.
    curved = -math.log1p(-STIFFENING * min(swelling, 0.15)) / STIFFENING
    step = step + (curved - swelling) * traces / 3.0
    longest = max(
        float(np.abs(step[:strains]).max(initial=0.0)) / (math.sqrt(3.0) * LONGEST_STRAIN),
        float(np.abs(step[strains:]).max(initial=0.0)) / LONGEST_MOVE,
    )
    return np.asarray(step / max(longest, 1.0))


def _bulk_modulus(
    hessian: NDArray[np.float64], coordinates: SymmetricCoordinates, volume: float
) -> float:
    """K = 1 / (V t H^-1 t): the answer of ln V to pressure with all coordinates free, GPa."""
    traces = coordinates.traces
    softness = volume * float(traces @ np.linalg.solve(hessian, traces))
    return EV_PER_ANGSTROM3_GPA / softness
