"""Band-limited periodic fields known at every point, with their derivatives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float64]


@dataclass(frozen=True)
class FourierField:
    """f(u) = sum_q amplitude_q cos(2 pi (wave_q . u) + phase_q), u fractional."""

    waves: NDArray[np.int64]
    amplitudes: Real
    phases: Real

    def on_grid(self, shape: tuple[int, int, int]) -> Real:
        """Values at the points (i/n1, j/n2, k/n3)."""
        total = np.zeros(shape, dtype=complex)
        for wave, amplitude, phase in zip(self.waves, self.amplitudes, self.phases, strict=True):
            along = [
                np.exp(2j * np.pi * w * np.arange(n) / n) for w, n in zip(wave, shape, strict=True)
            ]
            total += amplitude * np.exp(1j * phase) * np.einsum("i,j,k->ijk", *along)
        return np.ascontiguousarray(total.real)

    def at(self, u: Real) -> float:
        return float(self.amplitudes @ np.cos(2 * np.pi * self.waves @ u + self.phases))

    def gradient(self, u: Real) -> Real:
        """(3,) with respect to the fractional coordinates."""
        slope = -self.amplitudes * np.sin(2 * np.pi * self.waves @ u + self.phases)
        return np.asarray(2 * np.pi * slope @ self.waves)

    def hessian(self, u: Real) -> Real:
        """(3, 3) with respect to the fractional coordinates."""
        bend = -self.amplitudes * np.cos(2 * np.pi * self.waves @ u + self.phases)
        return np.asarray(4 * np.pi**2 * (self.waves.T * bend) @ self.waves)

    def critical_point(self, start: Real) -> Real:
        """Newton's method from a point that is already close."""
        u = np.array(start, dtype=float)
        for _ in range(30):
            step = np.linalg.solve(self.hessian(u), self.gradient(u))
            u = u - step
            if np.abs(step).max() < 1e-14:
                break
        return u


def random_field(rng: np.random.Generator, highest: int = 2, decay: float = 1.0) -> FourierField:
    """All waves up to |q| <= highest, one of each +-q pair, amplitudes falling with |q|."""
    waves = []
    for index in np.ndindex(*(2 * highest + 1,) * 3):
        wave = np.array(index) - highest
        if 0 < wave @ wave <= highest**2 and wave[np.flatnonzero(wave)[0]] > 0:
            waves.append(wave)
    q = np.array(waves)
    amplitudes = rng.normal(size=len(q)) * np.exp(-decay * (q**2).sum(axis=1) / 2)
    return FourierField(q, amplitudes, rng.uniform(0, 2 * np.pi, len(q)))
