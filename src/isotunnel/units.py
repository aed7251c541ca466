"""Unit constants. Inside Isotunnel: eV, angstrom, GPa, K. Conversion happens only at the door.

CODATA 2022 recommended values (P. J. Mohr et al., Rev. Mod. Phys. 97, 025002 (2025)). They are
written out rather than taken from scipy.constants, whose import alone takes as long as reading a
grid file; a test compares the two.
"""

from __future__ import annotations

import math

ELEMENTARY_CHARGE_C: float = 1.602176634e-19
"""Elementary charge in coulomb, exact."""

BOHR_ANGSTROM: float = 0.529177210544
"""1 bohr in angstrom."""

HARTREE_EV: float = 27.211386245981
"""1 hartree in eV."""

RYDBERG_EV: float = HARTREE_EV / 2.0
"""1 rydberg in eV."""

EV_PER_ANGSTROM3_GPA: float = ELEMENTARY_CHARGE_C * 1e30 / 1e9
"""1 eV/angstrom^3 in GPa."""

BOLTZMANN_EV_K: float = 1.380649e-23 / ELEMENTARY_CHARGE_C
"""Boltzmann constant in eV/K, exact."""

COULOMB_EV_ANGSTROM: float = HARTREE_EV * BOHR_ANGSTROM
"""e^2 / (4 pi epsilon_0) in eV angstrom."""

ELECTRON_MASS_KG = 9.1093837139e-31
"""CODATA 2022."""

MU_0 = 4e-7 * math.pi
"""Vacuum permeability in T m / A; its CODATA value differs in the tenth digit."""

KJ_PER_MOL_EV: float = 1e3 / (6.02214076e23 * ELEMENTARY_CHARGE_C)
"""1 kJ/mol in eV per particle, exact."""

ROOM_K = 300.0
"""Room temperature: of a state or volume where a source says no more than that."""

HANDBOOK_K = 293.0
"""Temperature at which handbooks tabulate resistivities: 20 degrees Celsius, as they round it.

Not ``ROOM_K``: a metal's resistivity rises by 2 or 3 % from one to the other.
"""

AMU_PER_ANGSTROM3_G_CM3 = 1.66053906892
"""1 atomic mass unit per cubic angstrom in g/cm^3."""
