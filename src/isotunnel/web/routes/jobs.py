"""``/api/jobs``: ask for work, watch it, cancel it, fetch what came out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import BaseModel, Field

from isotunnel.web import documents
from isotunnel.web.jobs.events import events
from isotunnel.web.jobs.job import Job, JobList
from isotunnel.web.jobs.kinds import checked
from isotunnel.web.jobs.results import (
    document_path,
    grid_path,
    report_path,
    scene_path,
    table_path,
)
from isotunnel.web.keys import key_of
from isotunnel.web.lab import TheLab
from isotunnel.web.routes.atlas import ScanPicture

router = APIRouter(prefix="/jobs", tags=["jobs"])


class JobAsked(BaseModel):
    """A job to be done."""

    kind: str = Field(description="analyze, tunnels, scan or pairing.", examples=["analyze"])
    request: dict[str, Any] = Field(
        description="Its options; one of crystal and upload says what it is done to.",
        examples=[{"crystal": "NaCl", "engine": "procrystal"}],
    )


@router.post("", status_code=HTTPStatus.CREATED)
def submit(asked: Annotated[JobAsked, Body()], lab: TheLab, response: Response) -> Job:
    """Ask for a job; where the same is waiting, running or done, that one is the answer (200)."""
    request, title = checked(asked.kind, asked.request, lab.settings)
    options = request.model_dump(mode="json")
    job, new = lab.store.submit(asked.kind, title, options, key_of(asked.kind, options))
    if new:
        lab.runner.notice()
    else:
        response.status_code = HTTPStatus.OK
    return job


@router.get("")
def every(lab: TheLab) -> JobList:
    """The newest jobs."""
    return JobList(jobs=lab.store.every())


@router.get("/{identity}")
def one(identity: str, lab: TheLab) -> Job:
    """How a job stands."""
    return lab.store.get(identity)


@router.delete("/{identity}")
def cancel(identity: str, lab: TheLab) -> Job:
    """Give a waiting or running job up; its process is killed."""
    return lab.runner.cancel(identity)


@router.get("/{identity}/events")
def watch(identity: str, lab: TheLab) -> StreamingResponse:
    """How it goes, as server-sent events, until it is over."""
    lab.store.get(identity)
    return StreamingResponse(
        events(lab.store, identity),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


@router.get("/{identity}/result")
def result(identity: str, lab: TheLab) -> FileResponse:
    """The JSON document, the same that the terminal prints."""
    lab.store.get(identity)
    path = document_path(lab.settings.home, identity)
    return FileResponse(path, media_type="application/json")


@router.get("/{identity}/table", response_class=FileResponse)
def table(identity: str, lab: TheLab) -> FileResponse:
    """The table, the same that the terminal prints with ``--csv``."""
    lab.store.get(identity)
    path = table_path(lab.settings.home, identity)
    return FileResponse(path, media_type="text/csv; charset=utf-8")


@router.get("/{identity}/picture", response_model=ScanPicture)
async def picture(
    identity: str, lab: TheLab, at: Annotated[float, Query(ge=-20, le=1000)]
) -> Response:
    """The cell of a scan at one of its pressures or volume ratios, with superposed free atoms."""
    lab.store.get(identity)
    path = document_path(lab.settings.home, identity)
    return await lab.answers.get(documents.job_picture, document=str(path), at=at)


@router.get("/{identity}/report", response_class=FileResponse)
def report(identity: str, lab: TheLab) -> FileResponse:
    """An analysis as one HTML page that works offline; sent as a file to keep."""
    lab.store.get(identity)
    path = report_path(lab.settings.home, identity)
    return FileResponse(path, media_type="text/html", filename=f"isotunnel-{identity[:8]}.html")


@router.get("/{identity}/scene")
def scene(identity: str, lab: TheLab) -> FileResponse:
    """What the 3D view draws: structure, fields, levels, events and bottlenecks."""
    lab.store.get(identity)
    return FileResponse(scene_path(lab.settings.home, identity), media_type="application/json")


@router.get("/{identity}/grids/{field}", response_class=FileResponse)
def grid(identity: str, field: str, lab: TheLab) -> FileResponse:
    """A field's values: differences of 16-bit steps, low bytes first, then high ones, deflated."""
    lab.store.get(identity)
    path = grid_path(lab.settings.home, identity, field)
    return FileResponse(path, media_type="application/octet-stream")
