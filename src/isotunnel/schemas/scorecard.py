"""The document of ``isotunnel scorecard``."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from isotunnel.schemas.shape import Of
from isotunnel.schemas.spacing import RowDropped, RowUsed

Side = Literal["paper", "rival", "yours"]
Verdict = Literal[
    "supported",
    "contradicted",
    "mixed",
    "necessary, not telling",
    "undecided",
    "not testable",
    "not yet computed",
    "no statement",
]


class ClaimPart(TypedDict):
    """An entry of `parts`."""

    name: str
    title: str
    formula: str
    unit: str
    sides: list[Side]
    supported: Annotated[list[float | None], Of("rule.supported.ends")]
    contradicted: Annotated[list[float | None], Of("rule.contradicted.ends")]
    minimum_rows: Annotated[int, Of("rule.minimum_rows")]
    necessary: bool
    role: Literal["telling", "necessary", "reported"]
    because: str


class ClaimEntry(TypedDict):
    """The value of `claim`."""

    id: str
    statement: str
    section: str
    decides: str
    rival: str
    tables: list[str]
    limits: str
    computed: bool
    not_testable: str
    parts: list[ClaimPart]


class Guess(TypedDict):
    """The value of `guess`."""

    what: Annotated[str, Of("0")]
    value: Annotated[float, Of("1")]


class CommonNumber(TypedDict):
    """An entry of `numbers` of `common`."""

    side: Annotated[Side, Of("number.side")]
    verdict: Verdict
    right: Annotated[int | None, Of("number.right")]
    value: Annotated[float | None, Of("number.value")]
    low: Annotated[float | None, Of("number.low")]
    high: Annotated[float | None, Of("number.high")]
    guess: Annotated[Guess | None, Of("number.guess")]
    cannot_say: Annotated[str | None, Of("number.cannot_say")]


class Common(TypedDict):
    """An entry of `common`."""

    part: Annotated[str, Of("both.part.name")]
    sides: Annotated[list[Side], Of("both.sides")]
    cases: Annotated[int, Of("both.cases")]
    rows: Annotated[int, Of("both.rows")]
    same: Annotated[bool, Of("both.same")]
    numbers: list[CommonNumber]
    sentence: str


class Entered(TypedDict):
    """An entry of `values`."""

    case: Annotated[str, Of("0")]
    entered: Annotated[dict[str, float | str | bool | None], Of("1")]


class JudgedNumber(TypedDict):
    """An entry of `numbers`."""

    side: Annotated[Side, Of("number.side")]
    verdict: Verdict
    sentence: str
    part: Annotated[str, Of("number.part")]
    value: Annotated[float | None, Of("number.value")]
    low: Annotated[float | None, Of("number.low")]
    high: Annotated[float | None, Of("number.high")]
    interval: Annotated[Literal["confidence", "range", "none"], Of("number.interval")]
    range_of: Annotated[int | None, Of("number.spanned")]
    rows: Annotated[int, Of("number.rows")]
    guess: Annotated[Guess | None, Of("number.guess")]
    used: Annotated[list[RowUsed], Of("number.used")]
    dropped: Annotated[list[RowDropped], Of("number.dropped")]
    cannot_say: Annotated[str | None, Of("number.cannot_say")]
    text: str
    rule: str
    decides: bool
    would_change: str
    rows_needed: int | None
    reading: Annotated[str, Of("number.reading")]
    method: Annotated[str, Of("number.method")]
    values: Annotated[list[Entered], Of("number.values")]


class OtherNumber(TypedDict):
    """An entry of `numbers` of `other_readings`."""

    side: Side
    part: str
    text: str
    verdict: Verdict


class OtherReading(TypedDict):
    """An entry of `other_readings`."""

    reading: str
    verdicts: dict[Side, Verdict]
    numbers: list[OtherNumber]


class Mark(TypedDict):
    """An entry of `marks`."""

    label: str
    x: float | None
    y: float
    y_low: float | None
    y_high: float | None
    series: str


class Line(TypedDict):
    """An entry of `lines`."""

    label: str
    y: float | None
    points: list[list[float]]


class Picture(TypedDict):
    """The value of `picture`."""

    title: str
    x_axis: str
    y_axis: str
    log_x: bool
    log_y: bool
    marks: list[Mark]
    lines: list[Line]
    matrix: list[list[str | float]]


class JudgedClaim(TypedDict):
    """An entry of `claims`."""

    claim: Annotated[ClaimEntry, Of("result.claim")]
    verdicts: dict[Side, Verdict]
    numbers: list[JudgedNumber]
    common: list[Common]
    sentences: Annotated[list[str], Of("result.sentences")]
    picture: Annotated[Picture | None, Of("result.figure")]
    module: str | None
    reading: Annotated[str, Of("result.reading")]
    other_readings: list[OtherReading]


class WeakNumber(TypedDict):
    """An entry of `weak` of `chance`."""

    claim: Annotated[str, Of("0")]
    part: Annotated[str, Of("1")]
    side: Annotated[Side, Of("2")]
    probability: Annotated[float, Of("3")]


class Chance(TypedDict):
    """The value of `chance`."""

    judged: int
    tested: int
    decided: int
    without: int
    expected: float
    rate: float | None
    weak: list[WeakNumber]


class StatisticsSettings(TypedDict):
    """The value of `settings`."""

    confidence_level: float
    bootstrap_resamples: int
    bootstrap_seed: int


class Scorecard(TypedDict):
    """What ``isotunnel scorecard --json`` prints."""

    schema: Literal["isotunnel.scorecard/1"]
    theory: str | None
    sides: list[Side]
    totals: dict[Side, dict[Verdict, int]]
    claims: Annotated[list[JudgedClaim], Of("judged_claims")]
    chance: Chance
    versions: dict[str, str]
    settings: StatisticsSettings
