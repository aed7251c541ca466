"""The document of ``isotunnel pairing``."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge
from typing_extensions import TypedDict

from isotunnel.schemas.magnetism import Magnetism
from isotunnel.schemas.shape import Of, Triple

# Written as calls, for "lambda" cannot be the name of an attribute.
PairingAtom = TypedDict(
    "PairingAtom",
    {
        "symbol": str,
        "hopfield_ev_per_angstrom2": Annotated[float, Of("scattering.hopfield_ev_per_angstrom2")],
        "hopfield_mesh_error_ev_per_angstrom2": Annotated[
            float | None, Of("scattering.mesh_error")
        ],
        "channels": dict[str, float],
        "lambda": Annotated[float | None, Of("coupling")],
        "force_constant_ev_per_angstrom2": float | None,
        "radius_bohr": Annotated[float, Of("scattering.radius_bohr")],
        "phase_shifts": Annotated[list[float], Of("scattering.phase_shifts")],
        "dos_per_ev_spin": Annotated[list[float], Of("scattering.densities")],
    },
)
PairingAtom.__doc__ = "An entry of `atoms`."


class PairingPhonons(TypedDict):
    """The value of `phonons`."""

    highest_ev: float
    lowest_exact_ev: float | None
    supercell: Triple[Triple[int]]
    zone_centre_only: bool


class PairingSpectrum(TypedDict):
    """The value of `alpha2f`."""

    frequency_ev: list[float]
    values: list[float]


PairingFlat = TypedDict(
    "PairingFlat",
    {
        "lambda": Annotated[float, Of("coupling")],
        "omega_log_k": float,
        "tc_allen_dynes_k": Annotated[float, Of("tc_k")],
    },
)
PairingFlat.__doc__ = "The value of `flat`: the same eta with a constant alpha2 for each atom."


class PairingRange(TypedDict):
    """The value of `range`: where linear response's lambda, and Tc with it, are to be expected."""

    lambda_low: float
    lambda_high: float
    tc_low_k: float
    tc_high_k: float
    crystals: int
    tc_hydrides: int | None
    share: float


Pairing = TypedDict(
    "Pairing",
    {
        "schema": Literal["isotunnel.pairing/1"],
        "name": str,
        "theory": str,
        "pressure_gpa": float,
        "stable": bool,
        "cannot_say": Annotated[str | None, Of("unstable")],
        "lambda": Annotated[float | None, Of("coupling")],
        "omega_log_k": float | None,
        "omega_2_k": float | None,
        "mu_star": Annotated[float, Ge(0)],
        "mu_star_source": str,
        "tc_allen_dynes_k": float | None,
        "tc_eliashberg_k": float | None,
        "range": PairingRange | None,
        "isotope_exponent": float | None,
        "isotope_exponents": dict[str, float],
        "flat": PairingFlat | None,
        "dos_fermi_per_ev_spin": Annotated[float, Of("density_per_ev_spin")],
        "dos_fermi_error_per_ev_spin": Annotated[float | None, Of("density_error")],
        "atoms": Annotated[list[PairingAtom], Of("members")],
        "phonons": PairingPhonons,
        "alpha2f": Annotated[PairingSpectrum | None, Of("spectrum")],
        "magnetism": Magnetism | None,
        "warnings": list[str],
        "settings": dict[str, object],
        "versions": dict[str, str],
        "seconds": float,
    },
)
Pairing.__doc__ = "What ``isotunnel pairing --json`` prints."


class PairingPoint(TypedDict):
    """An entry of `points`."""

    asked_gpa: float
    cannot_say: str | None
    result: Pairing | None


class PairingScan(TypedDict):
    """What ``isotunnel pairing --pressure`` prints of several pressures."""

    schema: Literal["isotunnel.pairing_scan/1"]
    name: str
    dtc_dp_k_per_gpa: float | None
    points: list[PairingPoint]


class PairingStoredAtom(TypedDict):
    """An entry of `atoms`."""

    symbol: str
    hopfield_ev_per_angstrom2: float


PairingStored = TypedDict(
    "PairingStored",
    {
        "schema": Literal["isotunnel.pairing_stored/1"],
        "name": str,
        "theory": str,
        "structure": str,
        "space_group": int | None,
        "pressure_gpa": float,
        "stable": bool,
        "lambda": Annotated[float, Of("coupling")],
        "omega_log_k": float,
        "omega_2_k": float,
        "mu_star": Annotated[float, Ge(0)],
        "tc_allen_dynes_k": float,
        "tc_eliashberg_k": float | None,
        "range": PairingRange | None,
        "atoms": list[PairingStoredAtom],
        "warnings": list[str],
        "source": str,
    },
)
PairingStored.__doc__ = "What ``isotunnel pairing --stored --json`` prints."
