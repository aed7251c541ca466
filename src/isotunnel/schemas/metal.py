"""The document of ``isotunnel metal``."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge
from typing_extensions import TypedDict

from isotunnel.schemas.shape import Of
from isotunnel.schemas.spacing import RowDropped, RowUsed


class SeaPrediction(TypedDict):
    """The value of `predicted`: what the electron sea gives at zero pressure."""

    volume_a3: float
    energy_ev: float
    bulk_modulus_gpa: float


class NeighbourShift(TypedDict):
    """What an extra electron does to the nearest ion."""

    interaction_ev: float
    force_ev_angstrom: float
    displacement_angstrom: float


class SeaMetal(TypedDict):
    """An entry of `metals`."""

    element: str
    structure: str
    valence: Annotated[int, Ge(1)]
    core_radius_bohr: float
    r_s_bohr: float
    volume_a3: float
    predicted: SeaPrediction
    cohesive_ev: float
    measured_cohesive_ev: float
    measured_bulk_modulus_gpa: float
    shifts: dict[str, NeighbourShift]
    rows: list[RowUsed]


class IonMobility(TypedDict):
    """An entry of `mobility`."""

    element: str
    state: Literal["solid", "liquid"]
    temperature_k: float
    diffusion_cm2_s: float
    ion_mobility_cm2_vs: float
    resistivity_uohm_cm: float
    carried_on: bool
    charge_mobility_cm2_vs: float
    orders: float
    rows: list[RowUsed]


class Metal(TypedDict):
    """What ``isotunnel metal --json`` prints."""

    schema: Literal["isotunnel.electron_sea/1"]
    metals: Annotated[list[SeaMetal], Of("study.metals")]
    dropped: Annotated[list[RowDropped], Of("study.dropped")]
    mobility: list[IonMobility]
