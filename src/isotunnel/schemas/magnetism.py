"""The magnetic state in the documents of ``isotunnel analyze`` and ``isotunnel pairing``."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from isotunnel.schemas.shape import Of


class MagneticStart(TypedDict):
    """One self-consistent run among those that the magnetic state was chosen from."""

    name: Literal["non-magnetic", "ferromagnetic", "antiferromagnetic", "as given"]
    start_mu_b: list[float]
    found_mu_b: list[float]
    energy_ev: float | None
    failed: str


class SpinChannel(TypedDict):
    """Levels of the electrons of one spin."""

    spin: Literal["up", "down"]
    vbm_ev: float | None
    cbm_ev: float | None
    band_gap_ev: float | None
    dos_fermi_per_ev_cell: Annotated[float, Of("dos_fermi")]


class Magnetism(TypedDict):
    """The magnetic state of lowest energy among the starts tried."""

    order: Literal["non-magnetic", "ferromagnetic", "antiferromagnetic", "ferrimagnetic"]
    moment_mu_b: float
    moments_mu_b: list[float]
    gain_ev: float | None
    channels: list[SpinChannel]
    tried: list[MagneticStart]
