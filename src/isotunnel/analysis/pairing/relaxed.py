"""The crystal under a pressure: relaxed once, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.engines.base import Progress
from isotunnel.engines.gpaw_pw.magnetic_starts import identity
from isotunnel.engines.gpaw_pw.runtime import versions
from isotunnel.engines.relaxing import RelaxTolerance

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.analysis.pairing.store import PieceStore
    from isotunnel.engines.gpaw_pw.settings import GpawSettings


def relaxed_under(
    atoms: Atoms,
    pressure_gpa: float,
    settings: GpawSettings,
    store: PieceStore,
    progress: Progress | None = None,
) -> Atoms:
    """The crystal with cell and positions relaxed under a pressure by GPAW, symmetry kept.

    Raises:
        MissingExtraError: GPAW is not installed.
        EngineError: no self-consistency, or not relaxed within the steps allowed.
    """
    from isotunnel.engines.gpaw_pw.engine import GpawEngine

    tolerance = RelaxTolerance()
    kept_by = {
        **identity(settings, atoms),
        "pressure_gpa": float(pressure_gpa),
        "tolerance": tolerance.as_dict(),
    }
    key = store.key("relaxed", atoms, kept_by, versions())
    known = store.relaxed(key, atoms)
    if known is not None:
        return known
    # From the crystal as given, with an engine that knows no neighbour: from the cell or the waves
    # of another pressure it would end elsewhere within the tolerance, and Tc would depend, if
    # little, on which pressures were asked for before. Nor do waves stay in memory that way.
    engine = GpawEngine(settings)
    found = engine.relax(atoms, pressure_gpa, tolerance=tolerance, progress=progress)
    store.keep_relaxed(key, found.structure.atoms)
    return found.structure.atoms
