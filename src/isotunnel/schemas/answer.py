"""The answer of a theory, as plain values."""

from __future__ import annotations

from typing_extensions import TypedDict

from isotunnel.schemas.diagram import Answer, State


class Used(TypedDict):
    """A parameter that an answer rests on."""

    name: str
    value: float
    unit: str
    error: float | None
    source: str


class TheoryAnswer(TypedDict):
    """What one theory predicts for one material at one pressure and temperature."""

    theory: str
    material: str
    pressure_gpa: float
    temperature_k: float
    state: State | None
    state_reason: str
    confidence: float | None
    rho_uohm_cm: Answer
    tc_k: Answer
    hc_t: Answer
    hc2_t: Answer
    jc_a_cm2: Answer
    used: list[Used]
    notes: list[str]
    extrapolated: bool
