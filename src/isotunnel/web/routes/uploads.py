"""``/api/uploads``: files that a client sends."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from isotunnel.errors import InputError
from isotunnel.web.lab import TheLab
from isotunnel.web.problems import TooLargeError
from isotunnel.web.settings import MIB

router = APIRouter(tags=["uploads"])


class UploadShown(BaseModel):
    """A file that was sent."""

    id: str = Field(description="To name it by in a job.")
    name: str = Field(description="Its name without what could be a path.")
    bytes: int = Field(description="Its size, inflated.")


@router.post("/uploads", status_code=HTTPStatus.CREATED)
async def send(
    request: Request, lab: TheLab, name: str = Query(max_length=400, examples=["CHGCAR.gz"])
) -> UploadShown:
    """Send a crystal or grid file, plain or gzip, as the body (``application/octet-stream``)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    # A form of another page could send other types without asking first.
    if kind != "application/octet-stream":
        raise InputError(f"send the file's bytes as application/octet-stream, not as {kind[:60]!r}")
    _check_length(request.headers.get("content-length"), lab.settings.largest_upload_bytes)
    upload = await lab.uploads.receive(request.stream(), name)
    return UploadShown(id=upload.id, name=upload.name, bytes=upload.bytes)


def _check_length(stated: str | None, limit: int) -> None:
    """Refuse before a byte is read where the client says itself that it is too much."""
    if stated is not None and stated.isdigit() and int(stated) > limit:
        raise TooLargeError(
            f"the file has {int(stated) / MIB:.0f} MiB, more than the {limit // MIB} MiB that are "
            "taken; use the command line for it, or a coarser grid"
        )
