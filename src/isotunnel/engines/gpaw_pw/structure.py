"""Fields and levels of a converged GPAW calculation, as a result of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isotunnel.engines.base import ElectronicStructure, Progress
from isotunnel.engines.gpaw_pw.augmentation import augmentation_radius
from isotunnel.engines.gpaw_pw.blas_threads import single_blas_thread
from isotunnel.engines.gpaw_pw.checks import doubts
from isotunnel.engines.gpaw_pw.edges import refined_levels
from isotunnel.engines.gpaw_pw.fields import compute_fields
from isotunnel.engines.gpaw_pw.ground_state import GroundState, magnetism_of
from isotunnel.engines.gpaw_pw.levels import band_levels, fermi_density
from isotunnel.engines.gpaw_pw.magnetic_starts import ANTIFERROMAGNETIC, AS_GIVEN
from isotunnel.engines.gpaw_pw.runtime import third_party_warnings_silenced
from isotunnel.engines.gpaw_pw.scf import Converged
from isotunnel.engines.gpaw_pw.settings import GpawSettings
from isotunnel.engines.magnetism import Magnetism
from isotunnel.units import BOHR_ANGSTROM, EV_PER_ANGSTROM3_GPA

if TYPE_CHECKING:
    from ase import Atoms

NAME = "gpaw"
"""The engine's name."""

ENGINE_VERSION = "2"
"""Part of the cache key: raised whenever the same settings would give other numbers."""

SCF_SHARE = 0.85
"""Share of the wall time that goes into self-consistency, for the progress shown."""

_CANNOT_SAY = {
    "atomic_level_ev": "free-atom levels are given by the procrystal engine",
    "valence_density": "free-atom densities are given by the procrystal engine",
}


def read_structure(
    ground: GroundState,
    atoms: Atoms,
    settings: GpawSettings,
    used: dict[str, str],
    progress: Progress | None = None,
) -> ElectronicStructure:
    """Fields and levels of a converged calculation of ``atoms``."""
    converged = ground.converged
    with single_blas_thread(), third_party_warnings_silenced():
        tell(progress, "GPAW: stress", SCF_SHARE)
        stress = converged.calculator.get_stress()
        energy = float(converged.calculator.get_potential_energy())
        tell(progress, "GPAW: levels and density of states", 0.9)
        levels = band_levels(converged.dft)
        levels = refined_levels(converged, atoms, levels, settings.edge_kpoints)
        dos = fermi_density(converged.dft, converged.kpoints, levels)
        magnetism = magnetism_of(ground, levels)
        tell(progress, "GPAW: fields", 0.92)
        fields = compute_fields(converged.dft, atoms, settings, used["gpaw"])
    return ElectronicStructure(
        atoms=atoms.copy(),
        engine=NAME,
        fields=fields,
        fermi_ev=levels.fermi_ev,
        vbm_ev=levels.vbm_ev,
        cbm_ev=levels.cbm_ev,
        band_gap_ev=levels.gap_ev,
        direct_gap_ev=levels.direct_gap_ev,
        dos_fermi=dos.total,
        dos_fermi_by_element=dos.by_element,
        energy_ev=energy,
        pressure_gpa=float(-stress[:3].mean() * EV_PER_ANGSTROM3_GPA),
        magnetism=magnetism,
        augmentation_radii=tuple(
            augmentation_radius(setup) * BOHR_ANGSTROM for setup in converged.dft.setups
        ),
        settings=_settings_used(settings, converged),
        versions={**used, "isotunnel_gpaw_engine": ENGINE_VERSION},
        warnings=(*doubts(atoms, tried=magnetism is not None), *_of_starts(magnetism)),
        cannot_say=_CANNOT_SAY if magnetism else {**_CANNOT_SAY, "magnetism": _why(settings)},
    )


def _why(settings: GpawSettings) -> str:
    if settings.spin == "off":
        return "the run is spin-paired, as asked for"
    return (
        "the run is spin-paired: no element here is known for magnetic moments, and none were "
        "given; the engine's setting spin='on' tries all the same"
    )


def _of_starts(magnetism: Magnetism | None) -> tuple[str, ...]:
    """What was not tried, and what failed."""
    if magnetism is None:
        return ()
    failed = [f"the {t.name} start failed: {t.failed}" for t in magnetism.tried if t.failed]
    if not any(t.name in (ANTIFERROMAGNETIC, AS_GIVEN) for t in magnetism.tried):
        failed.append(
            "antiferromagnetic orders were not tried: they need a cell with more than one atom "
            "that may carry a moment"
        )
    return tuple(failed)


def _settings_used(settings: GpawSettings, converged: Converged) -> dict[str, Any]:
    return {
        **settings.as_dict(),
        "ecut_ev": settings.cutoff_ev([setup.symbol for setup in converged.dft.setups]),
        "spin_paired": converged.dft.ibzwfs.nspins == 1,
        "kpoints": list(converged.kpoints),
        "irreducible_kpoints": len(converged.dft.ibzwfs.ibz),
        "bands": int(converged.dft.ibzwfs.nbands),
        "wave_grid": [int(n) for n in converged.dft.density.nt_sR.desc.size_c],
        "scf_steps": converged.iterations,
        "dos_method": "linear tetrahedra, no broadening",
    }


def tell(progress: Progress | None, message: str, fraction: float) -> None:
    """Report progress, where anybody listens."""
    if progress is not None:
        progress(message, fraction)
