"""Coupling and Tc of one crystal of a screen, out of its own run of GPAW."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isotunnel.errors import CannotSay, EngineError

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.analysis.pairing.result import PairingResult
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
    return values_of_pairing(found)


def values_of_pairing(found: PairingResult) -> dict[str, Any]:
    """What a pairing calculation found, by column."""
    spectrum, between = found.spectrum, found.range
    if spectrum is None:
        return {"cannot_say_pairing": found.unstable}
    values = {
        "lambda_ep": found.coupling,
        "omega_log_k": spectrum.omega_log_k,
        "omega_2_k": spectrum.omega_2_k,
        "mu_star": found.mu_star,
        "tc_allen_dynes_k": found.tc_allen_dynes_k,
        "tc_eliashberg_k": found.tc_eliashberg_k,
    }
    if between is not None:
        values |= {
            "lambda_ep_low": between.lambda_low,
            "lambda_ep_high": between.lambda_high,
            "tc_allen_dynes_low_k": between.tc_low_k,
            "tc_allen_dynes_high_k": between.tc_high_k,
        }
    return values
