"""``isotunnel serve``: the web lab on this machine."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from isotunnel.errors import MissingExtraError

EXAMPLES = """
Examples:

    isotunnel serve

    isotunnel serve --dataset sample

    isotunnel serve --port 0 --no-open

    isotunnel serve --host 0.0.0.0 --token "$(openssl rand -hex 16)"
"""


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8765,
    host: Annotated[
        str, typer.Option(help="Address to listen on; any but this machine's needs --token.")
    ] = "127.0.0.1",
    token: Annotated[
        str | None, typer.Option(help="What every request must carry; the link printed does.")
    ] = None,
    home: Annotated[
        Path | None, typer.Option(help="Folder of jobs and uploads; default: in the user's cache.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes for jobs; default: cores less one.")
    ] = None,
    dataset: Annotated[
        list[Path] | None,
        typer.Option(help="Folder made by isotunnel screen, to be looked at; may be repeated."),
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Open no browser.")] = False,
) -> None:
    """Open the web lab: crystals, diagrams, theories, claims and jobs in a browser.

    Runs on this machine and needs no network. Jobs are kept: a restart loses none. Stop it with
    Ctrl-C.
    """
    for package in ("fastapi", "uvicorn", "pebble", "pydantic"):
        if find_spec(package) is None:
            raise MissingExtraError(package, "web", "the web lab")
    from isotunnel.cli.show import console_for_problems
    from isotunnel.web.datasets import named
    from isotunnel.web.serve import serve as run
    from isotunnel.web.settings import Settings, default_home, default_workers

    settings = Settings(
        home=(home or default_home()).absolute(),
        host=host,
        port=port,
        token=token,
        workers=workers or default_workers(),
        datasets=named(dataset or ()),
    )

    def ready(link: str) -> None:
        console_for_problems().print(f"the web lab: {link} (stop with Ctrl-C)", markup=False)
        if not no_open:
            import webbrowser

            webbrowser.open(link)

    run(settings, ready)
