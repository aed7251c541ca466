"""What determines a pairing calculation."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from isotunnel.engines.gpaw_pw.settings import GpawSettings
from isotunnel.errors import InputError
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import GPAW_FORCES, TABLES

FORCES = tuple(TABLES)
"""Where forces on displaced atoms may come from: each with a benchmark of its own."""

GPAW_ATOMS, POTENTIAL_ATOMS = 8, 64
"""Atoms in a displaced cell at most: GPAW's time grows as their square or faster, that of a
potential hardly."""

MOST_MU_STAR = 0.3
"""Published values lie from 0.09 to 0.2. Carried to the cut-off of the Matsubara sums, some ten
times the highest phonon frequency, a value of 0.4 diverges."""


def check_mu_star(mu_star: float) -> None:
    """Raise InputError for a Coulomb pseudopotential that cannot be."""
    if not 0 <= mu_star <= MOST_MU_STAR:
        raise InputError(
            f"mu* = {mu_star:g} must lie between 0 and {MOST_MU_STAR:g}: published values do, and "
            "larger ones cannot be carried to the cut-off of the Eliashberg equations"
        )


@dataclass(frozen=True)
class PairingSettings:
    """What determines a pairing calculation.

    Attributes:
        mu_star: Coulomb pseudopotential; None for 0.26 N / (1 + N), N states per eV and atom
            (Bennemann and Garland, AIP Conf. Proc. 4, 103 (1972)).
        forces: on displaced atoms, of :data:`FORCES`.
        supercell_atoms: atoms in a displaced cell at most; None for as many as the forces allow.
        dense_spacing: largest distance of neighbouring k-points that N(E_F) and the Hopfield
            parameters come from, 1/angstrom.
        displacement_angstrom: how far atoms are moved.
        gpaw: settings of the electrons; ``spin="off"`` computes the non-magnetic state without a
            look for moments.

    Raises:
        InputError: one of them cannot be.
    """

    mu_star: float | None = 0.12
    forces: str = GPAW_FORCES
    supercell_atoms: int | None = None
    dense_spacing: float = 0.2
    displacement_angstrom: float = 0.03
    gpaw: GpawSettings = field(default_factory=GpawSettings)

    def __post_init__(self) -> None:
        if self.gpaw.xc != "PBE":
            raise InputError(f"pairing is with PBE alone, not --xc {self.gpaw.xc}")
        if self.mu_star is not None:
            check_mu_star(self.mu_star)
        if self.forces not in FORCES:
            raise InputError(f"unknown forces {self.forces!r}; known: {', '.join(FORCES)}")
        if self.supercell_atoms is not None and self.supercell_atoms < 1:
            raise InputError(f"a supercell of {self.supercell_atoms} atoms holds nothing")
        if not (np.isfinite(self.dense_spacing) and self.dense_spacing > 0):
            raise InputError(
                f"--dense-spacing must be a positive number, got {self.dense_spacing:g}"
            )
        if not (np.isfinite(self.displacement_angstrom) and self.displacement_angstrom > 0):
            raise InputError(f"displacement {self.displacement_angstrom:g} must be positive")

    @property
    def most_atoms(self) -> int:
        """Atoms in a displaced cell at most."""
        if self.supercell_atoms is not None:
            return self.supercell_atoms
        return GPAW_ATOMS if self.forces == GPAW_FORCES else POTENTIAL_ATOMS
