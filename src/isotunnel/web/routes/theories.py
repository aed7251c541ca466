"""``/api/theories``: curves of rival theories over measured points, with parameters to move."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

router = APIRouter(prefix="/theories", tags=["theories"])

MOST_CURVE_POINTS = 200


class LawShown(BaseModel):
    """A law of resistivity against temperature."""

    name: str
    title: str
    theory: str
    formula: str


class ResistivityChoices(BaseModel):
    """What can be asked of resistivity."""

    metals: list[str]
    laws: list[LawShown]


class MeasuredResistivity(BaseModel):
    """Measured resistivities of one metal at room pressure."""

    metal: str
    phase: str
    temperature_k: list[float]
    rho_uohm_cm: list[float]
    sources: list[str]
    remarks: list[str]


class LawParameter(BaseModel):
    """A parameter of a law."""

    name: str
    unit: str
    value: float
    lower: float | None
    upper: float | None


class ResistivityCurve(BaseModel):
    """A law's curve over the measured temperatures."""

    law: LawShown
    parameters: list[LawParameter]
    adjustable: bool = Field(description="Whether other parameters can be tried.")
    temperature_k: list[float]
    rho_uohm_cm: list[float]
    rms_relative: float = Field(description="Of law / measured - 1 over all points.")


class FieldLaw(BaseModel):
    """A law of the critical field over temperature."""

    name: str
    field_0_mt: float
    tc_k: float
    held_out_mt: float = Field(description="Root mean square at the points not fitted.")
    temperature_k: list[float]
    field_mt: list[float]


class FieldShown(BaseModel):
    """A measured critical field with the laws fitted to every other point."""

    method: str
    temperature_k: list[float]
    field_mt: list[float]
    laws: list[FieldLaw]
    sources: list[str]


@router.get("/resistivity")
def choices() -> ResistivityChoices:
    """Metals with measured resistivities over temperature, and the laws."""
    from isotunnel.studies.fits import laws
    from isotunnel.studies.fits.select import metals

    shown = [
        LawShown(name=one.name, title=one.title, theory=one.theory, formula=one.formula)
        for one in laws()
    ]
    return ResistivityChoices(metals=list(metals()), laws=shown)


@router.get("/resistivity/{metal}")
def measured(metal: str) -> MeasuredResistivity:
    """The measured points that every law is held against."""
    from isotunnel.studies.fits.select import select

    found = select(metal)
    return MeasuredResistivity(
        metal=found.metal,
        phase=found.phase,
        temperature_k=found.points.temperature_k.tolist(),
        rho_uohm_cm=found.points.rho_uohm_cm.tolist(),
        sources=list(dict.fromkeys(row.source for row in found.used)),
        remarks=list(found.remarks),
    )


@router.get("/resistivity/{metal}/{law}")
def curve(
    metal: str, law: str, value: Annotated[list[float] | None, Query(max_length=4)] = None
) -> ResistivityCurve:
    """A law with its best parameters, or with the ones given, in its own order."""
    from isotunnel.studies.fits import law_curve

    found = law_curve(metal, law, value)
    described = zip(found.names, found.units, found.values, found.lower, found.upper, strict=True)
    return ResistivityCurve(
        law=LawShown(name=found.law, title=found.title, theory=found.theory, formula=found.formula),
        parameters=[
            LawParameter(name=name, unit=unit, value=best, lower=low, upper=high)
            for name, unit, best, low, high in described
        ],
        adjustable=found.adjustable,
        temperature_k=found.temperature_k.tolist(),
        rho_uohm_cm=found.rho_uohm_cm.tolist(),
        rms_relative=found.rms_relative,
    )


@router.get("/field/{element}")
def field(element: str) -> list[FieldShown]:
    """Measured critical fields against temperature, with every theory's law."""
    import numpy as np

    from isotunnel.studies.critical import critical_element

    shown = []
    for one in critical_element(element).curves:
        laws = []
        for name, fit in one.fits.items():
            t = np.linspace(0.0, fit.tc_k, MOST_CURVE_POINTS)
            laws.append(
                FieldLaw(
                    name=name,
                    field_0_mt=fit.field_0_mt,
                    tc_k=fit.tc_k,
                    held_out_mt=fit.held_out_mt,
                    temperature_k=t.tolist(),
                    field_mt=fit.field_mt(name, t).tolist(),
                )
            )
        shown.append(
            FieldShown(
                method=one.method,
                temperature_k=np.asarray(one.temperatures_k).tolist(),
                field_mt=np.asarray(one.fields_mt).tolist(),
                laws=laws,
                sources=list(dict.fromkeys(row.source for row in one.rows)),
            )
        )
    return shown
