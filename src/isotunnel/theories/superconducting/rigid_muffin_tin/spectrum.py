r"""The electron-phonon spectrum of rigid muffin tins.

.. math::

    \alpha^2F(\omega) = \sum_j \frac{\eta_j}{2 M_j \omega} F_j(\omega),\qquad
    \lambda = \sum_j \frac{\eta_j \langle\omega^{-2}\rangle_j}{M_j}

F_j is atom j's phonon density of states, normalised to one. Gaspari and Gyorffy's atoms scatter
independently: terms between two atoms, and the Fermi surface's own shape (nesting), are left out.

What eta fixes is one moment only, :math:`\int \omega\, \alpha^2F\, d\omega = \sum_j \eta_j / 2 M_j`
(McMillan 1968). How alpha^2 is spread over the frequencies is an assumption: independent atoms give
1 / omega, which makes long sound waves couple more than they do; the other usual one is a constant
alpha^2 for each atom, lambda = sum_j eta_j <omega^-1>_j / (M_j <omega>_j). For a Debye spectrum the
first lambda is 3/2 of the second and its omega_log 0.61 of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.phonons.spectrum import PhononSpectrum
from isotunnel.errors import CannotSay
from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.units import ELEMENTARY_CHARGE_C

Floats = NDArray[np.float64]

HBAR_J_S = 1.054571817e-34
ATOMIC_MASS_KG = 1.66053906892e-27
HBAR2_EV = HBAR_J_S**2 / ATOMIC_MASS_KG / ELEMENTARY_CHARGE_C * 1e20
"""hbar^2 / (1 amu angstrom^2) in eV, 4.18e-3: eta / M <omega^-2> = eta HBAR2_EV <E^-2> / M."""

GRID_POINTS = 250
SOFT_SHARE = 0.003
"""Modes below this share of the highest energy are left out: uniform motion, or imaginary."""

UNSTABLE_SHARE = 0.04
"""An imaginary mode larger than this share of the highest energy makes a crystal unstable; smaller
ones are the errors of forces and supercell."""


def instability(phonons: PhononSpectrum) -> str:
    """Why no Tc follows from these phonons, "" where they are stable.

    Only wave vectors that the supercell holds decide: between them frequencies are interpolated.
    """
    lowest = phonons.lowest_exact_ev
    if lowest >= -UNSTABLE_SHARE * phonons.highest_ev:
        return ""
    return (
        f"imaginary modes (the strongest {-1000 * lowest:.1f} meV i, the highest real one "
        f"{1000 * phonons.highest_ev:.1f} meV): this crystal is unstable as given, or held up by "
        "anharmonic motion, and harmonic phonons give it no Tc"
    )


def used_modes(phonons: PhononSpectrum) -> NDArray[np.bool_]:
    """Which modes count: those above :data:`SOFT_SHARE` of the highest."""
    return np.asarray(phonons.energies_ev > SOFT_SHARE * phonons.highest_ev)


def left_out_share(phonons: PhononSpectrum) -> float:
    """Weight of the modes that do not count, of all modes."""
    return float(phonons.shares[:, ~used_modes(phonons)].sum() / len(phonons.shares))


def inverse_square(phonons: PhononSpectrum) -> Floats:
    """<(hbar omega)^-2> of each atom over the modes that count, 1/eV^2, shape (atoms,)."""
    used = used_modes(phonons)
    shares = phonons.shares[:, used]
    moments = shares @ phonons.energies_ev[used] ** -2.0
    return np.asarray(moments / shares.sum(axis=1))


def atom_couplings(hopfield: Sequence[float], phonons: PhononSpectrum) -> Floats:
    """lambda_j = eta_j <omega^-2>_j / M_j of each atom; eta in eV/angstrom^2."""
    eta = np.asarray(hopfield, dtype=float)
    return np.asarray(eta * HBAR2_EV * inverse_square(phonons) / phonons.masses_amu)


def spectral_function(
    hopfield: Sequence[float],
    phonons: PhononSpectrum,
    *,
    flat: bool = False,
    source: str = "rigid muffin tins",
) -> Alpha2F:
    """alpha^2 F on a grid of :data:`GRID_POINTS` energies, its lambda that of the single modes.

    Args:
        hopfield: eta of each atom, eV/angstrom^2.
        phonons: their spectrum.
        flat: a constant alpha^2 for each atom in place of 1 / omega.
        source: what to call it.

    Raises:
        CannotSay: no mode with a positive frequency counts.
    """
    used = used_modes(phonons)
    energies = phonons.energies_ev[used]
    if energies.size == 0:
        raise CannotSay("no phonon mode has a real frequency")
    shares = phonons.shares[:, used]
    shares = shares / shares.sum(axis=1, keepdims=True)
    eta = np.asarray(hopfield, dtype=float)
    spread = shares / energies**2
    if flat:
        spread = shares / energies / (shares @ energies)[:, None]
    coupling = (eta * HBAR2_EV / phonons.masses_amu) @ spread
    grid = np.linspace(0.0, 1.01 * float(energies.max()), GRID_POINTS + 1)
    step = grid[1]
    # Each mode is split between its two grid points, which keeps its lambda and its mean energy.
    place = energies / step
    # At zero frequency a spectrum has no room for lambda: the first point takes what is below it.
    lower = np.clip(place.astype(int), 1, GRID_POINTS - 1)
    part = np.maximum(place - lower, 0.0)
    by_point = np.bincount(lower, coupling * (1.0 - part), GRID_POINTS + 1)
    by_point += np.bincount(lower + 1, coupling * part, GRID_POINTS + 1)
    values = by_point[1:] * grid[1:] / (2.0 * step)
    # Alpha2F weighs its ends by half a step: the first counts double, the last is an added zero.
    values[0] *= 2.0
    ends = np.concatenate((grid[1:], [grid[-1] + step]))
    return Alpha2F.from_arrays(ends, np.concatenate((values, [0.0])), source)
