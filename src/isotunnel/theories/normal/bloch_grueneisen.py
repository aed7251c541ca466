"""The Bloch-Grueneisen law of the resistivity of metals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import TheoryAnswer
from isotunnel.theories.calibration import PutIn, given_to_normal
from isotunnel.theories.normal.normal_state import answer_normal, exactly
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference
from isotunnel.theories.volume import frequency_ratio

BLOCH_1930 = Reference("F. Bloch, Z. Phys. 59, 208 (1930)", doi="10.1007/BF01341426")
GRUENEISEN_1933 = Reference(
    "E. Grueneisen, Ann. Phys. (Leipzig) 408, 530 (1933)", doi="10.1002/andp.19334080504"
)
SATURATION_1977 = Reference(
    "H. Wiesmann et al., Phys. Rev. Lett. 38, 782 (1977)", doi="10.1103/PhysRevLett.38.782"
)

_FAR = 60.0
"""Beyond this x the integrand is below 1e-17 of the integral."""


def bloch_integral(x: ArrayLike, power: int = 5) -> NDArray[np.float64]:
    """J_n(x) = int_0^x t^n / [(e^t - 1)(1 - e^(-t))] dt, same shape as x >= 0.

    Gauss-Legendre with 64 nodes on [0, min(x, 60)]: relative error below 1e-10. J_n tends to
    x^(n-1) / (n - 1) for small x and to n! zeta(n) (124.431 for n = 5) for large.

    Raises:
        InputError: a negative x or NaN, or power below 2.
    """
    upper = np.asarray(x, dtype=float)
    if np.isnan(upper).any() or (upper < 0).any():
        raise InputError("the Bloch-Grueneisen integral needs theta / T >= 0")
    if power < 2:
        raise InputError(f"power {power} of the Bloch-Grueneisen integral must be at least 2")
    nodes, weights = _rule()
    half = np.minimum(upper, _FAR)[..., None] / 2
    t = half * (1 + nodes)
    # t^n / (4 sinh^2(t/2)) with t / sinh taken together, which is finite at t = 0.
    ratio = np.where(t > 0, t / 2 / np.sinh(np.where(t > 0, t / 2, 1.0)), 1.0)
    return np.asarray((t ** (power - 2) * ratio**2 * weights).sum(-1) * half[..., 0])


@lru_cache(maxsize=1)
def _rule() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.polynomial.legendre.leggauss(64)


def phonon_resistivity(
    temperature_k: ArrayLike, theta_k: float, amplitude: float, power: int = 5
) -> NDArray[np.float64]:
    """rho_ph = (C / theta) (T / theta)^n J_n(theta / T), in the unit of C / theta.

    n = 5 is Bloch's law: T^5 far below theta, C T / (4 theta^2) far above. n = 3 stands for
    scattering between s and d bands (Wilson 1938), n = 2 for that among electrons. 0 at T = 0.

    Args:
        temperature_k: T >= 0, any shape.
        theta_k: Bloch-Grueneisen temperature, kelvin.
        amplitude: C, resistivity times kelvin.
        power: n.

    Raises:
        InputError: a negative temperature or theta not positive.
    """
    t = np.asarray(temperature_k, dtype=float)
    if np.isnan(t).any() or (t < 0).any():
        raise InputError("temperatures must be zero or positive")
    if not (math.isfinite(theta_k) and theta_k > 0):
        raise InputError(f"theta = {theta_k:g} K must be positive")
    safe = np.where(t > 0, t, 1.0)
    rho = amplitude / theta_k * (safe / theta_k) ** power * bloch_integral(theta_k / safe, power)
    return np.where(t > 0, rho, 0.0)


def in_parallel(rho: ArrayLike, saturation: float | None) -> NDArray[np.float64]:
    """1 / rho_total = 1 / rho + 1 / rho_sat (Wiesmann et al. 1977); rho itself without rho_sat."""
    ideal = np.asarray(rho, dtype=float)
    return ideal if saturation is None else ideal * saturation / (ideal + saturation)


def amplitude_from_reference(
    rho_reference: float,
    temperature_k: float,
    theta_k: float,
    residual: float = 0.0,
    saturation: float | None = None,
) -> float:
    """C that reproduces one measured resistivity.

    Raises:
        CannotSay: the measured value is not above the residual one, or not below saturation.
    """
    if saturation is not None and rho_reference >= saturation:
        raise CannotSay(
            f"resistivity {rho_reference:g} is not below the saturation value {saturation:g}"
        )
    ideal = (
        rho_reference if saturation is None else 1 / (1 / rho_reference - 1 / saturation)
    ) - residual
    if ideal <= 0:
        raise CannotSay(
            f"resistivity {rho_reference:g} is not above the residual one {residual:g}: no "
            "phonon part is left"
        )
    return ideal / float(phonon_resistivity(temperature_k, theta_k, 1.0))


def amplitude_exponent(dlnr_dp_per_gpa: float, bulk_modulus_gpa: float, gamma: float) -> float:
    """d ln C / d ln V from a measured pressure coefficient of the resistance R at high T.

    rho = R L, so d ln rho / d ln V = 1/3 - K d ln R / dP; far above theta it is d ln C / d ln V
    + 2 gamma. The coefficient must be of a bar that is squeezed from all sides.
    """
    return 1 / 3 - bulk_modulus_gpa * dlnr_dp_per_gpa - 2 * gamma


@dataclass(frozen=True)
class BlochGrueneisen:
    """Phonon resistivity by the Bloch-Grueneisen law, with residual part and saturation.

    rho = rho_0 + (C / theta)(T / theta)^5 J_5(theta / T), optionally in parallel with rho_sat. C
    comes from one measured resistivity. The volume V(P, T) enters by theta(V) (gamma) and by
    C ~ V^a; a is measured, or 1 + d ln eta / d ln V, as lambda = eta / (M <omega^2>) and
    rho ~ V lambda demand. The residual part is kept.

    References: Bloch (1930); Grueneisen (1933); Wiesmann et al. (1977) for the saturation.
    """

    name: str = "bloch_grueneisen"
    title: str = "Bloch-Grueneisen"
    references: tuple[Reference, ...] = (BLOCH_1930, GRUENEISEN_1933, SATURATION_1977)
    assumptions: ClassVar[str] = (
        "Assumes: one Debye-like phonon branch, a spherical Fermi surface, phonons in "
        "equilibrium, a metal. Breaks: magnetic scattering (Fe, Ni, Mn), s-d scattering (T^3), "
        "Kondo minima, band overlap (Bi, As), structural transitions, liquids, compression "
        "beyond the range of the equation of state. Superconductivity and insulators are beyond "
        "it. A theta_R or residual part that was fitted to rho(T) says so in its source, and "
        "must not be judged on those rows."
    )
    no_superconductivity: str = (
        "a theory of the normal state knows no superconductivity; see bcs, allen_dynes, eliashberg"
    )

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """See ``Theory.answer``."""
        return answer_normal(self, material, pressure_gpa, temperature_k)

    def put_in(self, material: MaterialData) -> tuple[PutIn, ...]:
        """Electrical facts that the theory was given."""
        return given_to_normal(material)

    def inputs(self, material: MaterialData) -> dict[str, Parameter]:
        """One measured resistivity, theta, and what is known of residual part and saturation."""
        found = {
            "rho_reference_uohm_cm": material.need("rho_reference_uohm_cm"),
            "rho_reference_temperature_k": exactly(material.need("rho_reference_temperature_k")),
        }
        if material.theta_r_k is not None:
            found["theta_r_k"] = material.theta_r_k
        else:
            found["theta_d_k"] = material.need("theta_d_k")
        for name in ("rho_residual_uohm_cm", "rho_saturation_uohm_cm"):
            parameter = getattr(material, name)
            if parameter is not None:
                found[name] = parameter
        return found

    def rho(self, values: Mapping[str, float], temperature_k: float) -> float:
        """Resistivity, uohm cm, at the volume in ``values``."""
        theta = values["theta_r_k"] if "theta_r_k" in values else values["theta_d_k"]
        residual = values.get("rho_residual_uohm_cm", 0.0)
        saturation = values.get("rho_saturation_uohm_cm")
        amplitude = amplitude_from_reference(
            values["rho_reference_uohm_cm"],
            values["rho_reference_temperature_k"],
            theta,
            residual,
            saturation,
        )
        if "gamma" in values:
            ratio = values["volume_ratio"]
            power = values.get("amplitude_exponent")
            if power is None:
                power = 1 + values["dlneta_dlnv"]
            amplitude *= ratio**power
            theta *= frequency_ratio(ratio, values["gamma"], values["gamma_q"])
        ideal = residual + float(phonon_resistivity(temperature_k, theta, amplitude))
        return float(in_parallel(ideal, saturation))

    def notes(self, material: MaterialData) -> tuple[str, ...]:
        """What stood in for what is not known."""
        found = []
        if material.theta_r_k is None:
            found.append("the Debye temperature stands for the Bloch-Grueneisen temperature")
        if material.rho_residual_uohm_cm is None:
            found.append("no residual resistivity is known: that of a perfect crystal, zero")
        return tuple(found)
