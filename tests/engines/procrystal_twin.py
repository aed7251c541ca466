"""The slow, obvious twin of the superposition: every image of every atom, one by one."""

from __future__ import annotations

import numpy as np
from ase import Atoms
from numpy.typing import NDArray

from isotunnel.engines.procrystal.radial import TAPER_END, Quantity, radial_value
from isotunnel.engines.procrystal.tables import Functional, free_atom
from isotunnel.engines.procrystal.treatment import XcTreatment
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV


def grid_points(cell: NDArray[np.float64], shape: tuple[int, int, int]) -> NDArray[np.float64]:
    """Cartesian grid points, shape (n1, n2, n3, 3)."""
    axes = np.meshgrid(*(np.arange(n) / n for n in shape), indexing="ij")
    return np.stack(axes, axis=-1) @ cell


def energy_per_electron(density: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Slater exchange and Perdew-Wang correlation, hartree, of densities in 1/bohr^3."""
    rs = (3 / (4 * np.pi * density)) ** (1 / 3)
    powers = sum(b * rs**k for b, k in ((7.5957, 0.5), (3.5876, 1), (1.6382, 1.5), (0.49294, 2)))
    correlation = -2 * 0.031091 * (1 + 0.2137 * rs) * np.log(1 + 1 / (2 * 0.031091 * powers))
    return -0.75 * (3 * density / np.pi) ** (1 / 3) + correlation


def slow_vxc(density: NDArray[np.float64]) -> NDArray[np.float64]:
    """d(n e_xc)/dn by a complex step: eV from 1/angstrom^3, without any formula for v_xc."""
    n = density * BOHR_ANGSTROM**3
    step = 1e-30 * n
    shifted = n + 1j * step
    return (shifted * energy_per_electron(shifted)).imag / step * HARTREE_EV


def slow_superpose(
    atoms: Atoms,
    shape: tuple[int, int, int],
    quantity: Quantity,
    functional: Functional = "LDA",
    xc: XcTreatment = "summed_density",
) -> NDArray[np.float64]:
    """Direct sum over all images within the reach of the tables."""
    if quantity == "potential" and xc == "summed_density":
        electrostatic = slow_superpose(atoms, shape, "electrostatic", functional)
        return electrostatic + slow_vxc(slow_superpose(atoms, shape, "density", functional))
    cell = np.array(atoms.cell)
    points = grid_points(cell, shape).reshape(-1, 3)
    heights = 1 / np.linalg.norm(np.linalg.inv(cell).T, axis=1)
    counts = np.ceil(TAPER_END / heights).astype(int) + 2
    steps = np.meshgrid(*(np.arange(-n, n + 1) for n in counts), indexing="ij")
    images = np.stack(steps, axis=-1).reshape(-1, 3) @ cell
    total = np.zeros(len(points))
    fractional = atoms.get_scaled_positions(wrap=True)
    for number, position in zip(atoms.numbers, fractional @ cell, strict=True):
        atom = free_atom(int(number), functional)
        for i, point in enumerate(points):
            distance = np.linalg.norm(images + (position - point), axis=1)
            total[i] += radial_value(atom, quantity, distance[distance < TAPER_END]).sum()
    return total.reshape(shape)
