"""Keeping a slow stream alive."""

import asyncio
from collections.abc import AsyncGenerator

PING = ": ping\n\n"
"""A comment in a stream of server-sent events; clients pass over it."""


async def kept_alive(
    events: AsyncGenerator[str, None], seconds: float = 15.0
) -> AsyncGenerator[str, None]:
    """The events, with a ping wherever none comes for so long: proxies close a connection that is silent."""
    waiting = asyncio.ensure_future(anext(events))
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=seconds)
            if not done:
                yield PING
                continue
            try:
                event = waiting.result()
            except StopAsyncIteration:
                return
            yield event
            waiting = asyncio.ensure_future(anext(events))
    finally:
        # The reader may be gone: what is under way for them ends too.
        waiting.cancel()
        await asyncio.wait({waiting})
        await events.aclose()
