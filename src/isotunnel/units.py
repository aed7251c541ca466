"""Unit constants. Inside Isotunnel: eV, angstrom, GPa, K. Conversion happens only at the door.

Values are CODATA as shipped with scipy, so one source serves the whole package.
"""

from __future__ import annotations

from scipy import constants as _c

BOHR_ANGSTROM: float = _c.physical_constants["Bohr radius"][0] * 1e10
"""1 bohr in angstrom."""

HARTREE_EV: float = _c.physical_constants["Hartree energy in eV"][0]
"""1 hartree in eV."""

RYDBERG_EV: float = HARTREE_EV / 2.0
"""1 rydberg in eV."""

EV_PER_ANGSTROM3_GPA: float = _c.e * 1e30 / 1e9
"""1 eV/angstrom^3 in GPa."""

BOLTZMANN_EV_K: float = _c.physical_constants["Boltzmann constant in eV/K"][0]
"""Boltzmann constant in eV/K."""

COULOMB_EV_ANGSTROM: float = HARTREE_EV * BOHR_ANGSTROM
"""e^2 / (4 pi epsilon_0) in eV angstrom."""
