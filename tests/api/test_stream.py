"""`POST /api/ask/stream`: the order of events, that they add up to the answer, and that a stream is refused like a question."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service
from app.domain.question import Asked
from app.domain.section import Passage
from app.main import create_app
from app.settings import Settings
from tests.fakes import ListRetriever

ADDRESS = "Can ICE get my address from the IRS?"
QUESTIONS = [
    ADDRESS,
    "¿Cuándo se vence mi ITIN?",
    "ICE is knocking on my door right now",
    "¿Dónde compro un seguro social falso?",
    "What is a good recipe for tamales?",
    "Quel est le prix du renouvellement et comment dois-je faire ?",
]

Sent = list[tuple[str, dict[str, Any]]]


class BreakingRetriever(ListRetriever):
    """Breaks with an exception that quotes the question."""

    def retrieve(self, asked: Asked) -> tuple[Passage, ...]:
        raise RuntimeError(asked.text)


def parsed(text: str) -> Sent:
    """The events of a stream, by name, with their data."""
    blocks = [dict(_line(line) for line in block.split("\n")) for block in _blocks(text)]
    return [(block["event"], json.loads(block["data"])) for block in blocks]


def _blocks(text: str) -> Sequence[str]:
    return [block for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]


def _line(line: str) -> tuple[str, str]:
    name, _, value = line.partition(": ")
    return name, value


def stream(client: TestClient, question: str, **fields: object) -> Sent:
    """The events that tell an answer."""
    response = client.post("/api/ask/stream", json={"question": question, **fields})
    assert response.status_code == 200, response.text
    return parsed(response.text)


def named(events: Sent, name: str) -> list[dict[str, Any]]:
    return [data for event, data in events if event == name]


def used_before_told(events: Sent) -> list[int]:
    """Numbers that a statement cites before their citation was sent."""
    told: set[int] = set()
    early = []
    for event, data in events:
        if event == "citation":
            told.add(data["n"])
        if event == "statement":
            early += [n for n in data["citations"] if n not in told]
    return early


def told_too_early(events: Sent) -> list[int]:
    """Numbers of citations that the next statement does not use."""
    waiting: list[int] = []
    unused = []
    for event, data in events:
        if event == "citation":
            waiting.append(data["n"])
        if event == "statement":
            unused += [n for n in waiting if n not in data["citations"]]
            waiting = []
    return unused + waiting


def test_a_stream_is_a_server_sent_event_stream_that_nothing_may_keep(client: TestClient) -> None:
    response = client.post("/api/ask/stream", json={"question": ADDRESS})

    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_stream_opens_with_meta_and_closes_with_done(client: TestClient, question: str) -> None:
    names = [name for name, _ in stream(client, question)]

    assert names[0] == "meta"
    assert names[-1] == "done"
    assert set(names[1:-1]) <= {"statement", "citation"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_meta_says_what_the_whole_answer_says(client: TestClient, question: str) -> None:
    events = stream(client, question)

    meta, done = events[0][1], events[-1][1]
    assert meta == {name: done[name] for name in meta}
    assert meta.keys() >= {"outcome", "topic", "language", "redactions", "engine"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_citation_is_sent_just_before_the_first_statement_that_uses_it(
    client: TestClient, question: str
) -> None:
    events = stream(client, question)

    assert used_before_told(events) == []
    assert told_too_early(events) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_events_add_up_to_the_whole_answer(client: TestClient, question: str) -> None:
    events = stream(client, question)

    assert named(events, "statement") == events[-1][1]["answer"]
    assert named(events, "citation") == events[-1][1]["citations"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_done_is_the_answer_that_the_other_call_gives(client: TestClient, question: str) -> None:
    whole = client.post("/api/ask", json={"question": question}).json()

    assert stream(client, question)[-1] == ("done", whole)


def test_a_tax_number_is_counted_in_meta_and_streamed_nowhere(client: TestClient) -> None:
    response = client.post(
        "/api/ask/stream", json={"question": "My ITIN is 900-70-0000, when does it expire?"}
    )

    assert parsed(response.text)[0][1]["redactions"] == [{"kind": "itin", "count": 1}]
    assert "900-70-0000" not in response.text


def test_a_stream_for_a_hotline_goes_deeper(service: Service) -> None:
    settings = Settings(
        rate_limit="100000/minute", staff_key_hashes=hashlib.sha256(b"key").hexdigest()
    )
    client = TestClient(create_app(settings, service), headers={"Authorization": "Bearer key"})

    deep = stream(client, ADDRESS, audience="hotline")

    assert len(named(deep, "statement")) > len(named(stream(client, ADDRESS), "statement"))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"question": ""}, 422),
        ({"question": ADDRESS, "language": "fr"}, 422),
        ({"question": ADDRESS, "user": "x"}, 422),
        ({"question": ADDRESS, "audience": "hotline"}, 401),
    ],
)
def test_a_stream_is_refused_with_a_problem_before_its_first_byte(
    client: TestClient, body: object, status: int
) -> None:
    response = client.post("/api/ask/stream", json=body)

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_stream_asked_for_with_another_content_type_is_refused(
    client: TestClient, content_type: str
) -> None:
    response = client.post(
        "/api/ask/stream", content=b'{"question": "a"}', headers={"Content-Type": content_type}
    )

    assert response.status_code == 415


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_stream_that_breaks_ends_with_an_error_in_the_language_asked_for(
    service: Service, language: str
) -> None:
    broken = replace(service, assistant=replace(service.assistant, retriever=BreakingRetriever()))
    client = TestClient(create_app(service=broken), raise_server_exceptions=False)

    response = client.post(
        "/api/ask/stream", json={"question": "zanahoria canary", "language": language}
    )

    words = service.replies.words(language).problems["internal"]
    name, problem = parsed(response.text)[-1]
    assert name == "error"
    assert problem == {
        "type": "urn:problem:internal",
        "title": words.title,
        "status": 500,
        "detail": words.detail,
    }


def test_a_stream_that_breaks_says_no_word_of_the_question(service: Service) -> None:
    broken = replace(service, assistant=replace(service.assistant, retriever=BreakingRetriever()))
    client = TestClient(create_app(service=broken), raise_server_exceptions=False)

    response = client.post("/api/ask/stream", json={"question": "zanahoria canary"})

    assert "zanahoria" not in response.text
    assert "Traceback" not in response.text
