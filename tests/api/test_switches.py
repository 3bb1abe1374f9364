"""Off switches through the API: who may turn them, what readers meet meanwhile, and that nobody is cut off."""

import asyncio
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service
from app.domain.switches import Switch
from app.main import create_app
from app.safety.switches import Switches
from app.settings import Settings
from tests import llm_service
from tests.loopback import served
from tests.model_server import Script, model_server

ADDRESS = {"question": "Can ICE get my address from the IRS?"}
STAFF = {"Authorization": "Bearer key"}
OFF: dict[str, object] = {"switch": "service", "off": True, "reason": "hush, moving"}
ON: dict[str, object] = {"switch": "service", "off": False}


@dataclass(frozen=True)
class Door:
    """A service with switches of its own."""

    client: TestClient
    switches: Switches
    service: Service

    def turn(self, body: dict[str, object], key: dict[str, str] = STAFF) -> Any:
        return self.client.post("/api/switches", json=body, headers=key)


@pytest.fixture
def switches(tmp_path: Path) -> Switches:
    return Switches(tmp_path / "switches.json")


@pytest.fixture
def door(service: Service, switches: Switches) -> Iterator[Door]:
    settings = Settings(
        rate_limit="100000/minute", staff_key_hashes=hashlib.sha256(b"key").hexdigest()
    )
    held = replace(service, switches=switches)
    with TestClient(create_app(settings, held)) as client:
        yield Door(client, switches, service)


def test_staff_turn_the_service_off_and_on_again(door: Door) -> None:
    off = door.turn(OFF)
    refused = door.client.post("/api/ask", json=ADDRESS)
    on = door.turn(ON)
    answered = door.client.post("/api/ask", json=ADDRESS)

    assert off.status_code == on.status_code == 200
    assert off.json()["off"]["service"]["reason"] == "hush, moving"
    assert on.json() == {"off": {}}
    assert refused.status_code == 503
    assert answered.status_code == 200


@pytest.mark.parametrize(
    "key", [{}, {"Authorization": "Bearer no"}, {"Authorization": "Basic key"}]
)
def test_nobody_else_does(door: Door, key: dict[str, str]) -> None:
    response = door.turn(OFF, key)

    assert response.status_code == 401
    assert door.switches.all_off() == {}


def test_without_any_staff_key_the_switches_are_closed(
    service: Service, switches: Switches
) -> None:
    client = TestClient(create_app(service=replace(service, switches=switches)))

    response = client.post("/api/switches", json=OFF, headers={"Authorization": "Bearer "})

    assert response.status_code == 401


def test_guessing_a_key_costs_a_question_each(service: Service, switches: Switches) -> None:
    held = replace(service, switches=switches)
    client = TestClient(create_app(Settings(rate_limit="2/minute"), held))

    statuses = [client.post("/api/switches", json=OFF, headers=STAFF).status_code for _ in range(3)]

    assert statuses == [401, 401, 429]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"switch": "engine"}, "switch"),
        ({"off": "perhaps"}, "off"),
        ({"reason": None}, "reason"),
        ({"reason": "  "}, "reason"),
        ({"reason": "a" * 201}, "reason"),
        ({"words": {"xx": "Hello"}}, "words.xx"),
        ({"words": {"en": ""}}, "words.en"),
        ({"until": "Monday"}, "until"),
    ],
)
def test_a_switch_that_cannot_be_turned_so_is_refused_by_field(
    door: Door, change: dict[str, object], field: str
) -> None:
    response = door.turn({**OFF, **change})

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [field]
    assert door.switches.all_off() == {}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/ask"),
        ("POST", "/api/ask/stream"),
        ("POST", "/api/search"),
        ("GET", "/api/topics"),
        ("GET", "/api/nowhere"),
        ("GET", "/openapi.json"),
        ("PUT", "/api/ask"),
    ],
)
@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_programs_get_a_problem_with_the_hotlines_in_the_readers_language(
    door: Door, method: str, path: str, language: str
) -> None:
    door.switches.turn_off(Switch.SERVICE, "hush")

    response = door.client.request(method, path, headers={"Accept-Language": language})

    words, body = door.service.replies.words(language).off, response.json()
    held = door.service.library.contacts[language]
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["content-language"] == language
    assert response.headers["cache-control"] == "no-store"
    assert (body["type"], body["title"]) == ("urn:problem:off", words.title)
    assert body["detail"] == words.detail
    assert [c["name"] for c in body["contacts"]] == [held[id].name for id in words.contacts]
    assert "911" in [c.get("phone") for c in body["contacts"]]
    assert "hush" not in response.text


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", {**ADDRESS, "language": "es"}),
        ("/v1/chat/completions", {"model": "rights-es", "messages": []}),
    ],
)
def test_the_body_may_say_the_readers_language(door: Door, path: str, body: object) -> None:
    door.switches.turn_off(Switch.SERVICE, "hush")

    response = door.client.post(path, json=body, headers={"Accept-Language": "en"})

    assert response.headers["content-language"] == "es"
    assert door.service.replies.words("es").off.title in response.text


@pytest.mark.parametrize("content", [b"{", b"[" * 60_000, b"\xff", b"1" * 70_000, b"[1]", b""])
def test_a_body_that_cannot_be_read_gets_the_hotlines_too(door: Door, content: bytes) -> None:
    door.switches.turn_off(Switch.SERVICE, "hush")

    response = door.client.post(
        "/api/ask", content=content, headers={"Content-Type": "application/json"}
    )

    assert response.status_code in {413, 503}
    assert "application/problem+json" in response.headers["content-type"]


def test_openais_clients_get_the_hotlines_in_the_message(door: Door) -> None:
    door.switches.turn_off(Switch.SERVICE, "hush", {"en": "Back on Monday."})

    response = door.client.post("/v1/chat/completions", json={"model": "rights-en"})

    error = response.json()["error"]
    assert response.status_code == 503
    assert (error["type"], error["code"]) == ("server_error", "paused")
    assert "Back on Monday." in error["message"]
    assert ": 911" in error["message"]


@pytest.mark.parametrize("language", ["en", "es", "zh"])
@pytest.mark.parametrize("path", ["", "/topics", "/itin-renew/when-it-expires"])
def test_readers_get_a_page_with_the_hotlines_in_their_language(
    door: Door, language: str, path: str
) -> None:
    door.switches.turn_off(Switch.SERVICE, "hush")

    response = door.client.get(f"/{language}{path}", headers={"Accept": "text/html"})

    words = door.service.replies.words(language).off
    assert response.status_code == 503
    assert response.headers["content-type"].startswith("text/html")
    assert f'lang="{language}"' in response.text
    assert words.title in response.text
    assert 'href="tel:911"' in response.text
    assert "<form" not in response.text
    assert "hush" not in response.text


def test_a_question_sent_by_form_gets_the_page_too(door: Door) -> None:
    door.switches.turn_off(Switch.SERVICE, "hush")

    response = door.client.post("/es", data=ADDRESS, headers={"Accept": "text/html"})

    assert response.status_code == 503
    assert 'href="tel:911"' in response.text


def test_an_operators_words_for_readers_stand_on_the_page_escaped_and_in_their_language_alone(
    door: Door,
) -> None:
    door.switches.turn_off(Switch.SERVICE, "hush", {"es": "Volvemos el <lunes>."})

    spanish = door.client.get("/es", headers={"Accept": "text/html"})
    english = door.client.get("/en", headers={"Accept": "text/html"})

    assert "Volvemos el &lt;lunes&gt;." in spanish.text
    assert "Volvemos" not in english.text


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/static/style.css"])
def test_health_and_the_style_of_the_page_stay(door: Door, path: str) -> None:
    door.switches.turn_off(Switch.SERVICE, "hush")

    assert door.client.get(path).status_code == 200


def test_ready_tells_what_is_off_and_why(door: Door) -> None:
    before = door.client.get("/readyz").json()
    door.switches.turn_off(Switch.SERVICE, "moving")

    after = door.client.get("/readyz").json()

    assert before["off"] == {}
    assert after["off"]["service"]["reason"] == "moving"
    assert after["ready"] is True
    assert {**after, "off": {}} == before


@pytest.fixture
def with_model(service: Service, switches: Switches) -> Iterator[tuple[TestClient, Script]]:
    """A service whose model says the first statement it is shown."""
    script = Script(reply=lambda prompt: prompt.split("[1] ")[1].split("\n")[0] + " [1]\n")
    with model_server(script) as address:
        held = model_service(service, switches, address)
        yield TestClient(create_app(service=held)), script


def model_service(service: Service, switches: Switches, address: str) -> Service:
    return llm_service.with_model(replace(service, switches=switches), address)


def test_while_the_model_is_off_it_is_asked_nothing_and_the_corpus_answers(
    with_model: tuple[TestClient, Script], switches: Switches
) -> None:
    client, script = with_model
    before = client.post("/api/ask", json=ADDRESS).json()
    asked = len(script.asked)

    switches.turn_off(Switch.MODEL, "drops too many lines")
    off = client.post("/api/ask", json=ADDRESS).json()
    ready = client.get("/readyz").json()
    asked_while_off = len(script.asked) - asked
    switches.turn_on(Switch.MODEL)
    after = client.post("/api/ask", json=ADDRESS).json()

    assert (before["engine"], off["engine"], after["engine"]) == ("llm", "corpus", "llm")
    assert asked_while_off == 0
    assert ready["engine"] == "corpus"
    assert ready["off"]["model"]["reason"] == "drops too many lines"


@dataclass
class Asking:
    """Asks without a pause, as a page and as a program, while switches turn."""

    statuses: list[tuple[str, int]]
    streams: list[list[str]]

    async def ask(self, client: httpx.AsyncClient, times: int) -> None:
        for _ in range(times):
            response = await client.post("/api/ask", json=ADDRESS)
            self.statuses.append((response.headers["content-type"], response.status_code))

    async def stream(self, client: httpx.AsyncClient, times: int) -> None:
        for _ in range(times):
            response = await client.post("/api/ask/stream", json=ADDRESS)
            told = [line for line in response.text.splitlines() if line.startswith("event: ")]
            self.streams.append(told or [str(response.status_code)])


def test_turning_the_service_under_load_loses_no_request(
    service: Service, switches: Switches
) -> None:
    asking = Asking([], [])
    app = create_app(service=replace(service, switches=switches))

    async def load(url: str) -> None:
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            asked = [asking.ask(client, 15) for _ in range(4)]
            streamed = [asking.stream(client, 15) for _ in range(4)]
            await asyncio.gather(*asked, *streamed, turn())

    async def turn() -> None:
        for _ in range(8):
            await asyncio.sleep(0.1)
            switches.turn_off(Switch.SERVICE, "test")
            await asyncio.sleep(0.05)
            switches.turn_on(Switch.SERVICE)

    with served(app) as url:
        asyncio.run(load(url))

    ends = {told[-1] for told in asking.streams}
    assert len(asking.statuses) == len(asking.streams) == 60
    assert set(asking.statuses) == {("application/json", 200), ("application/problem+json", 503)}
    assert ends == {"event: done", "503"}


def test_a_stream_under_way_ends_properly_when_the_service_is_turned_off(
    service: Service, switches: Switches
) -> None:
    script = Script(
        reply=lambda prompt: prompt.split("[1] ")[1].split("\n")[0] + " [1]\n" + " " * 200,
        pause_within=0.5,
    )

    with model_server(script) as model:
        app = create_app(service=model_service(service, switches, model))
        with served(app) as url, httpx.Client(base_url=url, timeout=30) as client:
            told = stream_until(client, lambda: switches.turn_off(Switch.SERVICE, "test"))
            refused = client.post("/api/ask", json=ADDRESS)

    assert told[-1][0] == "done"
    assert told[-1][1]["engine"] == "llm"
    assert refused.status_code == 503


def test_a_stream_under_way_is_finished_by_the_corpus_when_the_model_is_turned_off(
    service: Service, switches: Switches
) -> None:
    script = Script(
        reply=lambda prompt: prompt.split("[1] ")[1].split("\n")[0] + " [1]\n" + "more " * 200,
        pause_within=0.5,
        endless="more and more words without an end ",
    )

    with model_server(script) as model:
        app = create_app(service=model_service(service, switches, model))
        with served(app) as url, httpx.Client(base_url=url, timeout=30) as client:
            told = stream_until(client, lambda: switches.turn_off(Switch.MODEL, "test"))

    done = told[-1][1]
    assert told[-1][0] == "done"
    assert done["engine"] == "llm"
    assert len(done["answer"]) > 1
    assert [data for name, data in told if name == "statement"] == done["answer"]


def stream_until(client: httpx.Client, turn: Any) -> list[tuple[str, dict[str, Any]]]:
    """The events of a stream during which a switch is turned after the first statement."""
    told: list[tuple[str, dict[str, Any]]] = []
    with client.stream("POST", "/api/ask/stream", json=ADDRESS) as response:
        name = ""
        for line in response.iter_lines():
            field, _, value = line.partition(": ")
            name = value if field == "event" else name
            if field == "data":
                told.append((name, json.loads(value)))
            if [event for event, _ in told] == ["meta", "citation", "statement"]:
                turn()
    return told
