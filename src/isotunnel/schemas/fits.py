"""The document of ``isotunnel fits``."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from isotunnel.schemas.shape import Of

Theory = Literal["tunnel", "bloch_grueneisen", "yardstick"]


class Law(TypedDict):
    """An entry of `laws`."""

    name: str
    title: str
    theory: Theory
    formula: str
    parameters: Annotated[int | None, Of("count")]


class FittedParameter(TypedDict):
    """An entry of `parameters`."""

    name: str
    value: float
    error: float | None
    unit: str
    at_bound: bool


class FitScore(TypedDict):
    """An entry of `training`, `held_out`."""

    points: int
    rms_relative: float
    worst_relative: float
    log_likelihood: float | None


class Fit(TypedDict):
    """An entry of `fits`."""

    law: str
    theory: Theory
    split: Literal["alternate", "extrapolate"]
    noise: Literal["relative", "absolute"]
    free_parameters: int | None
    reason: str
    parameters: list[FittedParameter]
    covariance: list[list[float]] | None
    sigma: float | None
    training: FitScore | None
    held_out: FitScore | None
    aic: float | None
    bic: float | None
    aicc: float | None


class FitPoint(TypedDict):
    """An entry of `points`."""

    row: Annotated[str, Of("0.row")]
    temperature_k: Annotated[float, Of("0.temperature_k")]
    source: Annotated[str, Of("0.source")]
    grade: Annotated[Literal["A", "B", "C"], Of("0.grade")]
    curve: Annotated[bool, Of("0.curve")]
    volume_angstrom3: Annotated[float, Of("1")]
    rho_uohm_cm: Annotated[float, Of("2")]


class FitDropped(TypedDict):
    """An entry of `dropped`."""

    row: str
    temperature_k: float
    reason: str


class Metal(TypedDict):
    """An entry of `metals`."""

    metal: str
    phase: str
    theta_d_k: Annotated[float | None, Of("points.theta_d_k")]
    theta_source: str
    reference_volume_angstrom3: Annotated[float, Of("points.reference_volume")]
    points: Annotated[list[FitPoint], Of("fitted_rows")]
    dropped: list[FitDropped]
    fits: list[Fit]
    remarks: list[str]


class Skipped(TypedDict):
    """An entry of `skipped`."""

    metal: str
    reason: str


class Standing(TypedDict):
    """An entry of `standings`."""

    split: str
    law: str
    theory: Theory
    parameters: int | None
    metals: int
    failed: int
    median_held_out: float | None
    worst_held_out: float | None
    median_training: float | None
    wins: int | None
    beats_yardstick: int | None


class Duel(TypedDict):
    """An entry of `duels`."""

    split: str
    parameters: int
    rival: str
    tunnel: str
    metals: int
    rival_wins: int
    tunnel_wins: int
    share: float | None
    share_low: float | None
    share_high: float | None
    p_value: float | None


class Fits(TypedDict):
    """What ``isotunnel fits --json`` prints."""

    schema: Literal["isotunnel.fits/1"]
    noise: Literal["relative", "absolute"]
    splits: Annotated[dict[str, str], Of("split_meanings")]
    laws: list[Law]
    metals: list[Metal]
    skipped: list[Skipped]
    standings: list[Standing]
    duels: list[Duel]
    pressure: str
