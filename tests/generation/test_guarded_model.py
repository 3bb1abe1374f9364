"""A model behind its breaker: what counts as a failure, and what is counted."""

import asyncio
from collections import Counter
from contextlib import aclosing

import pytest

from app.domain.errors import ModelUnavailable, OutOfTime
from app.domain.usage import Usage
from app.generation.breaker import Breaker, State
from app.generation.guarded_model import GuardedModel
from tests.generation.models import Clock, SayingModel, said

DEAD = SayingModel(fails=ModelUnavailable("status 500"))
SLOW = SayingModel(fails=OutOfTime())


def guarded(model: SayingModel) -> tuple[GuardedModel, Counter[str]]:
    counts: Counter[str] = Counter()
    held = GuardedModel(model, Breaker(Clock()), 12.0, lambda ended: counts.update((ended,)))
    return held, counts


def test_what_the_model_says_passes_through() -> None:
    model, counts = guarded(SayingModel("The IRS keeps it private."))

    assert said(model) == "The IRS keeps it private."
    assert counts == {"answered": 1}


def test_a_resting_model_is_not_asked() -> None:
    inner = SayingModel(fails=ModelUnavailable("status 500"))
    model, counts = guarded(inner)
    with pytest.raises(ModelUnavailable):
        said(model)

    with pytest.raises(ModelUnavailable, match="resting"):
        said(model)

    assert len(inner.seen) == 1
    assert counts == {"failed: status 500": 1, "resting": 1}


def test_silence_is_a_failure_even_when_tokens_were_counted() -> None:
    model, _ = guarded(SayingModel(counted=(Usage(10, 0),)))

    with pytest.raises(ModelUnavailable, match="nothing"):
        said(model)

    assert model.breaker.state is State.OPEN


@pytest.mark.parametrize(
    ("seconds", "state"), [(3.0, State.CLOSED), (9.0, State.OPEN), (None, State.OPEN)]
)
def test_running_out_of_a_short_time_is_not_held_against_the_model(
    seconds: float | None, state: State
) -> None:
    model, _ = guarded(SLOW)

    with pytest.raises(OutOfTime):
        said(model, seconds)

    assert model.breaker.state is state


def test_a_reader_who_leaves_is_no_failure() -> None:
    model, counts = guarded(SayingModel("one two three"))

    async def leave() -> None:
        async with aclosing(model.stream("", "")) as pieces:
            await anext(pieces)

    asyncio.run(leave())

    assert model.breaker.state is State.CLOSED
    assert counts == {"answered": 1}
