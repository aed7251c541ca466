"""Volume per atom of dense fluid hydrogen, from a computed equation of state.

Mixtures: volumes of the components add up to a few percent at these pressures, so that hydrogen
has its own volume whatever it is mixed with. Models of giant planets are built in the same way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CannotSay
from isotunnel.measured.rows import Tables
from isotunnel.planets.composition import HYDROGEN_AMU
from isotunnel.units import AMU_PER_ANGSTROM3_G_CM3

Array = NDArray[np.float64]
TABLE = "hydrogen_fluid"


@dataclass(frozen=True)
class FluidHydrogen:
    """The equation of state as a grid of logarithms.

    Attributes:
        ln_temperatures: rising.
        ln_pressures, ln_densities: for each temperature, rising pressure.
    """

    ln_temperatures: Array
    ln_pressures: tuple[Array, ...]
    ln_densities: tuple[Array, ...]

    def volume_a3(self, pressure_gpa: float, temperature_k: float) -> float:
        """Angstrom^3 per hydrogen atom, between the table's points by logarithms.

        Raises:
            CannotSay: outside the table, whose cold side is near the melting line.
        """
        where = f"fluid hydrogen is not tabulated at {pressure_gpa:.3g} GPa, {temperature_k:.0f} K"
        if not (pressure_gpa > 0 and temperature_k > 0):
            raise CannotSay(where)
        grid, t, p = self.ln_temperatures, math.log(temperature_k), math.log(pressure_gpa)
        if not grid[0] <= t <= grid[-1]:
            raise CannotSay(where)
        above = min(max(int(np.searchsorted(grid, t)), 1), len(grid) - 1)
        share = (t - grid[above - 1]) / (grid[above] - grid[above - 1])
        density = 0.0
        for i, weight in ((above - 1, 1 - share), (above, share)):
            value = self._density(i, p)
            if value is None and weight > 0:
                raise CannotSay(where)
            density += weight * (value or 0.0)
        return HYDROGEN_AMU * AMU_PER_ANGSTROM3_G_CM3 / math.exp(density)

    def _density(self, i: int, p: float) -> float | None:
        """ln density of one temperature at a ln pressure, None outside."""
        pressures = self.ln_pressures[i]
        if not pressures[0] <= p <= pressures[-1]:
            return None
        return float(np.interp(p, pressures, self.ln_densities[i]))


def fluid_hydrogen(tables: Tables) -> FluidHydrogen:
    """The equation of state of the table ``hydrogen_fluid``.

    Raises:
        CannotSay: fewer than two temperatures.
    """
    names = ("temperature_k", "pressure_gpa", "density_g_cm3")
    rows = [[row.number(n) for n in names] for row in tables(TABLE).rows]
    numbers = np.log(np.array(rows, dtype=float).reshape(-1, 3))
    temperatures = np.unique(numbers[:, 0])
    if len(temperatures) < 2:
        raise CannotSay("the equation of state of fluid hydrogen needs two temperatures")
    groups = [numbers[numbers[:, 0] == t] for t in temperatures]
    groups = [g[np.argsort(g[:, 1])] for g in groups]
    return FluidHydrogen(
        temperatures, tuple(g[:, 1] for g in groups), tuple(g[:, 2] for g in groups)
    )
