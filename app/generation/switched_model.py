"""A language model that an operator can turn off while the service runs."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from app.domain.errors import ModelUnavailable
from app.generation.chat_model import ChatModel, Piece


@dataclass(frozen=True, slots=True)
class SwitchedModel:
    """Off, it is as unavailable as one that is away: nothing is sent to it, and an answer under way ends without it."""

    model: ChatModel
    off: Callable[[], bool]

    async def stream(
        self, instructions: str, request: str, seconds: float | None = None
    ) -> AsyncGenerator[Piece, None]:
        """See `ChatModel`."""
        if self.off():
            raise ModelUnavailable("switched off")
        # Closed here and now: a request must not go on behind a switch that is off.
        async with aclosing(self.model.stream(instructions, request, seconds)) as pieces:
            async for piece in pieces:
                if self.off():
                    raise ModelUnavailable("switched off")
                yield piece
