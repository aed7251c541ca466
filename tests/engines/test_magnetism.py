"""Magnetic states without DFT: their names, the starts, keys, and what is kept."""

from __future__ import annotations

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk

from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.cache import pack_structure, unpack_structure
from isotunnel.engines.gpaw_pw import GpawSettings
from isotunnel.engines.gpaw_pw.elf import electron_localization, spin_localization
from isotunnel.engines.gpaw_pw.levels import edges_between
from isotunnel.engines.gpaw_pw.magnetic_starts import identity, magnetic_starts
from isotunnel.engines.magnetism import (
    MagneticStart,
    Magnetism,
    SpinChannel,
    in_words,
    magnetic_order,
)
from isotunnel.levels.kohn_sham import KS
from isotunnel.levels.reading import TunnelThresholds


@pytest.mark.parametrize(
    ("moments", "total", "order"),
    [
        ((0.001, -0.004), 0.0, "non-magnetic"),
        ((2.2,), 2.25, "ferromagnetic"),
        ((1.6, -0.06), 1.5, "ferromagnetic"),
        ((1.1, -1.1), 0.0, "antiferromagnetic"),
        ((4.0, 4.0, -3.5), 4.5, "ferrimagnetic"),
    ],
)
def test_the_order_is_named_by_the_moments(
    moments: tuple[float, ...], total: float, order: str
) -> None:
    assert magnetic_order(moments, total) == order
    assert magnetic_order(tuple(-m for m in moments), -total) == order


def _plain(symbol: str, structure: str, a: float) -> Atoms:
    atoms = bulk(symbol, structure, a=a, cubic=True)
    atoms.set_initial_magnetic_moments(None)
    return atoms


def test_auto_asks_only_where_an_element_or_the_user_does() -> None:
    assert magnetic_starts(_plain("Al", "fcc", 4.05), "auto") == ()
    assert magnetic_starts(_plain("Fe", "bcc", 2.87), "off") == ()
    (parallel, opposite) = magnetic_starts(_plain("Fe", "bcc", 2.87), "auto")
    assert parallel.moments_mu_b == (3.0, 3.0)
    assert opposite.moments_mu_b == (3.0, -3.0)
    asked = _plain("Al", "fcc", 4.05)
    assert len(magnetic_starts(asked, "on")) == 2
    asked.set_initial_magnetic_moments([1, 0, 0, 0])
    (given,) = magnetic_starts(asked, "auto")
    assert given.moments_mu_b == (1.0, 0.0, 0.0, 0.0)
    assert magnetic_starts(asked, "off") == ()


def test_oxygen_carries_moments_as_an_element_only() -> None:
    molecule = Atoms("O2", positions=[[0, 0, 0], [0, 0, 1.2]], cell=[4, 4, 4], pbc=True)
    assert magnetic_starts(molecule, "auto")[0].moments_mu_b == (1.0, 1.0)
    oxide = bulk("NiO", "rocksalt", a=4.18)
    (start,) = magnetic_starts(oxide, "auto")
    assert start.moments_mu_b[1] == 0.0


@pytest.mark.parametrize("size", [(2, 1, 1), (1, 1, 3), (2, 2, 2)])
def test_opposite_moments_turn_from_neighbour_to_neighbour(size: tuple[int, int, int]) -> None:
    crystal = _plain("Cr", "bcc", 2.88) * size
    signs = np.sign(magnetic_starts(crystal, "auto")[1].moments_mu_b)
    distances = crystal.get_all_distances(mic=True)
    near = np.isclose(distances, 2.88 * 3**0.5 / 2)
    assert near.any()
    assert (signs[:, None] * signs[None, :])[near].max() == -1.0


def test_a_spin_paired_run_has_one_identity() -> None:
    aluminium, iron = _plain("Al", "fcc", 4.05), _plain("Fe", "bcc", 2.87)
    off, auto, on = (GpawSettings(spin=s) for s in ("off", "auto", "on"))  # type: ignore[arg-type]
    assert identity(off, aluminium) == identity(auto, aluminium) != identity(on, aluminium)
    assert identity(off, iron) != identity(auto, iron) == identity(on, iron)
    assert identity(off, iron) == identity(off, aluminium)


def _random_spin(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    density = rng.uniform(1e-3, 1.0, 200)
    gradient_squared = rng.uniform(0.0, 1.0, 200) * density**2
    return density, gradient_squared, gradient_squared / (8 * density) + rng.uniform(0, 1, 200)


def test_two_equal_spins_have_the_elf_of_both_together() -> None:
    density, squared, kinetic = _random_spin(1)
    both = spin_localization([density] * 2, [squared] * 2, [kinetic] * 2)
    together = electron_localization(2 * density, 4 * squared, 2 * kinetic)
    np.testing.assert_allclose(both, together, rtol=1e-12)
    np.testing.assert_allclose(spin_localization([density], [squared], [kinetic]), both)


def test_an_empty_spin_leaves_the_elf_of_the_other() -> None:
    density, squared, kinetic = _random_spin(2)
    nothing = np.zeros_like(density)
    both = spin_localization([density, nothing], [squared, nothing], [kinetic, nothing])
    alone = spin_localization([density], [squared], [kinetic])
    np.testing.assert_allclose(both, alone, atol=1e-5)


def test_bands_of_two_spins_are_counted_by_spin() -> None:
    up = np.array([[0.0, 1.0, 5.0], [0.5, 1.5, 4.5]])
    down = np.array([[0.2, 4.0, 6.0], [0.6, 3.5, 6.0]])
    levels = edges_between(np.array([up, down]), [2, 1], 2.0)
    assert (levels.vbm_ev, levels.cbm_ev) == (1.5, 3.5)
    assert levels.direct_gap_ev == 2.0
    assert edges_between(np.array([up, down]), [2, None], 2.0).gap_ev == 0.0
    # One spin conducts, the other has a gap: a half metal.
    assert edges_between(down[None], [1], 2.0).gap_ev == pytest.approx(2.9)


def _magnetism() -> Magnetism:
    tried = (
        MagneticStart("ferromagnetic", (3.0,), (2.28,), 0.0),
        MagneticStart("non-magnetic", (0.0,), (0.0,), 0.5),
        MagneticStart("antiferromagnetic", (3.0,), failed="no convergence"),
    )
    channels = (SpinChannel("up", 1.0, 1.0, 0.0, 0.3), SpinChannel("down", 0.2, 1.8, 1.6, 0.0))
    return Magnetism("ferromagnetic", 2.25, (2.28,), channels, tried)


def test_the_state_survives_the_store() -> None:
    found = _magnetism()
    structure = ElectronicStructure(_plain("Fe", "bcc", 2.87), "gpaw", {}, magnetism=found)
    assert unpack_structure(pack_structure(structure)).magnetism == found
    assert "2.250 mu_B per cell, 0.500 eV below" in in_words(found)


class _Thresholds:
    def __init__(self, *thresholds: float) -> None:
        self.thresholds = np.array(thresholds)
        self.thresholds_error = np.full(3, 0.01)
        self.side = "below"


def test_the_spin_whose_tunnels_open_first_decides_if_its_electrons_are_the_highest() -> None:
    from isotunnel.fields.field import Field
    from isotunnel.fields.kinds import FieldKind

    field = Field.from_array(np.zeros((2, 2, 2)), np.eye(3), FieldKind.POTENTIAL)
    tunnels: dict[str, TunnelThresholds] = {
        "potential": _Thresholds(1.0, 2.0, np.nan),
        "potential-down": _Thresholds(0.5, 3.0, 4.0),
    }
    fields = dict.fromkeys(tunnels, field)

    def levels(down_vbm: float) -> list[float]:
        metal = SpinChannel("up", 1.0, 1.0, 0.0, 0.3)
        other = SpinChannel("down", down_vbm, 1.8, 0.0, 0.0)
        state = Magnetism("ferromagnetic", 2.0, (2.0,), (metal, other), ())
        structure = ElectronicStructure(
            _plain("Fe", "bcc", 2.87), "gpaw", fields, fermi_ev=1.0, magnetism=state
        )
        return KS.tunnel_levels(structure, tunnels).values.tolist()

    assert levels(1.0) == [0.5, 2.0, 4.0]
    assert levels(0.2)[:2] == [1.0, 2.0]
    assert np.isnan(levels(0.2)[2])
