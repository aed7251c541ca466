"""``/api/scorecard``, ``/api/fits``, ``/api/critical``: theories against measurement."""

from __future__ import annotations

from fastapi import APIRouter, Response

from isotunnel.schemas import Critical, Fits, Scorecard
from isotunnel.web import documents
from isotunnel.web.lab import TheLab

router = APIRouter(tags=["evidence"])


@router.get("/scorecard", response_model=Scorecard)
async def scorecard(lab: TheLab) -> Response:
    """Every claim's verdicts, as ``isotunnel scorecard --json``; made once in half a minute."""
    return await lab.answers.get(documents.scorecard)


@router.get("/fits/{metal}", response_model=Fits)
async def fits(metal: str, lab: TheLab) -> Response:
    """Resistivity laws fitted to a metal, as ``isotunnel fits METAL --json``."""
    return await lab.answers.get(documents.fits, metal=metal)


@router.get("/critical/{element}", response_model=Critical)
async def critical(element: str, lab: TheLab) -> Response:
    """Critical field and current, as ``isotunnel critical ELEMENT --json``."""
    return await lab.answers.get(documents.critical, element=element)
