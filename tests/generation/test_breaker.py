"""The circuit breaker: when a model may be asked again."""

import pytest

from app.generation.breaker import Breaker, State
from tests.generation.models import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock, first_rest=5.0, longest_rest=20.0)


def test_a_model_that_has_not_failed_is_asked(breaker: Breaker) -> None:
    assert breaker.admits()
    assert breaker.admits()


def test_one_failure_opens_it(breaker: Breaker) -> None:
    breaker.failed()

    assert breaker.state is State.OPEN
    assert not breaker.admits()


def test_after_its_rest_one_question_tries_the_model_and_the_others_do_not_wait(
    breaker: Breaker, clock: Clock
) -> None:
    breaker.failed()
    clock.now += 5

    assert [breaker.admits(), breaker.admits()] == [True, False]
    assert breaker.state is State.HALF_OPEN


def test_a_try_that_succeeds_closes_it(breaker: Breaker, clock: Clock) -> None:
    breaker.failed()
    clock.now += 5
    breaker.admits()

    breaker.succeeded()

    assert breaker.state is State.CLOSED


def test_each_try_that_fails_doubles_the_rest_up_to_its_limit(
    breaker: Breaker, clock: Clock
) -> None:
    rests = []
    for _ in range(4):
        breaker.failed()
        began = clock.now
        while not breaker.admits():
            clock.now += 1
        rests.append(clock.now - began)

    assert rests == [5, 10, 20, 20]


def test_calls_that_fail_together_are_one_failure(breaker: Breaker, clock: Clock) -> None:
    breaker.failed()
    breaker.failed()
    breaker.failed()
    clock.now += 5

    assert breaker.admits()


def test_a_success_makes_the_next_rest_short_again(breaker: Breaker, clock: Clock) -> None:
    breaker.failed()
    clock.now += 5
    breaker.admits()
    breaker.failed()
    breaker.succeeded()

    breaker.failed()
    clock.now += 5

    assert breaker.admits()


def test_a_provider_is_left_alone_as_long_as_it_asks(breaker: Breaker, clock: Clock) -> None:
    breaker.failed(retry_after=60)
    clock.now += 59

    assert not breaker.admits()
    clock.now += 1
    assert breaker.admits()


def test_a_provider_that_asks_for_a_year_is_tried_after_an_hour(
    breaker: Breaker, clock: Clock
) -> None:
    breaker.failed(retry_after=31_536_000)
    clock.now += 3_600

    assert breaker.admits()


def test_a_try_whose_reader_left_is_made_by_the_next_question(
    breaker: Breaker, clock: Clock
) -> None:
    breaker.failed()
    clock.now += 5
    breaker.admits()

    breaker.abandoned()

    assert breaker.admits()
