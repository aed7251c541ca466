"""``/api/crystals``: the named crystals."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from isotunnel.schemas import Crystals, document

router = APIRouter(prefix="/crystals", tags=["crystals"])


@router.get("", response_model=Crystals)
def every() -> dict[str, Any]:
    """The named crystals, as ``isotunnel crystals --json``."""
    from isotunnel.crystal import named_crystals

    return document(Crystals, {"crystals": named_crystals()})
