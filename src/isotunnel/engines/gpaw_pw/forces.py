"""Forces on the atoms of a supercell, for phonons."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.symmetry import without_sharp_angles
from isotunnel.engines.base import Progress
from isotunnel.engines.gpaw_pw.blas_threads import single_blas_thread
from isotunnel.engines.gpaw_pw.checks import SHARPEST_DEGREES
from isotunnel.engines.gpaw_pw.runtime import third_party_warnings_silenced
from isotunnel.engines.gpaw_pw.scf import run_scf
from isotunnel.engines.gpaw_pw.settings import GpawSettings

if TYPE_CHECKING:
    from ase import Atoms

FORCE_SPACING = 0.35
"""k-points of force runs, 1/angstrom. Aluminium's highest phonon is at 468 K with it (measured:
about 465 K), at 506 K with 0.45."""

FORCE_SMEARING_EV = 0.2
FORCE_TOLERANCE = 1e-4
"""Electrons per valence electron; 1e-5 changes forces of 0.1 eV/angstrom in the fourth digit."""

FORCE_CUTOFF_EV = 400.0
"""Differences of forces need fewer waves than pressures: aluminium's phonons at 300 and 500 eV
agree within 0.1 %, forces of 0.21 eV/angstrom in ScInCu2 at 400 and 700 eV within 0.0003."""

FIRST_ROW_CUTOFF_EV = 500.0
"""With hydrogen, nitrogen, oxygen or fluorine: forces of 0.26 eV/angstrom in ScN are 0.0026 from
those at 700 eV, and 0.011 with 400."""

FIRST_ROW = frozenset(["H", "N", "O", "F"])


def force_settings(settings: GpawSettings, symbols: Collection[str]) -> GpawSettings:
    """The settings of force runs: fewer k-points, a wider smearing, fewer waves."""
    cutoff = settings.ecut_ev
    if cutoff is None:
        first_row = FIRST_ROW.intersection(symbols)
        cutoff = FIRST_ROW_CUTOFF_EV if first_row else FORCE_CUTOFF_EV
    return replace(
        settings,
        ecut_ev=cutoff,
        kpoint_spacing=FORCE_SPACING,
        smearing_ev=FORCE_SMEARING_EV,
        density_tolerance=FORCE_TOLERANCE,
    )


def gpaw_forces(
    atoms: Atoms, settings: GpawSettings, progress: Progress | None = None
) -> NDArray[np.float64]:
    """Forces, eV/angstrom, shape (atoms, 3), of one self-consistent run.

    Raises:
        MissingExtraError: GPAW is not installed.
        EngineError: no convergence.
    """
    # A supercell of a flat centred crystal may be very skew.
    cell = without_sharp_angles(atoms, SHARPEST_DEGREES)
    with single_blas_thread(), third_party_warnings_silenced():
        converged = run_scf(cell, settings, progress, wanted="occupied")
        return np.array(converged.calculator.get_forces())
