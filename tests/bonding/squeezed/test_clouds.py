"""Shares of space add up, free atoms have no deformation, a moved cloud has the dipole it must."""

from __future__ import annotations

import numpy as np
import pytest
from ase.build import bulk

from isotunnel.bonding.squeezed.free_clouds import FreeCloud
from isotunnel.bonding.squeezed.molecules import pairs
from isotunnel.bonding.squeezed.moments import cloud_moments, deformation
from isotunnel.bonding.squeezed.partition import PARTITIONS, GridPoints, parts, promolecule
from isotunnel.crystal import named_crystal
from isotunnel.errors import CannotSay

WIDTH = 0.5


def _gaussian(electrons: float = 2.0, width: float = WIDTH) -> FreeCloud:
    radii = np.linspace(0.0, 5.0, 2001)
    density = electrons * np.exp(-((radii / width) ** 2)) / (width**3 * np.pi**1.5)
    return FreeCloud("He", electrons, radii, density)


def _grid(name: str = "fcc", size: int = 24) -> GridPoints:
    atoms = bulk("He", name, a=2.6) if name != "hcp" else bulk("He", "hcp", a=1.9, c=3.1)
    return GridPoints(atoms.cell.array, (size, size, size), atoms.positions)


@pytest.mark.parametrize("partition", PARTITIONS)
@pytest.mark.parametrize("lattice", ["fcc", "bcc", "hcp"])
def test_every_point_is_shared_out_whole(partition, lattice):
    grid = _grid(lattice)
    clouds = [_gaussian()] * len(grid.positions)
    total = np.zeros(24**3)
    for part in parts(grid, clouds, partition):
        np.add.at(total, part.index, part.shares)
        assert part.shares.min() >= 0
    assert np.allclose(total, 1.0, atol=1e-9)


def test_free_atoms_side_by_side_hold_their_electrons():
    grid = _grid()
    total = promolecule(grid, [_gaussian()]).sum() * grid.volume
    assert total == pytest.approx(2.0, rel=2e-4)


@pytest.mark.parametrize("partition", PARTITIONS)
def test_free_atoms_are_not_deformed(partition):
    grid = _grid("hcp")
    clouds = [_gaussian()] * 2
    density = promolecule(grid, clouds).reshape(grid.shape)
    deformed = deformation(density, grid.cell, grid.positions, clouds)
    assert deformed.moved == pytest.approx(0.0, abs=1e-12)
    for moments in cloud_moments(deformed, clouds, partition):
        assert max(moments.multipoles.size(n) for n in range(5)) < 1e-12
        assert moments.electrons == pytest.approx(2.0, rel=1e-3)


@pytest.mark.parametrize("partition", PARTITIONS)
def test_a_cloud_stretched_along_an_axis_shows_it(partition):
    """One atom in a wide box: exact moments of a Gaussian that is wider along z."""
    cell, size = np.eye(3) * 8.0, 48
    grid = GridPoints(cell, (size,) * 3, np.array([[4.0, 4.0, 4.0]]))
    x, y, z = (grid.points - 4.0).T
    wide = 0.6
    exponent = (x**2 + y**2) / WIDTH**2 + z**2 / wide**2
    density = 2.0 * np.exp(-exponent) / (WIDTH**2 * wide * np.pi**1.5)
    clouds = [_gaussian()]
    deformed = deformation(density.reshape((size,) * 3), cell, grid.positions, clouds)
    (found,) = cloud_moments(deformed, clouds, partition)
    # <z^2> - <x^2> of a Gaussian is half the difference of the squared widths; electrons count -1.
    expected = -2.0 * (wide**2 - WIDTH**2) / 2
    assert found.multipoles.axial(2) == pytest.approx(expected, rel=5e-3)
    assert found.anisotropy > 0
    assert found.spread_change == pytest.approx(2.0 * (wide**2 - WIDTH**2) / 2, rel=5e-3)


def test_cubic_sites_have_no_quadrupole():
    grid = _grid("fcc")
    narrow, wide = _gaussian(), _gaussian(width=0.6)
    density = promolecule(grid, [wide]).reshape(grid.shape)
    deformed = deformation(density, grid.cell, grid.positions, [narrow])
    for partition in PARTITIONS:
        (found,) = cloud_moments(deformed, [narrow], partition)
        assert max(found.multipoles.size(n) for n in (1, 2, 3)) < 1e-9
        assert found.multipoles.size(4) > 1e-4


def test_molecules_of_two():
    atoms = named_crystal("H2@5.4GPa")
    found = pairs(atoms.positions, atoms.cell.array)
    assert [b.bond_a for b in found] == pytest.approx([0.7414, 0.7414], abs=1e-3)
    assert min(b.next_a for b in found) > 2.0
    atoms = named_crystal("H-I41amd@500GPa")
    with pytest.raises(CannotSay, match="no molecules of two"):
        pairs(atoms.positions, atoms.cell.array)


@pytest.mark.dft
def test_gpaw_clouds_hold_their_electrons():
    pytest.importorskip("gpaw")
    from isotunnel.bonding.squeezed.free_clouds import gpaw_cloud

    for symbol, electrons in (("He", 2), ("Na", 7), ("W", 14)):
        cloud = gpaw_cloud(symbol)
        held = np.trapezoid(4 * np.pi * cloud.radii**2 * cloud.density, cloud.radii)
        assert held == pytest.approx(electrons, abs=1e-3)
