r"""The phonon spectrum of a crystal, and each atom's share in it.

.. math::

    F_j(\omega) = \frac{1}{3 N_q} \sum_{q\nu} |e_j^{q\nu}|^2\, \delta(\omega - \omega_{q\nu}),
    \qquad \int F_j\, d\omega = 1
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PhononSpectrum:
    """Modes on a mesh of wave vectors.

    Attributes:
        energies_ev: hbar omega of each mode, shape (modes,); negative stands for imaginary.
        shares: weight of each mode in F_j, shape (atoms, modes); each row adds up to 1.
        masses_amu: shape (atoms,).
        exact_energies_ev: of the modes at the wave vectors that the supercell holds, for which no
            interpolation is needed; the three of uniform motion left out.
        supercell: rows are the supercell's vectors in those of the crystal's cell, shape (3, 3).
    """

    energies_ev: Floats
    shares: Floats
    masses_amu: Floats
    exact_energies_ev: Floats
    supercell: NDArray[np.int64]

    @property
    def zone_centre_only(self) -> bool:
        """Whether the modes away from the zone centre are a guess from those at it."""
        return bool(abs(round(float(np.linalg.det(self.supercell)))) == 1)

    @property
    def highest_ev(self) -> float:
        """Energy of the stiffest mode, eV."""
        return float(self.energies_ev.max())

    @property
    def lowest_exact_ev(self) -> float:
        """Lowest energy at the wave vectors that the supercell holds, eV; negative: imaginary."""
        return float(self.exact_energies_ev.min(initial=np.inf))

    def density(self, grid_ev: Floats, width_ev: float) -> Floats:
        """F_j on a grid, broadened by Gaussians, shape (atoms, n), 1/eV; for pictures."""
        x = (grid_ev[:, None] - self.energies_ev) / width_ev
        bell = np.exp(-0.5 * x**2) / (width_ev * np.sqrt(2.0 * np.pi))
        return np.asarray(self.shares @ bell.T)
