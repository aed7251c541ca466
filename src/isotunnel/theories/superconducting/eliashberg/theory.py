"""Isotropic Migdal-Eliashberg theory as one of the rivals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from isotunnel.errors import CannotSay
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import Beside, TheoryAnswer
from isotunnel.theories.calibration import PutIn, given_to_pairing
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference
from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.theories.superconducting.critical_fields import sommerfeld_j_m3_k2
from isotunnel.theories.superconducting.eliashberg.linear import (
    CriticalTemperature,
    critical_temperature,
)
from isotunnel.theories.superconducting.eliashberg.reduced import reduced_tc
from isotunnel.theories.superconducting.eliashberg.settings import Settings
from isotunnel.theories.superconducting.eliashberg.thermodynamics import critical_field_t
from isotunnel.theories.superconducting.pairing import (
    ASSUMED_MU_STAR,
    answer_pairing,
    coupling_input,
    scaled_coupling,
)
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_coupling
from isotunnel.units import BOLTZMANN_EV_K

ELIASHBERG_1960 = Reference("G. M. Eliashberg, Sov. Phys. JETP 11, 696 (1960)")
ALLEN_MITROVIC_1982 = Reference(
    "P. B. Allen and B. Mitrovic, Solid State Phys. 37, 1 (1982)",
    doi="10.1016/S0081-1947(08)60665-7",
)
CARBOTTE_1990 = Reference(
    "J. P. Carbotte, Rev. Mod. Phys. 62, 1027 (1990)", doi="10.1103/RevModPhys.62.1027"
)


@dataclass(frozen=True)
class Eliashberg:
    """Isotropic Migdal-Eliashberg equations on the Matsubara axis.

    Takes the spectrum alpha^2 F; where only lambda and omega_log are known, an Einstein mode
    with the same two stands for it (Tc a few per cent off). Pressure scales all frequencies and
    lambda = eta / (M <omega^2>), the shape of the spectrum kept. mu* is that of the Allen-Dynes
    formula, rescaled to the cut-off (``Settings``), and the same at all volumes.

    References: Eliashberg (1960); Allen and Mitrovic (1982); Carbotte (1990).

    Attributes:
        calibrated: take lambda from the measured Tc though a spectrum or lambda is given.
        tabulated: find Tc between solutions at a few couplings (``reduced_tc``), for curves and
            diagrams: within 0.1 %, and nothing below 1e-4 omega_log counts.
    """

    calibrated: bool = False
    tabulated: bool = False
    name: str = "eliashberg"
    title: str = "Migdal-Eliashberg, isotropic"
    references: tuple[Reference, ...] = (ELIASHBERG_1960, ALLEN_MITROVIC_1982, CARBOTTE_1990)
    assumptions: ClassVar[str] = (
        "Assumes: one isotropic band, Migdal's theorem (phonons slow beside the electrons), a "
        "density of states constant over the phonon energies, mu* in place of the Coulomb "
        "interaction, one Grueneisen parameter for all modes. Breaks: several gaps (MgB2), "
        "narrow bands and van Hove points near the Fermi level (H3S), spin fluctuations (Fe, V, "
        "Pd: Tc far too high), modes that soften under pressure (Li), structural transitions. A "
        "band gap is taken as given. Critical field from the free energy."
    )

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """See ``Theory.answer``."""
        return answer_pairing(self, material, pressure_gpa, temperature_k)

    def put_in(self, material: MaterialData) -> tuple[PutIn, ...]:
        """Electrical facts that the theory was given."""
        return given_to_pairing(self, material)

    def inputs(self, material: MaterialData) -> dict[str, Parameter]:
        """omega_log, mu*, and lambda or the measured Tc that it is found from."""
        found = {"mu_star": material.mu_star or ASSUMED_MU_STAR}
        spectrum = material.spectrum
        if spectrum is not None:
            found["omega_log_k"] = spectrum.moment(spectrum.omega_log_k, "K")
            if not (self.calibrated and material.tc_k is not None):
                return found | {"lambda_ep": spectrum.moment(spectrum.coupling)}
            return found | coupling_input(material, True)
        found["omega_log_k"] = _frequency(material)
        return found | coupling_input(material, self.calibrated)

    def spectrum(self, material: MaterialData, values: Mapping[str, float]) -> Alpha2F:
        """The spectrum at the volume in ``values``."""
        shape = material.spectrum or _einstein(values["omega_log_k"])
        if "lambda_ep" in values:
            start = values["lambda_ep"]
        else:
            start = _calibrated(shape, values["omega_log_k"], values["mu_star"], values["tc_k"])
        shift, coupling = scaled_coupling(start, values)
        return _scaled(shape, values["omega_log_k"] * shift, coupling)

    def tc(self, material: MaterialData, values: Mapping[str, float]) -> float:
        """Tc at the volume in ``values``, kelvin."""
        if self.tabulated:
            here = self.spectrum(material, values)
            shape = material.spectrum or _einstein(values["omega_log_k"])
            return reduced_tc(shape, here.coupling, values["mu_star"]) * here.omega_log_k
        return _tc(self.spectrum(material, values), values["mu_star"])

    def field(
        self, material: MaterialData, values: Mapping[str, float], tc_k: float, t: float
    ) -> float:
        """Thermodynamic critical field, tesla."""
        volume = values["volume_per_atom_a3"] * values["volume_ratio"]
        gamma = sommerfeld_j_m3_k2(values["sommerfeld_mj_mol_k2"], volume)
        settings = Settings(values["mu_star"])
        return critical_field_t(self.spectrum(material, values), gamma, tc_k, t, settings)

    def beside(self, _material: MaterialData, _values: Mapping[str, float]) -> Beside | None:
        """None: it is the better founded one."""
        return None

    def notes(self, material: MaterialData, values: Mapping[str, float]) -> tuple[str, ...]:
        """What stands in for the spectrum, and how far down Tc was looked for."""
        found = []
        if self.tabulated:
            found.append("Tc is interpolated between solutions at other couplings")
        if material.spectrum is None:
            found.append("no spectrum is known: an Einstein mode at omega_log stands for it")
        if self.tabulated:
            return tuple(found)
        result = _result(self.spectrum(material, values), values["mu_star"])
        if result.tc_k == 0:
            found.append(f"Tc was looked for down to {result.searched_to_k:.2g} K only")
        elif not result.converged:
            found.append(
                "the cut-off of the sums could not be carried far enough to see Tc converge"
            )
        return tuple(found)


def _frequency(material: MaterialData) -> Parameter:
    if material.omega_log_k is None:
        raise CannotSay(
            f"neither a phonon spectrum nor omega_log of {material.name} is known "
            "(spectrum, omega_log_k)"
        )
    return material.omega_log_k


# The same spectrum is asked for again by every derived quantity and every propagated error.
@lru_cache(maxsize=256)
def _einstein(omega_log_k: float) -> Alpha2F:
    return Alpha2F.einstein(omega_log_k * BOLTZMANN_EV_K, 1.0)


@lru_cache(maxsize=256)
def _scaled(shape: Alpha2F, omega_log_k: float, coupling: float) -> Alpha2F:
    return shape.scaled(omega_log_k / shape.omega_log_k, coupling / shape.coupling)


@lru_cache(maxsize=1024)
def _result(spectrum: Alpha2F, mu_star: float) -> CriticalTemperature:
    return critical_temperature(spectrum, Settings(mu_star))


def _tc(spectrum: Alpha2F, mu_star: float) -> float:
    return _result(spectrum, mu_star).tc_k


@lru_cache(maxsize=256)
def _calibrated(shape: Alpha2F, omega_log_k: float, mu_star: float, tc_k: float) -> float:
    """lambda that gives a Tc: secant in ln lambda from Allen and Dynes' value.

    Raises:
        CannotSay: none was found.
    """
    ratio = shape.omega_2_k / shape.omega_log_k
    start = allen_dynes_coupling(tc_k, omega_log_k, mu_star, omega_log_k * ratio)
    tried: list[tuple[float, float]] = []
    x = math.log(start)
    for _ in range(30):
        tc = _tc(_scaled(shape, omega_log_k, math.exp(x)), mu_star)
        if tc > 0 and abs(tc / tc_k - 1) < 1e-7:
            return math.exp(x)
        tried.append((x, math.log(tc / tc_k) if tc > 0 else -5.0))
        if len(tried) == 1:
            x += 0.02
            continue
        (x0, y0), (x1, y1) = tried[-2:]
        if y1 == y0:
            break
        x = x1 - min(max(y1 * (x1 - x0) / (y1 - y0), -0.5), 0.5)
    raise CannotSay(f"no coupling was found that gives Tc = {tc_k:g} K")
