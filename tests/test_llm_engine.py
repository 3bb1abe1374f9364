"""The llm engine end to end: HTTP in, a model behind real HTTP, verified lines out; and the corpus whenever it fails."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service
from app.main import create_app
from tests.llm_service import with_model
from tests.model_server import Script, first_two, model_server, numbered

Answered = Callable[..., dict[str, Any]]

QUESTION = "Can ICE get my address from the IRS?"


def with_an_invented_fine(prompt: str) -> str:
    return f"You must pay $9,876 by May 5. [1]\n{first_two(prompt)}"


def app_with_model(service: Service, address: str, timeout: float = 5.0) -> TestClient:
    """A reader of the session's service with a model in front."""
    return TestClient(create_app(service=with_model(service, address, timeout)))


@pytest.fixture
def answered(service: Service) -> Answered:
    """Asks a service whose model follows a script."""

    def ask(script: Script, question: str = QUESTION, timeout: float = 5.0) -> dict[str, Any]:
        with model_server(script) as address:
            client = app_with_model(service, address, timeout)
            body: dict[str, Any] = client.post("/api/ask", json={"question": question}).json()
        return body

    return ask


def test_a_models_faithful_lines_are_shown_with_their_quotes(answered: Answered) -> None:
    script = Script(reply=first_two)

    body = answered(script)

    assert body["engine"] == "llm"
    shown = numbered(script.prompt)
    assert [s["text"] for s in body["answer"]] == shown[:2]
    assert [c["quote"] for c in body["citations"]] == shown[:2]


def test_an_invented_amount_and_date_never_reach_the_reader(answered: Answered) -> None:
    body = answered(Script(reply=with_an_invented_fine))

    assert body["engine"] == "llm"
    assert "9,876" not in json.dumps(body)


def test_the_model_never_sees_personal_data_or_links(answered: Answered) -> None:
    script = Script(reply=first_two)

    answered(script, f"{QUESTION} My ITIN is 900-70-0000, call 202-555-0123, a@example.com")

    assert "900-70-0000" not in script.prompt
    assert "202-555-0123" not in script.prompt
    assert "a@example.com" not in script.prompt
    assert "http" not in script.prompt


def test_the_stream_tells_each_verified_line_and_ends_with_the_whole(service: Service) -> None:
    with model_server(Script(reply=with_an_invented_fine)) as address:
        reply = app_with_model(service, address).post(
            "/api/ask/stream", json={"question": QUESTION}
        )

    events = re.findall(r"^event: (\w+)\ndata: (.*)$", reply.text, flags=re.MULTILINE)
    assert events[0][0] == "meta"
    assert json.loads(events[0][1])["engine"] == "llm"
    assert events[-1][0] == "done"
    assert "9,876" not in reply.text


def thinking_aloud(prompt: str) -> str:
    return f"<think>\nThe person fears ICE. [1]\n</think>\nLet me answer:\n{first_two(prompt)}"


def test_what_a_model_thinks_aloud_is_not_shown(answered: Answered) -> None:
    script = Script(reply=thinking_aloud, thinks="The person seems afraid. [1]\n")

    body = answered(script)

    assert [s["text"] for s in body["answer"]] == numbered(script.prompt)[:2]


def test_a_phone_reaches_the_reader_and_not_the_model(answered: Answered) -> None:
    script = Script(reply=with_phone)

    body = answered(script, "What is the IRS phone number and does it have Spanish?")

    shown = " ".join(statement["text"] for statement in body["answer"])
    assert body["engine"] == "llm"
    assert "800-829-1040" in shown
    assert "800-829-1040" not in script.prompts
    assert "{phone" not in json.dumps(body)


def with_phone(prompt: str) -> str:
    shown = list(enumerate(numbered(prompt), start=1))
    return "\n".join(f"{text} [{n}]" for n, text in shown if "{phone-" in text)


def test_tokens_are_told_in_the_log_as_numbers(
    answered: Answered, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="app.api"):
        answered(Script(reply=first_two, usage=(1_234, 56)))

    record = next(record for record in caplog.records if record.msg == "answered")
    assert vars(record)["tokens_in"] == 1_234
    assert vars(record)["tokens_out"] == 56


def test_a_follow_up_is_found_by_what_the_model_makes_of_it(service: Service) -> None:
    def reply(prompt: str) -> str:
        return first_two(prompt) if numbered(prompt) else "How do I renew my ITIN?"

    history = [{"role": "user", "content": "My ITIN ran out. How do I renew my ITIN?"}]
    with model_server(Script(reply=reply)) as address:
        client = app_with_model(service, address)
        body = client.post("/api/ask", json={"question": "and how?", "history": history}).json()

    assert body["engine"] == "llm"
    assert body["topic"] == "itin-renew"


def test_in_an_emergency_the_model_hears_nothing(service: Service) -> None:
    script = Script(reply=first_two)
    history = [{"role": "user", "content": "What is an ITIN?"}]

    with model_server(script) as address:
        client = app_with_model(service, address)
        question = {"question": "ICE is at my door right now", "history": history}
        body = client.post("/api/ask", json=question).json()

    assert body["outcome"] == "urgent"
    assert script.asked == []
