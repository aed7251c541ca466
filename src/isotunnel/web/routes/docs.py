"""``/api/docs``: what addresses there are, on a page that needs no script and no network."""

from __future__ import annotations

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(tags=["docs"])

_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;"
    "margin:0 auto;padding:1rem}code{font-size:1rem}dt{margin-top:.9rem;overflow-wrap:anywhere}"
    "dd{margin:0 0 0 1.5rem}"
)


@router.get("/docs", response_class=HTMLResponse)
def docs(request: Request) -> str:
    """The addresses with what each takes and gives, from ``/api/openapi.json``."""
    described = request.app.openapi()
    parts = "".join(
        _entry(method.upper(), path, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    )
    title = escape(f"{described['info']['title']} {described['info']['version']}: addresses")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1>"
        '<p>Shapes of requests and answers: <a href="openapi.json">openapi.json</a>. '
        'The page itself: <a href="/">the web lab</a>.</p>'
        f"<dl>{parts}</dl></main></body></html>"
    )


def _entry(method: str, path: str, operation: dict[str, Any]) -> str:
    asked = "".join(_parameter(one) for one in operation.get("parameters", ()))
    words = escape(operation.get("description") or operation.get("summary", ""))
    return f"<dt><code>{method} {escape(path)}</code></dt><dd>{words}<ul>{asked}</ul></dd>"


def _parameter(one: dict[str, Any]) -> str:
    needed = "" if one.get("required") else ", optional"
    return f"<li><code>{escape(one['name'])}</code> ({escape(one['in'])}{needed})</li>"
