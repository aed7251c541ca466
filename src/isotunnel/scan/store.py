"""Finished pieces of a scan on disk, each under a digest of all that determines it.

One piece is one JSON file, written to a temporary name and renamed: whole or absent, also after a
power cut or a SIGKILL. It carries a digest of its own content; a damaged piece counts as absent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from isotunnel.files import default_cache_directory, keep_bytes

RECORD_VERSION = 2
"""Raised whenever a piece would come out otherwise for the same input."""


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of plain JSON values, as 64 hexadecimal digits."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


class ScanStore:
    """Pieces in a directory; several processes may share it."""

    def __init__(self, directory: Path | str | None = None) -> None:
        self.directory = (
            default_cache_directory() / "scans" if directory is None else Path(directory)
        )

    def path(self, key: str) -> Path:
        """The file of a piece, which need not exist."""
        return self.directory / f"v{RECORD_VERSION}" / key[:2] / f"{key}.json"

    def load(self, key: str) -> dict[str, Any] | None:
        """The piece, or None where there is none or it is damaged."""
        try:
            record = json.loads(self.path(key).read_text(encoding="utf-8"))
            content = record["content"]
            if record["digest"] == digest_of(content) and isinstance(content, dict):
                return content
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def store(self, key: str, content: Mapping[str, Any]) -> bool:
        """Write a piece, whole or not at all; False where the directory cannot be written.

        Raises:
            ValueError: the content holds NaN.
        """
        text = json.dumps({"digest": digest_of(content), "content": dict(content)}, allow_nan=False)
        return keep_bytes(self.path(key), text.encode())
