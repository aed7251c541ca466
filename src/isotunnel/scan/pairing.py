"""Coupling and Tc of one point of a scan, out of GPAW runs of its crystal."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from isotunnel.analysis.descriptors import Descriptor
from isotunnel.analysis.pairing import PairingSettings
from isotunnel.analysis.pairing.columns import COLUMNS, values_of
from isotunnel.analysis.pairing.store import PIECES_VERSION, PieceStore
from isotunnel.engines.base import Engine, Progress
from isotunnel.engines.gpaw_pw.settings import GpawSettings
from isotunnel.errors import CannotSay, EngineError, InputError

if TYPE_CHECKING:
    from ase import Atoms

_NO_RANGE = "the benchmark is too small for a range"


def pairing_settings(engine: Engine) -> PairingSettings:
    """Those of ``isotunnel pairing``, with the engine's own for the electrons.

    Raises:
        InputError: another engine than GPAW, or another functional than PBE.
    """
    settings = getattr(engine, "settings", None)
    if not isinstance(settings, GpawSettings):
        raise InputError(
            f"pairing needs the electrons of DFT, not the {engine.name} engine: add --engine gpaw"
        )
    return PairingSettings(gpaw=settings)


def pairing_entries(
    atoms: Atoms, settings: PairingSettings, *, fresh: bool = False, progress: Progress | None
) -> tuple[list[Descriptor], tuple[str, ...]]:
    """Coupling and Tc as cells of the point, and what to know before trusting them.

    See :func:`isotunnel.analysis.pairing.pairing`: rigid muffin tins, minutes a point, with its
    limits. A crystal without a Tc (an insulator, a magnet, an unstable one) has the reason in each
    cell and keeps the others of its point.

    Args:
        atoms: the crystal at the point.
        settings: of the calculation.
        fresh: compute pieces again that are kept.
        progress: told of each step.

    Raises:
        MissingExtraError: phonopy is not installed.
    """
    from isotunnel.analysis.pairing import pairing

    try:
        found = pairing(atoms, settings=settings, store=PieceStore(fresh=fresh), progress=progress)
    except (CannotSay, EngineError) as error:
        reason = " ".join(str(error).split())
        return [Descriptor(column, None, reason) for column in COLUMNS], ()
    values = values_of(found)
    reason = found.unstable or _NO_RANGE
    entries = [
        Descriptor(column, values.get(column.name), "" if column.name in values else reason)
        for column in COLUMNS
    ]
    return entries, found.warnings


def identity_of(settings: PairingSettings) -> dict[str, Any]:
    """What determines the cells beyond the point's own analysis."""
    kept = {name: value for name, value in asdict(settings).items() if name != "gpaw"}
    return {**kept, "supercell_atoms": settings.most_atoms, "pieces": PIECES_VERSION}
