"""Leaving the page at once: by button, hidden link and Shift; nothing of the conversation stays behind."""

from typing import Any

import pytest

from tests.web.browser.doing import ADDRESS, ask, send
from tests.web.browser.sites import HeldWriter

AWAY = "https://www.weather.gov/"


def away(page: Any) -> None:
    """Let the page that one leaves for be there, without the network."""
    page.route(f"{AWAY}**", lambda route: route.fulfill(body="weather", content_type="text/html"))


def stalled(page: Any) -> None:
    """Let the page that one leaves for not come: an answer without content leaves a browser where it is."""
    page.route(f"{AWAY}**", lambda route: route.fulfill(status=204))


def shift(page: Any, times: int) -> None:
    """Press Shift so many times."""
    for _ in range(times):
        page.keyboard.press("Shift")


def test_the_button_leaves_and_takes_the_place_in_the_history(page: Any, site: str) -> None:
    away(page)
    page.goto(f"{site}/en")
    before = page.evaluate("history.length")

    page.click("#exit")
    page.wait_for_url(AWAY)

    assert page.evaluate("history.length") == before


def test_leaving_blanks_the_page_at_once_and_clears_the_conversation(page: Any, site: str) -> None:
    stalled(page)
    page.goto(f"{site}/en")
    ask(page, ADDRESS)
    page.fill("#question", "something private")

    page.click("#exit")

    assert page.inner_text("body") == "Leaving."
    assert page.get_attribute(".overlay", "role") == "alert"
    assert page.title() == "Leaving."


def test_leaving_stops_an_answer_that_is_still_coming(
    page: Any, held: str, writer: HeldWriter
) -> None:
    stalled(page)
    stopped: list[str] = []
    page.on("requestfailed", lambda request: stopped.append(request.url))
    page.goto(f"{held}/en")
    send(page, ADDRESS)
    page.wait_for_selector(".waiting")

    page.click("#exit")
    page.wait_for_timeout(100)

    assert f"{held}/api/ask/stream" in stopped
    assert page.inner_text("body") == "Leaving."


def test_the_first_thing_a_keyboard_reaches_is_the_way_out(page: Any, site: str) -> None:
    away(page)
    page.goto(f"{site}/en")

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    page.wait_for_url(AWAY)

    assert "exit-first" in first


def test_shift_three_times_leaves(page: Any, site: str) -> None:
    away(page)
    page.goto(f"{site}/en")

    shift(page, 3)

    page.wait_for_url(AWAY)


def test_each_press_of_shift_is_told(page: Any, site: str) -> None:
    page.goto(f"{site}/en")

    shift(page, 1)
    one = page.inner_text("#exit-status")
    shift(page, 1)

    assert "2 more" in one
    assert "1 more" in page.inner_text("#exit-status")
    assert page.get_attribute("#exit", "data-presses") == "2"


def test_capital_letters_do_not_leave(page: Any, site: str) -> None:
    page.goto(f"{site}/en")
    page.focus("#question")

    page.keyboard.press("Shift+A")
    page.keyboard.press("Shift+B")
    page.keyboard.press("Shift+C")

    assert page.input_value("#question") == "ABC"
    assert page.get_attribute("#exit", "data-presses") in {None, "0"}


def test_shift_lapses_after_five_seconds(page: Any, site: str) -> None:
    page.clock.install()
    page.goto(f"{site}/en")

    shift(page, 2)
    page.clock.fast_forward(5_100)
    lapsed = page.inner_text("#exit-status")
    shift(page, 1)

    assert "lapsed" in lapsed
    assert page.url == f"{site}/en"


def test_without_a_script_the_button_still_leads_away(plain: Any, site: str) -> None:
    away(plain)
    plain.goto(f"{site}/en")

    plain.click("#exit")

    plain.wait_for_url(AWAY)


@pytest.mark.parametrize(
    "path", ["/en", "/es/topics", "/zh/exit", "/en/itin-renew/when-it-expires"]
)
def test_the_way_out_stays_in_reach_however_far_one_scrolls(
    page: Any, site: str, path: str
) -> None:
    page.goto(f"{site}{path}")

    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    box = page.locator("#exit").bounding_box()

    assert 0 <= box["y"] < 100
    assert box["height"] >= 24


@pytest.mark.parametrize(
    ("language", "word"), [("en", "history"), ("es", "historial"), ("zh", "历史")]
)
def test_a_page_says_honestly_what_leaving_cannot_hide(
    plain: Any, site: str, language: str, word: str
) -> None:
    plain.goto(f"{site}/{language}")

    plain.click(".exit-hint a")

    assert plain.url == f"{site}/{language}/exit"
    assert word in plain.inner_text("main")
