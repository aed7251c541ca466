"""One job, as the database keeps it and as the API shows it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field

from isotunnel.web.problems import ProblemDetail


class State(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self in (State.DONE, State.FAILED, State.CANCELLED)


class Job(BaseModel):
    """A piece of work that a client asked for."""

    id: str
    kind: str = Field(description="What is done: analyze, tunnels, scan, pairing.")
    title: str = Field(description="What it is done to, for people.")
    request: dict[str, Any] = Field(description="The options it was asked with.")
    state: State
    attempt: int = Field(description="How often it was begun; an interrupted job is begun twice.")
    message: str = Field(description="What it is doing.")
    fraction: float | None = Field(description="How much is done, from 0 to 1, where known.")
    submitted_at: float = Field(description="Seconds since 1970, UTC.")
    started_at: float | None = None
    ended_at: float | None = None
    error: ProblemDetail | None = None


class JobList(BaseModel):
    """Jobs, the newest first."""

    jobs: list[Job]
