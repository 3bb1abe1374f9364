"""Asking with a browser's script: the same answer, told as it comes; what goes wrong says what to do; nothing is kept."""

import json
from typing import Any

import pytest

from tests.web.browser.doing import ADDRESS, DONE, DOOR, RENEW, ask, send, words
from tests.web.browser.sites import HeldWriter

PARTS = ".asked, .statement, .steps, .contacts > li, .notice, .human, .footnotes li, .chip"
READ = f"""() => [...document.querySelector('.exchange').querySelectorAll('{PARTS}')]
    .map(one => one.textContent.replace(/\\s+/g, ''))"""
LINKS = """() => [...document.querySelectorAll('.exchange a[href^="tel:"], .exchange a[href^="http"]')]
    .map(one => one.getAttribute('href') + ' ' + one.textContent)"""


@pytest.mark.parametrize(("language", "question"), [("en", ADDRESS), ("es", RENEW), ("en", DOOR)])
def test_an_answer_told_as_it_comes_reads_like_the_one_without_a_script(
    page: Any, plain: Any, site: str, language: str, question: str
) -> None:
    plain.goto(f"{site}/{language}")
    send(plain, question)
    page.goto(f"{site}/{language}")
    ask(page, question)

    parts = [page.evaluate(READ), plain.evaluate(READ)]

    assert parts[0] == parts[1]
    assert len(parts[0]) > 8
    assert page.evaluate(LINKS) == plain.evaluate(LINKS)


def test_a_citation_opens_the_quoted_sentence_with_its_source_and_its_date(
    plain: Any, site: str
) -> None:
    plain.goto(f"{site}/en")
    send(plain, ADDRESS)

    plain.click(".cite summary")

    shown = plain.locator(".proof").first
    assert shown.is_visible()
    assert (
        shown.locator("blockquote").inner_text() == plain.locator(".statement p").first.inner_text()
    )
    assert shown.locator("a[href^='https://']").count() >= 1
    assert "2026" in shown.locator(".meta").inner_text()
    assert "Not yet reviewed by a lawyer" in shown.locator(".meta").inner_text()


def test_statements_show_one_by_one_while_the_rest_is_still_coming(
    page: Any, held: str, writer: HeldWriter
) -> None:
    page.goto(f"{held}/en")
    send(page, ADDRESS)
    page.wait_for_selector(".exchange[aria-busy=true] .waiting")

    writer.tell(1)
    page.wait_for_selector(".statement")
    first = page.locator(".statement").count(), page.locator("[aria-busy=true]").count()
    writer.tell(1_000)
    page.wait_for_selector(DONE)

    assert first == (1, 1)
    assert page.locator(".statement").count() > 1
    assert page.locator(".waiting").count() == 0


def test_an_answer_is_announced_once_and_politely(page: Any, held: str, writer: HeldWriter) -> None:
    page.goto(f"{held}/en")
    page.evaluate(
        """() => { window.heard = []; new MutationObserver(() => {
        const text = document.getElementById('told').textContent; if (text) window.heard.push(text);
        }).observe(document.getElementById('told'), {childList: true}) }"""
    )
    send(page, ADDRESS)
    writer.tell(1_000)
    page.wait_for_selector(DONE)

    heard = page.evaluate("window.heard")

    assert len(heard) == 1
    assert words(page, ".statement p") in heard[0]
    assert page.get_attribute("#told", "role") == "status"
    assert page.locator(".exchange [role], .exchange [aria-live]").count() == 0


def test_focus_moves_to_the_question_asked_and_stays_there(page: Any, site: str) -> None:
    page.goto(f"{site}/en")

    ask(page, ADDRESS)

    assert page.evaluate("document.activeElement.className") == "asked"
    assert page.input_value("#question") == ""


def test_a_line_that_takes_long_says_so(page: Any, held: str) -> None:
    page.clock.install()
    page.goto(f"{held}/en")
    send(page, ADDRESS)
    page.wait_for_selector(".waiting")
    before = words(page, ".waiting")

    page.clock.fast_forward(6_000)

    assert before.startswith("Looking it up")
    assert words(page, ".waiting").startswith("Still looking")


def test_no_connection_says_what_to_do_and_keeps_the_text_typed(page: Any, site: str) -> None:
    page.goto(f"{site}/en")
    page.context.set_offline(True)

    send(page, ADDRESS)
    page.wait_for_selector("#problem b")

    assert "No connection" in page.inner_text("#problem")
    assert page.get_attribute("#problem", "role") == "alert"
    assert page.input_value("#question") == ADDRESS
    assert page.evaluate("document.activeElement.id") == "question"
    assert page.locator(".exchange").count() == 0


def test_after_a_failure_the_same_text_can_be_sent_again(page: Any, site: str) -> None:
    page.goto(f"{site}/en")
    page.context.set_offline(True)
    send(page, ADDRESS)
    page.wait_for_selector("#problem b")
    page.context.set_offline(False)

    page.click(".ask button")
    page.wait_for_selector(DONE)

    assert page.inner_text("#problem") == ""
    assert page.locator(".statement").count() > 1


def test_a_refusal_is_told_in_the_words_of_the_page(page: Any, refusing: str) -> None:
    page.goto(f"{refusing}/es")
    ask(page, RENEW)

    send(page, RENEW)
    page.wait_for_selector("#problem b")

    assert "Por favor espere" in page.inner_text("#problem")
    assert page.input_value("#question") == RENEW
    assert page.locator(".exchange").count() == 1


def test_an_answer_that_fails_midway_keeps_what_it_has_told(
    page: Any, held: str, writer: HeldWriter
) -> None:
    writer.broken = True
    page.goto(f"{held}/en")
    send(page, ADDRESS)
    writer.tell(1)

    page.wait_for_selector("#problem b")

    assert page.locator(".statement").count() == 1
    assert page.locator("[aria-busy]").count() == 0
    assert page.input_value("#question") == ADDRESS
    assert "Please try again" in page.inner_text("#problem")


def test_earlier_turns_go_along_and_stand_in_no_address_and_no_store(page: Any, site: str) -> None:
    sent: list[Any] = []

    def note(request: Any) -> None:
        sent.append(request)

    page.on("request", note)
    page.goto(f"{site}/en")
    ask(page, ADDRESS)

    ask(page, "And my wife?")

    bodies = [json.loads(request.post_data) for request in sent if request.method == "POST"]
    assert [len(body["history"]) for body in bodies] == [0, 2]
    assert [turn["role"] for turn in bodies[1]["history"]] == ["user", "assistant"]
    assert bodies[1]["history"][0]["content"] == ADDRESS
    assert {request.url.partition("/static/")[0] for request in sent} <= {
        f"{site}/en",
        f"{site}/api/ask/stream",
        site,
    }
    assert page.url == f"{site}/en"
    assert page.evaluate("history.length") == 2
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0,
        0,
        "",
    ]


def test_the_page_turns_to_the_language_of_the_question(page: Any, site: str) -> None:
    page.goto(f"{site}/en")

    ask(page, RENEW)

    assert page.get_attribute("html", "lang") == "es"
    assert page.inner_text("#exit") == "Salir de esta página"
    assert page.inner_text(".ask label") == "Su pregunta"
    assert words(page, ".asked") == f"Usted preguntó: {RENEW}"
    assert page.locator(".exchange").count() == 1


def test_a_common_question_is_asked_at_a_tap(page: Any, site: str) -> None:
    page.goto(f"{site}/en")

    page.click(".common .chip >> nth=0")
    page.wait_for_selector(DONE)

    assert page.locator(".common").is_hidden()
    assert page.locator(".statement").count() > 1


@pytest.mark.parametrize("question", ["<img src=x onerror=alert(1)> can ICE get my address?"])
def test_what_is_typed_stays_text(page: Any, site: str, question: str) -> None:
    page.goto(f"{site}/en")

    ask(page, question)

    assert question in words(page, ".asked")
    assert page.locator("main img").count() == 0


def test_not_right_leads_to_people_and_not_to_a_form(page: Any, site: str) -> None:
    page.goto(f"{site}/en")
    ask(page, ADDRESS)

    page.click(".human a")

    target = page.evaluate(
        "document.querySelector(location.hash).querySelector('.contacts') !== null"
    )
    assert target
    assert page.locator(".human input, .human form").count() == 0
