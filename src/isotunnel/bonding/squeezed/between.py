"""What stands between two neighbours: density and ELF where the density is least on their line.

Spin-polarised PBE, valence electrons with PAW partial waves, the ELF of both spins together. Of
iron, cementite and, for comparison, crystals whose bonds nobody doubts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.bonding.squeezed.multipoles import images_within
from isotunnel.units import BOHR_ANGSTROM

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.gpaw_pw import GpawSettings

POINTS = 201
SAME_A = 0.02
"""Distances nearer than this are one kind of neighbour."""


def bonds_between(
    atoms: Atoms,
    settings: GpawSettings,
    moments: Sequence[float] | None,
    farthest_a: float,
) -> dict[str, Any]:
    """Kinds of neighbours of a crystal up to a distance, each with density and ELF between.

    Args:
        atoms: the crystal as given.
        settings: of GPAW.
        moments: Bohr magnetons per atom to start from; None for a spin-paired run.
        farthest_a: longest distance of neighbours, angstrom.

    Raises:
        EngineError: no convergence.
    """
    from isotunnel.engines.gpaw_pw.augmentation import reconstruct
    from isotunnel.engines.gpaw_pw.blas_threads import single_blas_thread
    from isotunnel.engines.gpaw_pw.elf import spin_localization
    from isotunnel.engines.gpaw_pw.fields import field_shape
    from isotunnel.engines.gpaw_pw.runtime import versions
    from isotunnel.engines.gpaw_pw.scf import run_scf
    from isotunnel.engines.gpaw_pw.waves import smooth_densities

    with single_blas_thread():
        converged = run_scf(atoms, settings, moments=moments)
        dft = converged.dft
        shape = field_shape(dft, settings.grid_spacing)
        spins: tuple[int | None, ...] = (None,) if moments is None else (0, 1)
        parts = [
            reconstruct(dft, smooth_densities(dft, shape, spin), core=False, spin=spin)
            for spin in spins
        ]
        if moments is None:
            # Two equal spins.
            half = parts[0]
            densities, kinetics = [half.density / 2] * 2, [half.kinetic / 2] * 2
            gradients = [((half.gradient / 2) ** 2).sum(axis=0)] * 2
        else:
            densities, kinetics = [p.density for p in parts], [p.kinetic for p in parts]
            gradients = [(p.gradient**2).sum(axis=0) for p in parts]
        elf = spin_localization(densities, gradients, kinetics)
        density = np.sum(densities, axis=0) / BOHR_ANGSTROM**3
        magnetic = 0.0 if moments is None else float(converged.calculator.get_magnetic_moment())
    return {
        "moment_mu_b": round(magnetic / len(atoms), 3),
        "kpoints": list(converged.kpoints),
        "bonds": _bonds(atoms, density, elf, farthest_a),
        "versions": versions(),
    }


def _bonds(
    atoms: Atoms, density: NDArray[np.float64], elf: NDArray[np.float64], farthest: float
) -> list[dict[str, Any]]:
    from scipy.ndimage import map_coordinates

    cell, symbols = atoms.cell.array, atoms.get_chemical_symbols()
    images = images_within(cell, farthest)
    found: dict[tuple[str, float], dict[str, Any]] = {}
    for a, here in enumerate(atoms.positions):
        for b, there in enumerate(atoms.positions):
            for vector in images + (there - here):
                length = float(np.linalg.norm(vector))
                name = "-".join(sorted((symbols[a], symbols[b])))
                if not 0.1 < length <= farthest:
                    continue
                if any(n == name and abs(length - d) < SAME_A for n, d in found):
                    found[_kind(found, name, length)]["count"] += 1
                    continue
                line = here + np.linspace(0.0, 1.0, POINTS)[:, None] * vector
                scaled = (line @ np.linalg.inv(cell) * density.shape).T
                values, localised = (
                    map_coordinates(f, scaled, order=3, mode="grid-wrap") for f in (density, elf)
                )
                # Near the nuclei valence densities have holes of their own.
                inner = slice(POINTS // 4, 3 * POINTS // 4 + 1)
                least = POINTS // 4 + int(np.argmin(values[inner]))
                found[name, length] = {
                    "between": name,
                    "length_a": round(length, 4),
                    "count": 1,
                    "density": float(f"{values[least]:.4g}"),
                    "elf": round(float(localised[least]), 4),
                    "at": round(least / (POINTS - 1), 3),
                }
    return sorted(found.values(), key=lambda b: (b["between"], b["length_a"]))


def _kind(
    found: dict[tuple[str, float], dict[str, Any]], name: str, length: float
) -> tuple[str, float]:
    return next(k for k in found if k[0] == name and abs(k[1] - length) < SAME_A)
