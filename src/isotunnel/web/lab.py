"""What the routes share: the settings, the job database, the runner and the uploads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from isotunnel.web.answers import Answers
from isotunnel.web.jobs.runner import Runner
from isotunnel.web.jobs.store import Store
from isotunnel.web.settings import Settings
from isotunnel.web.uploads import Uploads


@dataclass(frozen=True)
class Lab:
    """One server's parts."""

    settings: Settings
    store: Store
    runner: Runner
    uploads: Uploads
    answers: Answers


def make_lab(settings: Settings) -> Lab:
    """The parts, not yet started."""
    store = Store(settings.home)
    return Lab(settings, store, Runner(settings, store), Uploads(settings), Answers(settings))


def _lab(connection: HTTPConnection) -> Lab:
    lab: Lab = connection.app.state.lab
    return lab


TheLab = Annotated[Lab, Depends(_lab)]
"""For a route's parameters."""
