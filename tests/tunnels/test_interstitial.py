"""Interstitial maxima: made-up fields with one right answer per dimension, and invariances."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from ase import Atoms

from isotunnel.errors import FieldError
from isotunnel.fields.field import Field
from isotunnel.tunnels.interstitial import bond_scale, interstitial_network
from isotunnel.tunnels.interstitial_results import InterstitialNetwork, dimension_of

EDGE = 4.0
N = 32
NEAR, FAR = 3.0, 0.5
"""Widths of the made-up clouds along an axis in which they touch, and in which they do not."""


def made_up(touching: tuple[int, ...], shape: tuple[int, int, int] = (N, N, N)) -> Field:
    """One He atom at the corner, one cloud in the middle that reaches out along some axes."""
    atoms = Atoms("He", positions=[(0, 0, 0)], cell=[EDGE] * 3, pbc=True)
    grid = np.stack(np.meshgrid(*(np.arange(n) / n for n in shape), indexing="ij"), axis=-1)

    def cloud(at: float, widths: Any) -> Any:
        """A product of periodic bumps, 1 at its centre."""
        bump = np.exp((np.cos(2 * np.pi * (grid - at)) - 1) / np.array(widths) ** 2)
        return bump.prod(axis=-1)

    widths = [NEAR if axis in touching else FAR for axis in range(3)]
    values = 0.9 * (cloud(0.5, widths) + cloud(0.0, [0.15] * 3))
    return Field.from_array(values, atoms.cell.array, "elf", atoms=atoms)


def stacked(field: Field, times: tuple[int, int, int]) -> Field:
    assert field.atoms is not None
    cell = field.cell * np.array(times)[:, None]
    return Field.from_array(
        np.tile(field.values, times), cell, "elf", atoms=field.atoms.repeat(times)
    )


def moved(field: Field, steps: tuple[int, int, int]) -> Field:
    assert field.atoms is not None
    atoms = field.atoms.copy()
    atoms.translate(np.array(steps) / np.array(field.shape) @ field.cell)
    values = np.roll(field.values, steps, axis=(0, 1, 2))
    return Field.from_array(values, field.cell, "elf", atoms=atoms)


def sheared(field: Field) -> Field:
    """The same crystal with the first lattice vector a1 + a2."""
    i, j, k = np.indices(field.shape)
    cell = np.array([[1, 1, 0], [0, 1, 0], [0, 0, 1]]) @ field.cell
    assert field.atoms is not None
    atoms = Atoms(field.atoms.symbols, positions=field.atoms.positions, cell=cell, pbc=True)
    values = field.values[i, (i + j) % field.shape[1], k]
    return Field.from_array(values, cell, "elf", atoms=atoms)


def numbers(network: InterstitialNetwork) -> list[float]:
    return [*np.nan_to_num(network.thresholds, nan=-1.0), network.contact, network.margin]


AXES = [(), (0,), (1,), (2,), (0, 1), (1, 2), (0, 2), (0, 1, 2)]


@pytest.mark.parametrize("touching", AXES)
def test_dimension_is_the_number_of_axes_along_which_clouds_touch(touching: Any) -> None:
    network = interstitial_network(made_up(touching))
    assert network.dimension == len(touching), network.reason
    assert network.margin > 5 * network.margin_error
    (site,) = network.sites
    np.testing.assert_allclose(site.position_fractional, 0.5)
    assert site.elf == pytest.approx(0.9, abs=1e-6)


@pytest.mark.parametrize("axis", range(3))
def test_threshold_is_the_value_half_way_to_the_next_cloud(axis: int) -> None:
    network = interstitial_network(made_up((axis,)))
    exact = 0.9 * math.exp(-2 / NEAR**2)
    assert network.thresholds[0] == pytest.approx(exact, abs=max(1e-6, network.thresholds_error[0]))


@pytest.mark.parametrize("touching", AXES[::2])
@pytest.mark.parametrize("times", [(2, 1, 1), (1, 2, 2)])
def test_supercell_changes_the_number_of_sites_only(touching: Any, times: Any) -> None:
    one = interstitial_network(made_up(touching))
    many = interstitial_network(stacked(made_up(touching), times))
    assert many.dimension == one.dimension
    assert len(many.sites) == np.prod(times) * len(one.sites)
    np.testing.assert_allclose(numbers(many), numbers(one), atol=1e-9)


@pytest.mark.parametrize("touching", AXES[::2])
def test_translation_and_change_of_cell_change_nothing(touching: Any) -> None:
    one = interstitial_network(made_up(touching))
    other_grid = {moved(made_up(touching), (5, -3, 11)): 1e-9, sheared(made_up(touching)): 5e-3}
    for other, tolerance in other_grid.items():
        again = interstitial_network(other)
        assert again.dimension == one.dimension
        assert len(again.sites) == len(one.sites)
        np.testing.assert_allclose(numbers(again), numbers(one), atol=tolerance)


def test_charge_is_the_integral_over_the_cloud() -> None:
    elf = made_up(())
    density = Field.from_array(
        2.0 * elf.values / (elf.values.mean() * elf.volume), elf.cell, "density"
    )
    (site,) = interstitial_network(elf, density).sites
    assert site.charge_e == pytest.approx(2.0, abs=0.1)
    assert site.volume_a3 < elf.volume


def test_electrons_on_atoms_and_bonds_are_not_interstitial() -> None:
    """Silicon's bonds, a shell around an anion, and a ripple below the electron gas."""
    from ase.build import bulk

    silicon = bulk("Si", "diamond", 5.43)
    grid = np.stack(np.meshgrid(*(np.arange(24) / 24 for _ in range(3)), indexing="ij"), axis=-1)
    bond = np.exp(-((((grid - 0.125 + 0.5) % 1.0 - 0.5) @ silicon.cell.array) ** 2).sum(axis=-1))
    ripple = 0.4 * np.exp(
        -((((grid - 0.625 + 0.5) % 1.0 - 0.5) @ silicon.cell.array) ** 2).sum(axis=-1)
    )
    field = Field.from_array(np.maximum(bond, ripple), silicon.cell.array, "elf", atoms=silicon)
    network = interstitial_network(field)
    assert network.sites == ()
    assert network.dimension is None
    assert network.reason
    assert len(interstitial_network(field, least_elf=0.2).sites) == 1


def test_radii_shrink_with_the_crystal() -> None:
    field = made_up(())
    assert field.atoms is not None
    assert bond_scale(field) == 1.0
    squeezed = Field.from_array(
        field.values, field.cell / 8, "elf", atoms=Atoms("He", cell=field.cell / 8, pbc=True)
    )
    assert bond_scale(squeezed) == pytest.approx((EDGE / 8) / (2 * 0.28), rel=1e-6)
    assert interstitial_network(squeezed).dimension == 0


def test_equally_long_ranges_have_no_dimension() -> None:
    levels, errors = np.array([0.6, np.nan, np.nan]), np.array([0.01, np.nan, np.nan])
    decided = dimension_of(0.9, levels, errors, 0.305, 0.0)
    assert decided["dimension"] is None
    assert "equally long" in decided["reason"]
    assert dimension_of(0.9, levels, errors, 0.1, 0.0)["dimension"] == 1
    assert dimension_of(0.9, levels, errors, 0.5, 0.0)["dimension"] == 0


def test_what_cannot_be_searched_is_refused() -> None:
    field = made_up(())
    bare = Field.from_array(field.values, field.cell, "elf")
    density = Field.from_array(field.values, field.cell, "density", atoms=field.atoms)
    small = Field.from_array(field.values[:16], field.cell, "density")
    with pytest.raises(FieldError, match="depends on the atoms"):
        interstitial_network(bare)
    with pytest.raises(FieldError, match="in an ELF"):
        interstitial_network(density)
    with pytest.raises(FieldError, match="one grid"):
        interstitial_network(field, small)
