"""The JSON document of ``isotunnel fits``, as a strict model."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from schema import Model

Theory = Literal["tunnel", "bloch_grueneisen", "yardstick"]


class Law(Model):
    name: str
    title: str
    theory: Theory
    formula: str
    parameters: int | None


class Parameter(Model):
    name: str
    value: float
    error: float | None
    unit: str
    at_bound: bool


class Score(Model):
    points: int
    rms_relative: float
    worst_relative: float
    log_likelihood: float | None


class Fit(Model):
    law: str
    theory: Theory
    split: Literal["alternate", "extrapolate"]
    noise: Literal["relative", "absolute"]
    free_parameters: int | None
    reason: str
    parameters: list[Parameter]
    covariance: list[list[float]] | None
    sigma: float | None
    training: Score | None
    held_out: Score | None
    aic: float | None
    bic: float | None
    aicc: float | None


class Point(Model):
    row: str
    temperature_k: float
    source: str
    grade: Literal["A", "B", "C"]
    curve: bool
    volume_angstrom3: float
    rho_uohm_cm: float


class Dropped(Model):
    row: str
    temperature_k: float
    reason: str


class Metal(Model):
    metal: str
    phase: str
    theta_d_k: float | None
    theta_source: str
    reference_volume_angstrom3: float
    points: list[Point]
    dropped: list[Dropped]
    fits: list[Fit]
    remarks: list[str]


class Skipped(Model):
    metal: str
    reason: str


class Standing(Model):
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


class Duel(Model):
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


class Fits(Model):
    """What ``isotunnel fits --json`` prints."""

    schema_: Literal["isotunnel.fits/1"] = Field(alias="schema")
    noise: Literal["relative", "absolute"]
    splits: dict[str, str]
    laws: list[Law]
    metals: list[Metal]
    skipped: list[Skipped]
    standings: list[Standing]
    duels: list[Duel]
    pressure: str
