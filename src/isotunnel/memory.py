"""How much memory there is, and refusals before it is gone."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

GIB = 1024.0**3


def available_bytes() -> float | None:
    """Memory that a process may still take, None where the system does not tell.

    Linux only: what the kernel calls available, or what a container's limit leaves if that is less.
    """
    found: list[float] = []
    with suppress(OSError, AttributeError, IndexError):
        text = Path("/proc/meminfo").read_text()
        match = re.search(r"^MemAvailable:\s+(\d+) kB", text, re.MULTILINE)
        if match:
            found.append(float(match[1]) * 1024.0)
    with suppress(OSError, ValueError):
        folder = Path("/sys/fs/cgroup")
        # "max" is no number: no limit then.
        limit = float((folder / "memory.max").read_text())
        found.append(max(limit - float((folder / "memory.current").read_text()), 0.0))
    return min(found) if found else None


def too_much(needed_bytes: float) -> str:
    """Words on what is needed and what there is, "" where it fits or nobody knows."""
    available = available_bytes()
    if available is None or needed_bytes <= available:
        return ""
    return f"about {needed_bytes / GIB:.2g} GiB of memory, and {available / GIB:.2g} GiB are free"
