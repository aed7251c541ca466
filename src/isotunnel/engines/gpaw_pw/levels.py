"""Fermi level, band edges and densities of states from the k-point mesh of the SCF."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.gpaw_pw.tetrahedra import tetrahedron_dos
from isotunnel.units import HARTREE_EV

METAL_GAP_EV = 0.01
"""A gap below this is less than a mesh can tell: the crystal counts as a metal."""

WHOLE_ELECTRONS = 0.01
"""A spin's electrons are a whole number within this; the moment of an insulator is one."""


@dataclass(frozen=True)
class Levels:
    """Kohn-Sham levels, eV, on the energy zero of the potentials.

    Attributes:
        fermi_ev: Fermi level; the middle of the gap in an insulator.
        vbm_ev: highest filled level on the mesh; ``fermi_ev`` in a metal.
        cbm_ev: lowest empty level on the mesh; ``fermi_ev`` in a metal.
        gap_ev: ``cbm_ev - vbm_ev``, 0 in a metal.
        direct_gap_ev: smallest gap at one k-point, 0 in a metal.
    """

    fermi_ev: float
    vbm_ev: float
    cbm_ev: float
    gap_ev: float
    direct_gap_ev: float


@dataclass(frozen=True)
class FermiDensity:
    """Density of states at the Fermi level, states/eV/cell, both spins; 0 in an insulator.

    Attributes:
        total: from the eigenvalues alone.
        by_element: projected on the PAW projectors of the bound valence states of each element's
            atoms: how much of the wave functions looks like a valence orbital inside the atoms'
            spheres. The parts need not add up to the total.
    """

    total: float
    by_element: dict[str, float]


def band_levels(dft: Any) -> Levels:
    """Levels on the k-points of the mesh, of both spins together.

    An odd number of electrons per cell makes a spin-paired crystal a metal. For an even number the
    lower half of the bands is compared with the rest: a gap exists if all of them lie below. Where
    the spins differ, the bands that each fills are counted by its own electrons.
    """
    fermi = float(dft.ibzwfs.fermi_level) * HARTREE_EV
    return edges_between(spin_eigenvalues(dft), filled_bands(dft), fermi)


def channel_levels(dft: Any) -> tuple[Levels | None, ...]:
    """Levels of each spin on its own, with both's Fermi level; None where it has no electrons."""
    fermi = float(dft.ibzwfs.fermi_level) * HARTREE_EV
    return tuple(
        None if filled == 0 else edges_between(bands[None], [filled], fermi)
        for bands, filled in zip(spin_eigenvalues(dft), filled_bands(dft), strict=True)
    )


def edges_between(
    bands: NDArray[np.float64], filled: Sequence[int | None], fermi_ev: float
) -> Levels:
    """The levels of bands, shape (spins, k, bands), of which each spin fills so many.

    None for a spin that fills no whole number of bands makes a metal.
    """
    metal = Levels(fermi_ev, fermi_ev, fermi_ev, 0.0, 0.0)
    tops, bottoms = [], []
    for energies, count in zip(bands, filled, strict=True):
        if count is None or count >= energies.shape[1]:
            return metal
        # A spin without electrons has no top: hydrogen's minority.
        tops.extend([energies[:, count - 1]] if count > 0 else [])
        bottoms.append(energies[:, count])
    if not tops:
        return metal
    top, bottom = np.max(tops, axis=0), np.min(bottoms, axis=0)
    vbm, cbm = float(top.max()), float(bottom.min())
    if cbm - vbm < METAL_GAP_EV:
        return metal
    # Where in the gap smearing puts the level is arbitrary; the middle is what it means at 0 K.
    return Levels(0.5 * (vbm + cbm), vbm, cbm, cbm - vbm, float((bottom - top).min()))


def filled_bands(dft: Any) -> list[int | None]:
    """Bands that the electrons of each spin fill; None where that is no whole number."""
    electrons = float(dft.density.nvalence - dft.density.charge)
    if dft.ibzwfs.nspins == 1:
        half = round(electrons) / 2
        return [int(half) if half.is_integer() else None]
    moment = float(dft.density.calculate_magnetic_moments()[0][2])
    counts = [(electrons + moment) / 2, (electrons - moment) / 2]
    return [round(n) if abs(n - round(n)) < WHOLE_ELECTRONS else None for n in counts]


def fermi_densities_by_spin(
    dft: Any, mesh: tuple[int, int, int], levels: Levels
) -> tuple[FermiDensity, ...]:
    """DOS at the Fermi level of each spin (half of all if spin-paired), by linear tetrahedra."""
    symbols = [str(setup.symbol) for setup in dft.setups]
    elements = sorted(set(symbols))
    every = spin_eigenvalues(dft)
    if levels.gap_ev > 0:
        return (FermiDensity(0.0, dict.fromkeys(elements, 0.0)),) * len(every)
    whole_zone = np.asarray(dft.ibzwfs.ibz.bz2ibz_K).reshape(mesh)
    whole_zone = whole_zone[shortest_diagonal(np.array(dft.density.nt_sR.desc.cell_cv), mesh)]
    found = []
    for spin, bands in enumerate(every):
        weights = [np.ones_like(bands)]
        for element in elements:
            atoms = [a for a, symbol in enumerate(symbols) if symbol == element]
            weights.append(_projections(dft, atoms, spin))
        dos = tetrahedron_dos(bands[whole_zone], np.stack(weights)[:, whole_zone], levels.fermi_ev)
        found.append(
            FermiDensity(float(dos[0]), dict(zip(elements, dos[1:].tolist(), strict=True)))
        )
    return tuple(found)


def fermi_density(dft: Any, mesh: tuple[int, int, int], levels: Levels) -> FermiDensity:
    """DOS at the Fermi level by the linear tetrahedron method on the mesh, without a width."""
    by_spin = fermi_densities_by_spin(dft, mesh, levels)
    both = by_spin if len(by_spin) == 2 else by_spin * 2
    parts = {e: sum(d.by_element[e] for d in both) for e in both[0].by_element}
    return FermiDensity(sum(d.total for d in both), parts)


def shortest_diagonal(
    cell: NDArray[np.float64], mesh: tuple[int, int, int]
) -> tuple[slice, slice, slice]:
    """Axis directions for which the diagonal (1, 1, 1) of a mesh cell is the shortest of the four.

    Tetrahedra around it are the least elongated, and interpolate best.
    """
    steps = np.linalg.inv(cell).T / np.array(mesh)[:, None]
    signs = min(
        itertools.product((1,), (1, -1), (1, -1)),
        key=lambda s: float(np.linalg.norm(np.array(s) @ steps)),
    )
    first, second, third = (slice(None, None, sign) for sign in signs)
    return first, second, third


def spin_eigenvalues(dft: Any) -> NDArray[np.float64]:
    """Kohn-Sham energies at the irreducible k-points, eV, shape (spins, k, bands)."""
    energies: NDArray[np.float64] = np.asarray(dft.ibzwfs.get_all_eigs_and_occs()[0]) * HARTREE_EV
    return energies


def eigenvalues(dft: Any) -> NDArray[np.float64]:
    """Those of a spin-paired calculation, shape (k, bands)."""
    spin_paired: NDArray[np.float64] = spin_eigenvalues(dft)[0]
    return spin_paired


def _projections(dft: Any, atoms: list[int], spin: int) -> NDArray[np.float64]:
    """Sum of |<p|psi>|^2 over the atoms' bound-state projectors, shape (k, bands)."""
    rows = []
    for waves in dft.ibzwfs:
        if waves.spin != spin:
            continue
        total = np.zeros(dft.ibzwfs.nbands)
        for atom in atoms:
            bound = bound_projectors(dft.setups[atom])
            total += (np.abs(waves.P_ani[atom][:, bound]) ** 2).sum(axis=1)
        rows.append(total)
    return np.array(rows)


def bound_projectors(setup: Any) -> list[int]:
    """Indices of the projectors whose partial wave is a bound state of the free atom."""
    indices: list[int] = []
    first = 0
    for n, l in zip(setup.n_j, setup.l_j, strict=True):  # noqa: E741
        if n > 0:
            indices.extend(range(first, first + 2 * l + 1))
        first += 2 * l + 1
    return indices
