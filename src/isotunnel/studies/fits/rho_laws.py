"""Laws of rho(T) at room pressure with equal numbers of free parameters, by theory.

With s = V / V_ref - 1, V_ref and rho_ref at 273.15 K, k Boltzmann's constant::

    theory            law                                              free parameters
    tunnel            linear     rho_ref max(1 + D s [+ Q s^2], 0)                   2 [3]
                      activated  rho_0 exp(Delta [(V)] / 2 k T)                      2 [3]
                      volume     rho_ref (V / V_ref)^n, or straight between 3 knots  2, 3
                                 any rising function                                 as it likes
    Bloch-Grueneisen  rho_0 + rho_ref F(T, theta) / F(T_ref, theta_ref)              2 or 3
                      F(T, theta) = (T / theta)^5 J_5(theta / T) / theta
    yardstick         a + b T [+ c T^2]                                              2 [3]

What ``isotunnel.theories.tunnel`` offers with that number of parameters is taken from there
(``linear2``, ``activated3``, ``volume3``, ``volume_free``); the others are written here.

``linear`` is rho = r max(Delta, 0): resistivities determine r Delta only. Slopes D, n and
the gap are not negative: the theory lets nothing but closer spacing lower the gap. With two
parameters Bloch-Grueneisen takes theta from heat capacity, with three it is free; each comes with
theta fixed, as in textbooks, and (``v``) with theta(V(T)) by the Grueneisen parameter of the
equation of state, an input as V(T) is. The yardsticks belong to no theory: a theory that loses to
them explains nothing of resistivity.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from isotunnel.errors import CannotSay, InputError
from isotunnel.studies.fits.points import REFERENCE_K, Array, Points
from isotunnel.studies.fits.solve import FormulaLaw, FreeParameter, Law, TunnelLaw
from isotunnel.theories.normal.bloch_grueneisen import bloch_integral
from isotunnel.theories.tunnel.laws import ActivatedLaw, LinearLaw, MonotoneLaw
from isotunnel.units import BOLTZMANN_EV_K

THEORIES = {
    "tunnel": "tunnel theory",
    "bloch_grueneisen": "Bloch-Grueneisen",
    "yardstick": "no theory: a yardstick",
}

_HIGHEST_EXPONENT = 200.0


def laws() -> tuple[Law, ...]:
    """Every law, those of two parameters first, the free function of volume last."""
    return _LAWS


def law(name: str) -> Law:
    """The law of that name.

    Raises:
        InputError: there is none.
    """
    for found in _LAWS:
        if found.name == name:
            return found
    raise InputError(f"unknown law {name!r}: choose among {', '.join(x.name for x in _LAWS)}")


def _bloch_shape(theta_k: float, temperature_k: Array, theta_ratio: Array | None) -> Array:
    """rho_phonon(T, V) / rho_phonon(T_ref, V_ref) at one amplitude C."""
    t = np.append(temperature_k, REFERENCE_K)
    ratio = np.ones_like(t) if theta_ratio is None else np.append(theta_ratio, 1.0)
    theta = theta_k * ratio
    f = (t / theta) ** 5 * bloch_integral(theta / t) / ratio
    relative: Array = f[:-1] / f[-1]
    return relative


def _bloch(*, swelling: bool) -> Callable[[Array, Points], Array]:
    """Columns 1 and F; theta is the one shape, or the points' own where there is none."""

    def columns(shape: Array, points: Points) -> Array:
        theta = float(shape[0]) if len(shape) else points.theta_d_k
        if theta is None:
            raise CannotSay("no Debye temperature is known")
        ratio = points.theta_ratio if swelling else None
        phonons = _bloch_shape(theta, points.temperature_k, ratio)
        return np.stack([np.ones_like(phonons), phonons], axis=1)

    return columns


def _curved(shape: Array, points: Points) -> Array:
    s = points.strain
    return np.asarray(np.maximum(1.0 + shape[0] * s + shape[1] * s**2, 0.0)[:, None])


def _power(shape: Array, points: Points) -> Array:
    exponent = shape[0] * np.log1p(points.strain)
    return np.asarray(np.exp(np.minimum(exponent, _HIGHEST_EXPONENT))[:, None])


def _activated(shape: Array, points: Points) -> Array:
    exponent = shape[0] / (2.0 * BOLTZMANN_EV_K * points.temperature_k)
    return np.asarray(np.exp(np.minimum(exponent, _HIGHEST_EXPONENT))[:, None])


def _powers(number: int) -> Callable[[Array, Points], Array]:
    def columns(_shape: Array, points: Points) -> Array:
        t = points.temperature_k / REFERENCE_K
        return np.stack([t**i for i in range(number)], axis=1)

    return columns


_RHO_REF = FreeParameter("rho_ref", "uohm cm")
_RHO_0 = FreeParameter("rho_0", "uohm cm")
_SLOPES = np.concatenate([[0.0], np.geomspace(1.0, 3000.0, 30)])
_CURVES = np.concatenate([-np.geomspace(1e6, 30.0, 12), [0.0], np.geomspace(30.0, 1e6, 12)])
_GAPS = np.concatenate([[0.0], np.geomspace(1e-3, 2.0, 24)])


def _bloch_law(number: int, *, swelling: bool) -> FormulaLaw:
    theta = "theta from heat capacity" if number == 2 else "theta free"
    words = f"{theta}, theta(V)" if swelling else theta
    free = (FreeParameter("theta", "K", 5.0, 5000.0),) if number == 3 else ()
    return FormulaLaw(
        f"bg{number}v" if swelling else f"bg{number}",
        f"Bloch-Grueneisen, {words}",
        "bloch_grueneisen",
        "rho_0 + rho_ref F(T, theta) / F(T_ref, theta_ref)",
        (_RHO_0, _RHO_REF),
        free,
        _bloch(swelling=swelling),
        (np.geomspace(10.0, 3000.0, 60),) if free else (),
    )


def _polynomial(name: str, number: int) -> FormulaLaw:
    free = [FreeParameter(f"c_{i}", "uohm cm", -np.inf) for i in range(number)]
    formula = " + ".join(["c_0", "c_1 t", "c_2 t^2"][:number]) + ", t = T / 273.15 K"
    title = "straight line in T" if number == 2 else "parabola in T"
    return FormulaLaw(name, title, "yardstick", formula, tuple(free), (), _powers(number))


_LAWS: tuple[Law, ...] = (
    _bloch_law(2, swelling=False),
    _bloch_law(2, swelling=True),
    TunnelLaw("linear2", "tunnel, linear", "max(level + slope (V - V_mean), 0)", 2, LinearLaw()),
    FormulaLaw(
        "activated2",
        "tunnel, activated",
        "tunnel",
        "rho_0 exp(Delta / 2 k T)",
        (_RHO_0,),
        (FreeParameter("gap", "eV"),),
        _activated,
        (_GAPS,),
    ),
    FormulaLaw(
        "volume2",
        "tunnel, power of volume",
        "tunnel",
        "rho_ref (V / V_ref)^n",
        (_RHO_REF,),
        (FreeParameter("dlnrho_dlnv", "1", 0.0, 1e5),),
        _power,
        (_SLOPES,),
    ),
    _polynomial("line2", 2),
    _bloch_law(3, swelling=False),
    _bloch_law(3, swelling=True),
    FormulaLaw(
        "linear3",
        "tunnel, linear, curved gap",
        "tunnel",
        "rho_ref max(1 + D s + Q s^2, 0)",
        (_RHO_REF,),
        (
            FreeParameter("dln_gap_dlnv", "1", 0.0, 1e5),
            FreeParameter("curvature", "1", -1e8, 1e8),
        ),
        _curved,
        (_SLOPES, _CURVES),
    ),
    TunnelLaw(
        "activated3",
        "tunnel, activated, gap by volume",
        "rho0 exp((gap + dgap_dlnv (V / V_min - 1)) / 2 k T)",
        3,
        ActivatedLaw(),
    ),
    TunnelLaw(
        "volume3",
        "tunnel, volume, three knots",
        "rising, straight between 3 knots",
        3,
        MonotoneLaw(knots=3, outside="extend"),
    ),
    _polynomial("parabola3", 3),
    TunnelLaw(
        "volume_free",
        "tunnel, any rising function of volume",
        "rising, straight between the points",
        None,
        MonotoneLaw(),
    ),
)
