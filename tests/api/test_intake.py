"""The way in: too long, too slow or too much is refused at once, and nobody can hold all the places."""

import asyncio
import json
from collections.abc import Callable
from contextlib import ExitStack, suppress

import pytest
from fastapi import Request
from fastapi.responses import PlainTextResponse, Response
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from app.api.intake import Full, Intake, Room
from app.api.limits import Shares
from app.bootstrap import Service
from app.main import create_app
from app.settings import Settings

QUESTION = {"question": "What is a good recipe for tamales?"}
BODY = json.dumps(QUESTION).encode()


class Echo:
    """An application that answers with the body it got, once it may."""

    def __init__(self) -> None:
        self.may_answer = asyncio.Event()
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        message = await receive()
        self.bodies.append(message["body"])
        await self.may_answer.wait()
        await PlainTextResponse("heard")(scope, receive, send)


def refuse(request: Request, status: int, headers: object) -> Response:
    return PlainTextResponse("refused", status, headers=dict(headers))  # type: ignore[call-overload]


def scope(method: str = "POST", host: str = "192.0.2.1", **headers: str) -> Scope:
    held = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "method": method,
        "path": "/api/ask",
        "client": (host, 1),
        "headers": held,
    }


def arriving(*pieces: bytes) -> Receive:
    """A body in pieces. When they are over, nothing more ever comes."""
    left = list(pieces)

    async def receive() -> Message:
        if not left:
            await asyncio.Event().wait()
        body = left.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(left)}

    return receive


def dripping() -> Receive:
    """A body of which one byte comes, and no more."""

    async def receive() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": True}

    return receive


async def status_of(app: Intake, held: Scope, receive: Receive) -> int:
    """What a request meets; zero when it is not answered at all."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await app(held, receive, send)
    return int(sent[0]["status"]) if sent else 0


def intake(echo: Echo, most_open: int = 100, rate: str = "1000/minute") -> Intake:
    return Intake(echo, Shares(rate), Room(most_open), 100, 0.2, refuse)


def run(steps: Callable[[], object]) -> list[int]:
    """The statuses that a few steps, which must be a coroutine, end with."""
    return asyncio.run(steps())  # type: ignore[arg-type]


def test_a_body_in_pieces_is_handed_on_whole() -> None:
    echo = Echo()
    echo.may_answer.set()

    status = asyncio.run(status_of(intake(echo), scope(), arriving(b"one ", b"two")))

    assert (status, echo.bodies) == (200, [b"one two"])


@pytest.mark.parametrize("receive", [dripping, lambda: arriving(b"never the rest", b"")])
def test_a_body_that_takes_too_long_is_given_up(receive: Callable[[], Receive]) -> None:
    echo = Echo()
    held = arriving() if receive is not dripping else receive()

    status = asyncio.run(status_of(intake(echo), scope(), held))

    assert (status, echo.bodies) == (408, [])


def test_a_caller_who_hangs_up_is_not_answered() -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    assert asyncio.run(status_of(intake(Echo()), scope(), gone)) == 0


def test_a_question_over_the_places_is_refused_at_once_and_the_next_one_served_when_there_is_room() -> (
    None
):
    async def steps() -> list[int]:
        echo = Echo()
        app = intake(echo, most_open=4)
        hosts = [f"192.0.2.{n}" for n in range(4)]
        held = [
            asyncio.create_task(status_of(app, scope(host=host), arriving(BODY))) for host in hosts
        ]
        await asyncio.sleep(0.05)
        refused = await status_of(app, scope(host="192.0.2.9"), arriving(BODY))
        echo.may_answer.set()
        served = await asyncio.gather(*held)
        return [refused, *served, await status_of(app, scope(), arriving(BODY))]

    assert run(steps) == [503, 200, 200, 200, 200, 200]


def test_slow_senders_hold_no_place() -> None:
    async def steps() -> list[int]:
        echo = Echo()
        echo.may_answer.set()
        app = intake(echo, most_open=4)
        slow = [
            asyncio.create_task(status_of(app, scope(host=f"192.0.2.{n}"), dripping()))
            for n in range(50)
        ]
        await asyncio.sleep(0.05)
        honest = await status_of(app, scope(host="198.51.100.1"), arriving(BODY))
        return [honest, *set(await asyncio.gather(*slow))]

    assert run(steps) == [200, 408]


def test_one_visitor_may_hold_a_tenth_of_the_places_that_are_free() -> None:
    room = Room(100)

    with ExitStack() as places:
        for _ in range(9):  # of 100 places 91 are free
            places.enter_context(room.taken("one"))

        with pytest.raises(Full, match="429"):
            places.enter_context(room.taken("one"))
        places.enter_context(room.taken("another"))


def test_twenty_who_take_all_they_can_get_do_not_fill_the_house() -> None:
    room = Room(100)

    with ExitStack() as places:
        for number in range(1_000):
            with suppress(Full):
                places.enter_context(room.taken(f"greedy {number % 20}"))

        places.enter_context(room.taken("honest"))
        assert not room.full


def test_a_place_is_free_again_even_after_a_failure() -> None:
    room = Room(4)

    for _ in range(20):
        with pytest.raises(RuntimeError), room.taken("one"):
            raise RuntimeError

    assert not room.full
    assert not room._open


def test_reading_needs_no_place() -> None:
    echo = Echo()
    echo.may_answer.set()
    app = Intake(echo, Shares("1/minute"), Room(0), 100, 0.2, refuse)

    assert asyncio.run(status_of(app, scope("GET"), arriving(b""))) == 200


def test_whoever_goes_on_asking_over_the_share_is_refused_before_the_body_is_read(
    service: Service,
) -> None:
    client = TestClient(create_app(Settings(rate_limit="3/minute"), service))
    read = [client.post("/api/ask", json=QUESTION).status_code for _ in range(6)]

    unread = client.post("/api/ask", content=b"x" * 70_000, headers={"Accept-Language": "es"})

    words = service.replies.words("es").problems["too-many"]
    assert read == [200, 200, 200, 429, 429, 429]
    assert unread.status_code == 429
    assert int(unread.headers["retry-after"]) >= 1
    assert unread.json()["title"] == words.title


def test_in_a_crowd_a_share_that_is_used_up_is_refused_unread(service: Service) -> None:
    async def steps() -> list[int]:
        shares = Shares("1/minute")
        visitor = await shares.visitor(Request(scope()))
        await shares.take(Request(scope()))
        return [await shares.spent(visitor), await shares.spent(visitor, crowded=True)]

    calm, crowded = run(steps)

    assert calm == 0
    assert crowded >= 1


def test_a_person_who_is_sent_away_sees_a_page_with_the_hotlines(service: Service) -> None:
    client = TestClient(create_app(Settings(max_open=4, rate_limit="1/minute"), service))
    for _ in range(3):
        client.post("/en", data={"question": "itin"})

    response = client.post("/en", data={"question": "itin"}, headers={"Accept": "text/html"})

    assert response.status_code == 429
    assert response.headers["content-type"].startswith("text/html")
    assert "tel:" in response.text or "/en/triage-urgent/" in response.text


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b'{"question": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b'{"question": "itin", "history": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        b'{"question": ' + b"9" * 60_000 + b"}",
        b'{"question": 1e999999999}',
        b'{"question": "\\ud800"}',
        b'{"question": "itin", "question": ["itin"]}',
        b'{"question": NaN}',
    ],
    ids=["array", "object", "field", "history", "number", "infinite", "surrogate", "twice", "nan"],
)
def test_a_bomb_of_json_is_one_more_wrong_body(client: TestClient, body: bytes) -> None:
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream", "/api/search"])
def test_a_lone_surrogate_in_a_question_is_no_failure_of_ours(
    client: TestClient, path: str
) -> None:
    field = "query" if path == "/api/search" else "question"

    response = client.post(
        path,
        content=f'{{"{field}": "itin \\ud83d renew"}}'.encode(),
        headers={"Content-Type": "application/json"},
    )

    assert response.status_code in {200, 422}
