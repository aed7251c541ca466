"""How long a magnetic field lives in a conducting sphere that nothing stirs."""

from __future__ import annotations

import math

from isotunnel.errors import InputError
from isotunnel.units import MU_0

YEAR_S = 3.15576e7
"""Julian year."""


def decay_time_years(conductivity_s_m: float, radius_km: float) -> float:
    """mu_0 sigma R^2 / pi^2: the slowest free decay, that of a dipole, in years.

    A uniform sphere in vacuum; infinite in a superconductor. H. Lamb, Phil. Trans. R. Soc. 174,
    519 (1883).

    Raises:
        InputError: a conductivity or radius that is not positive.
    """
    if not (conductivity_s_m > 0 and radius_km > 0 and math.isfinite(radius_km)):
        raise InputError(
            f"conductivity {conductivity_s_m:g} S/m and radius {radius_km:g} km must be positive"
        )
    return MU_0 * conductivity_s_m * (radius_km * 1e3) ** 2 / math.pi**2 / YEAR_S
