"""The flux that a superconductor keeps: zero resistance alone against London's equation.

The tunnel theory explains superconductivity as the absence of a lifting energy: zero resistance. A
medium of zero resistance obeys m dv/dt = e E, with Maxwell's equations lambda^2 curl curl dB/dt =
-dB/dt: only *changes* of the field are screened. London's equation, lambda^2 curl curl B = -B,
screens the field itself. The two differ where the field was there before the cooling::

    history                          zero resistance             London
    cooled without field, then on    tanh(x) / x                 tanh(x) / x
    cooled in the field              1                           tanh(x) / x
    cooled in the field, then off    1 - tanh(x) / x             0

flux in a slab of half thickness a in a parallel field, as a share of the applied flux; x = a /
lambda, lambda = sqrt(m / (mu_0 n e^2)). Experiment shows the last column (W. Meissner and
R. Ochsenfeld, Naturwissenschaften 21, 787 (1933)), up to flux that defects pin. F. and H. London,
Proc. R. Soc. A 149, 71 (1935).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.units import ELECTRON_MASS_KG, ELEMENTARY_CHARGE_C, MU_0


class Medium(StrEnum):
    """What the medium obeys."""

    ZERO_RESISTANCE = "zero_resistance"
    LONDON = "london"


class History(StrEnum):
    """In which order cold and field came."""

    ZERO_FIELD_COOLED = "zero_field_cooled"
    FIELD_COOLED = "field_cooled"
    FIELD_REMOVED = "field_cooled_then_removed"


OBSERVED = Medium.LONDON
"""Which medium's column experiment shows (Meissner and Ochsenfeld 1933)."""


def screening_depth_nm(density_m3: float) -> float:
    """lambda = sqrt(m / (mu_0 n e^2)) in nm, n in 1/m^3; the same for both media.

    Raises:
        InputError: a density not positive.
    """
    if not (math.isfinite(density_m3) and density_m3 > 0):
        raise InputError(f"electron density {density_m3:g} 1/m^3 must be positive")
    return 1e9 * math.sqrt(ELECTRON_MASS_KG / (MU_0 * density_m3 * ELEMENTARY_CHARGE_C**2))


def flux_kept(medium: str, history: str, thickness_over_depth: float) -> float:
    """Flux inside a slab over the applied one (0 to 1); the formulas are in the module's text.

    Args:
        medium: "zero_resistance" or "london".
        history: "zero_field_cooled", "field_cooled" or "field_cooled_then_removed".
        thickness_over_depth: a / lambda, half the thickness over the screening depth.

    Raises:
        InputError: unknown medium or history, or a thickness not positive.
    """
    x = _positive(thickness_over_depth)
    return float(_share(medium, history, math.tanh(x) / x))


def field_profile(
    medium: str, history: str, thickness_over_depth: float, place: ArrayLike
) -> NDArray[np.float64]:
    """B(x) / B_applied across the slab; ``place`` is x / a, from -1 to 1, any shape.

    Raises:
        InputError: as ``flux_kept``, or a place outside the slab.
    """
    x = _positive(thickness_over_depth)
    where = np.asarray(place, dtype=float)
    if not (np.abs(where) <= 1).all():
        raise InputError("places in the slab run from -1 to 1")
    # cosh(x u) / cosh(x), in a form that does not overflow for thick slabs.
    inside = np.exp(x * (np.abs(where) - 1)) * (1 + np.exp(-2 * x * np.abs(where)))
    screened = inside / (1 + math.exp(-2 * x))
    return np.asarray(_share(medium, history, screened), dtype=float)


def _share(medium: str, history: str, screened: Any) -> Any:
    """``screened`` is what a field switched on after the cooling leaves inside."""
    try:
        kind, order = Medium(medium), History(history)
    except ValueError as error:
        raise InputError(
            f"{error}; media: {', '.join(Medium)}; histories: {', '.join(History)}"
        ) from None
    whole = screened * 0 + 1.0
    rules: dict[tuple[Medium, History], Callable[[], Any]] = {
        (Medium.ZERO_RESISTANCE, History.ZERO_FIELD_COOLED): lambda: screened,
        (Medium.ZERO_RESISTANCE, History.FIELD_COOLED): lambda: whole,
        (Medium.ZERO_RESISTANCE, History.FIELD_REMOVED): lambda: whole - screened,
        (Medium.LONDON, History.ZERO_FIELD_COOLED): lambda: screened,
        (Medium.LONDON, History.FIELD_COOLED): lambda: screened,
        (Medium.LONDON, History.FIELD_REMOVED): lambda: whole - whole,
    }
    return rules[kind, order]()


def _positive(thickness: float) -> float:
    if not (math.isfinite(thickness) and thickness > 0):
        raise InputError(f"half thickness over depth, {thickness:g}, must be positive")
    return float(thickness)
