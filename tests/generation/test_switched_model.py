"""A model that is switched off is asked nothing, and one that is switched off while it writes is cut short."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field

import pytest

from app.domain.errors import ModelUnavailable
from app.generation.chat_model import Piece
from app.generation.switched_model import SwitchedModel


@dataclass
class PieceModel:
    """Says three pieces and remembers what it was asked and whether it was let go."""

    asked: list[str] = field(default_factory=list)
    closed: bool = False

    async def stream(
        self, instructions: str, request: str, seconds: float | None = None
    ) -> AsyncGenerator[Piece, None]:
        self.asked.append(request)
        try:
            for piece in ("one ", "two ", "three"):
                yield piece
        finally:
            self.closed = True


@dataclass
class Countdown:
    """Off after so many looks."""

    looks: int

    def __call__(self) -> bool:
        self.looks -= 1
        return self.looks < 0


def hear(model: SwitchedModel, take: Callable[[Piece], None]) -> None:
    """Hands over the pieces as they come."""

    async def listen() -> None:
        async for piece in model.stream("rules", "question"):
            take(piece)

    asyncio.run(listen())


def test_a_model_that_is_on_is_heard_whole() -> None:
    pieces: list[Piece] = []

    hear(SwitchedModel(PieceModel(), lambda: False), pieces.append)

    assert pieces == ["one ", "two ", "three"]


def test_a_model_that_is_off_is_asked_nothing() -> None:
    model = PieceModel()

    with pytest.raises(ModelUnavailable, match="switched off"):
        hear(SwitchedModel(model, lambda: True), list[Piece]().append)

    assert model.asked == []


def test_a_model_turned_off_while_it_writes_is_cut_short_and_let_go() -> None:
    model, pieces = PieceModel(), list[Piece]()

    with pytest.raises(ModelUnavailable, match="switched off"):
        hear(SwitchedModel(model, Countdown(2)), pieces.append)

    assert pieces == ["one "]
    assert model.closed
