"""Where linear response's lambda and Tc are to be expected, given those of rigid muffin tins."""

from __future__ import annotations

from collections.abc import Collection

from isotunnel.analysis.pairing.result import PairingRange
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import GPAW_FORCES
from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import (
    coupling_range,
    hydride_tc_range,
)
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc


def expected_range(
    symbols: Collection[str],
    coupling: float,
    moments_k: tuple[float, float],
    mu_star: float,
    forces: str = GPAW_FORCES,
) -> PairingRange | None:
    """The range that the benchmark allows; None while it has too few crystals.

    Tc of a hydride lies where it lay among the predicted hydrides, of which no lambda is
    published; that of any other crystal between those with the ends of lambda's range.

    Args:
        symbols: elements of the crystal.
        coupling: lambda.
        moments_k: omega_log and omega_2, kelvin.
        mu_star: Coulomb pseudopotential.
        forces: what gave those on displaced atoms.
    """
    factors = coupling_range(forces)
    if factors is None:
        return None
    omega_log, omega_2 = moments_k

    def tc(of: float) -> float:
        return float(allen_dynes_tc(of, omega_log, mu_star, omega_2))

    low, high = coupling * factors.low, coupling * factors.high
    hydrides = hydride_tc_range() if "H" in symbols else None
    if hydrides is None:
        return PairingRange(low, high, tc(low), tc(high), factors.crystals, None, factors.share)
    here = tc(coupling)
    ends = here * hydrides.low, here * hydrides.high
    return PairingRange(low, high, *ends, factors.crystals, hydrides.crystals, factors.share)
