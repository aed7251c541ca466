"""Isotope exponents of single elements, with a classical potential for the forces."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk
from ase.calculators.emt import EMT

from isotunnel.engines.phonons import modes
from isotunnel.engines.phonons.lattice import ForceConstants
from isotunnel.engines.phonons.modes import phonons_of
from isotunnel.engines.phonons.spectrum import PhononSpectrum
from isotunnel.theories.superconducting.rigid_muffin_tin.isotopes import (
    exponents_by_element,
    isotope_exponent,
)
from isotunnel.theories.superconducting.rigid_muffin_tin.spectrum import (
    atom_couplings,
    spectral_function,
)

pytest.importorskip("phonopy", reason="phonopy is not installed (extra dft)")

ETA = (6.0, 9.0, 9.0, 9.0)


def forces(atoms: Atoms, _progress: object = None) -> np.ndarray:
    # EMT reaches farther than half of a small cell, which only repetition makes right.
    large = atoms.repeat((3, 3, 3))
    large.calc = EMT()
    return np.asarray(large.get_forces()[: len(atoms)])


@cache
def alloy() -> ForceConstants:
    """Cu3Au, ordered: its atoms differ by a factor of 3.1 in mass."""
    places = [[0, 0, 0], [0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]]
    cubic = Atoms("AuCu3", cell=3.72 * np.eye(3), scaled_positions=places, pbc=True)
    return constants_of(cubic)


def constants_of(atoms: Atoms) -> ForceConstants:
    from isotunnel.engines.phonons.finite_displacements import force_constants, one_by_one

    with warnings.catch_warnings():
        # Phonopy's own, about its coming versions.
        warnings.simplefilter("ignore")
        return force_constants(atoms, np.eye(3, dtype=int), one_by_one(forces))


def exponents_of(eta: Sequence[float], constants: ForceConstants, mu: float) -> dict[str, float]:
    spectrum = spectral_function(eta, phonons_of(constants))
    return exponents_by_element(eta, constants, spectrum, mu)


@pytest.mark.parametrize("mu_star", [0.0, 0.12])
def test_they_add_up_to_that_of_all_masses(mu_star: float) -> None:
    spectrum = spectral_function(ETA, phonons_of(alloy()))
    found = exponents_by_element(ETA, alloy(), spectrum, mu_star)
    whole = isotope_exponent(spectrum, mu_star)
    assert list(found) == ["Au", "Cu"]
    assert all(0.02 < value < 0.48 for value in found.values())
    assert sum(found.values()) == pytest.approx(whole, abs=5e-3)
    if mu_star == 0:
        assert whole == pytest.approx(0.5, abs=2e-3)


def test_the_element_that_couples_counts() -> None:
    gold = exponents_of((9.0, 0.0, 0.0, 0.0), alloy(), 0.1)
    copper = exponents_of((0.0, 9.0, 9.0, 9.0), alloy(), 0.1)
    assert gold["Au"] > 3 * gold["Cu"]
    assert copper["Cu"] > 3 * copper["Au"]


def test_no_mass_changes_lambda() -> None:
    """At fixed force constants <u u> of the classical limit, and lambda with it, stay."""
    masses = alloy().atoms.get_masses()
    own = atom_couplings(ETA, phonons_of(alloy()))
    for changed in (masses * [2, 1, 1, 1], masses * [1, 3, 3, 3]):
        assert atom_couplings(ETA, phonons_of(alloy(), changed)) == pytest.approx(own, rel=1e-4)


def test_of_one_element_it_is_that_of_all() -> None:
    copper = constants_of(bulk("Cu", "fcc", 3.6, cubic=True))
    found = exponents_of((9.0,) * 4, copper, 0.1)
    whole = isotope_exponent(spectral_function((9.0,) * 4, phonons_of(copper)), 0.1)
    assert found == {"Cu": pytest.approx(whole, abs=1e-4)}


def test_none_without_a_tc() -> None:
    assert exponents_of((0.01,) * 4, alloy(), 0.15) == {}


def test_none_where_a_soft_mode_comes_and_goes_with_a_mass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the exponents do not add up: here gold's lighter isotope loses half of the coupling."""
    own, gold = modes.phonons_of, alloy().atoms.get_masses()[0]

    def soft(constants: ForceConstants, masses: np.ndarray | None = None) -> PhononSpectrum:
        found = own(constants, masses)
        if masses is None or masses[0] >= gold:
            return found
        return replace(found, energies_ev=1.4 * found.energies_ev)

    monkeypatch.setattr(modes, "phonons_of", soft)
    assert exponents_of(ETA, alloy(), 0.1) == {}
