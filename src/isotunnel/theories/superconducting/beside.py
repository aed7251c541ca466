"""Eliashberg's Tc beside that of a formula, where the coupling is too strong for formulas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from isotunnel.theories.base import Beside
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.theories.superconducting.eliashberg.reduced import reduced_tc
from isotunnel.theories.superconducting.pairing import scaled_coupling
from isotunnel.theories.superconducting.tc_formulas import LARGEST_COUPLING
from isotunnel.units import BOLTZMANN_EV_K


def eliashberg_beside(
    material: MaterialData, values: Mapping[str, float], coupling: float
) -> Beside | None:
    """Tc of the Eliashberg equations with the same lambda, mu* and omega_log.

    ``coupling`` is lambda at the reference volume. Without a spectrum an Einstein mode stands for
    it. None where lambda at the volume is at most :data:`LARGEST_COUPLING`, or no frequency of
    the spectrum is known.
    """
    shift, here = scaled_coupling(coupling, values)
    frequency = _omega_log(material, values)
    if here <= LARGEST_COUPLING or frequency is None:
        return None
    shape = material.spectrum or _einstein()
    return Beside("Eliashberg", reduced_tc(shape, here, values["mu_star"]) * frequency * shift)


def _omega_log(material: MaterialData, values: Mapping[str, float]) -> float | None:
    if "omega_log_k" in values:
        return values["omega_log_k"]
    if material.omega_log_k is not None:
        return material.omega_log_k.value
    return None if material.spectrum is None else material.spectrum.omega_log_k


@lru_cache(maxsize=1)
def _einstein() -> Alpha2F:
    return Alpha2F.einstein(300 * BOLTZMANN_EV_K, 1.0)
