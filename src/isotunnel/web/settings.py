"""How the server runs: where it listens, where it keeps things, and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from isotunnel.errors import InputError
from isotunnel.files import default_cache_directory
from isotunnel.processors import usable_cores

MIB = 1 << 20
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Settings:
    """What ``isotunnel serve`` was told.

    Attributes:
        home: folder of the job database, of uploads and of results.
        host: address to listen on.
        port: port to listen on.
        token: what every request must carry; needed on any address but this machine's own.
        workers: processes for jobs.
        datasets: folders made by ``isotunnel screen``, by the name they are asked for.
        largest_upload_bytes: of what is sent.
        largest_inflated_bytes: of a compressed file once inflated.
        upload_pause_s: longest wait for the next piece of an upload.
        uploads_at_once: more are told to come back later.
        job_memory_bytes: address space of a job's process.
        job_time_s: longest time of one job.
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    workers: int = 1
    datasets: Mapping[str, Path] = field(default_factory=dict)
    largest_upload_bytes: int = 128 * MIB
    largest_inflated_bytes: int = 512 * MIB
    upload_pause_s: float = 15.0
    uploads_at_once: int = 8
    job_memory_bytes: int = 8 << 30
    job_time_s: float = 6 * 3600.0

    def __post_init__(self) -> None:
        if self.host not in LOCAL_HOSTS and not self.token:
            raise InputError(
                f"--host {self.host} would let other machines in: name a token as well "
                "(--token T), or leave --host out"
            )
        if not 0 <= self.port <= 65535:
            raise InputError(f"--port must be from 0 to 65535, got {self.port}")


def default_home() -> Path:
    """``web`` beside the cache of computed crystals."""
    return default_cache_directory().parent / "web"


def default_workers() -> int:
    """One core is left for answering; at least one process works."""
    return max(1, usable_cores() - 1)
