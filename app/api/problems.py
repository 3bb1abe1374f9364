"""Exceptions -> RFC 9457 problems, in the words of the person who meets them. Never a traceback, never the question."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.openai_errors import model_language, openai_error, speaks_openai
from app.api.schemas import FieldProblem, Problem
from app.domain.errors import NotFound, RightsError, TooManyQuestions, Unauthorized
from app.language.negotiation import wanted_languages
from app.language.replies import Replies

log = logging.getLogger("app.api")

MEDIA_TYPE = "application/problem+json"
_BY_TYPE = {
    "missing": "missing",
    "extra_forbidden": "extra",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "json_invalid": "json",
    **{kind: kind for kind in ("not_offered", "not_text", "no_question", "no_model")},
}


def language_of(request: Request, replies: Replies, body: object = None) -> str:
    """The language a person wants an error in: what the body says, else the
    address, else the device, else English."""
    held = body if isinstance(body, Mapping) else {}
    asked = held.get("language") or model_language(held.get("model"))
    place = request.url.path.split("/")[1]
    wanted = [asked, request.query_params.get("language"), place, *accepted(request)]
    return next((c for c in wanted if isinstance(c, str) and c in replies.languages), "en")


def accepted(request: Request) -> list[str]:
    """Languages that the reader's device asks for, most wanted first."""
    return wanted_languages(request.headers.get("accept-language", ""))


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
    words = replies.problem(language, status)
    body = Problem(
        type=f"urn:problem:{words.kind}",
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


def refused(
    request: Request,
    replies: Replies,
    language: str,
    status: int,
    errors: Sequence[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    code: str | None = None,
    **values: object,
) -> JSONResponse:
    """A refusal in the shape that the caller reads: OpenAI's through OpenAI's door, else a problem."""
    if not speaks_openai(request):
        return problem(replies, language, status, errors, headers, **values)
    words = replies.problem(language, status)
    message = f"{words.title}. {words.detail.format(**values)}"
    return openai_error(status, message, language, errors or (), headers, code)


def field_problems(
    found: Sequence[Mapping[str, Any]], replies: Replies, language: str
) -> list[FieldProblem]:
    """Pydantic's findings in words, without the values that people sent."""
    words = replies.words(language).fields
    problems = []
    for error in found:
        place = [str(part) for part in error["loc"][1:]]
        kind = _BY_TYPE.get(error["type"], "wrong")
        name = "" if kind == "json" else ".".join(place)
        problems.append(FieldProblem(field=name, message=words[kind]))
    return problems


Page = Callable[[str, int, Mapping[str, str]], Response]
"""Language, status and headers -> the error as a page."""


def handle_problems(app: FastAPI, replies: Replies, page: Page | None = None) -> None:
    """Answer every error of an app with a problem.

    Args:
        app: the application.
        replies: words for the problems.
        page: shows an error to a person who was looking at a page, not calling the API.
    """

    def told(request: Request, language: str, status: int, **more: Any) -> Response:
        if page and looks_at_a_page(request):
            return page(language, status, more.get("headers") or {})
        return refused(request, replies, language, status, **more)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        body = error.body if error.body is not None else getattr(request.state, "body", None)
        language = language_of(request, replies, body)
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if request.method == "POST" and kind != "application/json":
            return refused(request, replies, language, 415)
        found = error.errors()
        wrong = field_problems(found, replies, language)
        if any(e["type"] == "no_model" for e in found):
            return refused(request, replies, language, 404, wrong, code="model_not_found")
        return refused(request, replies, language, 422, wrong)

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        # FastAPI answers a body that is not even UTF-8 with 400; to the caller it is one more field that is wrong.
        status = 422 if error.status_code == 400 else error.status_code
        headers = {k: v for k, v in (error.headers or {}).items() if k.lower() == "allow"}
        return told(request, language_of(request, replies), status, headers=headers)

    async def ours(request: Request, error: Exception) -> Response:
        language = language_of(request, replies, getattr(request.state, "body", None))
        if isinstance(error, TooManyQuestions):
            seconds = str(error.retry_after)
            wait = {"Retry-After": seconds}
            return refused(request, replies, language, 429, headers=wait, seconds=seconds)
        if isinstance(error, Unauthorized):
            scheme = {"WWW-Authenticate": "Bearer"}
            return refused(request, replies, language, 401, headers=scheme)
        if isinstance(error, NotFound):
            return told(request, language, 404)
        log.error("request.failed", extra={"reason": type(error).__name__})
        return refused(request, replies, language, 503)

    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RightsError, ours)


def looks_at_a_page(request: Request) -> bool:
    """Whether a person opened a page, rather than a program a call."""
    programs = request.url.path.startswith(("/api/", "/v1/"))
    return not programs and "text/html" in request.headers.get("accept", "")


class LastResort:
    """ASGI middleware: whatever nobody foresaw becomes a problem. Inside the headers, so that a failure keeps their promises too."""

    def __init__(self, app: ASGIApp, replies: Replies) -> None:
        self._app = app
        self._replies = replies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            log.error("request.failed", extra={"reason": type(error).__name__})  # noqa: TRY400
            request = Request(scope)
            language = language_of(request, self._replies, getattr(request.state, "body", None))
            await refused(request, self._replies, language, 500)(scope, receive, send)


def describe_problems(app: FastAPI, events: Sequence[type[BaseModel]] = ()) -> None:
    """FastAPI files every response under the route's own media type, and adds an error shape that is never sent.

    Args:
        app: the application.
        events: what streams are made of; no call returns one whole, so FastAPI does not know of them.
    """
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        schema = plain()
        for methods in schema["paths"].values():
            for call in methods.values():
                for status, response in list(call["responses"].items()):
                    held = [c.get("schema", {}) for c in response.get("content", {}).values()]
                    if any(s.get("$ref", "").endswith("/HTTPValidationError") for s in held):
                        del call["responses"][status]
                    ours = next((s for s in held if s.get("$ref", "").endswith("/Problem")), None)
                    if ours:
                        response["content"] = {MEDIA_TYPE: {"schema": ours}}
        _, told = models_json_schema(
            [(event, "serialization") for event in events],
            ref_template="#/components/schemas/{model}",
        )
        for name, form in told.get("$defs", {}).items():
            schema["components"]["schemas"].setdefault(name, form)
        for name in ("HTTPValidationError", "ValidationError"):
            schema["components"]["schemas"].pop(name, None)
        return schema

    app.openapi = described  # type: ignore[method-assign]
