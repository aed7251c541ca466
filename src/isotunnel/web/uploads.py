"""Files that a client sent: kept under the hash of their bytes, under no path of the client's.

The name is kept for what it tells of the format (``CHGCAR``, ``.cube``), stripped of everything
that could lead out of the folder. Nothing is parsed here: that happens in a job's process.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import zlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from starlette.requests import ClientDisconnect

from isotunnel.errors import FileFormatError, InputError
from isotunnel.files import folder_of, write_whole
from isotunnel.web.problems import BusyError, NotFoundError, TooLargeError
from isotunnel.web.settings import MIB, Settings

_IDENTITY = re.compile(r"[0-9a-f]{32}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._+@-]+")
_GZIP = b"\x1f\x8b"
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Upload:
    """A file that a client sent."""

    id: str
    name: str
    bytes: int

    def path(self, home: Path) -> Path:
        """Where it lies."""
        return home / "uploads" / self.id / self.name


class Uploads:
    """The uploads in a folder, and how many are on their way."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open = 0

    async def receive(self, pieces: AsyncIterator[bytes], name: str) -> Upload:
        """Take a file, inflated where it is gzip.

        Raises:
            BusyError: too many uploads are on their way.
            TooLargeError: more bytes than the limit, sent or inflated.
            FileFormatError: damaged gzip.
            InputError: nothing was sent, or the client fell silent.
        """
        if self._open >= self._settings.uploads_at_once:
            raise BusyError(f"{self._open} uploads are on their way; send this again in a moment")
        self._open += 1
        part = folder_of(self._settings.home / "uploads" / f".{uuid4().hex}.part")
        try:
            digest, size = await self._store(pieces, part)
            return await asyncio.to_thread(self._keep, part, digest, size, safe_name(name))
        finally:
            self._open -= 1
            part.unlink(missing_ok=True)

    def get(self, identity: str) -> Upload:
        """A file that was sent before.

        Raises:
            NotFoundError: there is none.
        """
        note = self._settings.home / "uploads" / identity / ".upload.json"
        if not _IDENTITY.fullmatch(identity) or not note.is_file():
            raise NotFoundError(f"no upload {identity[:40]!r}; send the file again")
        return Upload(**json.loads(note.read_text("utf-8")))

    async def _store(self, pieces: AsyncIterator[bytes], part: Path) -> tuple[str, int]:
        digest, size, sent = hashlib.sha256(), 0, 0
        inflate = None
        with part.open("wb") as stream:
            async for piece in self._patiently(pieces):
                if sent == 0 and piece.startswith(_GZIP):
                    inflate = Inflater(self._settings.largest_inflated_bytes)
                sent += len(piece)
                if sent > self._settings.largest_upload_bytes:
                    raise TooLargeError(
                        f"more than {self._settings.largest_upload_bytes // MIB} MiB were sent; "
                        "use the command line for this file, or a coarser grid"
                    )
                for content in inflate.feed(piece) if inflate else (piece,):
                    digest.update(content)
                    size += len(content)
                    await asyncio.to_thread(stream.write, content)
            if inflate:
                inflate.close()
        if size == 0:
            raise InputError("an empty file was sent")
        return digest.hexdigest()[:32], size

    async def _patiently(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The pieces; a client that falls silent does not hold its place."""
        iterator = aiter(pieces)
        while True:
            try:
                piece = await asyncio.wait_for(anext(iterator), self._settings.upload_pause_s)
            except StopAsyncIteration:
                return
            except ClientDisconnect:
                # Nobody hears this; as an error of the server's it would fill its log.
                raise InputError("the client went away before the file's end") from None
            except TimeoutError:
                raise InputError(
                    f"no byte came for {self._settings.upload_pause_s:g} s; send the file again"
                ) from None
            if piece:
                yield piece

    def _keep(self, part: Path, digest: str, size: int, name: str) -> Upload:
        # The same bytes under another name may be read as another format.
        identity = hashlib.sha256(f"{digest}/{name}".encode()).hexdigest()[:32]
        upload = Upload(identity, name, size)
        target = folder_of(upload.path(self._settings.home))
        os.replace(part, target)
        write_whole(target.parent / ".upload.json", json.dumps(asdict(upload)))
        return upload


class Inflater:
    """gzip piece by piece, within a limit; several members follow one another as gzip allows."""

    STEP = 1 << 20

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._engine = zlib.decompressobj(zlib.MAX_WBITS | 16)

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """What the piece adds, in steps.

        Raises:
            TooLargeError: the inflated file passes the limit.
            FileFormatError: damaged.
        """
        while piece:
            if self._engine.eof:
                self._engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                content = self._engine.decompress(piece, self.STEP)
            except zlib.error as error:
                raise FileFormatError(f"the gzip file is damaged ({error})") from error
            self._size += len(content)
            if self._size > self._limit:
                raise TooLargeError(
                    f"the file inflates to more than the {self._limit // MIB} MiB that are taken"
                )
            yield content
            piece = self._engine.unconsumed_tail or self._engine.unused_data

    def close(self) -> None:
        """Check that the file did not end in the middle.

        Raises:
            FileFormatError: it did.
        """
        if not self._engine.eof:
            raise FileFormatError("the gzip file ends before its end; send it again")


def safe_name(name: str) -> str:
    """The last part of a name, in harmless characters; without ``.gz``, for it is kept inflated."""
    last = re.split(r"[/\\]", name)[-1]
    clean = _UNSAFE.sub("_", last).lstrip(".")
    if clean.lower().endswith(".gz"):
        clean = clean[:-3]
    return clean[-_LONGEST_NAME:].lstrip(".") or "upload"
