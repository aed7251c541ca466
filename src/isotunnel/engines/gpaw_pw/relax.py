"""Relaxing cell and positions with GPAW, symmetry kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from isotunnel.crystal.checks import check_crystal
from isotunnel.engines.base import ElectronicStructure, Progress
from isotunnel.engines.gpaw_pw.blas_threads import single_blas_thread
from isotunnel.engines.gpaw_pw.checks import check_datasets
from isotunnel.engines.gpaw_pw.ground_state import (
    GroundState,
    ground_state,
    moments_of,
    order_of,
)
from isotunnel.engines.gpaw_pw.magnetic_starts import magnetic_starts
from isotunnel.engines.gpaw_pw.runtime import third_party_warnings_silenced, versions
from isotunnel.engines.gpaw_pw.scf import (
    Converged,
    Mesh,
    continue_scf,
    kpoint_mesh,
    run_scf,
)
from isotunnel.engines.gpaw_pw.structure import SCF_SHARE, read_structure
from isotunnel.engines.relaxing import (
    Evaluation,
    Relaxed,
    RelaxStart,
    RelaxTolerance,
    minimise_enthalpy,
)
from isotunnel.errors import EngineError, InputError

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.gpaw_pw.settings import GpawSettings

MOST_PRESSURE_GPA = 10_000.0
"""At ten TPa atoms are so near to each other that their frozen cores overlap."""

BASIS_PRESSURE_GPA = 0.2
"""What the default cutoff costs: helium's stress is -0.2 GPa however far apart the atoms are."""

Keep = Callable[["Atoms", dict[str, str], ElectronicStructure], ElectronicStructure]
"""Stores the result of a crystal computed with these versions; gives it back."""


def relax_gpaw(
    atoms: Atoms,
    pressure_gpa: float,
    settings: GpawSettings,
    *,
    keep: Keep,
    neighbour: Converged | None = None,
    left: Callable[[Converged], None] | None = None,
    tolerance: RelaxTolerance | None = None,
    start: RelaxStart | None = None,
    progress: Progress | None = None,
) -> Relaxed:
    """The crystal at ``pressure_gpa`` with PBE, and its fields and levels there.

    Each step starts from the density and wave functions of the one before. The k-point mesh follows
    ``kpoint_spacing`` as the cell shrinks; where that would go back and forth between two meshes,
    the finer one is kept. The pressure is that of the stress at a fixed number of plane waves, as
    in ``ElectronicStructure.pressure_gpa``: at the default cutoffs it is low by 1 to 2 GPa at 200.
    No thermal or zero-point pressure is in it. ``keep`` stores the result in the engine's cache.
    ``neighbour``, which is used up, is where the first step starts from, if its k-points are the
    same and no magnetic states are tried; ``left`` is given what the last step left.

    Where magnetic states are tried, all are at the first geometry, and again at the last one; if
    another one is lower there, that one is relaxed once more.

    Symmetry is kept by construction: a crystal that wants to distort into a lower one will not.

    Raises:
        CrystalError: zero volume, overlapping atoms, no atoms.
        InputError: a pressure beyond :data:`MOST_PRESSURE_GPA`.
        MissingExtraError: GPAW is not installed.
        EngineError: no PAW data set, no self-consistency, or not relaxed within the steps allowed.
    """
    check_crystal(atoms)
    if abs(pressure_gpa) > MOST_PRESSURE_GPA:
        raise InputError(
            f"{pressure_gpa:g} GPa is beyond what the frozen cores of PAW data sets allow: "
            f"{MOST_PRESSURE_GPA:g} GPa at most"
        )
    used = versions()
    check_datasets(atoms, settings.xc)
    tolerance = tolerance or RelaxTolerance()
    run = _Run(settings, progress)
    if neighbour is not None and not magnetic_starts(atoms, settings.spin):
        run.start_from(neighbour, atoms)

    way = _Way(pressure_gpa, tolerance)

    def tell(step: int, pressure: float, force: float) -> None:
        run.done = SCF_SHARE * way.gone(pressure, force)
        if progress is not None:
            words = f"relaxing, step {step}: {pressure:.2f} GPa"
            progress(f"{words}, force {force:.3f} eV/angstrom" if force else words, run.done)

    with single_blas_thread():
        minimum = minimise_enthalpy(
            atoms, pressure_gpa, run.evaluate, tolerance, start=start, on_step=tell
        )
        assert run.converged is not None  # a minimum was evaluated
        ground = run.ground(minimum.atoms)
        if order_of(ground.converged) != order_of(run.converged):
            # Another magnetic state is lower there than the one that led the way.
            run.converged = ground.converged
            minimum = minimise_enthalpy(
                minimum.atoms, pressure_gpa, run.evaluate, tolerance, on_step=tell
            )
            ground = run.ground(minimum.atoms)
        structure = read_structure(ground, minimum.atoms, settings, used, progress)
    if left is not None:
        left(ground.converged)
    if ground.converged.kpoints == kpoint_mesh(minimum.atoms, settings.kpoint_spacing):
        structure = keep(minimum.atoms, used, structure)
    return Relaxed(
        replace(structure, warnings=(*structure.warnings, *_soft(minimum.bulk_modulus_gpa))),
        pressure_gpa,
        minimum.deviation_gpa,
        minimum.largest_force,
        minimum.bulk_modulus_gpa,
        minimum.hessian,
        minimum.steps,
        minimum.space_group_number,
    )


def _soft(bulk_modulus_gpa: float) -> tuple[str, ...]:
    """A warning where the volume hangs on tenths of a GPa."""
    change = BASIS_PRESSURE_GPA / bulk_modulus_gpa
    if change < 0.01:
        return ()
    return (
        f"a very soft cell (bulk modulus about {bulk_modulus_gpa:.1g} GPa): the finite cutoff's "
        f"pressure of some {BASIS_PRESSURE_GPA} GPa changes its volume by {100 * change:.0f} %, "
        "and PBE leaves out the dispersion that binds it; take a measured cell instead",
    )


class _Way:
    """How far a relaxation has come, by its mean pressure and its largest force."""

    def __init__(self, pressure_gpa: float, tolerance: RelaxTolerance) -> None:
        self.pressure_gpa = pressure_gpa
        self.tolerance = tolerance
        self.first = 1.0
        self.share = 0.0

    def gone(self, pressure_gpa: float, force_ev_angstrom: float) -> float:
        """Share of the way gone at a step, at most 0.95; it never shrinks."""
        limits = self.tolerance.pressure_limit(self.pressure_gpa), self.tolerance.force_ev_angstrom
        off = abs(pressure_gpa - self.pressure_gpa), force_ev_angstrom
        left = max(1.0, *(o / limit for o, limit in zip(off, limits, strict=True)))
        self.first = max(self.first, left)
        # Convergence is roughly geometric, so its logarithm measures the way gone.
        share = 1.0 if self.first == 1.0 else 1.0 - math.log(left) / math.log(self.first)
        # Neither tells of a shear that is left.
        self.share = max(self.share, min(share, 0.95))
        return self.share


class _Run:
    """The calculations of one relaxation, each starting from the last."""

    def __init__(self, settings: GpawSettings, progress: Progress | None) -> None:
        self.settings = settings
        self.progress = progress
        self.done = 0.0
        self.converged: Converged | None = None
        self.meshes: list[Mesh] = []

    def start_from(self, neighbour: Converged, atoms: Atoms) -> None:
        """Take the density and wave functions of another run of the same atoms to begin with."""
        theirs = neighbour.calculator.atoms
        if len(theirs) == len(atoms) and (theirs.numbers == atoms.numbers).all():
            self.converged = neighbour

    def evaluate(self, atoms: Atoms) -> Evaluation:
        """Forces and stress of one geometry."""
        check_crystal(atoms)
        mesh = self._mesh(atoms)
        self.converged = self._converge(atoms, mesh)
        calculator = self.converged.calculator
        with third_party_warnings_silenced():
            from ase.stress import voigt_6_to_full_3x3_stress

            stress = voigt_6_to_full_3x3_stress(calculator.get_stress())
            return Evaluation(calculator.get_forces(), stress, mesh)

    def _converge(self, atoms: Atoms, mesh: Mesh) -> Converged:
        if self.converged is not None and self.converged.kpoints == mesh:
            # Wave functions carried over to another cell may come out linearly dependent.
            with suppress(EngineError):
                return continue_scf(self.converged, atoms, self.settings, self._scf_progress)
        if self.converged is None:
            return ground_state(atoms, self.settings, self._scf_progress, mesh=mesh).converged
        polarised = self.converged.dft.ibzwfs.nspins == 2
        moments = moments_of(self.converged)[1] if polarised else None
        return run_scf(atoms, self.settings, self._scf_progress, mesh=mesh, moments=moments)

    def ground(self, atoms: Atoms) -> GroundState:
        """The state of lowest energy at the last geometry, from all starts again."""
        assert self.converged is not None  # it was relaxed
        if not magnetic_starts(atoms, self.settings.spin):
            return GroundState(self.converged)
        mesh = self.converged.kpoints
        return ground_state(atoms, self.settings, self._scf_progress, mesh=mesh)

    def _mesh(self, atoms: Atoms) -> Mesh:
        wanted = kpoint_mesh(atoms, self.settings.kpoint_spacing)
        if not self.meshes or wanted == self.meshes[-1]:
            mesh = wanted
        elif wanted in self.meshes:
            a, b, c = (max(pair) for pair in zip(wanted, self.meshes[-1], strict=True))
            mesh = (a, b, c)
        else:
            mesh = wanted
        self.meshes.append(mesh)
        return mesh

    def _scf_progress(self, message: str, _fraction: float | None) -> None:
        if self.progress is not None:
            self.progress(message, self.done)
