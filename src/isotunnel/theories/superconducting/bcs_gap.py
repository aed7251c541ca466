"""Universal functions of weak-coupling BCS: gap, condensation energy and critical field."""

from __future__ import annotations

import math

from isotunnel.errors import InputError

EULER = 0.5772156649015329
ZETA_3 = 1.2020569031595942

TC_PREFACTOR = 2 * math.exp(EULER) / math.pi
"""k Tc = 1.1339 hbar omega_D exp(-1 / g)."""

GAP_RATIO = 2 * math.pi / math.exp(EULER)
"""2 Delta(0) / (k Tc) = 3.5278."""

JUMP_RATIO = 12 / (7 * ZETA_3)
"""(C_S - C_N) / (gamma Tc) at Tc = 1.4261."""

FEWEST_TERMS = 64


def reduced_gap(t: float) -> float:
    """Delta(T) / Delta(0) as a function of t = T / Tc; 1 at t = 0, 0 from t = 1 on.

    The root of ln t = sum_n [1 / ((n + 1/2)^2 + d^2)^(1/2) - 1 / (n + 1/2)], n >= 0,
    d = Delta / (2 pi k T): Bardeen, Cooper and Schrieffer, Phys. Rev. 108, 1175 (1957), in
    Matsubara form. Weak coupling, isotropic gap; compare Muehlschlegel, Z. Phys. 155, 313 (1959).

    Raises:
        InputError: t negative or not finite.
    """
    _check(t)
    if t >= 1:
        return 0.0
    if t < 0.05:
        # The gap's fall, exp(-Delta / kT), is below 1e-15 here.
        return 1.0
    from scipy.optimize import brentq

    def excess(delta: float) -> float:
        return _gap_sum(delta * GAP_RATIO / (4 * math.pi * t)) - math.log(t)

    if excess(1e-9) <= 0:
        return 0.0
    return min(float(brentq(excess, 1e-9, 1.0000001, xtol=1e-14)), 1.0)


def reduced_field(t: float) -> float:
    """Hc(T) / Hc(0) as a function of t = T / Tc: (F_N - F_S)^(1/2) over its value at t = 0.

    F_N - F_S = 2 pi k T N(0) sum_n (R_n - omega_n)^2 / R_n, n >= 0, R_n = (omega_n^2 +
    Delta^2)^(1/2), N(0) Delta(0)^2 / 2 at t = 0. It lies up to 4 % below the parabola 1 - t^2.

    Raises:
        InputError: t negative or not finite.
    """
    delta = reduced_gap(t)
    if delta == 0:
        return 0.0
    if t < 0.02:
        # F_N's own fall, -(pi^2 / 3) N(0) (kT)^2, is all that is left of the temperature.
        return math.sqrt(1 - 8 * math.pi**2 / 3 * (t / GAP_RATIO) ** 2)
    d = delta * GAP_RATIO / (4 * math.pi * t)
    ratio = 2 * math.pi * t / (GAP_RATIO / 2)
    return math.sqrt(2 * ratio**2 * _energy_sum(d))


def specific_heat_jump(t_step: float = 1e-3) -> float:
    """(C_S - C_N) / (gamma Tc) at Tc from ``reduced_field``, by differences: tends to 1.4261.

    Rutgers: the jump is (dHc/dT)^2 at Tc, over 4 pi in Gaussian units.
    """
    slopes = [reduced_field(1 - s) / s for s in (t_step, t_step / 2)]
    slope = 2 * slopes[1] - slopes[0]
    return slope**2 * 3 / (2 * math.pi**2) * (GAP_RATIO / 2) ** 2


def _gap_sum(d: float) -> float:
    terms = max(FEWEST_TERMS, math.ceil(8 * d))
    total = 0.0
    for n in range(terms):
        x = n + 0.5
        root = math.hypot(x, d)
        total -= d * d / (root * x * (root + x))
    # The rest as an integral by the midpoint rule, with its first correction.
    slope = 1 / terms**2 - terms / math.hypot(terms, d) ** 3
    return total + math.log(2 / (1 + math.hypot(1, d / terms))) + slope / 24


def _energy_sum(d: float) -> float:
    terms = max(FEWEST_TERMS, math.ceil(8 * d))
    total = 0.0
    for n in range(terms):
        x = n + 0.5
        root = math.hypot(x, d)
        total += (d * d / (root + x)) ** 2 / root
    root = math.hypot(terms, d)
    # d^2 / 2 - N (R - N), written without the cancellation.
    return total + d**4 / (2 * (root + terms) ** 2)


def _check(t: float) -> None:
    if not math.isfinite(t) or t < 0:
        raise InputError(f"T / Tc = {t:g} must be zero or positive")
