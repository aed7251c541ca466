"""Pairing as columns of a table of many crystals or pressures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.atlas.point import Column

if TYPE_CHECKING:
    from isotunnel.analysis.pairing.result import PairingResult

COLUMNS = tuple(
    Column(name, unit, meaning, "pairing", "rigid muffin tins")
    for name, unit, meaning in (
        ("lambda_ep", "1", "electron-phonon coupling by rigid muffin tins"),
        ("lambda_ep_low", "1", "linear response's coupling is to be expected from here"),
        ("lambda_ep_high", "1", "linear response's coupling is to be expected up to here"),
        ("omega_log_k", "K", "logarithmic mean frequency of the spectrum of pairing"),
        ("omega_2_k", "K", "root mean square frequency of the spectrum of pairing"),
        ("mu_star", "1", "Coulomb pseudopotential, which alone is put in"),
        ("tc_allen_dynes_k", "K", "Tc by Allen and Dynes with both factors"),
        ("tc_allen_dynes_low_k", "K", "Tc with the lower coupling"),
        ("tc_allen_dynes_high_k", "K", "Tc with the higher coupling"),
        ("tc_eliashberg_k", "K", "Tc by the isotropic Eliashberg equations"),
    )
)
"""What a crystal with a Tc has values in; the ends of a range only where there is one."""


def values_of(found: PairingResult) -> dict[str, float | None]:
    """What was found, by the name of its column; nothing of an unstable crystal."""
    spectrum, between = found.spectrum, found.range
    if spectrum is None:
        return {}
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
