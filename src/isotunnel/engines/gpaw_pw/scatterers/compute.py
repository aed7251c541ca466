"""From a crystal to its muffin tins and their Fermi electrons, with GPAW."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from isotunnel.crystal import symmetry_of
from isotunnel.crystal.checks import check_crystal
from isotunnel.engines.base import Progress, part_of_progress
from isotunnel.engines.gpaw_pw.blas_threads import single_blas_thread
from isotunnel.engines.gpaw_pw.checks import check_datasets, doubts
from isotunnel.engines.gpaw_pw.levels import band_levels
from isotunnel.engines.gpaw_pw.potentials import true_potentials
from isotunnel.engines.gpaw_pw.runtime import third_party_warnings_silenced, versions
from isotunnel.engines.gpaw_pw.scatterers.densities import dense_bands, fermi_densities
from isotunnel.engines.gpaw_pw.scatterers.potential import (
    SmoothPotential,
    radial_grid,
    screening,
)
from isotunnel.engines.gpaw_pw.scatterers.radii import mean_between, touching_radii
from isotunnel.engines.gpaw_pw.scf import Converged, kpoint_mesh, run_scf
from isotunnel.engines.gpaw_pw.settings import GpawSettings
from isotunnel.engines.scatterers import FermiScatterers, MuffinTin
from isotunnel.errors import CannotSay, InputError
from isotunnel.units import BOHR_ANGSTROM, EV_PER_ANGSTROM3_GPA

if TYPE_CHECKING:
    from ase import Atoms

OUTER = 1.02
"""The potential is tabulated to this many sphere radii."""

POTENTIAL_SPACING = 0.1
"""Angstrom, largest distance of grid points on which the potential between atoms is searched."""

SCF_SHARE = 0.3
BANDS_SHARE = 0.8


@dataclass(frozen=True)
class DenseMesh:
    """How densely the Fermi surface is sampled.

    Attributes:
        spacing: largest distance of neighbouring k-points, 1/angstrom, 2 pi included; each number
            of points is made even, so that every second point is a mesh too.
    """

    spacing: float = 0.2

    def __post_init__(self) -> None:
        if not (np.isfinite(self.spacing) and self.spacing > 0):
            raise InputError(f"k-point spacing {self.spacing!r} must be a positive number")

    def points(self, atoms: Atoms) -> tuple[int, int, int]:
        """The mesh of a crystal."""
        n1, n2, n3 = (n + n % 2 for n in kpoint_mesh(atoms, self.spacing))
        return n1, n2, n3


def compute_scatterers(
    atoms: Atoms,
    settings: GpawSettings | None = None,
    dense: DenseMesh | None = None,
    *,
    radii_bohr: dict[str, float] | None = None,
    progress: Progress | None = None,
) -> FermiScatterers:
    """Muffin tins and l-resolved Fermi densities of a metal, spin-paired, PBE.

    Whether the crystal is magnetic is not asked here.

    Args:
        atoms: the crystal as given, best in its primitive cell.
        settings: of the self-consistent run.
        dense: mesh of the densities of states.
        radii_bohr: by element, sphere radii to use in place of the touching ones.
        progress: called at each step.

    Raises:
        CannotSay: an insulator.
        CrystalError, EngineError, MissingExtraError: as of the ``gpaw`` engine.
    """
    settings = settings or GpawSettings()
    dense = dense or DenseMesh()
    check_crystal(atoms)
    used = versions()
    check_datasets(atoms)
    with single_blas_thread():
        part = part_of_progress(progress, 0.0, SCF_SHARE)
        converged = run_scf(atoms, settings, part, wanted="near")
        refuse_insulator(converged)
        with third_party_warnings_silenced():
            return _read(converged, atoms, settings, dense, radii_bohr, used, progress)


def refuse_insulator(converged: Converged) -> None:
    """Raise CannotSay where the mesh shows a gap."""
    gap = band_levels(converged.dft).gap_ev
    if gap > 0:
        raise CannotSay(
            f"a band gap of {gap:.2f} eV leaves no electrons at the Fermi level to pair"
        )


def _read(
    converged: Converged,
    atoms: Atoms,
    settings: GpawSettings,
    dense: DenseMesh,
    radii_bohr: dict[str, float] | None,
    used: dict[str, str],
    progress: Progress | None,
) -> FermiScatterers:
    calculator = converged.calculator
    pressure = float(-calculator.get_stress()[:3].mean() * EV_PER_ANGSTROM3_GPA)
    forces = np.array(calculator.get_forces())
    equivalent = symmetry_of(atoms).equivalent_atoms
    potential = true_potentials(converged.dft, _grid(atoms)).effective
    radii = touching_radii(atoms, potential, equivalent)
    for index, symbol in enumerate(atoms.get_chemical_symbols()):
        if radii_bohr and symbol in radii_bohr:
            radii[index] = radii_bohr[symbol] * BOHR_ANGSTROM
    zero = mean_between(atoms, potential, radii)
    bohr = [r / BOHR_ANGSTROM for r in radii]
    mesh = dense.points(atoms)
    if progress is not None:
        progress(f"bands on {mesh[0]} x {mesh[1]} x {mesh[2]} k-points", SCF_SHARE)
    bands = dense_bands(converged, mesh)
    found = fermi_densities(
        bands, mesh, bohr, equivalent, part_of_progress(progress, BANDS_SHARE, 1.0)
    )
    smooth = SmoothPotential(converged.dft)
    tins: list[MuffinTin] = []
    for index, setup in enumerate(converged.dft.setups):
        first = equivalent[index]
        r = radial_grid(OUTER * bohr[index])
        # Equal atoms share one table: it was averaged over no more than the sphere.
        shared = (
            tins[first].screening if first < index else screening(smooth, converged.dft, index, r)
        )
        tins.append(
            MuffinTin(
                symbol=str(setup.symbol),
                atomic_number=int(setup.Z),
                radius_bohr=bohr[index],
                radii_bohr=r,
                screening=shared,
                density=found.by_l[index],
                density_change=found.by_l_change[index],
            )
        )
    return FermiScatterers(
        atoms=atoms.copy(),
        tins=tuple(tins),
        equivalent=equivalent,
        fermi_ev=found.fermi_ev,
        zero_ev=zero,
        density=found.total,
        density_change=found.total_change,
        mesh=mesh,
        pressure_gpa=pressure,
        forces=forces,
        settings=_settings(settings, dense, converged),
        versions=used,
        warnings=doubts(atoms, tried=True),
    )


def _grid(atoms: Atoms) -> tuple[int, int, int]:
    lengths = np.linalg.norm(atoms.cell.array, axis=1)
    n1, n2, n3 = (int(np.ceil(length / POTENTIAL_SPACING / 2)) * 2 for length in lengths)
    return n1, n2, n3


def _settings(settings: GpawSettings, dense: DenseMesh, converged: Converged) -> dict[str, Any]:
    return {
        "ecut_ev": settings.cutoff_ev([setup.symbol for setup in converged.dft.setups]),
        "xc": "PBE",
        "spin_paired": True,
        "kpoint_spacing": settings.kpoint_spacing,
        "smearing_ev": settings.smearing_ev,
        "dense_kpoint_spacing": dense.spacing,
        "kpoints": list(converged.kpoints),
    }
