"""Documents that take seconds to make: made once, in a process of their own, and kept.

A diagram, a judged scorecard or a fit follows from the packaged tables alone, so its file is named
by what was asked and by the code that answered. Requests for the same one wait for one making.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Response
from fastapi.responses import FileResponse, JSONResponse
from pebble import ProcessExpired, ProcessPool

from isotunnel.errors import IsotunnelError
from isotunnel.files import folder_of, write_whole
from isotunnel.web.jobs import child
from isotunnel.web.keys import key_of
from isotunnel.web.problems import body, problem_of
from isotunnel.web.settings import Settings

LONGEST_S = 600.0

Maker = Callable[..., dict[str, Any]]
Refusal = tuple[int, dict[str, Any]]


class Answers:
    """The kept documents of one home folder, and the process that makes new ones."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.home / "answers"
        self._making: dict[Path, asyncio.Future[Refusal | None]] = {}
        self._pool = ProcessPool(
            max_workers=1,
            context=multiprocessing.get_context("spawn"),
            initializer=child.prepare,
            initargs=(settings.job_memory_bytes,),
        )

    async def get(self, maker: Maker, **asked: Any) -> Response:
        """The document that ``maker(**asked)`` gives, or why it gives none."""
        path = self._path(maker, asked)
        if not path.is_file():
            refusal = await self._made(path, maker, asked)
            if refusal is not None:
                status, content = refusal
                return JSONResponse(content, status)
        return FileResponse(path, media_type="application/json")

    def stop(self) -> None:
        """End the process."""
        self._pool.stop()
        self._pool.join(timeout=5.0)

    async def _made(self, path: Path, maker: Maker, asked: dict[str, Any]) -> Refusal | None:
        if path not in self._making:
            future = self._pool.schedule(_make, args=(path, maker, asked), timeout=LONGEST_S)
            self._making[path] = asyncio.wrap_future(future)
        try:
            # A client that goes away must not take the making from those who wait too.
            return await asyncio.shield(self._making[path])
        except (TimeoutError, ProcessExpired):
            message = f"took longer than {LONGEST_S:g} s or more memory than there is"
            return HTTPStatus.SERVICE_UNAVAILABLE, body("busy", message)
        finally:
            self._making.pop(path, None)

    def _path(self, maker: Maker, asked: dict[str, Any]) -> Path:
        name = maker.__name__
        return self._folder / f"{name}-{key_of(name, asked)[:24]}.json"


def _make(path: Path, maker: Maker, asked: dict[str, Any]) -> Refusal | None:
    """In the other process: write the document, or say why there is none."""
    try:
        document = maker(**asked)
    except IsotunnelError as error:
        return problem_of(error)
    write_whole(folder_of(path), json.dumps(document, allow_nan=False))
    return None
