"""``/api/datasets``: folders made by ``isotunnel screen``, and the crystal of each row."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from isotunnel.web import datasets
from isotunnel.web.lab import Lab, TheLab
from isotunnel.web.problems import NotFoundError
from isotunnel.web.routes.uploads import UploadShown

router = APIRouter(tags=["tables"])

HYDRIDES = "hydrides"


class DatasetColumn(BaseModel):
    """A column of a dataset."""

    name: str
    unit: str
    meaning: str


class Dataset(BaseModel):
    """A dataset of crystals."""

    name: str
    total: int = Field(description="Rows of the whole dataset.")
    columns: list[DatasetColumn]
    rows: list[dict[str, Any]] = Field(description="The first of them, by the columns' names.")


@router.get("/datasets")
def names(lab: TheLab) -> list[str]:
    """The datasets that the server was started with (``isotunnel serve --dataset FOLDER``)."""
    return sorted(lab.settings.datasets)


@router.get("/datasets/{name}", response_model=Dataset)
async def one(name: str, lab: TheLab) -> Response:
    """Columns with units and meanings, and the rows."""
    folder = _folder(name, lab)
    parts = await run_in_threadpool(datasets.parts, folder)
    return await lab.answers.get(datasets.table, name=name, folder=str(folder), parts=parts)


@router.post("/datasets/{name}/crystals/{row}", status_code=HTTPStatus.CREATED)
async def crystal(name: str, row: str, lab: TheLab) -> UploadShown:
    """The crystal of a row as a file to analyse, as if it had been sent; of hydrides too."""
    if name == HYDRIDES:
        formula, atoms = await run_in_threadpool(datasets.hydride_of, row)
    else:
        formula, atoms = await run_in_threadpool(datasets.crystal_of, _folder(name, lab), row)
    content = datasets.as_file(atoms)
    upload = await lab.uploads.receive(_pieces(content), f"{formula}.extxyz")
    return UploadShown(id=upload.id, name=upload.name, bytes=upload.bytes)


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _folder(name: str, lab: Lab) -> Path:
    folder = lab.settings.datasets.get(name)
    if folder is None:
        there = ", ".join(sorted(lab.settings.datasets)) or "none"
        raise NotFoundError(
            f"no dataset {name[:40]!r}; there are {there}. "
            "isotunnel serve --dataset FOLDER adds one"
        )
    return folder
