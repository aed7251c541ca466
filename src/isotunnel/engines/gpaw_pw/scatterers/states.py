r"""How much of a wave function of each angular momentum lies inside a sphere around an atom.

.. math::

    \psi_{L}(r) = 4\pi i^l \sum_G c_G\, j_l(|k+G| r)\, Y_L(\widehat{k+G})\, e^{i(k+G)\tau}
    + \sum_{i \in L} \langle\tilde p_i|\tilde\psi\rangle (\phi_i - \tilde\phi_i)(r),
    \qquad w_l = \sum_m \int_0^R r^2 |\psi_{lm}|^2 dr

The first term needs no projector: it is all there is for l = 3, which PAW data sets leave smooth.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import spherical_jn

from isotunnel.engines.scatterers import HIGHEST_L

Floats = NDArray[np.float64]

RADIAL_POINTS = 48
"""Gauss points of the integral over r, dense towards the nucleus."""

BESSEL_STEP = 0.01
"""Spacing of the table of spherical Bessel functions; a cubic spline errs by less than 1e-9."""


def radial_points(radius: float) -> tuple[Floats, Floats]:
    """Points and weights for an integral over 0 < r < radius; r = radius x^2, x by Gauss."""
    x, w = np.polynomial.legendre.leggauss(RADIAL_POINTS)
    x, w = (x + 1.0) / 2.0, w / 2.0
    return radius * x**2, w * 2.0 * radius * x


class SphereWeights:
    """Weights w_l of wave functions inside the spheres of chosen atoms.

    Args:
        dft: GPAW's calculation whose setups and positions are meant.
        atoms: indices of the atoms wanted.
        radii: radius of the sphere of each, bohr.
    """

    def __init__(self, dft: Any, atoms: list[int], radii: list[float]) -> None:
        self.atoms = atoms
        self.volume = abs(float(np.linalg.det(np.array(dft.density.nt_sR.desc.cell_cv))))
        self.positions = [np.asarray(dft.relpos_ac[a]) for a in atoms]
        self.cell = np.array(dft.density.nt_sR.desc.cell_cv)
        self.points = [radial_points(radius) for radius in radii]
        self.corrections = [
            _partial_wave_differences(dft.setups[a], points[0])
            for a, points in zip(atoms, self.points, strict=True)
        ]
        self.largest = max(radii)
        self._bessel: CubicSpline | None = None

    def of(self, waves: Any, bands: NDArray[np.int64]) -> Floats:
        """Weights at one k-point, shape (atoms, 4, bands)."""
        basis = waves.psit_nX.desc
        vectors = np.asarray(basis.reciprocal_vectors())
        lengths = np.linalg.norm(vectors, axis=1)
        # GPAW scales coefficients so that sum |c|^2 times the cell's volume is the norm.
        coefficients = waves.psit_nX.data[bands]
        angular = _harmonics(vectors, lengths)
        result = np.empty((len(self.atoms), HIGHEST_L + 1, len(bands)))
        for index, atom in enumerate(self.atoms):
            phase = np.exp(1j * (vectors @ (self.positions[index] @ self.cell)))
            shifted = coefficients * phase
            r, weights = self.points[index]
            bessel = self._table(lengths[:, None] * r)
            for l in range(HIGHEST_L + 1):  # noqa: E741
                total = np.zeros(len(bands))
                for m in range(l**2, (l + 1) ** 2):
                    smooth = 4.0 * np.pi * 1j**l * ((shifted * angular[m]) @ bessel[l])
                    total += self._integral(smooth, waves, bands, index, atom, m, weights * r**2)
                result[index, l] = total
        return result

    def _integral(
        self,
        smooth: NDArray[np.complex128],
        waves: Any,
        bands: NDArray[np.int64],
        index: int,
        atom: int,
        m: int,
        weights: Floats,
    ) -> Floats:
        columns, differences = self.corrections[index][m]
        if columns:
            smooth = smooth + waves.P_ani[atom][bands][:, columns] @ differences
        return np.asarray((np.abs(smooth) ** 2) @ weights)

    def _table(self, arguments: Floats) -> Floats:
        """j_l at arguments, shape (4, *arguments.shape)."""
        highest = float(arguments.max())
        if self._bessel is None or self._bessel.x[-1] < highest:
            x = np.arange(0.0, 1.2 * highest + 1.0, BESSEL_STEP)
            values = np.stack([spherical_jn(l, x) for l in range(HIGHEST_L + 1)], axis=-1)  # noqa: E741
            self._bessel = CubicSpline(x, values)
        return np.moveaxis(self._bessel(arguments), -1, 0)


def _harmonics(vectors: Floats, lengths: Floats) -> Floats:
    """Real Y_L of the directions, shape (16, G)."""
    from gpaw.sphere.spherical_harmonics import Y

    safe = np.where(lengths > 0, lengths, 1.0)
    unit = vectors / safe[:, None]
    # At k + G = 0 only l = 0 has a Bessel function that is not zero; any direction will do.
    unit[lengths == 0] = (0.0, 0.0, 1.0)
    return np.array(
        [np.zeros(len(unit)) + Y(index, *unit.T) for index in range((HIGHEST_L + 1) ** 2)]
    )


def _partial_wave_differences(setup: Any, r: Floats) -> list[tuple[list[int], Floats]]:
    """Per L the projectors' columns and (true minus smooth) partial waves at r, shape (i, r)."""
    columns: list[list[int]] = [[] for _ in range((HIGHEST_L + 1) ** 2)]
    rows: list[list[Floats]] = [[] for _ in columns]
    radii = setup.data.rgd.r_g
    first = 0
    for l, true, soft in zip(setup.l_j, setup.data.phi_jg, setup.data.phit_jg, strict=True):  # noqa: E741
        difference = CubicSpline(radii, np.asarray(true) - np.asarray(soft))(r)
        difference[r > max(setup.rcut_j)] = 0.0
        for m in range(2 * l + 1):
            if l <= HIGHEST_L:
                columns[l**2 + m].append(first + m)
                rows[l**2 + m].append(difference)
        first += 2 * l + 1
    return [(c, np.array(rows_)) for c, rows_ in zip(columns, rows, strict=True)]
