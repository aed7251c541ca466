"""Formulas for the critical temperature: McMillan's, and Allen and Dynes'."""

from __future__ import annotations

import math

from isotunnel.errors import CannotSay, InputError

LARGEST_COUPLING = 1.5
"""Above this lambda a formula is no substitute for Eliashberg's equations; McMillan's is known to
come out too low."""


def pairing_exponent(coupling: float, mu_star: float) -> float | None:
    """1.04 (1 + lambda) / [lambda - mu* (1 + 0.62 lambda)]; None where the repulsion wins.

    Raises:
        InputError: lambda not positive, or mu* negative, or either not finite.
    """
    if not (math.isfinite(coupling) and coupling > 0):
        raise InputError(f"lambda = {coupling:g} must be positive")
    if not (math.isfinite(mu_star) and mu_star >= 0):
        raise InputError(f"mu* = {mu_star:g} must be zero or positive")
    attraction = coupling - mu_star * (1 + 0.62 * coupling)
    return 1.04 * (1 + coupling) / attraction if attraction > 0 else None


def mcmillan_tc(coupling: float, theta_d_k: float, mu_star: float) -> float:
    """Tc = (theta_D / 1.45) exp{-1.04 (1 + lambda) / [lambda - mu* (1 + 0.62 lambda)]}, kelvin.

    McMillan (1968), eq. 18; 0 where the repulsion wins. Fitted to Eliashberg solutions with
    niobium's phonon spectrum for lambda up to about 1, mu* up to about 0.2.

    Raises:
        InputError: theta_D or lambda not positive, or a negative mu*.
    """
    if not (math.isfinite(theta_d_k) and theta_d_k > 0):
        raise InputError(f"theta_D = {theta_d_k:g} K must be positive")
    exponent = pairing_exponent(coupling, mu_star)
    return 0.0 if exponent is None else theta_d_k / 1.45 * math.exp(-exponent)


def mcmillan_coupling(tc_k: float, theta_d_k: float, mu_star: float) -> float:
    """lambda that gives a Tc: the formula solved for lambda (McMillan 1968, eq. 19).

    lambda = (1.04 + mu* x) / ((1 - 0.62 mu*) x - 1.04), x = ln(theta_D / (1.45 Tc)).

    Raises:
        CannotSay: no lambda gives so high a Tc.
        InputError: Tc or theta_D not positive.
    """
    for name, value in (("Tc", tc_k), ("theta_D", theta_d_k)):
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{name} = {value:g} K must be positive")
    x = math.log(theta_d_k / (1.45 * tc_k))
    below = (1 - 0.62 * mu_star) * x - 1.04
    if below <= 0:
        raise CannotSay(
            f"no coupling gives Tc = {tc_k:g} K with theta_D = {theta_d_k:g} K in McMillan's "
            "formula: it saturates"
        )
    return (1.04 + mu_star * x) / below


def isotope_exponent(coupling: float, mu_star: float) -> float:
    """alpha in Tc ~ M^(-alpha), omega ~ M^(-1/2), mu* rescaled with the phonon frequency.

    (1/2) {1 - 1.04 (1 + lambda)(1 + 0.62 lambda) mu*^2 / [lambda - mu* (1 + 0.62 lambda)]^2},
    McMillan (1968); 1/2 for mu* = 0.

    Raises:
        CannotSay: there is no Tc.
    """
    if pairing_exponent(coupling, mu_star) is None:
        raise CannotSay("there is no Tc, and so no isotope effect, where the repulsion wins")
    screened = 1 + 0.62 * coupling
    attraction = coupling - mu_star * screened
    return (1 - 1.04 * (1 + coupling) * screened * mu_star**2 / attraction**2) / 2


def strong_coupling_factor(coupling: float, mu_star: float) -> float:
    """f1 = [1 + (lambda / Lambda_1)^(3/2)]^(1/3), Lambda_1 = 2.46 (1 + 3.8 mu*).

    Allen and Dynes (1975), eqs. 35 and 37; with it Tc grows as lambda^(1/2) for large lambda.
    """
    return float((1 + (coupling / (2.46 * (1 + 3.8 * mu_star))) ** 1.5) ** (1 / 3))


def shape_factor(coupling: float, mu_star: float, omega_ratio: float) -> float:
    """f2 = 1 + (r - 1) lambda^2 / (lambda^2 + Lambda_2^2), r = omega_2 / omega_log.

    Lambda_2 = 1.82 (1 + 6.3 mu*) r; Allen and Dynes (1975), eqs. 36 and 38.
    """
    width = 1.82 * (1 + 6.3 * mu_star) * omega_ratio
    return 1 + (omega_ratio - 1) * coupling**2 / (coupling**2 + width**2)


def modified_mcmillan_tc(coupling: float, omega_log_k: float, mu_star: float) -> float:
    """(omega_log / 1.2) exp{-1.04 (1 + lambda) / [lambda - mu* (1 + 0.62 lambda)]}, kelvin.

    Allen and Dynes' formula without its factors, f1 = f2 = 1: what programs print as "McMillan"
    or "Allen-Dynes". It saturates: above lambda = 1.5 it is far too low. 0 where the repulsion
    wins.

    Raises:
        InputError: omega_log or lambda not positive, or negative mu*.
    """
    if not (math.isfinite(omega_log_k) and omega_log_k > 0):
        raise InputError(f"omega_log = {omega_log_k:g} K must be positive")
    exponent = pairing_exponent(coupling, mu_star)
    return 0.0 if exponent is None else omega_log_k / 1.2 * math.exp(-exponent)


def allen_dynes_tc(
    coupling: float, omega_log_k: float, mu_star: float, omega_2_k: float | None = None
) -> float:
    """Tc = f1 f2 (omega_log / 1.2) exp{-1.04 (1 + lambda) / [lambda - mu* (1 + 0.62 lambda)]}.

    Kelvin; 0 where the repulsion wins. f1 needs lambda and mu* only. f2 needs omega_2: without
    ``omega_2_k`` it is left at 1, which it never falls below, so that Tc is a lower bound.

    Raises:
        InputError: a frequency or lambda not positive, omega_2 below omega_log, or negative mu*.
    """
    strong = strong_coupling_factor(coupling, mu_star) if coupling > 0 else 1.0
    tc = strong * modified_mcmillan_tc(coupling, omega_log_k, mu_star)
    if omega_2_k is None:
        return tc
    ratio = omega_2_k / omega_log_k
    # The mean square is never below the logarithmic mean; rounding of printed values may be.
    if not ratio >= 0.995:
        raise InputError(
            f"omega_2 = {omega_2_k:g} K is below omega_log = {omega_log_k:g} K, which no spectrum "
            "allows"
        )
    return tc * shape_factor(coupling, mu_star, ratio)


def allen_dynes_coupling(
    tc_k: float, omega_log_k: float, mu_star: float, omega_2_k: float | None = None
) -> float:
    """lambda that gives a Tc, by bisection.

    Raises:
        CannotSay: no lambda below 100 does.
    """
    low, high = 1e-3, 100.0
    if not allen_dynes_tc(high, omega_log_k, mu_star, omega_2_k) > tc_k:
        raise CannotSay(
            f"no coupling below {high:g} gives Tc = {tc_k:g} K with omega_log = {omega_log_k:g} K"
        )
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        if allen_dynes_tc(middle, omega_log_k, mu_star, omega_2_k) < tc_k:
            low = middle
        else:
            high = middle
    return (low + high) / 2
