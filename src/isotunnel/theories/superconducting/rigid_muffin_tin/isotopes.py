"""The isotope exponent that a spectrum predicts."""

from __future__ import annotations

import math

from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.theories.superconducting.eliashberg import Settings, critical_temperature

MASS_CHANGE = 0.04
"""Relative change of all masses over which the exponent is taken."""


def isotope_exponent(spectrum: Alpha2F, mu_star: float) -> float | None:
    """alpha = -d ln Tc / d ln M, all masses changed alike; None where there is no Tc.

    At fixed force constants frequencies go as M^(-1/2), lambda stays. mu* belongs to one cut-off,
    the highest phonon frequency of the unchanged masses, and is carried to that of the sums by
    Morel and Anderson's law: so the repulsion, which knows nothing of masses, brings alpha below
    1/2. Reference: McMillan, Phys. Rev. 167, 331 (1968), section V.
    """
    settings = Settings(mu_star, mu_star_reference_k=spectrum.omega_max_k)
    step = math.sqrt(1.0 + MASS_CHANGE)
    light = critical_temperature(spectrum.scaled(step, 1.0), settings).tc_k
    heavy = critical_temperature(spectrum.scaled(1.0 / step, 1.0), settings).tc_k
    if not (light > 0 and heavy > 0):
        return None
    return math.log(light / heavy) / (4.0 * math.log(step))
