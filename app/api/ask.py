"""`POST /api/ask` and `POST /api/ask/stream`."""

import logging
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from app.answering.ask import Assistant
from app.api.limits import Shares
from app.api.problems import accepted, check_offered, problem_body
from app.api.schemas import (
    AnswerOut,
    AskIn,
    CitationOut,
    OpeningOut,
    Problem,
    StatementOut,
    redactions_out,
)
from app.api.staff import check_staff
from app.domain.answer import Answer, AnswerStatement, Citation, Event, Opening
from app.domain.question import Question
from app.language.replies import Replies

log = logging.getLogger("app.api")

PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "description": words}
    for status, words in {
        401: "A staff key is needed.",
        413: "The body is longer than 64 KiB.",
        415: "The body is not JSON.",
        422: "A field is wrong; `errors` names it.",
        429: "Too many questions; `Retry-After` says how long to wait.",
        500: "Something failed here.",
        503: "The service is not ready.",
    }.items()
}


def ask_router(
    assistant: Assistant, replies: Replies, shares: Shares, staff_hashes: tuple[str, ...]
) -> APIRouter:
    """The two calls that answer a question. They differ only in how they hand over the same events."""
    router = APIRouter(prefix="/api", tags=["ask"], responses=PROBLEMS)

    def admitted(request: Request, body: AskIn) -> Question:
        """Runs before the first byte is sent, so that a stream too can be refused with the right status."""
        request.state.body = {"language": body.language}
        check_offered(body.language, replies)
        shares.take(request)  # before the key: guessing one costs a question each
        check_staff(request, body.audience, staff_hashes)
        return body.question_for(
            next((c for c in accepted(request) if c in replies.languages), None)
        )

    @router.post("/ask", summary="Answer a question")
    async def ask(question: Annotated[Question, Depends(admitted)]) -> AnswerOut:
        """The whole answer at once. 200 for every well-formed question, whatever the outcome."""
        begun = time.perf_counter()
        answer = await assistant.ask(question)
        note(answer, begun)
        return AnswerOut.of(answer)

    @router.post(
        "/ask/stream",
        summary="Answer a question, statement by statement",
        response_class=EventSourceResponse,
    )
    async def stream(
        question: Annotated[Question, Depends(admitted)],
    ) -> AsyncIterator[ServerSentEvent]:
        """Events: `meta`, then `statement` one by one, each behind the `citation`s it is the first to use, then `done`."""
        begun = time.perf_counter()
        try:
            async for event in assistant.stream(question):
                if isinstance(event, Answer):
                    note(event, begun)
                yield _event(event)
        except Exception as error:
            log.exception("request.failed", extra={"reason": type(error).__name__})
            language = question.language or question.preferred_language or "en"
            yield ServerSentEvent(event="error", data=problem_body(replies, language, 500))

    return router


def _event(event: Event) -> ServerSentEvent:
    match event:
        case Opening():
            opening = OpeningOut(
                outcome=event.outcome,
                topic=event.topic,
                language=event.language,
                redactions=redactions_out(event.redactions),
                engine=event.engine,
            )
            return ServerSentEvent(event="meta", data=opening)
        case Citation():
            return ServerSentEvent(event="citation", data=CitationOut.of(event))
        case AnswerStatement():
            return ServerSentEvent(event="statement", data=StatementOut.model_validate(event))
        case Answer():
            return ServerSentEvent(event="done", data=AnswerOut.of(event))


def note(answer: Answer, begun: float) -> None:
    """One line in the log: how a question ended and how long it took, never its words."""
    log.info(
        "answered",
        extra={
            "outcome": answer.outcome,
            "topic": answer.topic,
            "language": answer.language,
            "engine": answer.engine,
            "milliseconds": round((time.perf_counter() - begun) * 1000, 1),
            "tokens_in": answer.usage.tokens_in,
            "tokens_out": answer.usage.tokens_out,
        },
    )
