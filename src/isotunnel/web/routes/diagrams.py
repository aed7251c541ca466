"""``/api/diagrams``: the P-T diagrams of substances, and every theory's reasoning at a point."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from isotunnel.errors import InputError
from isotunnel.schemas import Diagram, TheoryAnswer
from isotunnel.web import documents
from isotunnel.web.lab import TheLab

router = APIRouter(prefix="/diagrams", tags=["diagrams"])

Gpa = Annotated[float, Query(ge=0, le=1000, allow_inf_nan=False)]
Kelvin = Annotated[float, Query(ge=0, le=1e5, allow_inf_nan=False)]


class SubstanceShown(BaseModel):
    """A substance that has a diagram."""

    name: str
    title: str


class Choices(BaseModel):
    """What diagrams can be asked for."""

    substances: list[SubstanceShown]
    theories: list[str] = Field(description="Names; A+B joins a normal state and a pairing.")


class PointAnswers(BaseModel):
    """What every theory says at one point."""

    titles: dict[str, str]
    answers: list[TheoryAnswer]


@router.get("")
def choices() -> Choices:
    """Substances and theories."""
    from isotunnel.diagrams import theory_names
    from isotunnel.substances import substances

    shown = [SubstanceShown(name=s.name, title=s.title) for s in substances()]
    return Choices(substances=shown, theories=list(theory_names()))


@router.get("/{name}", response_model=Diagram)
async def one(
    name: str,
    lab: TheLab,
    theory: Annotated[list[str] | None, Query(max_length=8)] = None,
    pressure_low: Gpa | None = None,
    pressure_high: Gpa | None = None,
    temperature_low: Kelvin | None = None,
    temperature_high: Kelvin | None = None,
    log_pressure: bool | None = None,
    log_temperature: bool = True,
) -> Response:
    """A diagram, as ``isotunnel diagram NAME --json``; the usual theories where none is named."""
    return await lab.answers.get(
        documents.diagram,
        name=name,
        theories=theory,
        pressure_gpa=_range(pressure_low, pressure_high, "pressure"),
        temperature_k=_range(temperature_low, temperature_high, "temperature"),
        log_pressure=log_pressure,
        log_temperature=log_temperature,
    )


@router.get("/{name}/point", response_model=PointAnswers)
async def point(name: str, lab: TheLab, pressure_gpa: Gpa, temperature_k: Kelvin) -> Response:
    """Each theory's answer and reasoning at a pressure and temperature."""
    return await lab.answers.get(
        documents.point, name=name, pressure_gpa=pressure_gpa, temperature_k=temperature_k
    )


def _range(low: float | None, high: float | None, what: str) -> Any:
    if (low is None) != (high is None):
        raise InputError(f"give both {what}_low and {what}_high, or neither")
    return None if low is None else (low, high)
