"""One call from a crystal to lambda, alpha2F and Tc."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from isotunnel.analysis.pairing.forces import crystal_force_constants, refuse_unknown_forces
from isotunnel.analysis.pairing.limits import (
    doubts_of,
    doubts_of_forces,
    doubts_of_mesh,
    doubts_of_strength,
    refuse_magnetic,
)
from isotunnel.analysis.pairing.magnetic import magnetism_in
from isotunnel.analysis.pairing.ranges import expected_range
from isotunnel.analysis.pairing.relaxed import relaxed_under
from isotunnel.analysis.pairing.result import (
    FlatCoupling,
    PairedAtom,
    PairingRange,
    PairingResult,
)
from isotunnel.analysis.pairing.settings import PairingSettings
from isotunnel.analysis.pairing.store import PieceStore
from isotunnel.engines.base import Progress, part_of_progress
from isotunnel.engines.gpaw_pw.checks import magnetic_doubts
from isotunnel.engines.gpaw_pw.magnetic_starts import spin_paired
from isotunnel.engines.gpaw_pw.runtime import versions
from isotunnel.engines.gpaw_pw.structure import tell
from isotunnel.engines.phonons.modes import phonons_of
from isotunnel.engines.scatterers import FermiScatterers
from isotunnel.engines.time_to_go import with_time_to_go
from isotunnel.errors import InputError
from isotunnel.theories.superconducting.rigid_muffin_tin.couplings import (
    AtomScattering,
    atom_scatterings,
)
from isotunnel.theories.superconducting.rigid_muffin_tin.isotopes import (
    exponents_by_element,
    isotope_exponent,
)
from isotunnel.theories.superconducting.rigid_muffin_tin.spectrum import (
    HBAR2_EV,
    atom_couplings,
    instability,
    inverse_square,
    left_out_share,
    spectral_function,
)

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.phonons.lattice import ForceConstants
    from isotunnel.engines.phonons.spectrum import PhononSpectrum

RELAXATION_SHARE = 0.3
"""Share of the wall time that a relaxation takes, for the progress shown; the others are shares of
what follows it."""

MAGNETISM_SHARE = 0.1
SCATTERERS_SHARE = 0.35
"""Share of the wall time that goes into the electrons, likewise."""

BENNEMANN_GARLAND = "bennemann-garland"


def pairing(
    crystal: Any,
    *,
    pressure_gpa: float | None = None,
    settings: PairingSettings | None = None,
    store: PieceStore | None = None,
    accept_formula_mismatch: bool = False,
    progress: Progress | None = None,
    workers: int = 1,
) -> PairingResult:
    """Electron-phonon coupling and Tc of a crystal by rigid muffin tins.

    Runs GPAW (PBE, spin-paired) for the electrons and, unless a potential gives them, for the
    forces on displaced atoms, after spin-polarised runs where an element is known for moments;
    every finished piece is kept, so that an interrupted run goes on.

    Args:
        crystal: a name, a crystal file, or an ASE or pymatgen object; its primitive cell is taken.
        pressure_gpa: relax the crystal under it first; None takes the cell as given.
        settings: see :class:`PairingSettings`.
        store: where pieces are kept; default: the user's cache.
        accept_formula_mismatch: see :func:`~isotunnel.analysis.analyze`.
        progress: told of each step, with the time to go.
        workers: processes at most, for the displaced cells; more than one needs a script's
            ``if __name__ == "__main__":``.

    Raises:
        InputError: the crystal cannot be understood.
        CannotSay: an insulator, a crystal with magnetic moments, or no propagating wave.
        MissingExtraError: GPAW, phonopy or the potential is not installed.
        EngineError: no convergence, or no data set for an element.
    """
    return paired(
        crystal,
        pressure_gpa=pressure_gpa,
        settings=settings,
        store=store,
        accept_formula_mismatch=accept_formula_mismatch,
        progress=with_time_to_go(progress),
        workers=workers,
    )


def paired(
    crystal: Any,
    *,
    pressure_gpa: float | None = None,
    settings: PairingSettings | None = None,
    store: PieceStore | None = None,
    accept_formula_mismatch: bool = False,
    progress: Progress | None = None,
    workers: int = 1,
) -> PairingResult:
    """:func:`pairing` as a part of something longer, whose time to go is told elsewhere."""
    from isotunnel.analysis.inputs import understand
    from isotunnel.engines.phonons.lattice import require_phonopy

    settings = settings or PairingSettings()
    store = store or PieceStore()
    start = time.perf_counter()
    # Phonons of supercells cost too much for any cell but the smallest.
    subject = understand(crystal, cell="primitive", accept_formula_mismatch=accept_formula_mismatch)
    if subject.atoms is None or subject.fields:
        raise InputError(
            f"{subject.name} is a grid of values; give a crystal (a name, CIF, POSCAR, ...)"
        )
    # Before minutes of electrons, not after.
    require_phonopy()
    refuse_unknown_forces(subject.atoms, settings.forces)
    atoms = subject.atoms
    if pressure_gpa is not None:
        relaxing = part_of_progress(progress, 0.0, RELAXATION_SHARE)
        progress = part_of_progress(progress, RELAXATION_SHARE, 1.0)
        atoms = relaxed_under(atoms, pressure_gpa, settings.gpaw, store, relaxing)
    before_metal = part_of_progress(progress, 0.0, MAGNETISM_SHARE)
    magnetism = magnetism_in(atoms, settings.gpaw, store, before_metal)
    refuse_magnetic(magnetism)
    metal = _scatterers(
        atoms, settings, store, part_of_progress(progress, MAGNETISM_SHARE, SCATTERERS_SHARE)
    )
    rest = part_of_progress(progress, SCATTERERS_SHARE, 1.0)
    constants = crystal_force_constants(atoms, metal.forces, settings, store, rest, workers)
    result = result_of(subject.name, atoms, metal, phonons_of(constants), settings)
    unseen = magnetic_doubts(atoms) if magnetism is None else ()
    return replace(
        result,
        isotope_exponents=_by_element(result, constants),
        magnetism=magnetism,
        warnings=(*subject.warnings, *unseen, *result.warnings),
        seconds=time.perf_counter() - start,
    )


def result_of(
    name: str,
    atoms: Atoms,
    metal: FermiScatterers,
    phonons: PhononSpectrum,
    settings: PairingSettings,
) -> PairingResult:
    """What follows from electrons and phonons, in milliseconds.

    Raises:
        CannotSay: no propagating wave at the Fermi level.
    """
    scattered = atom_scatterings(metal)
    hopfield = [atom.hopfield_ev_per_angstrom2 for atom in scattered]
    unstable = instability(phonons)
    mu_star, origin = _mu_star(settings, metal)
    spectrum = None if unstable else spectral_function(hopfield, phonons)
    flat = None if unstable else spectral_function(hopfield, phonons, flat=True)
    tc = (None, None) if spectrum is None else _critical(spectrum, mu_star)
    result = PairingResult(
        name=name,
        atoms=atoms,
        pressure_gpa=metal.pressure_gpa,
        density_per_ev_spin=metal.density,
        density_error=abs(metal.density_change) if np.isfinite(metal.density_change) else None,
        members=_members(scattered, phonons, unstable),
        phonons=phonons,
        spectrum=spectrum,
        flat=None if flat is None else _flat(flat, mu_star),
        mu_star=mu_star,
        mu_star_source=origin,
        tc_allen_dynes_k=tc[0],
        tc_eliashberg_k=tc[1],
        isotope_exponent=None if spectrum is None else isotope_exponent(spectrum, mu_star),
        unstable=unstable,
        range=None if spectrum is None else _range(atoms, spectrum, mu_star, settings.forces),
        warnings=(
            *metal.warnings,
            *doubts_of(atoms, phonons, left_out_share(phonons)),
            *doubts_of_forces(settings.forces),
            *(() if spectrum is None else doubts_of_strength(spectrum.coupling)),
        ),
        settings={
            **asdict(settings),
            "supercell_atoms": settings.most_atoms,
            **dict(metal.settings),
            "dense_mesh": list(metal.mesh),
        },
        versions=dict(metal.versions),
        seconds=0.0,
    )
    return replace(result, warnings=(*result.warnings, *doubts_of_mesh(result)))


def _by_element(result: PairingResult, constants: ForceConstants) -> dict[str, float]:
    if result.spectrum is None:
        return {}
    hopfield = [member.scattering.hopfield_ev_per_angstrom2 for member in result.members]
    return exponents_by_element(hopfield, constants, result.spectrum, result.mu_star)


def _members(
    scattered: tuple[AtomScattering, ...], phonons: PhononSpectrum, unstable: str
) -> tuple[PairedAtom, ...]:
    if unstable:
        return tuple(PairedAtom(a.symbol, a, None, None) for a in scattered)
    couplings = atom_couplings([a.hopfield_ev_per_angstrom2 for a in scattered], phonons)
    stiffness = phonons.masses_amu / (HBAR2_EV * inverse_square(phonons))
    return tuple(
        PairedAtom(a.symbol, a, float(stiffness[i]), float(couplings[i]))
        for i, a in enumerate(scattered)
    )


def _scatterers(
    atoms: Atoms, settings: PairingSettings, store: PieceStore, progress: Progress | None
) -> FermiScatterers:
    from isotunnel.engines.gpaw_pw.scatterers import DenseMesh, compute_scatterers

    kept_by = {**spin_paired(settings.gpaw), "dense": settings.dense_spacing}
    key = store.key("signed scatterers", atoms, kept_by, versions())
    known = store.scatterers(key, atoms)
    if known is not None:
        return known
    dense = DenseMesh(settings.dense_spacing)
    tell(progress, "electrons at the Fermi level", 0.0)
    metal = compute_scatterers(atoms, settings.gpaw, dense, progress=progress)
    store.keep_scatterers(key, metal)
    return metal


def _mu_star(settings: PairingSettings, metal: FermiScatterers) -> tuple[float, str]:
    if settings.mu_star is not None:
        return settings.mu_star, "assumed: customary for metals, 0.10 to 0.15"
    density = 2.0 * metal.density / len(metal.atoms)
    return 0.26 * density / (1.0 + density), f"{BENNEMANN_GARLAND}, 0.26 N / (1 + N)"


def _flat(spectrum: Any, mu_star: float) -> FlatCoupling:
    tc = _allen_dynes(spectrum, mu_star)
    return FlatCoupling(spectrum.coupling, spectrum.omega_log_k, tc)


def _critical(spectrum: Any, mu_star: float) -> tuple[float, float]:
    from isotunnel.theories.superconducting.eliashberg import Settings, critical_temperature

    formula = _allen_dynes(spectrum, mu_star)
    return formula, critical_temperature(spectrum, Settings(mu_star)).tc_k


def _allen_dynes(spectrum: Any, mu_star: float) -> float:
    from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc

    moments = spectrum.omega_log_k, mu_star, spectrum.omega_2_k
    return float(allen_dynes_tc(spectrum.coupling, *moments))


def _range(atoms: Atoms, spectrum: Any, mu_star: float, forces: str) -> PairingRange | None:
    moments = spectrum.omega_log_k, spectrum.omega_2_k
    symbols = set(atoms.get_chemical_symbols())
    return expected_range(symbols, spectrum.coupling, moments, mu_star, forces)
