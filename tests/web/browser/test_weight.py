"""What the first view costs over the wire, counted by the browser."""

from typing import Any

import pytest

from tests.web.browser.doing import ADDRESS, ask
from tests.web.browser.wire import Wire

BUDGET = 60_000


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_the_first_view_with_all_it_loads_stays_under_sixty_kilobytes(
    page: Any, site: str, language: str
) -> None:
    wire = Wire(page)

    page.goto(f"{site}/{language}", wait_until="networkidle")

    assert 5_000 < wire.received < BUDGET


def test_nothing_is_asked_of_another_host_from_first_view_to_answer(page: Any, site: str) -> None:
    wire = Wire(page)
    page.goto(f"{site}/en", wait_until="networkidle")

    ask(page, ADDRESS)

    assert len(wire.addresses) >= 8
    assert [address for address in wire.addresses if not address.startswith(site)] == []


def test_no_font_is_loaded(page: Any, site: str) -> None:
    wire = Wire(page)

    page.goto(f"{site}/en", wait_until="networkidle")

    assert "Font" not in wire.kinds
    assert {"Document", "Stylesheet", "Script"} <= wire.kinds
