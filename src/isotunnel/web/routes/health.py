"""``/api/health``: whether the server works, and what is installed."""

from __future__ import annotations

from importlib.util import find_spec

from fastapi import APIRouter
from pydantic import BaseModel, Field

from isotunnel.versions import isotunnel_version
from isotunnel.web.jobs.job import State
from isotunnel.web.lab import TheLab

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """How the server is."""

    status: str = Field(description="ok")
    version: str
    workers: int = Field(description="Processes for jobs.")
    queued: int
    running: int
    extras: dict[str, bool] = Field(description="Optional parts, and whether they are installed.")


@router.get("/health")
def health(lab: TheLab) -> Health:
    """Whether the server works, and what is installed."""
    states = [job.state for job in lab.store.every()]
    return Health(
        status="ok",
        version=isotunnel_version(),
        workers=lab.settings.workers,
        queued=states.count(State.QUEUED),
        running=states.count(State.RUNNING),
        extras={"dft": find_spec("gpaw") is not None, "bonding": find_spec("pyscf") is not None},
    )
