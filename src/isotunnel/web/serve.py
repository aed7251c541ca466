"""Running the server in this process until it is told to stop."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable

from isotunnel.errors import InputError
from isotunnel.web.app import create_app
from isotunnel.web.settings import Settings


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; ``ready`` is called with the address once it listens.

    Raises:
        InputError: the address or port cannot be had.
    """
    import uvicorn

    _many_connections()
    with listening(settings) as listener:
        port = listener.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(settings),
                log_level="warning",
                server_header=False,
                timeout_keep_alive=20,
                timeout_graceful_shutdown=2,
                h11_max_incomplete_event_size=64 * 1024,
            )
        )
        ready(address_of(settings, port))
        server.run(sockets=[listener])


def listening(settings: Settings) -> socket.socket:
    """A socket on the address asked for; port 0 takes a free one.

    Raises:
        InputError: it cannot be had; a free port is named where that is the trouble.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise InputError(
            f"{settings.host}:{settings.port} cannot be listened on ({error.strerror or error}); "
            "--port 0 takes a free port"
        ) from error
    return listener


def address_of(settings: Settings, port: int) -> str:
    """What a person opens; with the token, which the page turns into a cookie."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    link = f"http://{host}:{port}/"
    return f"{link}?token={settings.token}" if settings.token else link


def _many_connections() -> None:
    """A thousand idle connections must not keep others out."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
