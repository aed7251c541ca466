"""Hopfield parameters of all atoms of a crystal, from its muffin tins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.scatterers import HIGHEST_L, FermiScatterers, MuffinTin
from isotunnel.theories.superconducting.rigid_muffin_tin.hopfield import (
    Channel,
    hopfield_channels,
)
from isotunnel.theories.superconducting.rigid_muffin_tin.radial import (
    Scattering,
    SphericalPotential,
    scattering,
)
from isotunnel.units import HARTREE_EV, RYDBERG_EV


@dataclass(frozen=True)
class AtomScattering:
    """One atom's share in the coupling of electrons and phonons.

    Attributes:
        symbol: element.
        radius_bohr: of the muffin tin.
        phase_shifts: delta_l at the Fermi level, l = 0 .. 3, radians.
        densities: N_l inside the sphere, states per eV, spin and cell.
        ratios: v_l = N_l / N_l^(1), per Ry and bohr^3.
        channels: parts of the Hopfield parameter.
        mesh_error: by which eta of a mesh of every second k-point differs, eV/angstrom^2; None
            where it is not known.
    """

    symbol: str
    radius_bohr: float
    phase_shifts: tuple[float, ...]
    densities: tuple[float, ...]
    ratios: tuple[float, ...]
    channels: tuple[Channel, ...]
    mesh_error: float | None

    @property
    def hopfield_ev_per_angstrom2(self) -> float:
        """eta = N <I^2>, eV/angstrom^2."""
        return sum(channel.hopfield_ev_per_angstrom2 for channel in self.channels)


def atom_scatterings(
    metal: FermiScatterers, *, relativistic: bool = True
) -> tuple[AtomScattering, ...]:
    """Phase shifts, ratios and Hopfield parameters of every atom.

    Raises:
        CannotSay: the Fermi level lies below the potential between the spheres.
    """
    waves: dict[int, tuple[Scattering, ...]] = {}
    found = []
    for tin, first in zip(metal.tins, metal.equivalent, strict=True):
        if first not in waves:
            waves[first] = _waves(metal, tin, relativistic)
        found.append(_atom(metal, tin, waves[first]))
    return tuple(found)


def _waves(metal: FermiScatterers, tin: MuffinTin, relativistic: bool) -> tuple[Scattering, ...]:
    potential = SphericalPotential(
        float(tin.atomic_number),
        tin.radii_bohr,
        tin.screening,
        tin.radius_bohr,
        metal.zero_ev / HARTREE_EV,
    )
    energy = metal.fermi_ev / HARTREE_EV
    return tuple(
        scattering(potential, energy, l, relativistic=relativistic)
        for l in range(HIGHEST_L + 1)  # noqa: E741
    )


def _atom(metal: FermiScatterers, tin: MuffinTin, waves: tuple[Scattering, ...]) -> AtomScattering:
    shifts = tuple(w.phase_shift for w in waves)
    free = np.array([w.free_scatterer for w in waves])
    ratios = tin.density * RYDBERG_EV / free
    channels = hopfield_channels(metal.density * RYDBERG_EV, shifts, ratios.tolist())
    error = _mesh_error(metal, tin, shifts, free)
    return AtomScattering(
        tin.symbol,
        tin.radius_bohr,
        shifts,
        tuple(tin.density.tolist()),
        tuple(ratios.tolist()),
        channels,
        error,
    )


def _mesh_error(
    metal: FermiScatterers,
    tin: MuffinTin,
    shifts: tuple[float, ...],
    free: NDArray[np.float64],
) -> float | None:
    """By how much eta differs with the densities of every second k-point.

    None where there are none; all of eta where those have no states at the Fermi level.
    """
    if not (np.isfinite(tin.density_change).all() and np.isfinite(metal.density_change)):
        return None

    def eta(density: float, by_l: NDArray[np.float64]) -> float:
        ratios = (by_l * RYDBERG_EV / free).tolist()
        channels = hopfield_channels(density * RYDBERG_EV, shifts, ratios)
        return sum(c.hopfield_ev_per_angstrom2 for c in channels)

    here = eta(metal.density, tin.density)
    coarse = metal.density + metal.density_change
    if coarse <= 0:
        return here
    return abs(eta(coarse, tin.density + tin.density_change) - here)
