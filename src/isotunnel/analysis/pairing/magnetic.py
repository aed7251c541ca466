"""Whether a crystal that is to be paired is magnetic, by spin-polarised runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from isotunnel.engines.base import Progress, part_of_progress
from isotunnel.engines.gpaw_pw.runtime import versions

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.analysis.pairing.store import PieceStore
    from isotunnel.engines.gpaw_pw.settings import GpawSettings
    from isotunnel.engines.magnetism import Magnetism

DOUBLING = ((1, 1, 0), (0, 1, 1), (1, 0, 1))
"""Twice the cell: a step along any lattice vector leads to the other half. In the primitive cell of
a body-centred crystal all nearest neighbours then lie in the other half."""


def magnetism_in(
    atoms: Atoms, settings: GpawSettings, store: PieceStore, progress: Progress | None = None
) -> Magnetism | None:
    """The magnetic state of a crystal; None where the settings ask for no look.

    A cell with one atom that may carry a moment has no room for opposite moments; where parallel
    ones vanish in it, twice the cell is tried with opposite ones, as in chromium. That state's
    moments and energies are of twice the cell.

    Raises:
        EngineError: no run converged.
    """
    from isotunnel.engines.gpaw_pw.magnetic_starts import identity, magnetic_starts

    starts = magnetic_starts(atoms, settings.spin)
    if not starts:
        return None
    key = store.key("magnetism", atoms, identity(settings, atoms), versions())
    known = store.magnetism(key)
    if known is None:
        known = _tried(atoms, settings, progress)
        store.keep_magnetism(key, known)
    return known


def _tried(atoms: Atoms, settings: GpawSettings, progress: Progress | None) -> Magnetism:
    from isotunnel.engines.gpaw_pw.ground_state import magnetic_state
    from isotunnel.engines.gpaw_pw.magnetic_starts import magnetic_starts

    found = magnetic_state(atoms, settings, part_of_progress(progress, 0.0, 0.4))
    (start, *more) = magnetic_starts(atoms, settings.spin)
    if found.magnetic or more or np.count_nonzero(start.moments_mu_b) != 1:
        return found
    twice = doubled(atoms, start.moments_mu_b)
    other = magnetic_state(twice, settings, part_of_progress(progress, 0.4, 1.0))
    tried = tuple(
        replace(t, name="antiferromagnetic") if any(t.start_mu_b) else t for t in other.tried
    )
    if other.magnetic:
        return replace(other, tried=tried)
    return replace(found, tried=(*found.tried, *(t for t in tried if any(t.start_mu_b))))


def doubled(atoms: Atoms, moments_mu_b: tuple[float, ...]) -> Atoms:
    """Twice the cell, with the moments of the second half turned."""
    from ase.build import make_supercell

    one = atoms.copy()
    one.set_initial_magnetic_moments(None)
    twice: Atoms = make_supercell(one, DOUBLING)
    # make_supercell goes through the halves one after the other.
    twice.set_initial_magnetic_moments([*moments_mu_b, *(-m for m in moments_mu_b)])
    return twice
