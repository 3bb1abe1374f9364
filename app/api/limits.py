"""Fair shares: how many questions one address may ask. No address is kept, not even in memory."""

import hashlib
import hmac
import ipaddress
import secrets
import time
from collections.abc import Callable
from datetime import date

from fastapi import Request
from fastapi.responses import Response
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.errors import TooManyQuestions


class Shares:
    """Counts by a keyed hash of the address. The key lives in memory, changes every day and cannot be asked for."""

    def __init__(self, rate: str) -> None:
        """
        Args:
            rate: in the words of the `limits` library, `30/minute`.

        Raises:
            ValueError: it cannot be read.
        """
        self._rate = parse(rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._day = date.min
        self._key = b""

    def take(self, request: Request) -> None:
        """Count one question.

        Raises:
            TooManyQuestions: the share is used up.
        """
        name = self._name(request.client.host if request.client else "")
        if not self._limiter.hit(self._rate, name):
            reset, _ = self._limiter.get_window_stats(self._rate, name)
            raise TooManyQuestions(max(1, round(reset - time.time())))

    def _name(self, host: str) -> str:
        today = date.today()
        if today != self._day:
            self._day, self._key = today, secrets.token_bytes(32)
        return hmac.new(self._key, _network(host).encode(), hashlib.sha256).hexdigest()


class BodyLimit:
    """ASGI middleware: refuses a body that is too long, by its declared length or while it is being read.

    FastAPI's own `max_body_size` answers a declared length in plain text, whatever handler is set; ours is a problem.
    """

    def __init__(self, app: ASGIApp, most: int, refuse: Callable[[Request], Response]) -> None:
        """
        Args:
            app: what is called when the length is fine.
            most: bytes.
            refuse: makes the answer when it is not.
        """
        self._app = app
        self._most = most
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            declared = request.headers.get("content-length", "")
            if declared.isdecimal() and int(declared) > self._most:
                await self._refuse(request)(scope, receive, send)
                return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


def _network(host: str) -> str:
    """An IPv6 customer holds a whole /64; counting single addresses would count nothing."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(
        ipaddress.ip_network(f"{address}/{64 if address.version == 6 else 32}", strict=False)
    )
