"""Critical fields and the depairing current that go with a critical temperature."""

from __future__ import annotations

import math
from collections.abc import Mapping

from isotunnel.errors import CannotSay, InputError
from isotunnel.theories.superconducting.bcs_gap import GAP_RATIO, reduced_field
from isotunnel.units import MU_0

AVOGADRO = 6.02214076e23

FIELD_RATIO = 3 / (2 * math.pi**2) * (GAP_RATIO / 2) ** 2
"""Bc(0)^2 / (mu_0 gamma Tc^2) = 0.4729 of BCS (0.168 = gamma Tc^2 / Hc^2 in Gaussian units)."""


def sommerfeld_j_m3_k2(gamma_mj_mol_k2: float, volume_per_atom_a3: float) -> float:
    """Sommerfeld coefficient per volume, J / (m^3 K^2), from that per mole of atoms."""
    return gamma_mj_mol_k2 * 1e-3 / (AVOGADRO * volume_per_atom_a3 * 1e-30)


def bcs_field_t(values: Mapping[str, float], tc_k: float, t: float) -> float:
    """Thermodynamic critical field of weak-coupling BCS, tesla, at temperature t in kelvin.

    Bc(T) = (0.4729 mu_0 gamma)^(1/2) Tc Bc(T) / Bc(0), from mu_0 Hc^2 / 2 = N(0) Delta^2 / 2 with
    gamma = (2 pi^2 / 3) k^2 N(0). ``values`` holds sommerfeld_mj_mol_k2, volume_per_atom_a3 and
    volume_ratio; gamma per atom is kept when the volume changes. Strong coupling raises the
    field: lead's comes out some 10 % too low.
    """
    if tc_k <= 0 or t >= tc_k:
        return 0.0
    gamma = sommerfeld_j_m3_k2(
        values["sommerfeld_mj_mol_k2"], values["volume_per_atom_a3"] * values["volume_ratio"]
    )
    return math.sqrt(FIELD_RATIO * MU_0 * gamma) * tc_k * reduced_field(t / tc_k)


def strong_coupling_field_factor(tc_over_omega_log: float) -> float:
    """Bc(0) / [Bc(0) of BCS at the same Tc and gamma]: 1 for weak coupling.

    gamma Tc^2 / Hc^2 = 0.168 [1 - 12.2 x^2 ln(1 / (3 x))], x = k Tc / omega_log: a fit to
    Eliashberg solutions (Carbotte, Rev. Mod. Phys. 62, 1027 (1990)). Good for x up to 0.2.

    Raises:
        CannotSay: x above 0.25, outside the fit.
    """
    x = tc_over_omega_log
    if x > 0.25:
        raise CannotSay(
            f"Tc / omega_log = {x:.2f} is above 0.25, beyond the fit of the strong-coupling "
            "correction of the critical field"
        )
    return 1.0 if x <= 0 else 1 / math.sqrt(1 - 12.2 * x**2 * math.log(1 / (3 * x)))


def parabolic_field_t(field_0_t: float, tc_k: float, t: float) -> float:
    """Hc(0) [1 - (T / Tc)^2], tesla: the two-fluid law, up to 4 % above BCS."""
    return 0.0 if t >= tc_k else field_0_t * (1 - (t / tc_k) ** 2)


def upper_field_t(slope_t_k: float, tc_k: float, t: float) -> float:
    """Hc2(T) by Werthamer, Helfand and Hohenberg, tesla.

    The root h of ln(Tc / T) = psi(1/2 + h Tc / (2 T)) - psi(1/2), Hc2 = (pi^2 / 4) h Tc |dHc2/dT|:
    dirty limit, orbital pair breaking only (Phys. Rev. 147, 295 (1966), alpha = lambda_so = 0).
    Hc2(0) = 0.693 Tc |slope|. Spin paramagnetism lowers it, several bands can raise it.

    Raises:
        InputError: a slope or Tc not positive, or a negative temperature.
    """
    if not (slope_t_k > 0 and tc_k > 0 and t >= 0):
        raise InputError(
            f"upper critical field: slope {slope_t_k:g} T/K and Tc {tc_k:g} K must be positive, "
            f"temperature {t:g} K not negative"
        )
    if t >= tc_k:
        return 0.0
    from scipy.optimize import brentq
    from scipy.special import digamma

    scale = math.pi**2 / 4 * tc_k * slope_t_k
    half = float(digamma(0.5))
    reduced = t / tc_k
    if reduced < 1e-6:
        return scale * 2 * math.exp(half)

    def excess(h: float) -> float:
        return float(digamma(0.5 + h / (2 * reduced))) - half + math.log(reduced)

    return scale * float(brentq(excess, 0.0, 1.0, xtol=1e-13))


def depairing_current_a_cm2(field_t: float, depth_0_nm: float, tc_k: float, t: float) -> float:
    """Ginzburg-Landau depairing current density, A/cm^2.

    J = (2/3)^(3/2) Bc(T) / (mu_0 lambda(T)), lambda(T) = lambda(0) / [1 - (T/Tc)^4]^(1/2): the
    current whose kinetic energy breaks the pairs, an upper bound that real wires, limited by
    flux motion, do not reach. Exact near Tc, some 10 % too high at T = 0.
    """
    if t >= tc_k:
        return 0.0
    depth = depth_0_nm * 1e-9 / math.sqrt(1 - (t / tc_k) ** 4)
    return float((2 / 3) ** 1.5 * field_t / (MU_0 * depth) / 1e4)
