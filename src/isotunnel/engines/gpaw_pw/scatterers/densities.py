"""Densities of states at the Fermi level, in all and inside the spheres, from a dense mesh."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from isotunnel.engines.base import Progress
from isotunnel.engines.gpaw_pw.levels import eigenvalues, shortest_diagonal
from isotunnel.engines.gpaw_pw.runtime import import_gpaw, third_party_warnings_silenced
from isotunnel.engines.gpaw_pw.scatterers.states import SphereWeights
from isotunnel.engines.gpaw_pw.scf import NEAR_FERMI_EV, UNCONVERGED_BANDS, Converged
from isotunnel.engines.gpaw_pw.tetrahedra import tetrahedron_dos
from isotunnel.engines.scatterers import HIGHEST_L
from isotunnel.errors import CannotSay, EngineError
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

Floats = NDArray[np.float64]
Mesh = tuple[int, int, int]

COUNTING_WIDTH_EV = 0.02
"""Fermi-Dirac width by which electrons are counted for the Fermi level."""

NEAR_EV = 0.3
"""Bands that come this close to the Fermi level of the self-consistent run are looked at."""

BANDS_RESIDUAL = 1e-5
"""Squared residual, eV^2 per electron: densities of states of ScInCu2 differ by 2e-5 from those at
1e-6, in three fifths of the time that GPAW's own 4e-8 takes."""

BANDS_SOLVER = {"name": "ppcg", "niter": 10, "min_niter": 1}
"""In a density that is fixed each k-point goes to its end at once: begun again every second step,
as GPAW does for a density that moves, conjugate gradients lose their direction."""

FINE_SPACING = 0.065
"""1/angstrom: bands are carried to a mesh this dense by splines."""

MOST_FINE_POINTS = 120_000


@dataclass(frozen=True, eq=False)
class FermiDensities:
    """States per eV, spin and cell at the Fermi level.

    Attributes:
        fermi_ev: Fermi level of the dense mesh.
        total: density of states.
        total_change: what the mesh of every second point gives minus it.
        by_l: shape (atoms, 4), inside the spheres.
        by_l_change: the same for it.
    """

    fermi_ev: float
    total: float
    total_change: float
    by_l: Floats
    by_l_change: Floats


def dense_bands(converged: Converged, mesh: Mesh) -> Any:
    """GPAW's calculation on a dense mesh in the density of ``converged``.

    Bands that come within :data:`NEAR_EV` of the Fermi level are converged, and all below them.

    Raises:
        EngineError: no convergence.
    """
    fermi = float(converged.dft.ibzwfs.fermi_level) * HARTREE_EV
    count = _bands_below(converged.dft, fermi + NEAR_FERMI_EV)
    while True:
        dft = _lowest_bands(converged, mesh, count)
        found = _bands_below(dft, fermi + NEAR_EV)
        if found <= count:
            return dft
        # Between the points of the coarse mesh a further band has come down.
        count = found + 1


def _lowest_bands(converged: Converged, mesh: Mesh, count: int) -> Any:
    """That many bands brought to convergence on a mesh."""
    gpaw = import_gpaw()
    with third_party_warnings_silenced():
        try:
            return converged.calculator.fixed_density(
                kpts={"size": mesh, "gamma": True},
                nbands=count + UNCONVERGED_BANDS,
                convergence={"bands": count, "eigenstates": BANDS_RESIDUAL},
                eigensolver=BANDS_SOLVER,
                txt=io.StringIO(),
            ).dft
        except gpaw.ConvergenceError as error:
            raise EngineError(
                f"GPAW's bands on a mesh of {mesh} did not converge: {error}"
            ) from None


def _bands_below(dft: Any, level: float) -> int:
    """The largest number of bands below a level, eV, at any k-point."""
    return int((eigenvalues(dft) < level).sum(axis=1).max())


def fermi_densities(
    dft: Any,
    mesh: Mesh,
    radii: list[float],
    equivalent: tuple[int, ...],
    progress: Progress | None = None,
) -> FermiDensities:
    """Densities of states by linear tetrahedra on ``mesh`` and on every second point of it.

    Args:
        dft: the calculation of :func:`dense_bands`.
        mesh: its k-points, even numbers for an error.
        radii: of the spheres, bohr.
        equivalent: per atom the first atom equal to it by symmetry: their densities are averaged,
            as a sum over the irreducible zone alone would leave them different.
        progress: called at each k-point.

    Raises:
        CannotSay: no states at the Fermi level.
    """
    bands = eigenvalues(dft)
    rough = float(dft.ibzwfs.fermi_level) * HARTREE_EV
    low, high = rough - NEAR_EV, rough + NEAR_EV
    near = np.flatnonzero((bands.min(axis=0) <= high) & (bands.max(axis=0) >= low))
    if near.size == 0:
        raise CannotSay(
            "no band crosses the Fermi level: an insulator, whose electrons cannot pair"
        )
    electrons = float(dft.density.nvalence - dft.density.charge)
    filled = electrons / 2.0 - float((bands.max(axis=0) < low).sum())
    first = sorted(set(equivalent))
    weights = _sphere_weights(dft, near, radii, equivalent, progress)[first]
    weights = weights.reshape(-1, *weights.shape[2:])
    whole = np.asarray(dft.ibzwfs.ibz.bz2ibz_K).reshape(mesh)
    fermi, fine = _at(dft, bands[:, near], weights, whole, filled, rough)
    if not fine[0] > 0:
        raise CannotSay("no states at the Fermi level: an insulator, whose electrons cannot pair")
    change = np.full(fine.shape, np.nan)
    if all(n % 2 == 0 and n > 2 for n in mesh):
        half = _every_second(dft, mesh)
        change = _at(dft, bands[:, near], weights, half, filled, rough)[1] - fine
    rows = [first.index(e) for e in equivalent]
    shape = (len(first), HIGHEST_L + 1)
    return FermiDensities(
        fermi,
        float(fine[0]),
        float(change[0]),
        fine[1:].reshape(shape)[rows],
        change[1:].reshape(shape)[rows],
    )


def _every_second(dft: Any, mesh: Mesh) -> NDArray[np.int64]:
    whole = np.asarray(dft.ibzwfs.ibz.bz2ibz_K).reshape(mesh)
    # The mesh holds Gamma, at the index that depends on GPAW's counting: halve around it.
    points = np.asarray(dft.ibzwfs.ibz.bz.kpt_Kc).reshape((*mesh, 3))
    start = np.unravel_index(int(np.argmin(np.abs(points).sum(axis=-1))), mesh)
    chosen = whole[tuple(slice(s % 2, None, 2) for s in start)]
    return np.asarray(chosen)


def _at(
    dft: Any,
    bands: Floats,
    weights: Floats,
    whole: NDArray[np.int64],
    filled: float,
    rough: float,
) -> tuple[float, Floats]:
    """Fermi level, and total and by-l densities of shape (1 + atoms * 4,), per eV and spin.

    Bands are carried to a finer mesh by periodic cubic splines, weights linearly: a mesh of 14
    points gives niobium's density of states within 5 % of a mesh of 26 with splines, where
    tetrahedra on it alone are 24 % off. Splines overshoot where bands cross, which costs less.
    """
    cell = np.array(dft.density.nt_sR.desc.cell_cv) * BOHR_ANGSTROM
    factor = _refinement(cell, whole.shape)
    fine = np.stack([_refined(band, factor, 3) for band in np.moveaxis(bands[whole], -1, 0)], -1)
    fermi = _fermi_level(fine, filled, rough)
    shape = (fine.shape[0], fine.shape[1], fine.shape[2])
    flip = shortest_diagonal(cell, shape)
    result = [tetrahedron_dos(fine[flip], np.ones((1, *shape, fine.shape[3])), fermi)]
    for weight in weights:
        dense = [_refined(w, factor, 1) for w in np.moveaxis(weight[whole], -1, 0)]
        result.append(tetrahedron_dos(fine[flip], np.stack(dense, -1)[flip][None], fermi))
    return fermi, np.concatenate(result)


def _refinement(cell: Floats, shape: tuple[int, ...]) -> int:
    lengths = 2.0 * np.pi * np.linalg.norm(np.linalg.inv(cell), axis=0)
    wanted = int(np.ceil((lengths / np.array(shape) / FINE_SPACING).max() - 1e-6))
    points = int(np.prod(shape))
    affordable = int((MOST_FINE_POINTS / points) ** (1.0 / 3.0))
    return max(1, min(wanted, affordable))


def _refined(values: Floats, factor: int, order: int) -> Floats:
    """Periodic values on a mesh ``factor`` times as dense along each axis."""
    if factor == 1:
        return values
    shape = tuple(n * factor for n in values.shape)
    where = np.indices(shape).reshape(3, -1) / factor
    return np.asarray(map_coordinates(values, where, order=order, mode="grid-wrap").reshape(shape))


def _fermi_level(bands: Floats, filled: float, rough: float) -> float:
    """Level up to which the bands hold ``filled`` electrons of one spin, eV."""
    low, high = rough - 2.0 * NEAR_EV, rough + 2.0 * NEAR_EV
    count = bands.shape[0] * bands.shape[1] * bands.shape[2]
    for _ in range(40):
        middle = 0.5 * (low + high)
        x = np.clip((bands - middle) / COUNTING_WIDTH_EV, -500, 500)
        held = float((1.0 / (1.0 + np.exp(x))).sum()) / count
        low, high = (middle, high) if held < filled else (low, middle)
    return 0.5 * (low + high)


def _sphere_weights(
    dft: Any,
    near: NDArray[np.int64],
    radii: list[float],
    equivalent: tuple[int, ...],
    progress: Progress | None,
) -> Floats:
    """Shape (atoms, 4, k, bands): averaged over equivalent atoms."""
    inside = SphereWeights(dft, list(range(len(radii))), radii)
    total = len(dft.ibzwfs.ibz)
    rows = []
    for count, waves in enumerate(dft.ibzwfs, start=1):
        rows.append(inside.of(waves, near))
        if progress is not None:
            progress(f"waves inside the spheres, k-point {count} of {total}", count / total)
    weights = np.stack(rows, axis=2)
    for first in set(equivalent):
        same = [a for a, e in enumerate(equivalent) if e == first]
        weights[same] = weights[same].mean(axis=0)
    return np.asarray(weights)
