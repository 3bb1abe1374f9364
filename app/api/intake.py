"""The way in: what is too long, too slow or too much is refused at once, before it costs anything."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from fastapi import Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.limits import Shares

Refuse = Callable[[Request, int, Mapping[str, str]], Response]
"""Request, status and headers -> the refusal, in the reader's language."""

_SOON = "2"
"""Seconds to wait when the house is full: answers take far less."""


class Full(Exception):
    """No room; `status` says whether it is this visitor (429) or everybody (503)."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class Room:
    """How many questions are open at a time, in all and of one visitor. Those over it are sent away at once.

    One visitor may hold a tenth of the places still free: many while the house is empty, one when it is nearly full. So a few who
    take all they can get never fill it (dynamic thresholds: Choudhury and Hahne, IEEE/ACM Transactions on Networking 6(2), 1998).
    """

    def __init__(self, most: int) -> None:
        """
        Args:
            most: questions open at a time.
        """
        self._most = most
        self._open: Counter[str] = Counter()
        self._count = 0

    @property
    def full(self) -> bool:
        """Whether everybody is sent away."""
        return self._count >= self._most

    @property
    def crowded(self) -> bool:
        """Whether half of the places are taken."""
        return 2 * self._count >= self._most

    @property
    def _most_of_one(self) -> int:
        return max(1, (self._most - self._count) // 10)

    @contextmanager
    def taken(self, visitor: str) -> Iterator[None]:
        """One place, for as long as the block lasts.

        Raises:
            Full: there is none.
        """
        if self.full:
            raise Full(503)
        if self._open[visitor] >= self._most_of_one:
            raise Full(429)
        self._count += 1
        self._open[visitor] += 1
        try:
            yield
        finally:
            self._count -= 1
            self._open[visitor] -= 1
            if not self._open[visitor]:
                del self._open[visitor]


class Turns:
    """Lets one question begin in each round of the event loop.

    To find an answer takes milliseconds in which the loop does nothing else. If all that are open began at once, health checks and
    refusals would stand behind them; like this they are at most one answer late.
    """

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def next(self) -> None:
        """Wait for a turn, first come, first served."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self._waiting.append(turn)
        if len(self._waiting) == 1:
            loop.call_soon(self._give)
        await turn

    def _give(self) -> None:
        turn = self._waiting[0]
        if not turn.done():
            turn.set_result(None)
        # Scheduled behind the question that begins now, and in a round of its own.
        self._waiting.popleft()
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._give)


class Intake:
    """ASGI middleware: bounds every body in length and time, and how many posts are open at a time.

    A place is taken only once the whole body is here, so that slow senders hold no place. FastAPI's own `max_body_size` answers a
    declared length in plain text, whatever handler is set; ours is a problem. Reading (`GET`) is never refused.
    """

    def __init__(
        self, app: ASGIApp, shares: Shares, room: Room, most: int, seconds: float, refuse: Refuse
    ) -> None:
        """
        Args:
            app: what is called when all is well.
            shares: knows who has gone on asking over their share.
            room: the places.
            most: bytes of a body.
            seconds: a body has to arrive.
            refuse: makes the answer when it is not well.
        """
        self._app = app
        self._shares = shares
        self._room = room
        self._most = most
        self._seconds = seconds
        self._refuse = refuse
        self._turns = Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        visitor = await self._shares.visitor(request)
        if wait := await self._shares.spent(visitor, self._room.crowded):
            await self._send_away(request, 429, receive, send, wait)
            return
        if self._room.full:
            await self._send_away(request, 503, receive, send)
            return
        try:
            body = await self._body(request, receive)
            if body is None:
                return  # the caller hung up
            with self._room.taken(visitor):
                await self._turns.next()
                await self._app(scope, _replayed(body, receive), send)
        except _TooLong:
            await self._send_away(request, 413, receive, send)
        except _TooSlow:
            await self._send_away(request, 408, receive, send)
        except Full as error:
            await self._send_away(request, error.status, receive, send)

    async def _body(self, request: Request, receive: Receive) -> bytes | None:
        """The whole body; `None` when the caller hung up."""
        declared = request.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self._most:
            raise _TooLong
        held = bytearray()
        try:
            async with asyncio.timeout(self._seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    held += message.get("body", b"")
                    if len(held) > self._most:
                        raise _TooLong
                    if not message.get("more_body"):
                        return bytes(held)
        except TimeoutError:
            raise _TooSlow from None

    async def _send_away(
        self, request: Request, status: int, receive: Receive, send: Send, wait: int | None = None
    ) -> None:
        headers = {"Retry-After": str(wait or _SOON)} if status in {429, 503} else {}
        # The rest of the body is not waited for.
        headers["Connection"] = "close"
        await self._refuse(request, status, headers)(request.scope, receive, send)


class _TooLong(Exception):
    pass


class _TooSlow(Exception):
    pass


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once more, in one piece; then whatever else the caller does."""
    told = False

    async def next_message() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return next_message
