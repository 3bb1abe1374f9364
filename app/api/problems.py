"""Exceptions -> RFC 9457 problems, in the words of the person who meets them. Never a traceback, never the question."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from app.api.schemas import FieldProblem, Problem
from app.domain.errors import NotFound, RightsError, TooManyQuestions, Unauthorized
from app.language.replies import Replies

log = logging.getLogger("app.api")

MEDIA_TYPE = "application/problem+json"
_BY_STATUS = {
    400: "invalid",
    401: "unauthorized",
    404: "not-found",
    405: "method",
    413: "too-large",
    415: "media-type",
    422: "invalid",
    429: "too-many",
    503: "unavailable",
}
_BY_TYPE = {
    "missing": "missing",
    "extra_forbidden": "extra",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "json_invalid": "json",
}


def language_of(request: Request, replies: Replies, body: object = None) -> str:
    """The language a person wants an error in: what the body says, else the address, else the device, else English."""
    asked = body.get("language") if isinstance(body, Mapping) else None
    wanted = [asked, request.query_params.get("language"), *accepted(request)]
    return next((str(code) for code in wanted if code in replies.languages), "en")


def accepted(request: Request) -> list[str]:
    """Language codes of `Accept-Language`, most wanted first, regions left out."""
    weighed = []
    for part in request.headers.get("accept-language", "")[:200].split(","):
        code, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((float(weight or 1), code.split("-")[0].lower()))
        except ValueError:
            continue
    return [code for weight, code in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def check_offered(language: str, replies: Replies) -> None:
    """`auto` or a language offered.

    Raises:
        RequestValidationError: another one.
    """
    if language != "auto" and language not in replies.languages:
        raise RequestValidationError([{"loc": ("body", "language"), "type": "literal_error"}])


def problem_body(
    replies: Replies,
    language: str,
    status: int,
    errors: Sequence[FieldProblem] | None = None,
    **values: object,
) -> dict[str, object]:
    """A problem as JSON."""
    kind = _BY_STATUS.get(status, "internal" if status >= 500 else "invalid")
    words = replies.words(language).problems[kind]
    body = Problem(
        type=f"/problems/{kind}",
        title=words.title,
        status=status,
        detail=words.detail.format(**values) if values else words.detail,
        errors=list(errors) if errors else None,
    )
    return body.model_dump(exclude_none=True)


def problem(
    replies: Replies,
    language: str,
    status: int,
    errors: Sequence[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
    **values: object,
) -> JSONResponse:
    """A problem as a response."""
    return JSONResponse(
        problem_body(replies, language, status, errors, **values),
        status,
        media_type=MEDIA_TYPE,
        headers={"Content-Language": language, "Cache-Control": "no-store", **(headers or {})},
    )


def field_problems(
    found: Sequence[Mapping[str, Any]], replies: Replies, language: str
) -> list[FieldProblem]:
    """Pydantic's findings in words, without the values that people sent."""
    words = replies.words(language).fields
    problems = []
    for error in found:
        place = [str(part) for part in error["loc"] if part not in ("body", "query", "path")]
        kind = _BY_TYPE.get(error["type"], "wrong")
        name = "" if kind == "json" else ".".join(place)
        problems.append(FieldProblem(field=name, message=words[kind]))
    return problems


def handle_problems(app: FastAPI, replies: Replies) -> None:
    """Answer every error of an app with a problem."""

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        language = language_of(request, replies, error.body)
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if request.method == "POST" and kind != "application/json":
            return problem(replies, language, 415)
        return problem(replies, language, 422, field_problems(error.errors(), replies, language))

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        # FastAPI answers a body that is not even UTF-8 with 400; to the caller it is one more field that is wrong.
        status = 422 if error.status_code == 400 else error.status_code
        headers = {k: v for k, v in (error.headers or {}).items() if k.lower() == "allow"}
        return problem(replies, language_of(request, replies), status, headers=headers)

    async def ours(request: Request, error: Exception) -> Response:
        language = language_of(request, replies, getattr(request.state, "body", None))
        if isinstance(error, TooManyQuestions):
            seconds = str(error.retry_after)
            return problem(
                replies, language, 429, headers={"Retry-After": seconds}, seconds=seconds
            )
        if isinstance(error, Unauthorized):
            return problem(replies, language, 401, headers={"WWW-Authenticate": "Bearer"})
        if isinstance(error, NotFound):
            return problem(replies, language, 404)
        log.error("request.failed", extra={"reason": type(error).__name__})
        return problem(replies, language, 503)

    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("request.failed", extra={"reason": type(error).__name__})
        return problem(replies, language_of(request, replies), 500)

    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RightsError, ours)
    app.add_exception_handler(Exception, unexpected)
