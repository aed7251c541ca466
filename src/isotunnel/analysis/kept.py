"""Whole analyses and their pages, kept so that asking again costs no search and no drawing.

An entry is found again only if everything is as it was: the crystal (for a file its content), every
option, the files of Isotunnel (path, size and time of change of each, so that an edited line is
enough), and those of the packages that compute. The names of entries are digests of all that.
Entries are Python pickles, as numba keeps its kernels: the folder must be the user's own. They
carry a digest of their content; a damaged one counts as absent. A data set of GPAW that is replaced
in place, without a change of its package or of GPAW_SETUP_PATH, is not noticed.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from isotunnel.files import default_cache_directory, keep_bytes
from isotunnel.versions import code_state

if TYPE_CHECKING:
    from isotunnel.analysis.results import Analysis

FORMAT = 1
"""Raised whenever an entry would be laid out otherwise."""

MOST_KEPT = 60
"""Entries; where there are more, those not used for the longest time go."""

LARGEST_INPUT = 64 << 20
"""Bytes: a larger file is read again instead."""

_DIGEST = hashlib.sha256().digest_size


def entry_name(crystal: str, options: Mapping[str, Any]) -> str | None:
    """The name of the entry of an analysis; None where none is kept.

    None for a folder, whose files are many, and for a file above :data:`LARGEST_INPUT`.

    Args:
        crystal: a name or path as the user gave it.
        options: everything else that was asked for; values that are not plain by their ``repr``.
    """
    path = Path(crystal)
    content = ""
    try:
        if path.is_dir():
            return None
        if path.is_file():
            if path.stat().st_size > LARGEST_INPUT:
                return None
            content = hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None
    told = {
        "format": FORMAT,
        "crystal": crystal,
        "content": content,
        "options": dict(options),
        "code": code_state(),
        "setups": os.environ.get("GPAW_SETUP_PATH", ""),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=repr).encode()).hexdigest()


class KeptAnalyses:
    """Analyses and pages in a folder, by :func:`entry_name`."""

    def __init__(self, directory: Path | None = None) -> None:
        self.directory = directory or default_cache_directory() / "analyses"

    def analysis(self, name: str | None) -> Analysis | None:
        """The analysis kept under a name, None where there is none or it is damaged."""
        payload = self._load(name, "analysis")
        if payload is None:
            return None
        try:
            found: Analysis = pickle.loads(payload)
        except Exception:  # whatever a pickle of another world raises, it is no result
            return None
        return found

    def keep_analysis(self, name: str | None, analysis: Analysis) -> None:
        """Keep an analysis; nothing happens without a name, or where that is not possible."""
        if name is None:
            return
        stream = BytesIO()
        try:
            _Pickler(stream, protocol=5).dump(analysis)
        except (pickle.PicklingError, TypeError, AttributeError):
            # A user's reading may hold a function of its own.
            return
        self._keep(name, "analysis", stream.getvalue())

    def page(self, name: str | None) -> bytes | None:
        """The page kept under a name."""
        return self._load(name, "page")

    def keep_page(self, name: str | None, page: bytes) -> None:
        """Keep a page, likewise."""
        if name is not None:
            self._keep(name, "page", page)

    def _path(self, name: str, kind: str) -> Path:
        return self.directory / f"{name}.{kind}"

    def _load(self, name: str | None, kind: str) -> bytes | None:
        if name is None:
            return None
        path = self._path(name, kind)
        try:
            payload = path.read_bytes()
        except OSError:
            return None
        digest, content = payload[:_DIGEST], payload[_DIGEST:]
        if hashlib.sha256(content).digest() != digest:
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)
        return content

    def _keep(self, name: str, kind: str, content: bytes) -> None:
        if keep_bytes(self._path(name, kind), hashlib.sha256(content).digest() + content):
            self._forget_the_oldest()

    def _forget_the_oldest(self) -> None:
        with suppress(OSError):
            entries = sorted(
                (p for p in self.directory.iterdir() if p.suffix in (".analysis", ".page")),
                key=lambda p: p.stat().st_mtime_ns,
            )
            for path in entries[:-MOST_KEPT]:
                path.unlink()


class _Pickler(pickle.Pickler):
    """Keeps the read-only mappings of results; arrays that are read-only stay so (protocol 5)."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, MappingProxyType):
            return _read_only, (dict(value),)
        return NotImplemented


def _read_only(values: dict[Any, Any]) -> Mapping[Any, Any]:
    # The type itself cannot be pickled: it is not found under its own name.
    return MappingProxyType(values)
