"""Where fair shares are counted: in memory, or in a store that several workers share. Names only, never an address."""

import logging
import secrets
import time
from datetime import date
from typing import Protocol

from limits import RateLimitItem
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter as SharedWindow
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from redis.asyncio import ConnectionPool, Redis

from app.domain.errors import SettingsError

log = logging.getLogger("app.api")

_KEY_BYTES = 32
_KEY_SECONDS = 2 * 24 * 3600
_STORE_TIMEOUT = 0.25
_STORE_REST = 30.0
"""Seconds that a store which failed is left alone."""


class Counter(Protocol):
    """Counts uses of a name within a rate, and holds the key of the day that names are made with."""

    async def hit(self, rate: RateLimitItem, name: str) -> bool:
        """Count one use; false when the rate is used up."""
        ...

    async def free(self, rate: RateLimitItem, name: str) -> bool:
        """Whether one more use would be counted."""
        ...

    async def wait(self, rate: RateLimitItem, name: str) -> int:
        """Whole seconds, at least one, until a use falls out of the window."""
        ...

    async def key(self, day: date) -> bytes:
        """The random key of a day."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class MemoryCounter:
    """Counts in this process. What it holds is gone when the process ends."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._day = date.min
        self._key = b""

    async def hit(self, rate: RateLimitItem, name: str) -> bool:
        """See `Counter`."""
        return self._limiter.hit(rate, name)

    async def free(self, rate: RateLimitItem, name: str) -> bool:
        """See `Counter`."""
        return self._limiter.test(rate, name)

    async def wait(self, rate: RateLimitItem, name: str) -> int:
        """See `Counter`."""
        return _seconds_until(self._limiter.get_window_stats(rate, name)[0])

    async def key(self, day: date) -> bytes:
        """See `Counter`."""
        if day != self._day:
            self._day, self._key = day, secrets.token_bytes(_KEY_BYTES)
        return self._key

    async def close(self) -> None:
        """See `Counter`. There are none."""


class SharedCounter:
    """Counts in a Redis-protocol store, so that workers and machines share one count.

    The key of the day lies there too and goes with its day; run the store without persistence. While the store is away each worker
    counts by itself: a limit is then looser, never gone.
    """

    def __init__(self, url: str) -> None:
        """
        Args:
            url: `redis://…`, `rediss://…` or `unix://…`.

        Raises:
            SettingsError: it is none of these.
        """
        try:
            self._pool = ConnectionPool.from_url(
                url, socket_timeout=_STORE_TIMEOUT, socket_connect_timeout=_STORE_TIMEOUT
            )
        except ValueError:
            raise SettingsError("REDIS_URL: write it like redis://127.0.0.1:6379/0") from None
        self._client = Redis(connection_pool=self._pool)
        self._storage = RedisStorage(
            "async+redis://",
            implementation="redispy",
            connection_pool=self._pool,  # type: ignore[arg-type]
        )
        self._limiter = SharedWindow(self._storage)
        self._alone = MemoryCounter()
        self._resting_until = 0.0
        self._day = date.min
        self._key = b""

    async def hit(self, rate: RateLimitItem, name: str) -> bool:
        """See `Counter`."""
        if self._rests:
            return await self._alone.hit(rate, name)
        try:
            return await self._limiter.hit(rate, name)
        except self._failures:
            self._rest()
            return await self._alone.hit(rate, name)

    async def free(self, rate: RateLimitItem, name: str) -> bool:
        """See `Counter`."""
        if self._rests:
            return await self._alone.free(rate, name)
        try:
            return await self._limiter.test(rate, name)
        except self._failures:
            self._rest()
            return await self._alone.free(rate, name)

    async def wait(self, rate: RateLimitItem, name: str) -> int:
        """See `Counter`."""
        if self._rests:
            return await self._alone.wait(rate, name)
        try:
            return _seconds_until((await self._limiter.get_window_stats(rate, name))[0])
        except self._failures:
            self._rest()
            return await self._alone.wait(rate, name)

    async def key(self, day: date) -> bytes:
        """See `Counter`. The first worker of a day makes it; the others read it."""
        if day == self._day:
            return self._key
        if self._rests:
            return await self._alone.key(day)
        name = f"rights:key:{day.isoformat()}"
        try:
            await self._client.set(name, secrets.token_bytes(_KEY_BYTES), nx=True, ex=_KEY_SECONDS)
            held = await self._client.get(name)
        except self._failures:
            self._rest()
            held = None
        if not isinstance(held, bytes):
            return await self._alone.key(day)
        self._day, self._key = day, held
        return held

    async def close(self) -> None:
        """See `Counter`."""
        await self._pool.disconnect()

    @property
    def _failures(self) -> tuple[type[Exception], ...]:
        base = self._storage.base_exceptions
        return (*(base if isinstance(base, tuple) else (base,)), OSError, TimeoutError)

    @property
    def _rests(self) -> bool:
        return time.monotonic() < self._resting_until

    def _rest(self) -> None:
        self._resting_until = time.monotonic() + _STORE_REST
        log.warning("shares.alone", extra={"reason": "the shared store is away"})


def _seconds_until(moment: float) -> int:
    return max(1, round(moment - time.time()))
