"""Clouds of free atoms side by side: what a deformed cloud is compared with.

Each is the spherical, spin-paired valence density of the atom that GPAW's data set was made from,
in the ground-state configuration that it names, so that cloud and deformed cloud hold the same
electrons and the same cores.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import EngineError
from isotunnel.units import BOHR_ANGSTROM

NEGLIGIBLE = 1e-6
"""Electrons per cubic angstrom below which a free cloud ends."""


@dataclass(frozen=True, eq=False)
class FreeCloud:
    """Valence cloud of a free atom.

    Attributes:
        symbol: of the element.
        electrons: in the cloud.
        radii: angstrom, rising, shape (n,).
        density: electrons per cubic angstrom there.
    """

    symbol: str
    electrons: float
    radii: NDArray[np.float64]
    density: NDArray[np.float64]

    @property
    def reach(self) -> float:
        """Radius beyond which it is negligible, angstrom."""
        return float(self.radii[np.nonzero(self.density > NEGLIGIBLE)[0][-1]])

    def at(self, distances: NDArray[np.float64]) -> NDArray[np.float64]:
        """Density at distances from the nucleus, angstrom; 0 beyond the reach."""
        # Its logarithm is smooth, and straight far out.
        inside = self.density > 0.1 * NEGLIGIBLE
        logs = np.log(self.density[inside])
        values = np.exp(np.interp(distances, self.radii[inside], logs))
        return np.asarray(np.where(distances <= self.reach, values, 0.0))


@lru_cache(maxsize=32)
def gpaw_cloud(symbol: str) -> FreeCloud:
    """The cloud of GPAW's PBE data set.

    Raises:
        MissingExtraError: GPAW is not installed.
        EngineError: no data set of that element.
    """
    from isotunnel.engines.gpaw_pw.runtime import import_gpaw

    import_gpaw()
    from gpaw.setup_data import SetupData
    from scipy.interpolate import CubicSpline

    try:
        data = SetupData(symbol, "PBE")
    except FileNotFoundError:
        raise EngineError(f"GPAW has no PBE data set for {symbol}") from None
    radii = data.rgd.r_g  # type: ignore[union-attr]
    pairs = zip(data.f_j, data.phi_jg, strict=True)
    density = sum(f * phi**2 for f, phi in pairs if f > 0) / (4 * np.pi)
    # GPAW's own points are some per cent of the radius apart, too far for straight lines.
    kept = density > 1e-12
    fine = np.linspace(0.0, float(radii[kept][-1]), 12001)
    values = np.exp(CubicSpline(radii[kept], np.log(density[kept]))(fine))
    return FreeCloud(symbol, float(sum(data.f_j)), fine * BOHR_ANGSTROM, values / BOHR_ANGSTROM**3)
