"""Coupling and Tc of crystals whose rigid-muffin-tin results were computed beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from isotunnel.analysis.pairing.limits import ZONE_CENTRE, doubts_of_elements, doubts_of_strength
from isotunnel.analysis.pairing.ranges import expected_range
from isotunnel.analysis.pairing.result import PairingRange
from isotunnel.analysis.pairing.settings import check_mu_star
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import MU_STAR
from isotunnel.theories.superconducting.rigid_muffin_tin.stored import stored_named
from isotunnel.theories.superconducting.rigid_muffin_tin.theory import NAME


@dataclass(frozen=True)
class StoredAtom:
    """An atom's Hopfield parameter, eV/angstrom^2."""

    symbol: str
    hopfield_ev_per_angstrom2: float


@dataclass(frozen=True)
class StoredPairing:
    """One stored result, with the Coulomb pseudopotential that alone is put in.

    Attributes:
        name: of the crystal.
        structure: where its cell is from.
        space_group: number, None where it was not looked for.
        pressure_gpa: of the cell.
        coupling: lambda.
        omega_log_k: logarithmic mean frequency, kelvin.
        omega_2_k: root mean square frequency, kelvin.
        mu_star: the Coulomb pseudopotential.
        tc_allen_dynes_k: kelvin, with both correction factors.
        tc_eliashberg_k: kelvin; known with mu* = 0.10 alone, for the spectrum is not stored.
        range: of lambda and Tc, learnt from the benchmark; None while it is too small.
        atoms: Hopfield parameters.
        warnings: where the theory is known to fail.
        source: what computed it, for people.
    """

    name: str
    structure: str
    space_group: int | None
    pressure_gpa: float
    coupling: float
    omega_log_k: float
    omega_2_k: float
    mu_star: float
    tc_allen_dynes_k: float
    tc_eliashberg_k: float | None
    range: PairingRange | None
    atoms: tuple[StoredAtom, ...]
    warnings: tuple[str, ...]
    source: str
    theory: str = NAME
    stable: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON. Keys: ``isotunnel.schemas.pairing``."""
        from isotunnel.schemas import PairingStored, document

        return document(PairingStored, self)


def stored_pairing(name: str, mu_star: float) -> StoredPairing:
    """What is stored of a crystal, by any name that a user may call it.

    Raises:
        InputError: nothing is stored of it, and the message says what there is; or ``mu_star``
            cannot be.
        CannotSay: it was computed and has no spectrum; the message says why.
    """
    check_mu_star(mu_star)
    found = stored_named(name)
    row = found.row
    elements = {symbol for symbol, _ in row.hopfield}
    zone_centre = (ZONE_CENTRE,) if row.supercell_cells == 1 else ()
    moments = found.omega_log_k.value, found.omega_2_k.value
    return StoredPairing(
        name=found.name,
        structure=row.structure,
        space_group=row.space_group,
        pressure_gpa=row.pressure_gpa,
        coupling=found.lambda_ep.value,
        omega_log_k=found.omega_log_k.value,
        omega_2_k=found.omega_2_k.value,
        mu_star=mu_star,
        tc_allen_dynes_k=found.tc_k(mu_star),
        tc_eliashberg_k=row.tc_eliashberg_k if mu_star == MU_STAR else None,
        range=expected_range(elements, found.lambda_ep.value, moments, mu_star),
        atoms=tuple(StoredAtom(*pair) for pair in row.hopfield),
        warnings=(
            *doubts_of_elements(elements),
            *zone_centre,
            *doubts_of_strength(found.lambda_ep.value),
        ),
        source=found.lambda_ep.source,
    )
