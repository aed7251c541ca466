"""An interatomic potential behind ASE's calculator interface, as an engine without fields."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.checks import check_crystal
from isotunnel.engines.base import ElectronicStructure, Progress
from isotunnel.engines.relaxing import (
    Evaluation,
    Relaxed,
    RelaxStart,
    RelaxTolerance,
    minimise_enthalpy,
)
from isotunnel.errors import EngineError, InputError, MissingExtraError
from isotunnel.units import EV_PER_ANGSTROM3_GPA

if TYPE_CHECKING:
    from ase import Atoms

POTENTIALS = ("chgnet",)
"""Names that :func:`open_potential` knows."""

_NO_ELECTRONS = "an interatomic potential knows atoms only"
_CANNOT_SAY = dict.fromkeys(
    (
        *("potential", "electrostatic", "density", "elf", "fermi_ev", "vbm_ev", "cbm_ev"),
        *("band_gap_ev", "direct_gap_ev", "dos_fermi", "atomic_level_ev", "valence_density"),
        "magnetism",
    ),
    _NO_ELECTRONS,
)


class PotentialEngine:
    """Energy, pressure and relaxation by an interatomic potential; it gives no fields.

    Energies have the potential's own zero: only differences between cells of one composition mean
    anything. What its pressures are worth is not judged here, see
    :func:`isotunnel.analysis.equation_of_state`.

    Args:
        calculator: of ASE, with energy, forces and stress.
        name: by which results are kept apart.
        versions: of the programs and weights.
    """

    def __init__(
        self, calculator: Any, name: str = "potential", versions: Mapping[str, str] | None = None
    ) -> None:
        if not callable(getattr(calculator, "get_property", None)):
            raise InputError(f"a potential is an ASE calculator; got {type(calculator).__name__}")
        self.calculator = calculator
        self.name = name
        self.versions = dict(versions or {})

    def compute(self, atoms: Atoms, *, progress: Progress | None = None) -> ElectronicStructure:  # noqa: ARG002
        """Energy and pressure of the crystal as given.

        Raises:
            CrystalError: zero volume, overlapping atoms, no atoms.
            EngineError: the potential gives no finite numbers.
        """
        energy, evaluation = self._evaluate(atoms)
        return ElectronicStructure(
            atoms=atoms.copy(),
            engine=self.name,
            fields={},
            energy_ev=energy,
            pressure_gpa=-float(np.trace(evaluation.stress)) / 3 * EV_PER_ANGSTROM3_GPA,
            versions=self.versions,
            cannot_say=_CANNOT_SAY,
        )

    def pressure_gpa(self, atoms: Atoms) -> float:
        """Pressure of the crystal as given, GPa."""
        return float(self.compute(atoms).require("pressure_gpa"))

    def forces(self, atoms: Atoms) -> NDArray[np.float64]:
        """Forces on the atoms, eV/angstrom, shape (atoms, 3).

        Raises:
            CrystalError, EngineError: see :meth:`compute`.
        """
        return self._evaluate(atoms)[1].forces

    def relax(
        self,
        atoms: Atoms,
        pressure_gpa: float,
        *,
        tolerance: RelaxTolerance | None = None,
        start: RelaxStart | None = None,
        progress: Progress | None = None,
    ) -> Relaxed:
        """Relax cell and positions under a pressure, symmetry kept.

        Raises:
            CrystalError: see :meth:`compute`.
            EngineError: not relaxed within ``tolerance.max_steps``, or no finite numbers.
        """
        found = minimise_enthalpy(
            atoms,
            pressure_gpa,
            lambda moved: self._evaluate(moved)[1],
            tolerance or RelaxTolerance(max_steps=200),
            start=start,
        )
        if progress is not None:
            progress(f"{self.name}: {found.steps} steps at {pressure_gpa:g} GPa", 1.0)
        return Relaxed(
            structure=self.compute(found.atoms),
            target_pressure_gpa=pressure_gpa,
            deviation_gpa=found.deviation_gpa,
            largest_force=found.largest_force,
            bulk_modulus_gpa=found.bulk_modulus_gpa,
            hessian=found.hessian,
            steps=found.steps,
            space_group_number=found.space_group_number,
        )

    def _evaluate(self, atoms: Atoms) -> tuple[float, Evaluation]:
        check_crystal(atoms)
        own = atoms.copy()
        own.pbc = True
        own.calc = self.calculator
        formula = own.get_chemical_formula()
        try:
            with _quiet():
                energy = float(own.get_potential_energy())
                forces = np.asarray(own.get_forces(), dtype=float)
                stress = np.asarray(own.get_stress(voigt=False), dtype=float)
        except (ValueError, RuntimeError, KeyError, NotImplementedError) as error:
            words = " ".join(str(error).split())
            raise EngineError(f"{self.name} gives nothing for {formula}: {words}") from error
        if not (np.isfinite(energy) and np.isfinite(forces).all() and np.isfinite(stress).all()):
            raise EngineError(f"{self.name} gives numbers that are not finite for {formula}")
        return energy, Evaluation(forces, stress)


def open_potential(name: str = "chgnet") -> PotentialEngine:
    """A potential by name.

    CHGNet (Deng et al., Nature Machine Intelligence 5, 1031, 2023) was trained on relaxations of
    the Materials Project (PBE, with U for oxides of some metals), nearly all at low pressure. Its
    weights come with its package.

    Raises:
        InputError: an unknown name.
        MissingExtraError: its package is not installed.
        EngineError: it is installed but does not open.
    """
    if name not in POTENTIALS:
        raise InputError(f"unknown potential {name!r}; known: {', '.join(POTENTIALS)}")
    try:
        with _quiet():
            from chgnet.model.dynamics import CHGNetCalculator
            from chgnet.model.model import CHGNet

            model = CHGNet.load(use_device="cpu", verbose=False)
            # A cell in which an atom has no neighbour in reach is no crystal that it knows.
            calculator = CHGNetCalculator(model=model, use_device="cpu", on_isolated_atoms="error")
    except ModuleNotFoundError as error:
        raise MissingExtraError(_missing(error), "mlip", "the chgnet engine") from error
    except Exception as error:
        # Whatever a broken installation raises: compiled parts fail with more than ImportError.
        raise EngineError(f"CHGNet is installed but does not open: {error}") from error
    return PotentialEngine(calculator, "chgnet", _versions(str(model.version)))


def _missing(error: ModuleNotFoundError) -> str:
    return "CHGNet" if (error.name or "").startswith("chgnet") else str(error.name)


def _versions(weights: str) -> dict[str, str]:
    from importlib.metadata import version

    return {"chgnet": version("chgnet"), "weights": weights, "torch": version("torch")}


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without what a potential prints and warns of its own code: nobody here can act on it."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
