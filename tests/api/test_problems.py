"""Every error is a problem in the language asked for, and none says a word of the question or of the code."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service
from app.domain.errors import IndexUnavailable
from app.domain.question import Asked
from app.domain.section import Passage
from app.main import create_app
from app.settings import Settings
from tests.fakes import ListRetriever

CANARY = "zanahoria"
JSON = {"Content-Type": "application/json"}


class BreakingRetriever(ListRetriever):
    """Breaks with an exception that quotes the question."""

    def retrieve(self, asked: Asked) -> tuple[Passage, ...]:
        raise RuntimeError(asked.text)


class MissingRetriever(ListRetriever):
    """Has no index, and says so with the question in its message."""

    def retrieve(self, asked: Asked) -> tuple[Passage, ...]:
        raise IndexUnavailable(asked.text)


@dataclass(frozen=True)
class Mishap:
    """A request that ends in a problem."""

    status: int
    kind: str
    method: str = "POST"
    path: str = "/api/ask"
    json: dict[str, object] | None = None
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    retriever: Callable[[], ListRetriever] | None = None
    rate: str = "100000/minute"
    before: int = 0
    """How often the same is asked before."""

    def meet(
        self,
        service: Service,
        body: dict[str, object] | None = None,
        params: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """The response, with what is added to the body, the address or the headers."""
        if self.retriever:
            assistant = replace(service.assistant, retriever=self.retriever())
            service = replace(service, assistant=assistant)
        app = create_app(Settings(rate_limit=self.rate), service)
        client = TestClient(app, raise_server_exceptions=False)
        for _ in range(self.before + 1):
            response = client.request(
                self.method,
                self.path,
                json={**self.json, **(body or {})} if self.json is not None else None,
                content=self.content,
                params=params,
                headers={**self.headers, **(headers or {})},
            )
        return response


ASKED: dict[str, object] = {"question": f"{CANARY} in my house"}
READ = {
    "extra": Mishap(422, "invalid", json={**ASKED, "name": CANARY}),
    "type": Mishap(422, "invalid", json={"question": [CANARY]}),
    "long": Mishap(422, "invalid", json={"question": CANARY * 300}),
    "state": Mishap(422, "invalid", json={**ASKED, "state": CANARY}),
    "turn": Mishap(
        422, "invalid", json={**ASKED, "history": [{"role": CANARY, "content": CANARY}]}
    ),
    "key": Mishap(401, "unauthorized", json={**ASKED, "audience": "hotline"}),
    "share": Mishap(429, "too-many", json=ASKED, rate="1/minute", before=1),
    "search": Mishap(422, "invalid", path="/api/search", json={"query": CANARY, "limit": 99}),
    "stream": Mishap(422, "invalid", path="/api/ask/stream", json={**ASKED, "name": CANARY}),
    "broken": Mishap(500, "internal", json=ASKED, retriever=BreakingRetriever),
    "no index": Mishap(503, "unavailable", json=ASKED, retriever=MissingRetriever),
}
"""The body is read, so it may say the language."""
UNREAD = {
    "json": Mishap(422, "invalid", content=f'{{"question": "{CANARY}'.encode(), headers=JSON),
    "bytes": Mishap(422, "invalid", content=CANARY.encode() + b"\xff", headers=JSON),
    "deep": Mishap(422, "invalid", content=b"[" * 60_000 + CANARY.encode(), headers=JSON),
    "text": Mishap(415, "media-type", content=CANARY.encode(), headers={"Content-Type": "a/b"}),
    "no type": Mishap(415, "media-type", content=CANARY.encode()),
    "big": Mishap(413, "too-large", content=CANARY.encode() * 10_000, headers=JSON),
    "path": Mishap(404, "not-found", method="GET", path="/nowhere"),
    "deep path": Mishap(404, "not-found", method="GET", path="/a/b/c/d"),
    "section": Mishap(404, "not-found", method="GET", path="/api/sections/itin-renew/nowhere"),
    "file": Mishap(404, "not-found", method="GET", path="/static/nowhere.js"),
    "method": Mishap(405, "method", method="GET"),
    "method of a section": Mishap(405, "method", method="DELETE", path="/api/sections/a/b"),
}
EVERY = READ | UNREAD

every_mishap = pytest.mark.parametrize("mishap", EVERY.values(), ids=EVERY.keys())


@every_mishap
def test_every_error_is_a_problem(service: Service, mishap: Mishap) -> None:
    response = mishap.meet(service)

    words = service.replies.words("en").problems[mishap.kind]
    body = response.json()
    assert response.status_code == mishap.status
    assert response.headers["content-type"] == "application/problem+json"
    assert body["type"] == f"urn:problem:{mishap.kind}"
    assert body["title"] == words.title
    assert body["status"] == mishap.status
    assert body["detail"].startswith(words.detail.partition("{")[0])
    assert "{" not in body["detail"]
    assert body.keys() <= {"type", "title", "status", "detail", "errors"}


@every_mishap
def test_no_problem_says_a_word_of_the_question_or_of_the_code(
    service: Service, mishap: Mishap
) -> None:
    response = mishap.meet(service)

    assert CANARY not in response.text + str(response.headers)
    assert "Traceback" not in response.text
    assert "Error" not in response.text
    assert ".py" not in response.text


@every_mishap
def test_no_problem_may_be_kept(service: Service, mishap: Mishap) -> None:
    assert mishap.meet(service).headers["cache-control"] == "no-store"


@every_mishap
def test_the_address_may_ask_for_a_problem_in_spanish(service: Service, mishap: Mishap) -> None:
    response = mishap.meet(service, params={"language": "es"})

    assert response.status_code == mishap.status
    assert response.json()["title"] == service.replies.words("es").problems[mishap.kind].title
    assert response.headers["content-language"] == "es"


@every_mishap
@pytest.mark.parametrize("wanted", ["es", "es-MX,es;q=0.9,en;q=0.8", "fr, es;q=0.5"])
def test_the_device_may_ask_for_a_problem_in_spanish(
    service: Service, mishap: Mishap, wanted: str
) -> None:
    response = mishap.meet(service, headers={"Accept-Language": wanted})

    assert response.status_code == mishap.status
    assert response.json()["title"] == service.replies.words("es").problems[mishap.kind].title


@pytest.mark.parametrize("mishap", READ.values(), ids=READ.keys())
def test_the_body_may_ask_for_a_problem_in_spanish(service: Service, mishap: Mishap) -> None:
    response = mishap.meet(service, body={"language": "es"})

    assert response.status_code == mishap.status
    assert response.json()["title"] == service.replies.words("es").problems[mishap.kind].title


def test_the_body_is_heard_before_the_address_and_the_address_before_the_device(
    service: Service,
) -> None:
    mishap = READ["extra"]

    by_body = mishap.meet(service, body={"language": "en"}, params={"language": "es"})
    by_address = mishap.meet(service, params={"language": "en"}, headers={"Accept-Language": "es"})

    assert by_body.headers["content-language"] == "en"
    assert by_address.headers["content-language"] == "en"


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("en;q=0.1, es;q=0.9", "es"),
        ("en; q=0.1, es; q=0.9", "es"),
        ("es;q=0, en", "en"),
        ("*", "en"),
        ("", "en"),
        ("es;q=abc", "en"),
        (";;,,=", "en"),
        ("ES-us", "es"),
    ],
)
def test_a_device_that_weighs_its_languages_is_understood(
    service: Service, wanted: str, language: str
) -> None:
    response = UNREAD["path"].meet(service, headers={"Accept-Language": wanted})

    assert response.headers["content-language"] == language


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_wrong_field_is_named_and_explained(service: Service, language: str) -> None:
    response = READ["extra"].meet(service, body={"language": language, "question": ""})

    words = service.replies.words(language).fields
    assert response.json()["errors"] == [
        {"field": "question", "message": words["too_short"]},
        {"field": "name", "message": words["extra"]},
    ]


@pytest.mark.parametrize("name", ["json", "type", "turn", "state"])
def test_a_request_that_cannot_be_read_says_where_it_is_wrong(service: Service, name: str) -> None:
    errors = EVERY[name].meet(service).json()["errors"]

    assert errors
    assert {type(value) for error in errors for value in error.values()} == {str}


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/ask", "POST"),
        ("PUT", "/api/ask", "POST"),
        ("GET", "/api/ask/stream", "POST"),
        ("GET", "/api/search", "POST"),
        ("POST", "/api/languages", "GET"),
        ("POST", "/api/topics", "GET"),
        ("POST", "/api/sections/itin-renew/when-it-expires", "GET"),
        ("DELETE", "/livez", "GET"),
        ("POST", "/livez", "GET"),
        ("POST", "/readyz", "GET"),
        ("POST", "/", "GET"),
    ],
)
def test_a_wrong_method_is_refused_and_told_which_one_is_right(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    response = client.request(method, path)

    assert response.status_code == 405
    assert allowed in response.headers["allow"]
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/nowhere", "/a/b/c/d", "/api", "/api/nowhere", "/docs", "/redoc", "/.env"]
)
def test_a_path_that_does_not_exist_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_missing_key_says_how_to_give_one(service: Service) -> None:
    assert READ["key"].meet(service).headers["www-authenticate"] == "Bearer"
