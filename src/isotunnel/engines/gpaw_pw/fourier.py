"""Band-limited functions on periodic grids: resampling and gradients by Fourier transform."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import fft


def resample(values: NDArray[np.float64], shape: tuple[int, int, int]) -> NDArray[np.float64]:
    """The trigonometric interpolant of ``values`` on a finer or coarser periodic grid.

    Exact for functions without components at or beyond the Nyquist frequency of the coarser grid;
    those are dropped, so that the result does not depend on the origin.
    """
    if values.shape == shape:
        return values.copy()
    coefficients = fft.fftn(values)
    out = np.zeros(shape, dtype=complex)
    source = np.ix_(*(_kept(n, m)[0] for n, m in zip(values.shape, shape, strict=True)))
    target = np.ix_(*(_kept(n, m)[1] for n, m in zip(values.shape, shape, strict=True)))
    out[target] = coefficients[source]
    scale = out.size / values.size
    resampled: NDArray[np.float64] = fft.ifftn(out).real * scale
    return resampled


def gradient(values: NDArray[np.float64], cell: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cartesian gradient, shape (3, n1, n2, n3), in units of ``values`` per unit of ``cell``."""
    coefficients = fft.fftn(values)
    reciprocal = 2.0 * np.pi * np.linalg.inv(cell).T
    indices = [_frequencies(n) for n in values.shape]
    out = np.empty((3, *values.shape))
    for v in range(3):
        wave = (
            indices[0][:, None, None] * reciprocal[0, v]
            + indices[1][None, :, None] * reciprocal[1, v]
            + indices[2][None, None, :] * reciprocal[2, v]
        )
        out[v] = fft.ifftn(1j * wave * coefficients).real
    return out


def _frequencies(n: int) -> NDArray[np.float64]:
    frequencies: NDArray[np.float64] = fft.fftfreq(n, 1.0 / n)
    if n % 2 == 0:
        # The Nyquist component of a real function has no definite sign, hence no derivative.
        frequencies[n // 2] = 0.0
    return frequencies


def _kept(n: int, m: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions, in transforms of length n and m, of the frequencies which both represent."""
    highest = (min(n, m) - 1) // 2
    frequencies = np.arange(-highest, highest + 1)
    return frequencies % n, frequencies % m
