"""Refusals in the shape that OpenAI's clients read: `{"error": {message, type, param, code}}`.

Source: the error object of OpenAI's API reference, and how `openai-python` reads it.
"""

import re
from collections.abc import Mapping, Sequence

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from app.api.schemas import FieldProblem

MODEL = "rights"
"""The model that answers in the language of the question; `rights-es` answers in Spanish."""

_IN_CONTENT = re.compile(r"\bcontent\..*")
"""Where in the parts of a message something is wrong depends on the reading of it that was tried last."""
_CODES = {404: "not_found", 413: "too_large", 429: "rate_limit_exceeded"}


class OpenAIErrorBody(BaseModel):
    """What went wrong, in the reader's language, and in which field."""

    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIError(BaseModel):
    """A refusal as OpenAI's clients read it."""

    error: OpenAIErrorBody


def speaks_openai(request: Request) -> bool:
    """Whether a request came through OpenAI's door."""
    return request.url.path.startswith("/v1/")


def model_language(model: object) -> str | None:
    """The language that a model's name asks for; `None` when the question decides."""
    language = model.removeprefix(f"{MODEL}-") if isinstance(model, str) else ""
    return language if language and language != model else None


def error_body(
    status: int, message: str, param: str | None = None, code: str | None = None
) -> dict[str, object]:
    """A refusal as JSON; also what a stream ends with that breaks."""
    kinds = {401: "authentication_error", 429: "rate_limit_error"}
    kind = "server_error" if status >= 500 else kinds.get(status, "invalid_request_error")
    body = OpenAIErrorBody(message=message, type=kind, param=param, code=code or _CODES.get(status))
    return OpenAIError(error=body).model_dump()


def openai_error(
    status: int,
    message: str,
    language: str,
    errors: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
    code: str | None = None,
) -> JSONResponse:
    """A refusal as a response. OpenAI says 400 where RFC 9457 would say 422, and names the first wrong field."""
    param = _IN_CONTENT.sub("content", errors[0].field) if errors else ""
    if errors:
        message = f"{param}: {errors[0].message}" if param else errors[0].message
    status = 400 if status == 422 else status
    return JSONResponse(
        error_body(status, message, param or None, code),
        status,
        headers={"Content-Language": language, "Cache-Control": "no-store", **(headers or {})},
    )
