"""What a relaxation is asked for, and what it gives."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.base import ElectronicStructure, Engine, Progress
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from ase import Atoms


@dataclass(frozen=True)
class RelaxTolerance:
    """When a crystal counts as relaxed.

    Attributes:
        pressure_gpa: largest deviation of any symmetric stress component from the target, GPa ...
        pressure_share: ... or as a share of the target pressure, whichever is larger.
        force_ev_angstrom: largest force on an atom, eV/angstrom.
        max_steps: evaluations of the forces before giving up.

    Raises:
        InputError: a number is not positive and finite.
    """

    pressure_gpa: float = 0.05
    pressure_share: float = 5e-4
    force_ev_angstrom: float = 0.02
    max_steps: int = 40

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if not (math.isfinite(value) and value > 0):
                raise InputError(f"{name} must be a positive number, got {value!r}")

    def pressure_limit(self, target_gpa: float) -> float:
        """Largest deviation allowed at a target pressure, GPa."""
        return max(self.pressure_gpa, self.pressure_share * abs(target_gpa))

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for keys and reports."""
        return asdict(self)


@dataclass(frozen=True, eq=False)
class RelaxStart:
    """What is known beforehand, from a neighbouring pressure.

    Attributes:
        bulk_modulus_gpa: estimate at the cell to start from.
        hessian: see :class:`~isotunnel.engines.relaxing.minimise.Minimum`, or None.
    """

    bulk_modulus_gpa: float
    hessian: NDArray[np.float64] | None = None


@dataclass(frozen=True, eq=False)
class Relaxed:
    """A crystal at a pressure.

    Attributes:
        structure: the engine's result at the relaxed cell; ``structure.atoms`` is that cell.
        target_pressure_gpa: what was asked for.
        deviation_gpa: largest deviation of a stress component from the target, left over.
        largest_force: on an atom, eV/angstrom, left over.
        bulk_modulus_gpa: -dP/dlnV with everything else relaxed, from the steps taken. An estimate
            to start neighbours from; after one step it is a guess.
        hessian: second derivatives of the enthalpy in the symmetric coordinates, likewise.
        steps: evaluations of the forces.
        space_group_number: kept from the input.
    """

    structure: ElectronicStructure
    target_pressure_gpa: float
    deviation_gpa: float
    largest_force: float
    bulk_modulus_gpa: float
    hessian: NDArray[np.float64]
    steps: int
    space_group_number: int


@runtime_checkable
class RelaxingEngine(Engine, Protocol):
    """An engine that knows forces and stress."""

    def relax(
        self,
        atoms: Atoms,
        pressure_gpa: float,
        *,
        tolerance: RelaxTolerance,
        start: RelaxStart | None = None,
        progress: Progress | None = None,
    ) -> Relaxed:
        """Relax cell and positions under a pressure, symmetry kept.

        Raises:
            CrystalError, MissingExtraError: see :meth:`Engine.compute`.
            EngineError: no self-consistency, or not relaxed within ``tolerance.max_steps``.
        """
        ...
