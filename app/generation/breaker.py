"""A circuit breaker: a model that has failed is left alone for a while, so that the next reader does not wait for it.

The pattern is Michael Nygard's (*Release It!*, 2007). One failure opens it: what a reader loses meanwhile is a model's wording,
never an answer, while each try of a dead model costs somebody the whole of `LLM_TIMEOUT`.
"""

import time
from collections.abc import Callable
from enum import StrEnum

_LONGEST_ASKED_FOR = 3_600.0
"""Seconds that a provider's `Retry-After` may keep us away; a wrong header must not do so for a day."""


class State(StrEnum):
    CLOSED = "closed"
    """The model is asked."""
    OPEN = "open"
    """It is left alone."""
    HALF_OPEN = "half-open"
    """One question tries it; the others do not wait for the result."""


class Breaker:
    """Says whether a model may be asked, from what became of earlier calls. For one event loop; not for threads."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        first_rest: float = 5.0,
        longest_rest: float = 300.0,
    ) -> None:
        """
        Args:
            clock: seconds, from any start.
            first_rest: seconds that a model is left alone after its first failure; doubles with each one in a row.
            longest_rest: where the doubling ends.
        """
        self._clock = clock
        self._first = first_rest
        self._longest = longest_rest
        self._rest = first_rest
        self._until = 0.0
        self.state = State.CLOSED

    def admits(self) -> bool:
        """Whether this call may go to the model. A call that may must end in `succeeded`, `failed` or `abandoned`."""
        if self.state is State.OPEN and self._clock() >= self._until:
            self.state = State.HALF_OPEN
            return True
        return self.state is State.CLOSED

    def succeeded(self) -> None:
        """The model spoke."""
        self.state = State.CLOSED
        self._rest = self._first

    def failed(self, retry_after: float | None = None) -> None:
        """The model did not answer; `retry_after` is what its provider asked for, in seconds."""
        if self.state is not State.OPEN:  # calls that were under way together are one failure
            self._until = self._clock() + self._rest
            self._rest = min(self._rest * 2, self._longest)
        self.state = State.OPEN
        if retry_after:
            asked_for = self._clock() + min(retry_after, _LONGEST_ASKED_FOR)
            self._until = max(self._until, asked_for)

    def abandoned(self) -> None:
        """The call was given up before it said anything about the model: the reader left."""
        if self.state is State.HALF_OPEN:
            self.state = State.OPEN  # its rest is over: the next question is the next try
