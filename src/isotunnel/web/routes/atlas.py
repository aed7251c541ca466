"""``/api/atlas``: scans over pressure, computed beforehand."""

from __future__ import annotations

from fastapi import APIRouter, Response

from isotunnel.schemas import Scan
from isotunnel.web import documents
from isotunnel.web.lab import TheLab

router = APIRouter(prefix="/atlas", tags=["atlas"])


@router.get("")
def names() -> list[str]:
    """The crystals that have been scanned."""
    from isotunnel import atlas

    return list(atlas.names())


@router.get("/{name}", response_model=Scan)
async def one(name: str, lab: TheLab) -> Response:
    """A scan, as ``isotunnel atlas NAME --json``."""
    return await lab.answers.get(documents.atlas_scan, name=name)
