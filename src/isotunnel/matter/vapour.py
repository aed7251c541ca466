"""Where a substance boils: Clausius-Clapeyron through tabulated points, or CoolProp.

The tabulated line is straight in ln P against 1/T::

    ln(P/P_b) = B (1/T_b - 1/T)

through the boiling point at one atmosphere and the critical point, or, where that is unknown, with
B = L/R from the enthalpy of vaporisation (Trouton's rule L = 88 J/(mol K) T_b where that is unknown
too). It serves as the sublimation line below the melting point, where it is a little too high.
Against reference equations of state it is good to some 10 per cent in P between boiling and
critical point. ``reference_vapour_pressure`` asks CoolProp (the extra ``fluids``) instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from math import exp, log

from isotunnel.errors import CannotSay, InputError, MissingExtraError
from isotunnel.matter.library import Material

ATMOSPHERE_GPA = 1.01325e-4
GAS_CONSTANT_J_MOL_K = 8.31446261815324
TROUTON_J_MOL_K = 88.0


@dataclass(frozen=True)
class VapourLine:
    """ln(P/P_b) = slope_k (1/T_b - 1/T), and what its slope comes from."""

    boiling_k: float
    slope_k: float
    origin: str

    def pressure(self, temperature_k: float) -> float:
        """Vapour pressure in GPa; 0 at T = 0."""
        if temperature_k <= 0:
            return 0.0
        exponent = self.slope_k * (1.0 / self.boiling_k - 1.0 / temperature_k)
        return ATMOSPHERE_GPA * exp(max(exponent, -700.0))


def vapour_line(material: Material) -> VapourLine:
    """The tabulated line.

    Raises:
        CannotSay: the tables have no boiling point (compounds that decompose, for one).
    """
    boiling = material.boiling_k
    if boiling is None:
        raise CannotSay(f"{material.name}: no boiling point is tabulated")
    if material.critical_k and material.critical_gpa:
        slope = log(material.critical_gpa / ATMOSPHERE_GPA)
        slope /= 1.0 / boiling - 1.0 / material.critical_k
        return VapourLine(boiling, slope, "boiling and critical point")
    if material.vaporisation_kj_mol:
        slope = material.vaporisation_kj_mol * 1e3 / GAS_CONSTANT_J_MOL_K
        return VapourLine(boiling, slope, "boiling point and enthalpy of vaporisation")
    slope = TROUTON_J_MOL_K * boiling / GAS_CONSTANT_J_MOL_K
    return VapourLine(boiling, slope, "boiling point and Trouton's rule")


def vapour_pressure(material: Material, temperature_k: float) -> float:
    """Vapour pressure in GPa from the tables, up to the critical temperature.

    Raises:
        InputError: a negative temperature.
        CannotSay: no boiling point, or above the critical temperature.
    """
    if not temperature_k >= 0:
        raise InputError(f"temperature {temperature_k:g} K is negative: give kelvin, not Celsius")
    if material.critical_k and temperature_k > material.critical_k:
        raise CannotSay(
            f"{material.name} has no vapour pressure at {temperature_k:g} K: its critical "
            f"temperature is {material.critical_k:g} K"
        )
    return vapour_line(material).pressure(temperature_k)


def reference_vapour_pressure(material: Material, temperature_k: float) -> float:
    """Vapour pressure in GPa from CoolProp's reference equation of state.

    Raises:
        MissingExtraError: CoolProp is not installed (extra ``fluids``).
        CannotSay: CoolProp has no such fluid, or not at this temperature.
    """
    try:
        # By name, so that type checks do not depend on an extra being installed.
        properties = import_module("CoolProp.CoolProp").PropsSI
    except ImportError as error:
        raise MissingExtraError("CoolProp", "fluids", "a reference vapour pressure") from error
    if not material.fluid:
        raise CannotSay(f"{material.name}: CoolProp has no such fluid")
    try:
        return float(properties("P", "T", float(temperature_k), "Q", 0, material.fluid)) * 1e-9
    except ValueError as error:
        reason = str(error).split(" : ")[0]
        raise CannotSay(
            f"{material.name}: no vapour pressure at {temperature_k:g} K: {reason}"
        ) from error
