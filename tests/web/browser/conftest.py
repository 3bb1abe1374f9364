"""Tests in a real browser. Without one they are not collected, and the last lines of the run say so."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import Service
from app.main import create_app
from tests.web.browser.finding import ARGUMENTS, HOW, browser_path
from tests.web.browser.sites import (
    HeldWriter,
    held_site,
    refusing_site,
    serving,
    strained_site,
)

_LEFT_OUT: list[str] = []


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leaves the tests of this folder out when there is no browser to drive."""
    if not collection_path.name.startswith("test_") or browser_path():
        return None
    _LEFT_OUT.append(collection_path.name)
    return True


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says what was left out and how to get it."""
    if _LEFT_OUT:
        files = ", ".join(sorted(_LEFT_OUT))
        terminalreporter.write_line(f"Left out for want of a browser: {files}. To run them, {HOW}.")


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """One browser for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        held = playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        yield held
        held.close()


@pytest.fixture(scope="package")
def site(service: Service) -> Iterator[str]:
    """Address of the real page."""
    with serving(create_app(service=service)) as address:
        yield address


@pytest.fixture(scope="package")
def strained(service: Service) -> Iterator[dict[str, str]]:
    """Addresses of the page in languages that strain the layout."""
    with ExitStack() as stack:
        yield {
            how: stack.enter_context(serving(strained_site(service, how)))
            for how in ("rtl", "long")
        }


@pytest.fixture
def writer() -> HeldWriter:
    """A writer that waits for the test."""
    return HeldWriter()


@pytest.fixture
def held(service: Service, writer: HeldWriter) -> Iterator[str]:
    """Address of a page whose answers wait for the test."""
    with serving(held_site(service, writer)) as address:
        yield address
        writer.tell(1_000)


@pytest.fixture
def refusing(service: Service) -> Iterator[str]:
    """Address of a page that refuses the second question."""
    with serving(refusing_site(service)) as address:
        yield address


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A phone of its own, where any error in a script is a failure."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    fresh = context.new_page()
    errors: list[str] = []
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    yield fresh
    context.close()
    assert errors == []


@pytest.fixture
def plain(browser: Any) -> Iterator[Any]:
    """The same phone with scripts switched off."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
