"""Failure is ordinary: however a model fails, over real HTTP, the reader gets a good answer, and the next one does not wait."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from app.bootstrap import Service
from tests.llm_service import reader, with_model
from tests.model_server import Script, closed_port, first_two, model_server, numbered

QUESTION = "Can ICE get my address from the IRS?"
SPANISH = "¿Puede ICE obtener mi dirección del IRS?"

Body = dict[str, Any]


@dataclass
class Clock:
    """Moves when it is told to."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def vetted(service: Service) -> Callable[[str], Body]:
    """What the corpus answers."""

    def ask(question: str) -> Body:
        with reader(service) as client:
            body: Body = client.post("/api/ask", json={"question": question}).json()
        return body

    return ask


def asked(service: Service, script: Script, question: str = QUESTION, timeout: float = 0.6) -> Body:
    with model_server(script) as address, reader(with_model(service, address, timeout)) as client:
        body: Body = client.post("/api/ask", json={"question": question}).json()
    return body


def chunk(content: str) -> bytes:
    return b'data: {"choices": [{"index": 0, "delta": {"content": "%b"}}]}\n\n' % content.encode()


FAILURES = {
    "400": Script(status=400),
    "401": Script(status=401),
    "404": Script(status=404),
    "429": Script(status=429, retry_after="20"),
    "500": Script(status=500),
    "503": Script(status=503, retry_after="Wed, 21 Oct 2037 07:28:00 GMT"),
    "hangs before the first byte": Script(reply=first_two, pause_before=3.0),
    "half a UTF-8 character": Script(raw=chunk("Yes")[:-6] + b"\xc3"),
    "bytes that are no text": Script(raw=b"\xff\xfe\xc3\x28\n\n"),
    "broken JSON": Script(raw=b"data: {not json}\n\n"),
    "JSON of another shape": Script(raw=b'data: {"choices": "what"}\n\ndata: [DONE]\n\n'),
    "an error inside the stream": Script(raw=b'data: {"error": {"message": "overloaded"}}\n\n'),
    "a page of HTML": Script(raw=b"<html><body>Bad gateway</body></html>"),
    "no body": Script(raw=b""),
    "only the end": Script(raw=b"data: [DONE]\n\n"),
    "empty": Script(""),
    "blank lines": Script("\n \n\n"),
    "NONE": Script("NONE"),
    "a refusal": Script("I'm sorry, but I can't help with that."),
    "endless on one line": Script(endless="more and more words without an end "),
    "endless lines": Script(endless="More words without any source.\n"),
    "endless thinking": Script(endless="<think> hm "),
    "thinking alone": Script("<think>The IRS keeps it private. [1]", thinks="Let me see. [1]"),
    "another language": Script("Oui, dans certains cas la loi permet cela. [1]\n" * 3),
    "all lines dropped": Script("ICE has 12 agents. [1]\nPay $9,876 now. [1]\nGo to Rome. [2]\n"),
    "citations of nothing": Script("Yes, in some cases. [98]\nNo. [99]\nMaybe. [0]\nNever. [97]"),
}


@pytest.mark.parametrize("script", FAILURES.values(), ids=FAILURES)
def test_a_model_that_fails_ends_in_the_answer_of_the_corpus(
    script: Script, service: Service, vetted: Callable[[str], Body]
) -> None:
    assert asked(service, script) == vetted(QUESTION)


def test_a_spanish_question_answered_in_english_ends_in_the_answer_of_the_corpus(
    service: Service, vetted: Callable[[str], Body]
) -> None:
    script = Script("Yes, in some cases, for a federal crime case. [1]\nThe law lets them. [1]\n")

    assert asked(service, script, SPANISH) == vetted(SPANISH)


def test_a_model_that_nobody_runs_ends_in_the_answer_of_the_corpus(
    service: Service, vetted: Callable[[str], Body]
) -> None:
    nowhere = f"http://127.0.0.1:{closed_port()}/v1"

    with reader(with_model(service, nowhere)) as client:
        body = client.post("/api/ask", json={"question": QUESTION}).json()

    assert body == vetted(QUESTION)


def test_a_model_that_hangs_in_the_middle_keeps_its_lines_and_the_corpus_adds_the_rest(
    service: Service,
) -> None:
    def three(prompt: str) -> str:
        one, two, three, *_ = numbered(prompt)
        return f"{three} [3]\n{one} [1]\n{two} [2]\n"

    script = Script(reply=three, pause_within=3.0)

    body = asked(service, script)

    told = [statement["text"] for statement in body["answer"]]
    assert body["engine"] == "llm"
    assert told[0] == numbered(script.prompt)[2]
    assert set(numbered(script.prompt)[:2]) <= set(told)
    assert len(told) == len(set(told))


def test_a_stream_of_a_failing_model_ends_with_the_whole_answer(service: Service) -> None:
    with (
        model_server(Script(status=500)) as address,
        reader(with_model(service, address)) as client,
    ):
        text = client.post("/api/ask/stream", json={"question": QUESTION}).text

    assert text.count("event: meta") == 1
    assert text.count("event: done") == 1
    assert "event: error" not in text


def test_a_page_of_a_failing_model_shows_the_answer(service: Service) -> None:
    with (
        model_server(Script(raw=b"\xc3")) as address,
        reader(with_model(service, address)) as client,
    ):
        page = client.post("/en", data={"question": QUESTION})

    assert page.status_code == 200
    assert 'class="statement' in page.text


@pytest.mark.parametrize("kind", ["401", "500", "hangs before the first byte", "broken JSON"])
def test_a_model_that_has_failed_is_not_asked_for_the_next_reader(
    kind: str, service: Service
) -> None:
    script = Script(**{**vars(FAILURES[kind]), "asked": []})

    with model_server(script) as address:
        held = with_model(service, address, 0.6)
        with reader(held) as client:
            client.post("/api/ask", json={"question": QUESTION})
            body = client.post("/api/ask", json={"question": QUESTION}).json()

    assert len(script.asked) == 1
    assert body["engine"] == "corpus"
    assert held.model_counts["resting"] == 1


def test_a_provider_that_asks_to_be_left_alone_is_left_alone_so_long(service: Service) -> None:
    clock = Clock()
    script = Script(reply=first_two, status=429, retry_after="90")

    with model_server(script) as address:
        held = with_model(service, address, clock=clock)
        with reader(held) as client:
            client.post("/api/ask", json={"question": QUESTION})
            script.status = 200
            clock.now += 89
            early = client.post("/api/ask", json={"question": QUESTION}).json()
            clock.now += 2
            late = client.post("/api/ask", json={"question": QUESTION}).json()

    assert early["engine"] == "corpus"
    assert late["engine"] == "llm"
    assert held.model_counts == {"failed: status 429": 1, "resting": 1, "answered": 1}


def test_a_model_that_has_come_back_is_asked_again(service: Service) -> None:
    clock = Clock()
    script = Script(reply=first_two, status=500)

    with (
        model_server(script) as address,
        reader(with_model(service, address, clock=clock)) as client,
    ):
        client.post("/api/ask", json={"question": QUESTION})
        script.status = 200
        clock.now += 6
        client.post("/api/ask", json={"question": QUESTION})
        body = client.post("/api/ask", json={"question": QUESTION}).json()

    assert body["engine"] == "llm"
    assert len(script.asked) == 3
