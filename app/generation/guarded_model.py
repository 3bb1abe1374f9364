"""A language model behind a circuit breaker."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from app.domain.errors import ModelUnavailable, OutOfTime
from app.generation.breaker import Breaker
from app.generation.chat_model import ChatModel, Piece

_PATIENT = 0.5
"""Share of the model's whole time below which running out of it says more about our hurry than about the model."""


@dataclass(frozen=True, slots=True)
class GuardedModel:
    """Asks a model only while its breaker allows; resting, it is unavailable at once and nothing is sent."""

    model: ChatModel
    breaker: Breaker
    seconds: float
    """What the model has for a whole answer."""
    count: Callable[[str], None] = lambda _: None
    """Told `answered`, `resting`, `abandoned` or `failed: <reason>` once a call; never words."""

    async def stream(
        self, instructions: str, request: str, seconds: float | None = None
    ) -> AsyncGenerator[Piece, None]:
        """See `ChatModel`."""
        if not self.breaker.admits():
            self.count("resting")
            raise ModelUnavailable("resting after a failure")
        spoke = False
        try:
            async with aclosing(self.model.stream(instructions, request, seconds)) as pieces:
                async for piece in pieces:
                    spoke = spoke or isinstance(piece, str)
                    yield piece
        except ModelUnavailable as failure:
            self._failed(failure, seconds or self.seconds)
            raise
        except BaseException:  # the reader left, or the writer has heard enough
            self._ended(spoke)
            raise
        if not spoke:
            silent = ModelUnavailable("said nothing")
            self._failed(silent, self.seconds)
            raise silent
        self._ended(spoke)

    def _failed(self, failure: ModelUnavailable, seconds: float) -> None:
        hurried = seconds < _PATIENT * self.seconds
        if hurried and isinstance(failure, OutOfTime):
            self.breaker.abandoned()
        else:
            self.breaker.failed(failure.retry_after)
        self.count(f"failed: {failure}")

    def _ended(self, spoke: bool) -> None:
        if spoke:
            self.breaker.succeeded()
        else:
            self.breaker.abandoned()
        self.count("answered" if spoke else "abandoned")
