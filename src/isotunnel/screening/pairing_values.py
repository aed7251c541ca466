"""Coupling and Tc of one crystal of a screen, out of its own run of GPAW."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isotunnel.analysis.pairing.columns import values_of
from isotunnel.errors import CannotSay, EngineError

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.gpaw_pw.settings import GpawSettings


def pairing_values(atoms: Atoms, gpaw: GpawSettings) -> dict[str, Any]:
    """Lambda, means of the phonons and Tc by column; of a crystal without them, why.

    See :func:`isotunnel.analysis.pairing.pairing`: rigid muffin tins, minutes a crystal, with its
    limits. mu* is that of ``isotunnel pairing``. A crystal that cannot have a Tc keeps its other
    values, with the reason in ``cannot_say_pairing``.

    Raises:
        MissingExtraError: phonopy is not installed.
        InputError: a setting of GPAW that pairing is not for.
    """
    from isotunnel.analysis.pairing import PairingSettings, pairing

    try:
        found = pairing(atoms, settings=PairingSettings(gpaw=gpaw))
    except (CannotSay, EngineError) as reason:
        return {"cannot_say_pairing": " ".join(str(reason).split())}
    return values_of(found) or {"cannot_say_pairing": found.unstable}
