"""The server's app: routes, guard, errors, and the page itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from isotunnel.versions import isotunnel_version
from isotunnel.web.guard import Guard
from isotunnel.web.lab import make_lab
from isotunnel.web.problems import RESPONSES, add_handlers
from isotunnel.web.routes import (
    atlas,
    crystals,
    datasets,
    diagrams,
    docs,
    evidence,
    health,
    hydrides,
    jobs,
    theories,
    uploads,
)
from isotunnel.web.settings import Settings

ROUTERS = (
    health.router,
    crystals.router,
    atlas.router,
    diagrams.router,
    evidence.router,
    hydrides.router,
    datasets.router,
    theories.router,
    jobs.router,
    uploads.router,
    docs.router,
)


def create_app(settings: Settings) -> FastAPI:
    """The web lab as an ASGI app; its jobs run while it is up."""
    lab = make_lab(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        lab.runner.start()
        yield
        lab.runner.stop()
        lab.answers.stop()

    app = FastAPI(
        title="Isotunnel",
        version=isotunnel_version(),
        description="Electron tunnels, electrical states and rival theories.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
        responses=RESPONSES,
    )
    app.state.lab = lab
    app.add_middleware(Guard, settings=settings)
    add_handlers(app)
    api = APIRouter(prefix="/api")
    for router in ROUTERS:
        api.include_router(router)
    app.include_router(api)
    static = Path(str(files(__package__).joinpath("static")))
    if static.is_dir():
        app.mount("/", StaticFiles(directory=static, html=True), name="page")
    return app
