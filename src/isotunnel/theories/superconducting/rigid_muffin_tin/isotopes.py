"""The isotope exponents that a spectrum predicts: of all masses, and of each element's."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.theories.superconducting.eliashberg import Settings, critical_temperature
from isotunnel.theories.superconducting.rigid_muffin_tin.spectrum import spectral_function

if TYPE_CHECKING:
    from isotunnel.engines.phonons.lattice import ForceConstants

MASS_CHANGE = 0.04
"""Relative change of masses over which an exponent is taken."""

LARGEST_MISS = 0.02
"""Exponents of single elements may miss that of all masses by this in their sum."""


def isotope_exponent(spectrum: Alpha2F, mu_star: float) -> float | None:
    """alpha = -d ln Tc / d ln M, all masses changed alike; None where there is no Tc.

    At fixed force constants frequencies go as M^(-1/2), lambda stays. mu* belongs to one cut-off,
    the highest phonon frequency of the unchanged masses, and is carried to that of the sums by
    Morel and Anderson's law: so the repulsion, which knows nothing of masses, brings alpha below
    1/2. Reference: McMillan, Phys. Rev. 167, 331 (1968), section V.
    """

    def heavier(share: float) -> Alpha2F:
        return spectrum.scaled(share**-0.5, 1.0)

    return _exponent(heavier, mu_star, spectrum.omega_max_k)


def exponents_by_element(
    hopfield: Sequence[float], constants: ForceConstants, spectrum: Alpha2F, mu_star: float
) -> dict[str, float]:
    """alpha_X = -d ln Tc / d ln M_X of the masses of each element X, force constants fixed.

    Their sum is the exponent of all masses. lambda does not depend on any mass, for the Hopfield
    parameters and <u u> at fixed force constants do not; what moves is the spectrum's place. Of one
    element it is that of all masses.

    Empty where there is no Tc, and where the sum misses the exponent of all masses by more than
    :data:`LARGEST_MISS`: then a mode is so soft that a change of one mass decides whether it
    counts.

    Args:
        hopfield: eta of each atom, eV/angstrom^2.
        constants: of the crystal.
        spectrum: alpha^2 F with the crystal's own masses.
        mu_star: Coulomb pseudopotential.
    """
    from isotunnel.engines.phonons.modes import phonons_of

    whole = isotope_exponent(spectrum, mu_star)
    symbols = np.array(constants.atoms.get_chemical_symbols())
    elements = list(dict.fromkeys(symbols.tolist()))
    if whole is None:
        return {}
    if len(elements) == 1:
        return {elements[0]: whole}
    masses = np.array(constants.atoms.get_masses())
    found = {}
    for symbol in elements:
        mine = symbols == symbol

        def heavier(share: float, mine: np.ndarray = mine) -> Alpha2F:
            changed = phonons_of(constants, np.where(mine, share * masses, masses))
            return spectral_function(hopfield, changed)

        value = _exponent(heavier, mu_star, spectrum.omega_max_k)
        if value is None:
            return {}
        found[symbol] = value
    return found if abs(sum(found.values()) - whole) <= LARGEST_MISS else {}


def _exponent(
    heavier: Callable[[float], Alpha2F], mu_star: float, reference_k: float
) -> float | None:
    """From the spectra with masses times and over 1 + :data:`MASS_CHANGE`."""
    settings = Settings(mu_star, mu_star_reference_k=reference_k)
    share = 1.0 + MASS_CHANGE
    light = critical_temperature(heavier(1.0 / share), settings).tc_k
    heavy = critical_temperature(heavier(share), settings).tc_k
    if not (light > 0 and heavy > 0):
        return None
    return math.log(light / heavy) / (2.0 * math.log(share))
