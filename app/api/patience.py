"""How long the server waits for a connection: for its headers, and for a reader to take what was written.

Uvicorn bounds the time between two requests only. A client that sends one byte a minute (Slowloris), or that opens streams and reads
none of them, would hold its socket for ever.
"""

import asyncio
import resource
from collections.abc import Callable

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEADER_BYTES = 32 * 1024
_SPARE_FILES = 64
"""Open files kept for everything that is not a caller's connection."""
_MOST_CONNECTIONS = 4_096


def patient_protocol(seconds: float, most: int) -> type[HttpToolsProtocol]:
    """A protocol for `uvicorn.run(http=…)` whose patience ends.

    Args:
        seconds: for headers to arrive, and for written bytes to be taken.
        most: connections at a time; one more is closed at once, so that files are left for the rest.
    """

    class Patient(_Patient):
        patience = seconds
        most_connections = most

    return Patient


def most_connections() -> int:
    """Raise the number of files this process may open to what the system allows, and keep some back."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_CONNECTIONS + _SPARE_FILES
    soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(soft - _SPARE_FILES, 1)


class _Alarm:
    """Rings once after a while, unless it is stopped. Setting it again changes nothing."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, seconds: float, ring: Callable[[], None]
    ) -> None:
        self._set: Callable[[], asyncio.TimerHandle] = lambda: loop.call_later(seconds, ring)
        self._timer: asyncio.TimerHandle | None = None

    def set(self) -> None:
        self._timer = self._timer or self._set()

    def stop(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None


class _Patient(HttpToolsProtocol):
    patience: float
    most_connections: int

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # Not `close`, which would wait for a reader once more.
        self._headers = _Alarm(self.loop, self.patience, transport.abort)
        self._reader = _Alarm(self.loop, self.patience, transport.abort)
        self._unread = 0  # bytes of headers that are not whole yet
        if len(self.connections) > self.most_connections:
            transport.abort()
            return
        self._headers.set()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._unread = 0
            self._headers.stop()
            return
        self._unread += len(data)
        self._headers.set()
        if self._unread > MOST_HEADER_BYTES:
            self.transport.abort()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._reader.set()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._reader.stop()

    def connection_lost(self, exc: Exception | None) -> None:
        self._headers.stop()
        self._reader.stop()
        super().connection_lost(exc)
