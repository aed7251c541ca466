"""Who may ask: this machine's own page, and nobody through another page's scripts.

A page of another site can make a browser send requests to 127.0.0.1, and with a name that resolves
to 127.0.0.1 it can even read the answers. So the Host header must be one that this server goes by,
and the Origin header, where a browser sends one, must be this server's own.
"""

from __future__ import annotations

import hmac
import json
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from isotunnel.web.problems import body
from isotunnel.web.settings import LOCAL_HOSTS, Settings

COOKIE = "isotunnel_token"

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Refused(Exception):  # noqa: N818 - an answer, not an error of the server
    """A request that is not let in."""

    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        self.status, self.code, self.message = status, code, message
        super().__init__(message)


class Guard:
    """Middleware: checks Host, Origin and token; adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        try:
            check_host(headers.get("host", ""), self.settings)
            check_origin(headers)
            if self.settings.token and await self._signs_in(scope, send_safely):
                return
            check_token(headers, scope["path"], self.settings)
        except Refused as refused:
            await _answer(send_safely, refused.status, body(refused.code, refused.message))
            return
        await self.app(scope, receive, send_safely)

    async def _signs_in(self, scope: Scope, send: Send) -> bool:
        """The link that ``serve`` prints carries the token once; from then on a cookie does."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if not given or scope["path"].startswith("/api"):
            return False
        _compare(given, self.settings.token or "")
        cookie = f"{COOKIE}={given}; HttpOnly; SameSite=Strict; Path=/"
        headers = [(b"location", b"/"), (b"set-cookie", cookie.encode("latin-1"))]
        await send(
            {"type": "http.response.start", "status": HTTPStatus.SEE_OTHER, "headers": headers}
        )
        await send({"type": "http.response.body", "body": b""})
        return True


def check_host(host: str, settings: Settings) -> None:
    """Only the names that this server goes by.

    Raises:
        Refused: any other, as when another name was made to point here.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        name = ""
    if name in LOCAL_HOSTS or name == settings.host or (settings.token and name):
        return
    raise Refused(
        HTTPStatus.MISDIRECTED_REQUEST,
        "host",
        f"this server goes by {' or '.join(LOCAL_HOSTS[:2])}, not by {host[:100]!r}",
    )


def check_origin(headers: Headers) -> None:
    """No script of another page.

    Raises:
        Refused: the browser says that another origin asks.
    """
    origin = headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
    embedded = (
        headers.get("sec-fetch-site") in ("cross-site", "same-site")
        and headers.get("sec-fetch-mode") != "navigate"
    )
    if foreign or embedded:
        raise Refused(
            HTTPStatus.FORBIDDEN,
            "origin",
            f"another page ({(origin or 'unnamed')[:100]}) may not use this server",
        )


def check_token(headers: Headers, path: str, settings: Settings) -> None:
    """The token, in a cookie or as ``Authorization: Bearer``.

    Raises:
        Refused: it is wanted, and absent or wrong.
    """
    if settings.token is None or not path.startswith(("/api", "/openapi")):
        return
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    _compare(bearer if scheme.lower() == "bearer" else _cookie(headers), settings.token)


def _cookie(headers: Headers) -> str:
    try:
        kept = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return kept[COOKIE].value if COOKIE in kept else ""


def _compare(given: str, token: str) -> None:
    if not hmac.compare_digest(given.encode("utf-8"), token.encode("utf-8")):
        raise Refused(
            HTTPStatus.UNAUTHORIZED,
            "token",
            "a token is needed: open the link that `isotunnel serve` printed, or send "
            "`Authorization: Bearer TOKEN`",
        )


async def _answer(send: Send, status: HTTPStatus, content: dict[str, object]) -> None:
    payload = json.dumps(content).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(payload)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": payload})
