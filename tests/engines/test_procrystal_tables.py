"""The shipped free atoms: sum rules over the whole table, and facts from outside."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.interpolate import CubicSpline

from isotunnel.engines.procrystal.tables import (
    FUNCTIONALS,
    FreeAtom,
    free_atom,
    table_metadata,
    tabulated_numbers,
)
from isotunnel.errors import CrystalError, EngineError
from isotunnel.units import COULOMB_EV_ANGSTROM, HARTREE_EV

ROWS = [(z, functional) for z in tabulated_numbers() for functional in FUNCTIONALS]

# Kotochigova, Levine, Shirley, Stiles, Clark, Phys. Rev. A 55, 191 (1997) and NIST Standard
# Reference Database 141, neutral atoms, LDA (Vosko-Wilk-Nusair, not relativistic), hartree:
# total energy and highest occupied eigenvalue.
NIST_LDA = {
    1: (-0.445671, -0.233471),
    2: (-2.834836, -0.570425),
    6: (-37.425749, -0.199186),
    8: (-74.473077, -0.338381),
    10: (-128.233481, -0.498034),
    11: (-161.440060, -0.103415),
    18: (-525.946195, -0.382330),
    26: (-1261.093056, -0.197978),
    29: (-1637.785861, -0.172056),
    36: (-2750.147940, -0.346340),
    54: (-7228.856107, -0.309835),
    79: (-17860.790943, -0.162334),
    92: (-25658.417889, -0.130948),
}
VALENCE = {  # electrons: elements
    1: "H Na Cu Ag Cs Au",
    2: "He Zn Yb",
    3: "Al Ga",
    4: "C Ce Hf Pb",
    6: "U",
    8: "Ne Fe Kr Xe Rn",
    10: "Pd",
}


def integral(atom: FreeAtom, values: np.ndarray) -> float:
    """Integral over r of tabulated values, the piece inside the first radius left out."""
    x = np.log(atom.radii)
    return float(CubicSpline(x, values * atom.radii).integrate(x[0], x[-1]))


def test_table_holds_every_element_up_to_radon_and_beyond() -> None:
    assert tabulated_numbers()[:92] == tuple(range(1, 93))
    assert len(ROWS) == 2 * len(tabulated_numbers()) >= 2 * 92
    assert {"made_on", "versions", "method", "tail_density_per_bohr3"} <= set(table_metadata())


@pytest.mark.parametrize("functional", FUNCTIONALS)
def test_charges_integrate_to_electron_counts(functional: str) -> None:
    checked = 0
    for z in tabulated_numbers():
        atom = free_atom(z, functional)
        radial = 4 * np.pi * atom.radii**2 * np.exp(atom.ln_density)
        assert integral(atom, radial) == pytest.approx(z, abs=1e-3), atom.symbol
        assert integral(atom, atom.homo_u**2) == pytest.approx(1, abs=1e-4), atom.symbol
        valence = integral(atom, atom.valence_radial)
        assert valence == pytest.approx(atom.valence_electrons, abs=1e-3), atom.symbol
        assert (atom.valence_radial >= 0).all()
        assert (atom.valence_radial <= radial * (1 + 1e-3) + 1e-12).all(), atom.symbol
        checked += 1
    assert checked == len(tabulated_numbers()) >= 92


def test_electrostatic_potential_is_that_of_nucleus_and_density() -> None:
    checked = 0
    for z, functional in ROWS:
        atom = free_atom(z, functional)
        r, values = atom.radii, atom.r_electrostatic / COULOMB_EV_ANGSTROM
        assert values[0] == pytest.approx(-z, rel=3e-3), atom.symbol
        assert abs(atom.r_electrostatic[-1]) < 1e-6, atom.symbol
        assert (np.diff(atom.r_electrostatic) > -1e-9).all(), atom.symbol
        shell = CubicSpline(np.log(r), 4 * np.pi * r**3 * np.exp(atom.ln_density)).antiderivative()
        outer = CubicSpline(np.log(r), 4 * np.pi * r**2 * np.exp(atom.ln_density)).antiderivative()
        x = np.log(r)
        outside = shell(x[-1]) - shell(x)
        expected = -outside + r * (outer(x[-1]) - outer(x))
        middle = (r > 0.01) & (r < 12)
        assert np.abs(expected - values)[middle].max() < 1e-3 * max(1.0, z / 10), atom.symbol
        checked += 1
    assert checked == len(ROWS)


def test_density_falls_and_tail_follows_the_highest_level() -> None:
    """n ~ exp(-2 sqrt(2 m |E_HOMO|) r / hbar) / r^2 far outside a neutral LDA or PBE atom."""
    checked = 0
    for z, functional in ROWS:
        atom = free_atom(z, functional)
        assert (np.diff(atom.ln_density) < 0).all(), atom.symbol
        assert atom.homo_ev < 0
        far = (atom.radii > 12) & (atom.radii < 18)
        if atom.homo[1] in "df":
            continue  # a deeper s level reaches further out than these
        slope = np.polyfit(atom.radii[far], (atom.ln_density + 2 * np.log(atom.radii))[far], deg=1)[
            0
        ]
        kappa = np.sqrt(2 * -atom.homo_ev / HARTREE_EV) / 0.529177
        assert slope == pytest.approx(-2 * kappa, rel=0.06), (atom.symbol, functional)
        checked += 1
    assert checked > 100


def test_kohn_sham_potential_is_attractive_and_its_tail_smooth() -> None:
    """No trace of the noise that PBE's potential has below 1e-10 electrons/bohr^3."""
    checked = 0
    for z, functional in ROWS:
        atom = free_atom(z, functional)
        exchange = (atom.r_potential - atom.r_electrostatic) / atom.radii
        far = atom.ln_density < np.log(1e-9 / 0.529177**3)
        assert far.sum() > 5
        assert (exchange[far] <= 0).all(), (atom.symbol, functional)
        assert (np.diff(exchange[far]) >= 0).all(), (atom.symbol, functional)
        # v_xc ~ n^(1/3): ln|v_xc| against ln n has slope 1/3.
        bound = far & (exchange < -1e-15)
        slopes = np.diff(np.log(-exchange[bound])) / np.diff(atom.ln_density[bound])
        np.testing.assert_allclose(slopes, 1 / 3, atol=0.01)
        checked += 1
    assert checked == len(ROWS)


def test_valence_shell_holds_95_percent_inside_its_radius() -> None:
    for z, functional in ROWS:
        atom = free_atom(z, functional)
        x = np.log(atom.radii)
        enclosed = CubicSpline(x, atom.valence_radial * atom.radii).antiderivative()
        inside = enclosed(np.log(atom.valence_radius)) - enclosed(x[0])
        assert inside == pytest.approx(0.95 * atom.valence_electrons, rel=2e-3), atom.symbol
        density = np.exp(CubicSpline(x, atom.ln_density)(np.log(atom.valence_radius)))
        assert atom.valence_density == pytest.approx(density, rel=1e-4)


@pytest.mark.parametrize("electrons", VALENCE)
def test_valence_electrons(electrons: int) -> None:
    from ase.data import atomic_numbers

    for symbol in VALENCE[electrons].split():
        assert free_atom(atomic_numbers[symbol]).valence_electrons == electrons, symbol


@pytest.mark.parametrize("z", [1, 2, 6, 8, 10, 11, 18, 36, 54])
def test_highest_level_agrees_with_nist_where_relativity_is_small(z: int) -> None:
    """Differences: scalar relativity, and Perdew-Wang instead of Vosko-Wilk-Nusair."""
    ours = free_atom(z, "LDA").homo_ev / HARTREE_EV
    assert ours == pytest.approx(NIST_LDA[z][1], abs=0.003)


@pytest.mark.parametrize("z", [z for z in NIST_LDA if z >= 10])
def test_total_energy_lies_below_nist_by_the_relativistic_lowering(z: int) -> None:
    """The lowering grows as alpha^2 Z^4 hartree with a factor between a fifth and one."""
    lowering = NIST_LDA[z][0] - free_atom(z, "LDA").energy_ev / HARTREE_EV
    assert 0.2 < lowering / (z**4 / 137.036**2) < 1.0


@pytest.mark.parametrize("z", [1, 2])
def test_total_energy_of_the_lightest_atoms_agrees_with_nist(z: int) -> None:
    ours = free_atom(z, "LDA").energy_ev / HARTREE_EV
    assert ours == pytest.approx(NIST_LDA[z][0], abs=5e-4)


@pytest.mark.parametrize("z", [26, 29, 79])
def test_relativity_lowers_the_outer_s_level(z: int) -> None:
    """NIST's level is not relativistic; gold's 6s sinks by more than an electronvolt."""
    atom = free_atom(z, "LDA")
    outer_s = max(level for level in atom.levels if level[1] == 0)
    lowering = NIST_LDA[z][1] * HARTREE_EV - outer_s[3]
    assert lowering > 0.05
    assert (lowering > 1.0) == (z == 79)


def test_levels_hold_all_electrons() -> None:
    for z, functional in ROWS:
        atom = free_atom(z, functional)
        assert sum(level[2] for level in atom.levels) == z
        assert max(level[3] for level in atom.levels) == pytest.approx(atom.homo_ev, abs=1e-4)


def test_unknown_element_and_functional_are_refused() -> None:
    with pytest.raises(CrystalError, match=r"atomic number 118.*1 to"):
        free_atom(118)
    with pytest.raises(EngineError, match="BLYP"):
        free_atom(1, "BLYP")  # type: ignore[arg-type]


def test_arrays_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        free_atom(1).ln_density[0] = 0.0
