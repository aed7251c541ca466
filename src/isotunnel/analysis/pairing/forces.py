"""Force constants of the crystal, with forces from GPAW or from a machine-learned potential."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isotunnel.analysis.pairing.settings import PairingSettings
from isotunnel.analysis.pairing.store import PieceStore
from isotunnel.crystal.symmetry import without_sharp_angles
from isotunnel.engines.base import Progress
from isotunnel.engines.gpaw_pw.checks import SHARPEST_DEGREES
from isotunnel.engines.gpaw_pw.forces import force_settings, gpaw_forces
from isotunnel.engines.gpaw_pw.magnetic_starts import spin_paired
from isotunnel.engines.gpaw_pw.processes import in_processes
from isotunnel.engines.gpaw_pw.runtime import versions
from isotunnel.engines.gpaw_pw.settings import GpawSettings
from isotunnel.errors import CannotSay
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import GPAW_FORCES

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.phonons.finite_displacements import Forces, ForcesOfAll
    from isotunnel.engines.phonons.lattice import ForceConstants

Floats = NDArray[np.float64]


def refuse_unknown_forces(atoms: Atoms, forces: str) -> None:
    """Raise CannotSay where a potential is not believed, and MissingExtraError where it is absent.

    Potentials are off for hydrides, as they are for pressures: see
    :mod:`isotunnel.engines.mlip.plan`.
    """
    if forces == GPAW_FORCES:
        return
    if "H" in atoms.get_chemical_symbols():
        raise CannotSay(
            f"{forces} is off for hydrides: in a trial its pressures of H3S and LaH10 were 16 to "
            "31 % from GPAW's; --forces gpaw, the default, computes them"
        )
    from isotunnel.engines.mlip import open_potential

    # Before minutes of electrons, not after.
    open_potential(forces)


def crystal_force_constants(
    atoms: Atoms,
    residual: Floats,
    settings: PairingSettings,
    store: PieceStore,
    progress: Progress | None,
    workers: int = 1,
) -> ForceConstants:
    """Force constants by the forces that the settings ask for.

    Args:
        atoms: the crystal.
        residual: GPAW's forces on it undisplaced, eV/angstrom.
        settings: of the calculation.
        store: where GPAW's forces are kept; a potential's cost less than keeping them.
        progress: told of each displacement.
        workers: processes for GPAW at most.

    Raises:
        EngineError: no convergence, or forces that are not finite.
    """
    from isotunnel.engines.phonons.finite_displacements import force_constants, one_by_one
    from isotunnel.engines.phonons.supercell import choose_supercell

    if settings.forces == GPAW_FORCES:
        forces = _gpaw(force_settings(settings.gpaw, atoms.get_chemical_symbols()), store, workers)
    else:
        one = _potential(settings.forces)
        residual, forces = one(atoms, None), one_by_one(one)
    return force_constants(
        atoms,
        choose_supercell(atoms, settings.most_atoms),
        forces,
        residual=residual,
        displacement_angstrom=settings.displacement_angstrom,
        progress=progress,
    )


def _gpaw(settings: GpawSettings, store: PieceStore, workers: int) -> ForcesOfAll:
    """GPAW's forces; those that are not kept are computed beside each other where there are cores.

    Every one is kept as it is done, also those of other processes.
    """
    from isotunnel.engines.phonons.finite_displacements import one_by_one

    def key(cell: Atoms) -> str:
        computed = without_sharp_angles(cell, SHARPEST_DEGREES)
        return store.key("forces", computed, spin_paired(settings), versions())

    def one(cell: Atoms, tell: Progress | None) -> Floats:
        known = store.forces(key(cell))
        if known is None:
            known = gpaw_forces(cell, settings, tell)
            store.keep_forces(key(cell), known)
        return known

    def of_all(cells: Sequence[Atoms], tell: Progress | None) -> Sequence[Floats]:
        found = {i: store.forces(key(cell)) for i, cell in enumerate(cells)}
        missing = [i for i, known in found.items() if known is None]
        if min(workers, len(missing)) < 2:
            return one_by_one(one)(cells, tell)

        def told(_index: int, done: int) -> None:
            if tell is not None:
                share = (len(cells) - len(missing) + done) / len(cells)
                tell(f"forces on displaced atoms, {done} of {len(missing)} done", share)

        told(0, 0)
        given = [(cells[i], settings, key(cells[i]), store.directory) for i in missing]
        fresh = in_processes(_kept_forces, given, workers=workers, told=told)
        for index, value in zip(missing, fresh, strict=True):
            if isinstance(value, Exception):
                raise value
            found[index] = value
        return [value for value in found.values() if value is not None]

    return of_all


def _kept_forces(cell: Atoms, settings: GpawSettings, key: str, directory: Path) -> Floats:
    """Forces by GPAW, kept: what a process of its own does."""
    found = gpaw_forces(cell, settings)
    PieceStore(directory).keep_forces(key, found)
    return found


def _potential(name: str) -> Forces:
    from isotunnel.engines.mlip import open_potential

    potential = open_potential(name)

    def forces(cell: Atoms, _tell: Progress | None) -> Floats:
        found: Floats = potential.forces(cell)
        return found

    return forces
