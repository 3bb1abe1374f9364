"""A slow stream is kept alive, and one whose reader has gone is let go."""

import asyncio
from collections.abc import AsyncGenerator

from app.api.streams import PING, kept_alive


class Events:
    """Two events, the second after a while."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self.closed = False

    async def stream(self) -> AsyncGenerator[str, None]:
        try:
            yield "one"
            await asyncio.sleep(self._pause)
            yield "two"
        finally:
            self.closed = True


def gathered(events: Events, seconds: float) -> list[str]:
    async def gather() -> list[str]:
        return [event async for event in kept_alive(events.stream(), seconds)]

    return asyncio.run(gather())


def test_a_quick_stream_is_handed_on_as_it_is() -> None:
    assert gathered(Events(0), 10) == ["one", "two"]


def test_a_slow_stream_has_pings_where_nothing_comes() -> None:
    told = gathered(Events(0.2), 0.05)

    assert told[0] == "one"
    assert told[-1] == "two"
    assert set(told[1:-1]) == {PING}


def test_a_stream_whose_reader_has_gone_is_let_go() -> None:
    events = Events(60)

    async def leave() -> None:
        kept = kept_alive(events.stream(), 0.01)
        while await anext(kept) != PING:
            pass
        await kept.aclose()

    asyncio.run(leave())

    assert events.closed
