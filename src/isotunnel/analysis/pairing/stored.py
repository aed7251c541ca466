"""Coupling and Tc of substances whose rigid-muffin-tin results were computed beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from isotunnel.theories.superconducting.rigid_muffin_tin.theory import (
    NAME,
    STORED_AT_GPA,
    stored_name,
    stored_results,
)
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc


@dataclass(frozen=True)
class StoredPairing:
    """One stored result.

    Attributes:
        name: of the substance.
        coupling: lambda.
        omega_log_k: logarithmic mean frequency, kelvin.
        omega_2_k: root mean square frequency, kelvin.
        mu_star: the Coulomb pseudopotential, which alone is put in.
        source: what computed it, for people.
    """

    name: str
    coupling: float
    omega_log_k: float
    omega_2_k: float
    mu_star: float
    source: str
    theory: str = NAME
    pressure_gpa: float = STORED_AT_GPA

    @property
    def tc_allen_dynes_k(self) -> float:
        """Tc in kelvin, with both correction factors of Allen and Dynes."""
        tc: float = allen_dynes_tc(self.coupling, self.omega_log_k, self.mu_star, self.omega_2_k)
        return tc

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON. Keys: ``isotunnel.schemas.pairing``."""
        from isotunnel.schemas import PairingStored, document

        return document(PairingStored, self)


def stored_pairing(name: str, mu_star: float) -> StoredPairing:
    """What is stored of a substance, by any name that a user may call it.

    Raises:
        InputError: nothing is stored of it; the message lists what there is.
    """
    name = stored_name(name)
    found = stored_results()[name]
    coupling, mean, square = (found[key] for key in ("lambda_ep", "omega_log_k", "omega_2_k"))
    return StoredPairing(name, coupling.value, mean.value, square.value, mu_star, coupling.source)
