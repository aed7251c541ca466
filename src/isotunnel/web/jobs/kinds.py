"""The kinds of jobs: what each is asked with, and what it does in its process.

A crystal is named, or one of the uploads; a text is never taken for a path.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from isotunnel.errors import EngineError, InputError
from isotunnel.web.jobs.results import keep_analysis, keep_pairing, keep_scan, keep_tunnels
from isotunnel.web.settings import Settings
from isotunnel.web.uploads import Uploads

Progress = Callable[[str, float | None], None]
Pressure = Annotated[float, Field(ge=-20, le=1000)]
VolumeRatio = Annotated[float, Field(ge=0.05, le=5)]
MOST_POINTS = 30


def _written(given: object, info: ValidationInfo) -> object:
    """A text as the terminal's options take it: "0, 50, 100" or "0:100:10"; lists as they are."""
    if not isinstance(given, str):
        return given
    from isotunnel.scan.ranges import parse_values

    name = info.field_name or ""
    try:
        return list(parse_values(given, name))
    except InputError as error:
        raise ValueError(str(error).removeprefix(f"{name}: ")) from None


def _few(values: list[float]) -> list[float]:
    if len(values) > MOST_POINTS:
        raise ValueError(
            f"{len(values)} points are asked for; {MOST_POINTS} at most in one job, more in the "
            "terminal (isotunnel scan)"
        )
    return values


AS_WRITTEN = BeforeValidator(_written)
MOST = AfterValidator(_few)


class Request(BaseModel):
    """What every job is asked with: one crystal, named or sent."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    crystal: str | None = Field(default=None, max_length=80, description="A name: H3S@200GPa.")
    upload: str | None = Field(default=None, pattern="^[0-9a-f]{32}$", description="A sent file.")

    @model_validator(mode="after")
    def _one_input(self) -> Request:
        if (self.crystal is None) == (self.upload is None):
            raise ValueError("name either a crystal or an upload")
        return self


class TunnelsRequest(Request):
    """The tunnels of a grid file."""

    kind: Literal["potential", "electrostatic", "density", "elf"] | None = None
    side: Literal["above", "below"] | None = None
    connectivity: Literal[6, 26] = 26
    refine: bool = True


class AnalyzeRequest(Request):
    """Everything about one crystal."""

    engine: Literal["auto", "gpaw", "procrystal"] = "auto"
    cell: Literal["as-given", "primitive", "conventional"] = "as-given"
    connectivity: Literal[6, 26] = 26
    refine: bool = True


class ScanRequest(Request):
    """A crystal at several pressures (GPAW) or volumes."""

    engine: Literal["auto", "gpaw", "procrystal"] = "auto"
    pressures_gpa: Annotated[list[Pressure], AS_WRITTEN, MOST] = Field(default_factory=list)
    volume_ratios: Annotated[list[VolumeRatio], AS_WRITTEN, MOST] = Field(default_factory=list)
    pairing: bool = Field(default=False, description="Coupling and Tc at each point, too.")

    @model_validator(mode="after")
    def _one_axis(self) -> ScanRequest:
        if bool(self.pressures_gpa) == bool(self.volume_ratios):
            raise ValueError("name either pressures_gpa or volume_ratios")
        if self.pressures_gpa and self.engine == "procrystal":
            raise ValueError(
                "superposed atoms know no forces and cannot be relaxed to a pressure; name "
                "volume_ratios, or take the gpaw engine"
            )
        if self.pairing and self.engine == "procrystal":
            raise ValueError("pairing needs the electrons of DFT: take the gpaw engine")
        return self


class PairingRequest(Request):
    """Coupling and critical temperature by rigid muffin tins (GPAW)."""

    mu_star: Annotated[float, Field(ge=0, le=0.5)] = 0.12


@dataclass(frozen=True)
class Kind:
    """A kind of job.

    Attributes:
        request: what it is asked with.
        do: the work: (request, input, folder of the result, progress).
    """

    request: type[Request]
    do: Callable[[Any, Any, Path, Progress], None]

    def run(self, options: dict[str, Any], home: Path, folder: Path, tell: Progress) -> None:
        """Do it; the folder holds the result afterwards."""
        request = self.request.model_validate(options)
        self.do(request, _subject(request, home), folder, tell)


def checked(kind: str, options: dict[str, Any], settings: Settings) -> tuple[Request, str]:
    """The request, and a title for people.

    Raises:
        InputError: no such kind, options that do not fit, an unknown crystal.
        NotFoundError: no such upload.
    """
    if kind not in KINDS:
        raise InputError(f"no such kind of job: {kind[:40]!r}; there are {', '.join(KINDS)}")
    try:
        request = KINDS[kind].request.model_validate(options)
    except ValidationError as error:
        raise InputError("; ".join(_words(one) for one in error.errors())) from error
    if request.upload is not None:
        return request, Uploads(settings).get(request.upload).name
    from isotunnel.crystal.named import named_entry

    return request, named_entry(request.crystal or "").name


def _words(error: Any) -> str:
    place = ".".join(str(part) for part in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{place}: {message}" if place else message


def _subject(request: Request, home: Path) -> Any:
    """The named crystal's atoms, or the path of what was sent."""
    if request.upload is not None:
        return Uploads(Settings(home)).get(request.upload).path(home)
    from isotunnel.crystal import named_crystal

    return named_crystal(request.crystal or "")


def _tunnels(request: TunnelsRequest, subject: Any, folder: Path, tell: Progress) -> None:
    from isotunnel.fields import Side, read_fields
    from isotunnel.tunnels import find_tunnels

    if not isinstance(subject, Path):
        raise InputError("tunnels are searched in a grid file; for a named crystal ask for analyze")
    tell("reading the file", None)
    fields = read_fields(subject, kind=request.kind)
    side = Side(request.side) if request.side else None
    if side is None and any(f.default_side is None for f in fields):
        raise InputError(
            f"{subject.name}: cannot tell what the values are, nor so which side is open; "
            "say kind (potential, electrostatic, density or elf) or side (above or below)"
        )
    tell("finding the tunnels", None)
    found = [
        find_tunnels(field, side, request.connectivity, refine=request.refine) for field in fields
    ]
    keep_tunnels(found, subject.name, folder)


def _analyze(request: AnalyzeRequest, subject: Any, folder: Path, tell: Progress) -> None:
    from isotunnel.analysis import analyze

    analysis = analyze(
        subject,
        engine=request.engine,
        cell=request.cell,
        connectivity=request.connectivity,
        refine=request.refine,
        progress=tell,
    )
    tell("keeping the result", None)
    keep_analysis(analysis, folder)


def _scan(request: ScanRequest, subject: Any, folder: Path, tell: Progress) -> None:
    from isotunnel.scan import scan

    result = scan(
        subject,
        pressures=request.pressures_gpa or None,
        volume_ratios=request.volume_ratios or None,
        engine=request.engine,
        pairing=request.pairing,
        workers=1,
        progress=tell,
    )
    if not result.done:
        reason = result.points[0].reason
        raise EngineError(f"no point of {result.name} has a result; the first: {reason}")
    tell("keeping the result", None)
    keep_scan(result, folder)


def _pairing(request: PairingRequest, subject: Any, folder: Path, tell: Progress) -> None:
    from isotunnel.analysis.pairing import PairingSettings, pairing

    settings = PairingSettings(mu_star=request.mu_star)
    result = pairing(subject, settings=settings, progress=tell)
    keep_pairing(result, folder)


KINDS: dict[str, Kind] = {
    "tunnels": Kind(TunnelsRequest, _tunnels),
    "analyze": Kind(AnalyzeRequest, _analyze),
    "scan": Kind(ScanRequest, _scan),
    "pairing": Kind(PairingRequest, _pairing),
}
