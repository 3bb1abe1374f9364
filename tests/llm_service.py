"""The session's service with a model of a test's own in front, and what a reader sees of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fastapi.testclient import TestClient
from pydantic import SecretStr

from app import bootstrap
from app.bootstrap import Service
from app.main import create_app
from app.settings import Settings


def with_model(
    service: Service,
    address: str,
    timeout: float = 5.0,
    clock: Callable[[], float] = time.monotonic,
) -> Service:
    """The same service, asking the model at an address first."""
    settings = Settings(
        llm="openai:scripted",
        llm_base_url=address,
        llm_api_key=SecretStr("any"),
        llm_timeout=timeout,
        rate_limit="100000/minute",
        # One reader asks for all: with a share of the day's budget the model would soon no longer be heard.
        model_daily_answers=100_000,
        model_daily_share=100_000,
    )
    return bootstrap.with_model(service, settings, clock)


@contextmanager
def reader(service: Service) -> Iterator[TestClient]:
    """A reader of a service; all that is asked runs in one event loop, as in a server."""
    with TestClient(create_app(service=service)) as client:
        yield client
