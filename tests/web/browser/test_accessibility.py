"""WCAG 2.2 AA: no finding by axe in any state of the page, and what axe cannot see: keyboard, focus, zoom, size of targets."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.browser.doing import ADDRESS, DOOR, RENEW, ask, send
from tests.web.browser.sites import HeldWriter

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": TAGS,
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
State = Callable[[Any, str], None]


def findings(page: Any) -> list[str]:
    """What axe finds, one line each."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def opened(path: str) -> State:
    """A page as it opens."""

    def state(page: Any, site: str) -> None:
        page.goto(site + path)

    return state


def answered(language: str, question: str) -> State:
    """A whole answer with every citation open."""

    def state(page: Any, site: str) -> None:
        page.goto(f"{site}/{language}")
        ask(page, question)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")

    return state


def offline(page: Any, site: str) -> None:
    """A question that found no connection."""
    page.goto(f"{site}/en")
    page.context.set_offline(True)
    send(page, ADDRESS)
    page.wait_for_selector("#problem b")


def left(page: Any, site: str) -> None:
    """The overlay, while the other page is still coming."""
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(status=204))
    page.goto(f"{site}/en")
    page.click("#exit")


def printed(page: Any, site: str) -> None:
    """An answer on paper."""
    answered("en", ADDRESS)(page, site)
    page.emulate_media(media="print")


def dark(state: State) -> State:
    """The same in the dark."""

    def darkened(page: Any, site: str) -> None:
        page.emulate_media(color_scheme="dark")
        state(page, site)

    return darkened


STATES: dict[str, State] = {
    "empty, English": opened("/en"),
    "empty, Spanish": opened("/es"),
    "empty, Chinese": opened("/zh"),
    "empty, dark": dark(opened("/en")),
    "answered": answered("en", ADDRESS),
    "answered in Spanish, dark": dark(answered("es", RENEW)),
    "urgent": answered("en", DOOR),
    "urgent, dark": dark(answered("en", DOOR)),
    "no text": answered("en", "How do I register my boat in Peru for a race?"),
    "offline": offline,
    "leaving": left,
    "printed": printed,
    "what leaving cannot hide": opened("/es/exit"),
}


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_in_any_state(page: Any, site: str, name: str) -> None:
    STATES[name](page, site)

    assert findings(page) == []


@pytest.mark.parametrize("how", ["rtl", "long"])
def test_axe_finds_nothing_in_languages_that_strain_the_layout(
    page: Any, strained: dict[str, str], how: str
) -> None:
    answered("en", ADDRESS)(page, strained[how])

    assert findings(page) == []


@pytest.mark.parametrize("lines", [0, 1], ids=["asking", "streaming"])
def test_axe_finds_nothing_while_an_answer_is_coming(
    page: Any, held: str, writer: HeldWriter, lines: int
) -> None:
    page.goto(f"{held}/en")
    send(page, ADDRESS)
    writer.tell(lines)
    page.wait_for_function("n => document.querySelectorAll('.statement').length === n", arg=lines)

    assert page.get_attribute(".exchange", "aria-busy") == "true"
    assert findings(page) == []


def test_axe_finds_nothing_on_the_answer_and_the_refusal_that_need_no_script(
    page: Any, plain: Any, refusing: str
) -> None:
    plain.goto(f"{refusing}/en")
    send(plain, DOOR)
    answer = plain.content()
    send(plain, ADDRESS)
    refusal = plain.content()
    page.goto(f"{refusing}/en/topics")  # gives the two their style sheet

    page.set_content(answer)
    of_answer = findings(page)
    page.set_content(refusal)

    assert "844-363-1423" in answer
    assert "Please wait" in refusal
    assert (of_answer, findings(page)) == ([], [])


WALK = """() => {
  const all = [...document.querySelectorAll('a[href], button, textarea, summary')];
  return all.filter(one => one.checkVisibility()).length;
}"""
WHERE = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const box = one.getBoundingClientRect();
  const bar = document.querySelector('.bar');
  const lid = bar.getBoundingClientRect().bottom;
  const style = getComputedStyle(one);
  return {
    hidden: !bar.contains(one) && (box.top < lid - 1 || box.top >= innerHeight),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    name: one.tagName + ' ' + one.className + ' ' + one.textContent.trim().slice(0, 40),
  };
}"""


def walked(page: Any, key: str, stops: int) -> list[dict[str, Any]]:
    """Where focus stands after each press of a key."""
    places = []
    for _ in range(stops):
        page.keyboard.press(key)
        places.append(page.evaluate(WHERE))
    return [place for place in places if place]


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_a_keyboard_reaches_everything_and_focus_is_never_hidden(
    page: Any, site: str, key: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 480})
    answered("en", DOOR)(page, site)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    reachable = page.evaluate(WALK)

    places = walked(page, key, reachable + 2)

    assert len(places) >= reachable
    assert [place["name"] for place in places if place["hidden"]] == []
    assert [place["name"] for place in places if not place["outlined"]] == []


def test_a_question_can_be_asked_and_a_citation_opened_by_keyboard_alone(
    page: Any, site: str
) -> None:
    page.goto(f"{site}/en")
    page.focus("#question")
    page.keyboard.type(ADDRESS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".exchange:not([aria-busy])")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.locator(".proof").first.is_visible()


SMALL = """() => [...document.querySelectorAll('a[href], button, textarea, summary')]
  .filter(one => one.checkVisibility() && !one.matches('.unseen, p a, li.step a, .steps a, .sources a'))
  .map(one => [one.textContent.trim().slice(0, 30), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 24 || box.width < 24)
  .map(([name, box]) => `${name} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


def test_what_one_taps_is_at_least_24_pixels_high_and_wide(page: Any, site: str) -> None:
    answered("en", DOOR)(page, site)

    assert page.evaluate(SMALL) == []
