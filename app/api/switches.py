"""`POST /api/switches`, and what readers meet while the service is off."""

import json
from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.ask import PROBLEMS
from app.api.limits import Shares
from app.api.openai_errors import openai_error, speaks_openai
from app.api.problems import MEDIA_TYPE, language_of, looks_at_a_page
from app.api.schemas import ContactOut, Problem
from app.api.staff import check_key
from app.api.switch_schemas import OffOut, SwitchesOut, SwitchIn
from app.domain.answer import Contact
from app.domain.switches import Off, Switch
from app.language.replies import Replies
from app.language.telling import told_contact
from app.safety.switches import Switches

STAYS = ("/livez", "/readyz", "/metrics", "/api/switches")
"""What answers while the service is off; style sheet and script of the page too."""


def switches_router(
    switches: Switches, replies: Replies, shares: Shares, staff_hashes: tuple[str, ...]
) -> APIRouter:
    """Turning the model or the service off and on again, with a staff key."""
    router = APIRouter(prefix="/api", tags=["operate"])

    # Not async: the file is written through to the disk, which the event loop should not wait for.
    @router.post("/switches", summary="Turn the model or the service off or on", responses=PROBLEMS)
    def turn(request: Request, body: SwitchIn) -> SwitchesOut:
        """Heard by every worker that shares the data folder with its next request. Answers under way are told to their end."""
        shares.take(request)  # before the key: guessing one costs a question each
        check_key(request, staff_hashes)
        if stray := set(body.words) - set(replies.languages):
            place = ("body", "words", min(stray))
            raise RequestValidationError([{"loc": place, "type": "extra_forbidden"}])
        if not body.off:
            switches.turn_on(body.switch)
        elif body.reason is None:
            raise RequestValidationError([{"loc": ("body", "reason"), "type": "missing"}])
        else:
            switches.turn_off(body.switch, body.reason, body.words)
        return SwitchesOut(off=off_now(switches))

    return router


def off_now(switches: Switches) -> dict[Switch, OffOut]:
    """All that is off, as `readyz` tells it."""
    return {switch: OffOut.of(off) for switch, off in switches.all_off().items()}


Page = Callable[[str, str, tuple[Contact, ...]], Response]
"""Language, an operator's words for readers, hotlines -> the page."""


class Pause:
    """What readers get while the service is off: the hotlines, in their language, in the form that they read."""

    def __init__(
        self, replies: Replies, contacts: Mapping[str, Mapping[str, Contact]], page: Page
    ) -> None:
        """
        Args:
            replies: the standing words.
            contacts: language -> id -> who can help.
            page: shows it to a person who was looking at a page, not calling the API.
        """
        self._replies = replies
        self._contacts = contacts
        self._page = page

    def __call__(self, request: Request, off: Off, body: object = None) -> Response:
        """The refusal, 503.

        Args:
            request: what was asked for.
            off: why nothing is answered.
            body: the JSON of the request; may name a language.
        """
        language = language_of(request, self._replies, body)
        words = self._replies.words(language).off
        held = self._contacts.get(language, {})
        hotlines = tuple(held[id] for id in words.contacts if id in held)
        added = off.words.get(language, "")
        if looks_at_a_page(request):
            return self._page(language, added, hotlines)
        detail = " ".join(part for part in (words.detail, added) if part)
        if speaks_openai(request):
            lines = "; ".join(map(told_contact, hotlines))
            return openai_error(503, f"{words.title}. {detail} {lines}", language, code="paused")
        problem = Problem(
            type="urn:problem:off",
            title=words.title,
            status=503,
            detail=detail,
            contacts=[ContactOut.model_validate(contact) for contact in hotlines],
        )
        return JSONResponse(
            problem.model_dump(mode="json", exclude_none=True),
            503,
            media_type=MEDIA_TYPE,
            headers={"Content-Language": language},
        )


class OffGate:
    """ASGI middleware: turns requests away while the service is off. One that was let in is answered to its end."""

    def __init__(
        self,
        app: ASGIApp,
        off: Callable[[], Off | None],
        refuse: Callable[[Request, Off, object], Response],
    ) -> None:
        self._app = app
        self._off = off
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        off = self._off() if scope["type"] == "http" and not _stays(scope["path"]) else None
        if off is None:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        await self._refuse(request, off, await _body(request))(scope, _nothing_more, send)


def _stays(path: str) -> bool:
    return path in STAYS or path.startswith("/static/")


async def _body(request: Request) -> object:
    """The JSON of a request, for the language it may name. Read whole, so that the connection can be used again."""
    try:
        raw = await request.body()
        return json.loads(raw) if raw else None
    except (HTTPException, ValueError, RecursionError):
        return None


async def _nothing_more() -> Message:
    return {"type": "http.disconnect"}
