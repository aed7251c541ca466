"""``/api/atlas``: scans over pressure, computed beforehand."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from isotunnel.schemas import Scan
from isotunnel.web import documents
from isotunnel.web.lab import TheLab

router = APIRouter(prefix="/atlas", tags=["atlas"])


class ValenceLevel(BaseModel):
    """Where the valence electrons of a reading are in its field."""

    reading: str
    level: float | None = Field(description="In the field's unit; null where it is not known.")


class ScanPicture(BaseModel):
    """What the 3D view draws of a scan at one of its pressures."""

    scene: dict[str, Any] = Field(description="As /api/jobs/{identity}/scene.")
    grids: dict[str, str] = Field(description="By field: its values, packed, in base64.")
    levels: dict[str, ValenceLevel] = Field(description="By field that a reading uses.")


@router.get("")
def names() -> list[str]:
    """The crystals that have been scanned."""
    from isotunnel import atlas

    return list(atlas.names())


@router.get("/{name}", response_model=Scan)
async def one(name: str, lab: TheLab) -> Response:
    """A scan, as ``isotunnel atlas NAME --json``."""
    return await lab.answers.get(documents.atlas_scan, name=name)


@router.get("/{name}/picture", response_model=ScanPicture)
async def picture(
    name: str, lab: TheLab, pressure_gpa: Annotated[float, Query(ge=-20, le=1000)]
) -> Response:
    """The cell at one of the scan's pressures with the fields of superposed free atoms."""
    return await lab.answers.get(documents.atlas_picture, name=name, pressure_gpa=pressure_gpa)
