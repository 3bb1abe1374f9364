"""Long bodies and too many questions: refused early, politely, and without keeping an address."""

import asyncio
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from app.api.counting import MemoryCounter
from app.api.limits import Shares
from app.bootstrap import Service
from app.domain.errors import SettingsError
from app.main import MAX_BODY, create_app
from app.settings import Settings

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
POSTED = [
    ("/api/ask", JSON),
    ("/api/ask/stream", JSON),
    ("/api/search", JSON),
    ("/en", FORM),
]


def padded(size: int) -> bytes:
    """A good question in a body of exactly so many bytes."""
    return b'{"question": "When does my ITIN expire?"}'.ljust(size)


def in_pieces(body: bytes) -> Iterator[bytes]:
    """A body without a declared length."""
    for start in range(0, len(body), 1_000):
        yield body[start : start + 1_000]


def strict(service: Service, host: str = "192.0.2.1", rate: str = "2/minute") -> TestClient:
    """A service that lets one address ask twice a minute."""
    return TestClient(create_app(Settings(rate_limit=rate), service), client=(host, 50_000))


def asking(client: TestClient, times: int) -> list[int]:
    """The statuses of the same question, asked often."""
    body = {"question": "What is a good recipe for tamales?"}
    return [client.post("/api/ask", json=body).status_code for _ in range(times)]


def from_host(host: str) -> Request:
    return Request({"type": "http", "client": (host, 50_000), "headers": []})


def test_a_body_may_be_sixty_four_kibibytes_long() -> None:
    assert MAX_BODY == 65_536


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
def test_a_body_of_just_the_limit_is_read(client: TestClient, path: str) -> None:
    declared = client.post(path, content=padded(65_536), headers=JSON)
    undeclared = client.post(path, content=in_pieces(padded(65_536)), headers=JSON)

    assert (declared.status_code, undeclared.status_code) == (200, 200)


@pytest.mark.parametrize(("path", "headers"), POSTED)
def test_a_body_that_declares_too_much_is_refused(
    client: TestClient, path: str, headers: dict[str, str]
) -> None:
    response = client.post(path, content=padded(65_537), headers=headers)

    assert response.request.headers["content-length"] == "65537"
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("path", "headers"), POSTED)
def test_a_body_that_declares_nothing_is_refused_when_it_grows_too_long(
    client: TestClient, path: str, headers: dict[str, str]
) -> None:
    response = client.post(path, content=in_pieces(padded(65_537)), headers=headers)

    assert "content-length" not in response.request.headers
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


def test_a_body_that_declares_too_little_is_refused_when_it_grows_too_long(
    client: TestClient,
) -> None:
    response = client.post(
        "/api/ask", content=padded(65_537), headers={**JSON, "Content-Length": "10"}
    )

    assert response.status_code == 413


def test_the_question_after_the_last_of_a_share_is_refused(service: Service) -> None:
    assert asking(strict(service), 4) == [200, 200, 429, 429]


def test_a_refusal_says_when_to_come_back(service: Service) -> None:
    client = strict(service)
    asking(client, 2)

    response = client.post("/api/ask", json={"question": "itin", "language": "es"})

    words = service.replies.words("es").problems["too-many"]
    seconds = response.headers["retry-after"]
    assert 1 <= int(seconds) <= 60
    assert response.json()["detail"] == words.detail.format(seconds=seconds)


@pytest.mark.parametrize(
    ("path", "json", "data"),
    [
        ("/api/ask", {"question": "itin"}, None),
        ("/api/ask/stream", {"question": "itin"}, None),
        ("/api/search", {"query": "itin"}, None),
        ("/en", None, {"question": "itin"}),
    ],
)
def test_all_doors_share_one_count(
    service: Service, path: str, json: dict[str, str] | None, data: dict[str, str] | None
) -> None:
    client = strict(service)
    asking(client, 2)

    response = client.post(path, json=json, data=data)

    assert response.status_code == 429
    assert int(response.headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    "path", ["/livez", "/readyz", "/api/languages", "/api/topics", "/en", "/es/topics"]
)
def test_reading_is_never_limited(service: Service, path: str) -> None:
    client = strict(service)
    asking(client, 3)

    assert client.get(path).status_code == 200


def test_a_question_that_was_refused_for_a_field_takes_nothing_from_the_share(
    service: Service,
) -> None:
    client = strict(service)

    wrong = client.post("/api/ask", json={"question": ""})

    assert wrong.status_code == 422
    assert asking(client, 2) == [200, 200]


@pytest.mark.parametrize(
    ("first", "second", "counted_together"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("testclient", "testclient", True),
    ],
)
def test_a_share_belongs_to_an_address_or_to_a_network_of_the_new_kind(
    service: Service, first: str, second: str, counted_together: bool
) -> None:
    app = create_app(Settings(rate_limit="1/minute"), service)
    asking(TestClient(app, client=(first, 1)), 1)

    statuses = asking(TestClient(app, client=(second, 2)), 1)

    assert (statuses == [429]) is counted_together


@pytest.mark.parametrize("host", ["192.0.2.77", "2001:db8::77"])
def test_the_count_keeps_no_address(host: str) -> None:
    counter = MemoryCounter()
    shares = Shares("2/minute", counter)

    asyncio.run(shares.take(from_host(host)))

    kept = str(vars(shares)) + str(vars(counter)) + str(vars(counter._limiter.storage))
    assert "LIMITER/" in kept
    assert host.removesuffix("77") not in kept


@pytest.mark.parametrize("rate", ["often", "", "0.5", "ten/minute"])
def test_a_rate_that_cannot_be_read_stops_the_start(service: Service, rate: str) -> None:
    settings = Settings.model_construct(rate_limit=rate)

    with pytest.raises(SettingsError, match="RATE_LIMIT"):
        create_app(settings, service)
