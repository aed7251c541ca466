"""What an engine tells of a metal's atoms as scatterers of the electrons at the Fermi level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ase import Atoms

HIGHEST_L = 3
"""Angular momenta 0 to 3 (s, p, d, f) are resolved."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class MuffinTin:
    """The spherical potential of one atom and the electrons at the Fermi level inside its sphere.

    Attributes:
        symbol: element.
        atomic_number: nuclear charge.
        radius_bohr: of the sphere, which touches its nearest neighbour's.
        radii_bohr: shape (n,), ascending, the last beyond or at ``radius_bohr``.
        screening: shape (n,), v(r) r + Z at ``radii_bohr``, hartree bohr: 0 at the nucleus, so that
            it interpolates smoothly. v is the spherical average of the all-electron Kohn-Sham
            potential on the energy zero of the engine.
        density: shape (4,), states per eV, spin and cell inside the sphere, of l = 0 .. 3;
            averaged over the atoms that symmetry makes equal.
        density_change: shape (4,), what every second k-point alone gives minus ``density``.
    """

    symbol: str
    atomic_number: int
    radius_bohr: float
    radii_bohr: Floats
    screening: Floats
    density: Floats
    density_change: Floats


@dataclass(frozen=True, eq=False)
class FermiScatterers:
    """A metal as muffin tins in a constant potential, at the Fermi level.

    Attributes:
        atoms: the crystal.
        tins: one per atom, in order.
        equivalent: per atom, the index of the first atom that symmetry makes equal to it.
        fermi_ev: Fermi level on the energy zero of the potentials, eV.
        zero_ev: mean potential between the spheres, eV: the muffin-tin zero.
        density: states per eV, spin and cell at the Fermi level.
        density_change: what every second k-point alone gives minus ``density``; NaN where the
            mesh has no such half.
        mesh: k-points.
        pressure_gpa: of the cell as given.
        forces: shape (atoms, 3), eV/angstrom.
        settings: what determines the numbers.
        versions: of programs and data sets.
        warnings: what a user should know.
    """

    atoms: Atoms
    tins: tuple[MuffinTin, ...]
    equivalent: tuple[int, ...]
    fermi_ev: float
    zero_ev: float
    density: float
    density_change: float
    mesh: tuple[int, int, int]
    pressure_gpa: float
    forces: Floats
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def kinetic_ev(self) -> float:
        """Kinetic energy of an electron at the Fermi level between the spheres, eV."""
        return self.fermi_ev - self.zero_ev
