"""``/api/hydrides``: networking values of hydrides, computed beforehand."""

from __future__ import annotations

from fastapi import APIRouter, Response

from isotunnel.schemas import Hydrides
from isotunnel.web import documents
from isotunnel.web.lab import TheLab

router = APIRouter(prefix="/hydrides", tags=["tables"])


@router.get("", response_model=Hydrides)
async def table(lab: TheLab) -> Response:
    """The whole table, as ``isotunnel hydrides --json``."""
    return await lab.answers.get(documents.hydrides)
