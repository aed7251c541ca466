"""One squeezed crystal computed with GPAW: energy, pressure, gap, and the moments of its clouds.

PBE, spin-paired, plane waves; the valence density has the PAW partial waves put back inside the
augmentation spheres. Energies are counted from GPAW's reference atoms (spherical, spin-paired).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from isotunnel.bonding.squeezed.free_clouds import FreeCloud, gpaw_cloud
from isotunnel.bonding.squeezed.molecules import pairs
from isotunnel.bonding.squeezed.moments import CloudMoments, Deformation, cloud_moments, deformation
from isotunnel.bonding.squeezed.multipoles import HIGHEST, about, lattice_energy_ev, together
from isotunnel.bonding.squeezed.partition import PARTITIONS, GridPoints, Partition
from isotunnel.bonding.squeezed.plane import deformation_plane
from isotunnel.units import BOHR_ANGSTROM, EV_PER_ANGSTROM3_GPA

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.gpaw_pw import GpawSettings

Document = dict[str, Any]


def squeezed_point(
    atoms: Atoms,
    settings: GpawSettings,
    *,
    plane: bool = False,
    elf: bool = False,
    molecular: bool = False,
) -> tuple[Document, Document]:
    """One crystal as given, and the settings and versions that made it.

    Args:
        atoms: of one element, all sites alike or not.
        settings: of GPAW; ``grid_spacing`` is that of the density's grid.
        plane: keep a plane of the deformation, for a picture.
        elf: also the networking value and the molecularity index of the ELF.
        molecular: the atoms make molecules of two, whose multipoles count as well.

    Raises:
        EngineError: no convergence.
        CannotSay: ``molecular``, and there are no molecules of two.
    """
    from isotunnel.engines.gpaw_pw.augmentation import reconstruct
    from isotunnel.engines.gpaw_pw.blas_threads import single_blas_thread
    from isotunnel.engines.gpaw_pw.fields import field_shape
    from isotunnel.engines.gpaw_pw.levels import band_levels
    from isotunnel.engines.gpaw_pw.runtime import versions
    from isotunnel.engines.gpaw_pw.scf import run_scf
    from isotunnel.engines.gpaw_pw.waves import smooth_densities

    with single_blas_thread():
        converged = run_scf(atoms, settings)
        dft, size = converged.dft, len(atoms)
        stress = converged.calculator.get_stress()
        smooth = smooth_densities(dft, field_shape(dft, settings.grid_spacing))
        valence = reconstruct(dft, smooth, core=False)
        clouds = [gpaw_cloud(s) for s in atoms.get_chemical_symbols()]
        deformed = deformation(
            valence.density / BOHR_ANGSTROM**3, atoms.cell.array, atoms.positions, clouds
        )
        point: Document = {
            "volume_a3": round(float(atoms.get_volume()) / size, 6),
            "cell": _rounded(atoms.cell.array),
            "scaled": _rounded(atoms.get_scaled_positions()),
            "energy_ev": round(float(converged.calculator.get_potential_energy()) / size, 6),
            "pressure_gpa": round(float(-stress[:3].mean()) * EV_PER_ANGSTROM3_GPA, 3),
            "gap_ev": round(band_levels(dft).gap_ev, 4),
            "kpoints": list(converged.kpoints),
            "moved": round(deformed.moved, 6),
            "grid_error": round(deformed.lost, 6),
            "partitions": {p: _moments(deformed, clouds, p, molecular) for p in PARTITIONS},
        }
        if plane:
            point["plane"] = deformation_plane(deformed)
        if elf:
            point |= _elf(valence, atoms)
    kept = {k: v for k, v in settings.as_dict().items() if k not in _UNUSED}
    return point, {"settings": kept | {"xc": "PBE", "spin_paired": True}, "versions": versions()}


_UNUSED = ("edge_kpoints", "elf", "density", "potential", "spin")


def _moments(
    deformed: Deformation, clouds: Sequence[FreeCloud], partition: Partition, molecular: bool
) -> Mapping[str, Any]:
    found, grid = cloud_moments(deformed, clouds, partition), deformed.grid
    energy = lattice_energy_ev([m.multipoles for m in found], grid.positions, grid.cell)
    document: Document = {
        "multipole_energy_ev": float(f"{energy / len(found):.5g}"),
        "atoms": [_atom(m) for m in found],
    }
    if molecular:
        document["molecules"] = _molecules(found, grid)
    return document


def _molecules(found: Sequence[CloudMoments], grid: GridPoints) -> Document:
    """Multipoles of molecules about their middles, and their energy per molecule."""
    bonds = pairs(grid.positions, grid.cell)
    whole = [
        together([about(found[a].multipoles, h) for a, h in zip(b.atoms, b.halves, strict=True)])
        for b in bonds
    ]
    energy = lattice_energy_ev(whole, [b.centre for b in bonds], grid.cell) / len(bonds)
    return {
        "energy_ev": float(f"{energy:.5g}"),
        "bond_a": [round(b.bond_a, 5) for b in bonds],
        "next_a": [round(b.next_a, 5) for b in bonds],
        "sizes": [[float(f"{w.size(n):.5g}") for n in range(HIGHEST + 1)] for w in whole],
    }


def _atom(found: CloudMoments) -> Document:
    return {
        "electrons": round(found.electrons, 5),
        "spread_a2": round(found.spread, 6),
        "spread_change_a2": round(found.spread_change, 6),
        "anisotropy": float(f"{found.anisotropy:.5g}"),
        "sizes": [float(f"{found.multipoles.size(n):.5g}") for n in range(HIGHEST + 1)],
        "axial": [float(f"{found.multipoles.axial(n):.5g}") for n in range(HIGHEST + 1)],
    }


def _elf(valence: Any, atoms: Atoms) -> Document:
    from isotunnel.engines.gpaw_pw.elf import electron_localization
    from isotunnel.fields.field import Field
    from isotunnel.fields.kinds import FieldKind
    from isotunnel.tunnels import find_tunnels, molecularity_index

    values = electron_localization(
        valence.density, (valence.gradient**2).sum(axis=0), valence.kinetic
    )
    tunnels = find_tunnels(Field(values, atoms.cell.array, FieldKind.ELF, atoms=atoms.copy()))
    return {
        "phi": round(float(tunnels.thresholds[2]), 4),
        "molecularity": round(float(molecularity_index(tunnels)), 4),
    }


def _rounded(values: Any) -> list[list[float]]:
    return [[round(float(v), 8) + 0.0 for v in row] for row in np.asarray(values)]
