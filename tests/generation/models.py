"""Chat models that say what a test wants, without HTTP."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from app.domain.errors import ModelUnavailable
from app.generation.chat_model import ChatModel, Piece


@dataclass
class SayingModel:
    """Says a text in pieces of five characters, then what it counted; or fails."""

    text: str = ""
    counted: tuple[Piece, ...] = ()
    fails: ModelUnavailable | None = None
    seen: list[tuple[str, str, float | None]] = field(default_factory=list)

    async def stream(
        self, instructions: str, request: str, seconds: float | None = None
    ) -> AsyncGenerator[Piece, None]:
        self.seen.append((instructions, request, seconds))
        for start in range(0, len(self.text), 5):
            yield self.text[start : start + 5]
        for piece in self.counted:
            yield piece
        if self.fails:
            raise self.fails


@dataclass
class Clock:
    """Moves when it is told to."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def said(model: ChatModel, seconds: float | None = None) -> str:
    """All that a model says."""

    async def gather() -> str:
        pieces = [piece async for piece in model.stream("Be brief.", "Hello?", seconds)]
        return "".join(piece for piece in pieces if isinstance(piece, str))

    return asyncio.run(gather())
