"""Melting curves: Simon-Glatzel, Kechin, and Lindemann's estimate from the equation of state.

::

    Simon-Glatzel  T = T0 [1 + (P - P0)/a]^(1/c)
    Kechin         T = T0 [1 + (P - P0)/a]^b exp[-c (P - P0)]
    Lindemann      T = T0 [theta(V)/theta(V00)]^2 (V/V00)^(2/3),  V = V(P, 0 K), V00 = V(P0, 0 K)

References: F. Simon, G. Glatzel, Z. anorg. allg. Chem. 178, 309 (1929); V. V. Kechin, Phys. Rev. B
65, 052102 (2001); J. J. Gilvarry, Phys. Rev. 102, 308 (1956). Simon's law only rises; Kechin's has
one maximum. Lindemann's scaling is an estimate for close-packed and ionic solids (10 to 20 per
cent at 1 Mbar where checked) and wrong where the liquid is denser than the solid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError

Array = NDArray[np.float64]
FORMS = ("simon", "kechin")


@dataclass(frozen=True)
class MeltingCurve:
    """One branch of a melting curve.

    Attributes:
        form: "simon" or "kechin".
        t0_k, p0_gpa, a_gpa, b, c: parameters of the module's formulas (b is unused by Simon's).
        p_min_gpa, p_max_gpa: where it was measured.
        source, doi, grade, note: where it comes from, how far to trust it (A to D).
    """

    form: str
    t0_k: float
    p0_gpa: float
    a_gpa: float
    b: float
    c: float
    p_min_gpa: float = 0.0
    p_max_gpa: float = np.inf
    source: str = ""
    doi: str = ""
    grade: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.form not in FORMS:
            raise InputError(
                f"unknown melting curve {self.form!r}: choose one of {', '.join(FORMS)}"
            )
        if not (self.t0_k > 0 and self.a_gpa > 0):
            raise InputError("a melting curve needs T0 > 0 and a > 0")

    def temperature(self, pressure_gpa: ArrayLike) -> Array:
        """Melting temperature in K at pressures in GPa; NaN below the curve's foot."""
        above = np.asarray(pressure_gpa, dtype=float) - self.p0_gpa
        base = np.maximum(1.0 + above / self.a_gpa, 0.0)
        if self.form == "simon":
            result: Array = self.t0_k * base ** (1.0 / self.c)
        else:
            result = self.t0_k * base**self.b * np.exp(-self.c * above)
        return np.where(base > 0, result, np.nan)

    @property
    def highest(self) -> tuple[float, float]:
        """(P, T) of Kechin's maximum; Simon's law has none: (inf, inf)."""
        if self.form == "simon" or self.c <= 0:
            return np.inf, np.inf
        peak = max(self.b / self.c - self.a_gpa + self.p0_gpa, self.p0_gpa)
        return peak, float(self.temperature(peak))
