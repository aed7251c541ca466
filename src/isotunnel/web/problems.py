"""One JSON shape for every error, with the lines that the terminal prints."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from isotunnel.errors import (
    CannotSay,
    EngineError,
    InputError,
    IsotunnelError,
    MissingExtraError,
)


class ProblemDetail(BaseModel):
    """What went wrong."""

    code: str = Field(description="input, missing-extra, engine, cannot-say, not-found, ...")
    message: str = Field(description="One line: the value, the limit, and what to do next.")
    exit_code: int = Field(description="The exit code of the same failure in the terminal.")


class Problem(BaseModel):
    """The body of every answer that is no success."""

    error: ProblemDetail


class NotFoundError(InputError):
    """What the address names is not there."""


class TooLargeError(InputError):
    """More was sent than is taken."""


class BusyError(InputError):
    """Too much at once; the same request may be sent again later."""


class ConflictError(InputError):
    """The request does not fit the state that a job is in."""


_KINDS: tuple[tuple[type[IsotunnelError], str, int], ...] = (
    (NotFoundError, "not-found", HTTPStatus.NOT_FOUND),
    (TooLargeError, "too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (BusyError, "busy", HTTPStatus.SERVICE_UNAVAILABLE),
    (ConflictError, "conflict", HTTPStatus.CONFLICT),
    (InputError, "input", HTTPStatus.BAD_REQUEST),
    (MissingExtraError, "missing-extra", HTTPStatus.NOT_IMPLEMENTED),
    (EngineError, "engine", HTTPStatus.UNPROCESSABLE_ENTITY),
    (CannotSay, "cannot-say", HTTPStatus.UNPROCESSABLE_ENTITY),
    (IsotunnelError, "failed", HTTPStatus.UNPROCESSABLE_ENTITY),
)

# Framework answers, told in the same voice.
_WORDS = {
    404: ("not-found", "there is nothing at this address; /api/docs lists what there is"),
    405: ("method", "this address does not take that method; /api/docs lists what it takes"),
}

RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem}
    for status in (400, 401, 403, 404, 405, 408, 409, 413, 421, 422, 501, 503)
}
"""For the OpenAPI page: every route may answer with a problem."""


def problem_of(error: IsotunnelError) -> tuple[int, dict[str, Any]]:
    """Status and body for an error of Isotunnel's own."""
    code, status = next((code, status) for kind, code, status in _KINDS if isinstance(error, kind))
    return int(status), body(code, str(error), error.exit_code)


def body(code: str, message: str, exit_code: int = 2) -> dict[str, Any]:
    """The one shape."""
    return {"error": {"code": code, "message": " ".join(message.split()), "exit_code": exit_code}}


def add_handlers(app: FastAPI) -> None:
    """Make every failure of an app answer in that shape."""
    app.add_exception_handler(IsotunnelError, _own)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(Exception, _unexpected)


def _own(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, IsotunnelError)
    status, content = problem_of(error)
    return JSONResponse(content, status)


def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    places = [
        f"{'.'.join(str(part) for part in one['loc'][1:]) or one['loc'][0]}: {one['msg']}"
        for one in error.errors()
    ]
    return JSONResponse(body("input", "; ".join(places)), HTTPStatus.UNPROCESSABLE_ENTITY)


def _framework(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code, message = _WORDS.get(error.status_code, ("http", str(error.detail)))
    return JSONResponse(body(code, message), error.status_code, headers=error.headers)


def _unexpected(_request: Request, error: Exception) -> JSONResponse:
    message = (
        f"an error that is not the user's ({type(error).__name__}); the server's log has it. "
        "Please report it"
    )
    return JSONResponse(body("internal", message, 1), HTTPStatus.INTERNAL_SERVER_ERROR)
