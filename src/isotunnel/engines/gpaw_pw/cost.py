"""Sizes of a GPAW run that are known before it, and what they cost in time and memory."""

from __future__ import annotations

import gzip
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.engines.gpaw_pw.runtime import dataset_file
from isotunnel.engines.gpaw_pw.scf import UNCONVERGED_BANDS, kpoint_mesh
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

if TYPE_CHECKING:
    from pathlib import Path

    from ase import Atoms

    from isotunnel.engines.gpaw_pw.settings import GpawSettings

_VALENCE = re.compile(r'<atom\b[^>]*\bvalence="([\d.]+)"')


@dataclass(frozen=True)
class Sizes:
    """What the work of a run grows with.

    Attributes:
        atoms: in the cell.
        valence_electrons: those that are not in the frozen cores.
        kpoints: irreducible ones of the mesh.
        bands: per k-point.
        plane_waves: per band: those below the cutoff, by volume.
        wave_points: of the grid on which densities are made from waves, by volume.
        field_points: of the fields' grid, by volume.
    """

    atoms: int
    valence_electrons: float
    kpoints: int
    bands: int
    plane_waves: float
    wave_points: float
    field_points: float


def sizes_of(atoms: Atoms, settings: GpawSettings) -> Sizes:
    """Sizes of the run of ``atoms``.

    Raises:
        MissingExtraError: GPAW is not installed.
    """
    symbols = atoms.get_chemical_symbols()
    electrons = sum(map(valence_electrons, symbols))
    volume = float(atoms.get_volume())
    cutoff = settings.cutoff_ev(symbols)
    largest = math.sqrt(2.0 * cutoff / HARTREE_EV) / BOHR_ANGSTROM  # 1/angstrom
    return Sizes(
        atoms=len(atoms),
        valence_electrons=electrons,
        kpoints=irreducible_kpoints(atoms, kpoint_mesh(atoms, settings.kpoint_spacing)),
        bands=math.ceil(electrons / 2) + UNCONVERGED_BANDS + 2 + len(atoms) // 2,
        plane_waves=round(volume * largest**3 / (6.0 * math.pi**2), 1),
        # Products of two waves reach twice as far, to either side.
        wave_points=round(volume * (4.0 * largest / (2.0 * math.pi)) ** 3, 1),
        field_points=round(volume / settings.grid_spacing**3, 1),
    )


def valence_electrons(symbol: str) -> float:
    """Of one atom, as its data set counts them; 0 where there is no data set."""
    path = dataset_file(symbol)
    return 0.0 if path is None else _valence_of(path)


def _valence_of(path: Path) -> float:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as stream:
        found = _VALENCE.search(stream.read(4000))
    return float(found.group(1)) if found else 0.0


def irreducible_kpoints(atoms: Atoms, mesh: tuple[int, int, int]) -> int:
    """How many k-points symmetry and time reversal leave of a mesh around Gamma."""
    import spglib

    cell = (atoms.cell.array, atoms.get_scaled_positions(), atoms.numbers)
    found = spglib.get_ir_reciprocal_mesh(mesh, cell, is_shift=(0, 0, 0), symprec=1e-5)
    return math.prod(mesh) if found is None else len(np.unique(found[0]))
