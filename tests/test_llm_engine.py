"""The llm engine end to end: HTTP in, a model behind real HTTP, verified lines out; and the corpus whenever it fails."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.bootstrap import Service, build_model, build_rewriter, build_writers
from app.main import create_app
from app.settings import Settings
from tests.model_server import Script, closed_port, model_server

Answered = Callable[..., dict[str, Any]]

QUESTION = "Can ICE get my address from the IRS?"


def numbered(prompt: str) -> list[str]:
    """The statements that a model was shown."""
    return re.findall(r"^\[\d+\] (.*)$", prompt, flags=re.MULTILINE)


def first_two(prompt: str) -> str:
    one, two, *_ = numbered(prompt)
    return f"{one} [1]\n{two} [2]"


def with_an_invented_fine(prompt: str) -> str:
    return f"You must pay $9,876 by May 5. [1]\n{first_two(prompt)}"


def only_inventions(_: str) -> str:
    return "ICE has 12 agents there. [1]\nCall 555-0199 now. [2]\nSee www.example.com. [1]\nNONE"


def app_with_model(service: Service, address: str, timeout: float = 5.0) -> TestClient:
    """The session's service with another writer in front."""
    settings = Settings(
        llm="openai:scripted",
        llm_base_url=address,
        llm_api_key=SecretStr("any"),
        llm_timeout=timeout,
        rate_limit="1000/minute",
    )
    counts: Counter[str] = Counter()
    model = build_model(settings, counts)
    assistant = replace(
        service.assistant,
        writers=build_writers(settings, model),
        rewriter=build_rewriter(settings, model),
    )
    held = replace(service, assistant=assistant, settings=settings, model_counts=counts)
    return TestClient(create_app(service=held))


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


@pytest.mark.parametrize(
    "reply", [only_inventions, lambda _: "", lambda _: "I cannot help with that."]
)
def test_rubbish_silence_and_refusal_end_in_the_corpus_answer(
    reply: Callable[[str], str], service: Service, answered: Answered
) -> None:
    vetted = TestClient(create_app(service=service)).post("/api/ask", json={"question": QUESTION})

    body = answered(Script(reply=reply))

    assert body == vetted.json()


@pytest.mark.parametrize(
    "script",
    [
        Script(status=401),
        Script(status=429),
        Script(status=500),
        Script("late [1]", pause_before=3.0),
        Script(raw=b"\xc3"),
        Script(endless=True),
    ],
    ids=["401", "429", "500", "hangs", "half a character", "endless"],
)
def test_a_model_that_fails_ends_in_the_corpus_answer(script: Script, answered: Answered) -> None:
    body = answered(script, timeout=0.5)

    assert body["engine"] == "corpus"
    assert body["outcome"] == "answered"


def test_a_model_that_is_away_ends_in_the_corpus_answer(service: Service) -> None:
    client = app_with_model(service, f"http://127.0.0.1:{closed_port()}/v1")

    body = client.post("/api/ask", json={"question": QUESTION}).json()

    assert body["engine"] == "corpus"


def test_a_model_that_hangs_in_the_middle_keeps_its_lines_and_the_corpus_ends_the_answer(
    answered: Answered,
) -> None:
    body = answered(Script(reply=first_two, pause_within=3.0), timeout=0.7)

    assert len(body["answer"]) >= 2
    assert all(statement["citations"] for statement in body["answer"])


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
