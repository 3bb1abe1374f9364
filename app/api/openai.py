"""`POST /v1/chat/completions` and `GET /v1/models`: the same verified answers for clients that speak OpenAI's dialect."""

import json
import logging
import math
import secrets
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response, StreamingResponse

from app.answering.ask import Assistant
from app.api.ask import note
from app.api.limits import Shares
from app.api.openai_errors import MODEL, OpenAIError, error_body, model_language
from app.api.openai_schemas import (
    ChatChunk,
    ChatIn,
    ChatMessage,
    ChatOut,
    ChatReply,
    Choice,
    ChunkChoice,
    Delta,
    ModelOut,
    ModelsOut,
    Usage,
)
from app.api.problems import accepted
from app.api.schemas import AnswerOut
from app.api.streams import kept_alive
from app.domain.answer import Answer, AnswerStatement
from app.domain.library import Library
from app.domain.question import Question, Role, Turn
from app.domain.words import length
from app.language.replies import Replies
from app.language.telling import told, told_rest, told_statement

log = logging.getLogger("app.api")

_LONGEST_QUESTION = 2_000
_TURNS = 12
_LONGEST_TURN = 4_000

ERRORS: dict[int | str, dict[str, object]] = {
    status: {"model": OpenAIError, "description": words}
    for status, words in {
        400: "A field is wrong, or asks for what this service does not do; `param` names it.",
        404: "There is no such model.",
        413: "The body is longer than 64 KiB.",
        415: "The body is not JSON.",
        429: "Too many questions; `Retry-After` says how long to wait.",
        500: "Something failed here.",
        503: "The service is not ready, or switched off; the message holds the hotlines.",
    }.items()
}
_STREAM = {
    "description": "The answer. With `stream`, as server-sent events, each a `ChatChunk`; `[DONE]` ends them.",
    "content": {
        "text/event-stream": {
            "schema": {
                "type": "string",
                "contentSchema": {"$ref": "#/components/schemas/ChatChunk"},
            }
        }
    },
}


@dataclass(frozen=True)
class Chat:
    """A request that may be answered."""

    question: Question
    model: str
    stream: bool
    include_usage: bool
    id: str = field(default_factory=lambda: f"chatcmpl-{secrets.token_hex(12)}")
    created: int = field(default_factory=lambda: int(time.time()))

    def chunk(self, delta: Delta | None = None, *, end: bool = False) -> ChatChunk:
        """A chunk of its stream."""
        choice = ChunkChoice(delta=delta or Delta(), finish_reason="stop" if end else None)
        return ChatChunk(id=self.id, created=self.created, model=self.model, choices=[choice])


def openai_router(
    assistant: Assistant, library: Library, replies: Replies, shares: Shares
) -> APIRouter:
    """Chat completions and the list of models. A key may be sent; it is not looked at."""
    router = APIRouter(prefix="/v1", tags=["openai"])
    models = _models(library)

    def admitted(request: Request, body: ChatIn) -> Chat:
        """Runs before the first byte is sent, so that a stream too can be refused with the right status."""
        request.state.body = {"model": body.model}
        if body.model not in models:
            raise _wrong("model", "no_model")
        shares.take(request)
        preferred = next((c for c in accepted(request) if c in replies.languages), None)
        return Chat(
            question=_question(body, preferred),
            model=body.model,
            stream=bool(body.stream),
            include_usage=bool(body.stream_options and body.stream_options.include_usage),
        )

    @router.post(
        "/chat/completions",
        summary="Answer the last message of a conversation",
        response_model=ChatOut,
        responses={200: _STREAM, **ERRORS},
    )
    async def complete(chat: Annotated[Chat, Depends(admitted)]) -> Response | ChatOut:
        """The answers of `POST /api/ask`, verified alike, as OpenAI's clients expect them. Footnotes stand in the text,
        and the extension field `rights` holds the answer with its citations as data."""
        if chat.stream:
            events = kept_alive(_events(chat, assistant, replies))
            return StreamingResponse(events, media_type="text/event-stream")
        begun = time.perf_counter()
        answer = await assistant.ask(chat.question)
        note(answer, begun)
        return _completion(chat, answer, told(answer, replies.words(answer.language)))

    @router.get("/models", summary="Names to ask for")
    async def offered() -> ModelsOut:
        """`rights` answers in the language of the question; `rights-es` in Spanish, and so on."""
        return ModelsOut(data=list(models.values()))

    @router.get("/models/{model}", summary="One of them", responses={404: ERRORS[404]})
    async def one(model: str) -> ModelOut:
        """By its id."""
        if model not in models:
            raise _wrong("model", "no_model")
        return models[model]

    return router


def _models(library: Library) -> dict[str, ModelOut]:
    """`rights` and one a language, as old as the youngest text behind each."""
    youngest = {
        f"{MODEL}-{code}": max(document.revised for document in library.in_order(code))
        for code in library.languages
        if library.documents[code]
    }
    days = {MODEL: max(youngest.values()), **youngest}
    return {
        name: ModelOut(
            id=name, created=int(datetime(d.year, d.month, d.day, tzinfo=UTC).timestamp())
        )
        for name, d in days.items()
    }


def _question(body: ChatIn, preferred: str | None) -> Question:
    """The last user message with what was said before it.

    What comes before is cut, not refused: a chat client sends everything along, and could not do otherwise.

    Raises:
        RequestValidationError: there is no question, or it is too long.
    """
    place = max((n for n, m in enumerate(body.messages) if m.role == "user"), default=None)
    text = body.messages[place].text.strip() if place is not None else ""
    if not text:
        raise _wrong("messages", "no_question")
    if len(text) > _LONGEST_QUESTION:
        raise _wrong(f"messages.{place}.content", "string_too_long")
    earlier = [turn for turn in map(_turn, body.messages[:place]) if turn]
    return Question(
        text=text,
        language=model_language(body.model),
        preferred_language=preferred,
        history=tuple(earlier[-_TURNS:]),
    )


def _turn(message: ChatMessage) -> Turn | None:
    """An earlier turn; `None` for what is no part of the conversation."""
    if message.role not in set(Role) or not message.text.strip():
        return None
    return Turn(Role(message.role), message.text.strip()[:_LONGEST_TURN])


def _wrong(name: str, kind: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", *name.split(".")), "type": kind}])


def _completion(chat: Chat, answer: Answer, text: str) -> ChatOut:
    return ChatOut(
        id=chat.id,
        created=chat.created,
        model=chat.model,
        choices=[Choice(message=ChatReply(content=text))],
        usage=usage(chat.question.text, text),
        rights=AnswerOut.of(answer),
    )


async def _events(chat: Chat, assistant: Assistant, replies: Replies) -> AsyncGenerator[str, None]:
    """The stream: what the whole answer says, in the same words and order."""
    begun = time.perf_counter()
    said: list[str] = []

    def saying(text: str) -> str:
        said.append(text if not said else f"\n\n{text}")
        return _data(chat.chunk(Delta(content=said[-1])).data())

    yield _data(chat.chunk(Delta(role="assistant", content="")).data())
    try:
        async for event in assistant.stream(chat.question):
            if isinstance(event, AnswerStatement):
                yield saying(told_statement(event))
            elif isinstance(event, Answer):
                note(event, begun)
                yield saying(told_rest(event, replies.words(event.language)))
                last = chat.chunk(end=True)
                last.rights = AnswerOut.of(event)
                yield _data(last.data())
    except Exception as error:
        log.exception("request.failed", extra={"reason": type(error).__name__})
        language = chat.question.language or chat.question.preferred_language or "en"
        words = replies.problem(language, 500)
        yield _data(json.dumps(error_body(500, f"{words.title}. {words.detail}")))
        return
    if chat.include_usage:
        count = chat.chunk()
        count.choices, count.usage = [], usage(chat.question.text, "".join(said))
        yield _data(count.data())
    yield _data("[DONE]")


def _data(text: str) -> str:
    return f"data: {text}\n\n"


def usage(question: str, answer: str) -> Usage:
    """Words of both; see `Usage`."""
    asked, answered = math.ceil(length(question)), math.ceil(length(answer))
    return Usage(prompt_tokens=asked, completion_tokens=answered, total_tokens=asked + answered)
