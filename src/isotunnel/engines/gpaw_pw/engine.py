"""The ``gpaw`` engine: fields and levels of a crystal by density-functional theory."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from isotunnel.crystal.checks import check_crystal
from isotunnel.engines.base import ElectronicStructure, Progress, part_of_progress
from isotunnel.engines.cache import ResultCache, cache_key
from isotunnel.engines.gpaw_pw.blas_threads import single_blas_thread
from isotunnel.engines.gpaw_pw.checks import check_datasets, check_memory, check_size
from isotunnel.engines.gpaw_pw.cost import estimate
from isotunnel.engines.gpaw_pw.fields import has_pseudo_elf
from isotunnel.engines.gpaw_pw.ground_state import ground_state
from isotunnel.engines.gpaw_pw.magnetic_starts import identity, magnetic_starts
from isotunnel.engines.gpaw_pw.runtime import versions
from isotunnel.engines.gpaw_pw.settings import GpawSettings
from isotunnel.engines.gpaw_pw.structure import (
    ENGINE_VERSION,
    NAME,
    SCF_SHARE,
    read_structure,
    tell,
)

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.gpaw_pw.scf import Converged
    from isotunnel.engines.relaxing import Relaxed, RelaxStart, RelaxTolerance


class GpawEngine:
    """GPAW in plane-wave mode, with PBE by default, on the crystal as given.

    Spin-polarised where an element is known for magnetic moments, where the crystal brings them, or
    where ``settings.spin`` is "on": a run without moments is made and one from each of some
    starts, and the lowest energy gives the result, see
    :mod:`~isotunnel.engines.gpaw_pw.magnetic_starts`. All else is spin-paired.

    Energies (levels, potentials) share one zero: the average of the smooth electrostatic potential
    over the cell. Total energies are relative to GPAW's reference atoms, extrapolated to zero
    smearing. The density of states is that of the k-point mesh, band edges are looked for on the
    mesh and, where it shows a gap, on the high-symmetry lines.

    Limits: collinear moments only, and orders that fit into the cell; no spin-orbit coupling, no
    charged or non-periodic cells; PBE gaps are too small by a third to a half.

    Args:
        settings: see :class:`GpawSettings`.
        cache: True for the user's cache, False for none, or a cache of your own.
    """

    name = NAME

    def __init__(
        self, settings: GpawSettings | None = None, cache: ResultCache | bool = True
    ) -> None:
        self.settings = GpawSettings() if settings is None else settings
        if isinstance(cache, ResultCache):
            self.cache: ResultCache | None = cache
        else:
            self.cache = ResultCache() if cache else None
        self._neighbour: Converged | None = None

    def __getstate__(self) -> dict[str, Any]:
        """What another process gets: no wave functions."""
        return {**self.__dict__, "_neighbour": None}

    def compute(self, atoms: Atoms, *, progress: Progress | None = None) -> ElectronicStructure:
        """Run on ``atoms``, or fetch the result of an equal run from the cache.

        Raises:
            CrystalError: zero volume, overlapping atoms, no atoms.
            MissingExtraError: GPAW is not installed.
            EngineError: no PAW data set for an element, a cell too large for the memory, or no
                convergence.
        """
        check_crystal(atoms)
        used = versions()
        key = self.key(atoms, used)
        if self.cache is not None:
            known = self.cache.load(key, atoms)
            if known is not None:
                if progress is not None:
                    progress("GPAW: taken from the cache", 1.0)
                return known
        check_datasets(atoms, self.settings.xc)
        check_size(atoms, self.settings.grid_spacing)
        starts = magnetic_starts(atoms, self.settings.spin)
        cost = estimate(atoms, self.settings, len(starts))
        check_memory(cost)
        tell(progress, f"GPAW: {cost.words}", 0.0)
        return self.keep(key, _run(atoms, self.settings, used, progress))

    def key(self, atoms: Atoms, used: dict[str, str] | None = None) -> str:
        """What a result of ``atoms`` is kept under, see :func:`cache_key`.

        Raises:
            MissingExtraError: GPAW is not installed.
        """
        engine = f"{self.name} {ENGINE_VERSION}"
        if has_pseudo_elf(atoms):
            # Entries of older versions lack that ELF.
            engine = f"{engine} pseudo-elf"
        return cache_key(atoms, engine, identity(self.settings, atoms), used or versions())

    def relax(
        self,
        atoms: Atoms,
        pressure_gpa: float,
        *,
        tolerance: RelaxTolerance | None = None,
        start: RelaxStart | None = None,
        progress: Progress | None = None,
    ) -> Relaxed:
        """Relax cell and positions under a pressure, symmetry kept; see :func:`relax_gpaw`.

        The density and the wave functions of the last crystal that this engine relaxed are where
        the next one of the same atoms starts from, if it has the same k-points: a fifth less work.
        What that changes is within the convergence limit (H3S at 210 GPa, after 200: 3e-6 eV,
        2e-4 GPa, fields by 1e-7 of their size), so results are kept under the same key wherever
        they started. The wave functions stay in memory meanwhile.
        """
        from isotunnel.engines.gpaw_pw.relax import relax_gpaw

        def left(converged: Converged) -> None:
            self._neighbour = converged

        def keep(
            relaxed: Atoms, used: dict[str, str], structure: ElectronicStructure
        ) -> ElectronicStructure:
            return self.keep(self.key(relaxed, used), structure)

        return relax_gpaw(
            atoms,
            pressure_gpa,
            self.settings,
            keep=keep,
            neighbour=self._neighbour,
            left=left,
            tolerance=tolerance,
            start=start,
            progress=progress,
        )

    def keep(self, key: str, structure: ElectronicStructure) -> ElectronicStructure:
        """Store a result in the cache; the result, with a warning where that failed."""
        if self.cache is not None and not self.cache.store(key, structure):
            structure = replace(
                structure,
                warnings=(
                    *structure.warnings,
                    f"the result could not be kept in the cache at {self.cache.directory}",
                ),
            )
        return structure


def _run(
    atoms: Atoms, settings: GpawSettings, used: dict[str, str], progress: Progress | None
) -> ElectronicStructure:
    start = time.perf_counter()
    with single_blas_thread():
        ground = ground_state(atoms, settings, part_of_progress(progress, 0.0, SCF_SHARE))
        structure = read_structure(ground, atoms, settings, used, progress)
    tell(progress, f"GPAW: done in {time.perf_counter() - start:.1f} s", 1.0)
    return structure
