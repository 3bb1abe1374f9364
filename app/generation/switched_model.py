"""A language model that an operator can turn off while the service runs."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from app.domain.errors import ModelUnavailable
from app.generation.chat_model import ChatModel


@dataclass(frozen=True, slots=True)
class SwitchedModel:
    """Off, it is as unavailable as one that is away: nothing is sent to it, and an answer under way ends without it."""

    model: ChatModel
    off: Callable[[], bool]

    async def stream(self, instructions: str, request: str) -> AsyncIterator[str]:
        """See `ChatModel`."""
        if self.off():
            raise ModelUnavailable("switched off")
        pieces = self.model.stream(instructions, request)
        try:
            async for piece in pieces:
                if self.off():
                    raise ModelUnavailable("switched off")
                yield piece
        finally:
            # Closed here and now: a request must not go on behind a switch that is off.
            if close := getattr(pieces, "aclose", None):
                await close()
