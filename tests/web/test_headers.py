"""Headers that keep the promises of the page, on every response: no cookie, no copy, no third party, nothing inline."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service
from app.domain.question import Asked
from app.domain.section import Passage
from app.main import create_app
from tests.fakes import ListRetriever

ADDRESS = "Can ICE get my address from the IRS?"
REQUESTS = [
    ("GET", "/", None, None),
    ("GET", "/en", None, None),
    ("GET", "/es/topics", None, None),
    ("GET", "/es/itin-renew/when-it-expires", None, None),
    ("GET", "/fr", None, None),
    ("POST", "/en", None, {"question": ADDRESS}),
    ("POST", "/en", None, {"question": ""}),
    ("POST", "/api/ask", {"question": ADDRESS}, None),
    ("POST", "/api/ask", {"question": ""}, None),
    ("POST", "/api/ask/stream", {"question": ADDRESS}, None),
    ("POST", "/api/search", {"query": ADDRESS}, None),
    ("GET", "/api/topics", None, None),
    ("GET", "/api/nowhere", None, None),
    ("GET", "/livez", None, None),
    ("GET", "/openapi.json", None, None),
    ("POST", "/api/ask", {"question": "a" * 70_000}, None),
]
STATIC = [
    ("/static/style.css", "text/css"),
    ("/static/exit.js", "javascript"),
    ("/static/ask.js", "javascript"),
    ("/static/private.js", "javascript"),
    ("/static/icon.svg", "image/svg+xml"),
]


class BreakingRetriever(ListRetriever):
    """Breaks."""

    def retrieve(self, asked: Asked) -> tuple[Passage, ...]:
        raise RuntimeError(asked.text)


@pytest.fixture(params=REQUESTS, ids=lambda sent: f"{sent[0]} {sent[1]}")
def headers(request: pytest.FixtureRequest, client: TestClient) -> dict[str, str]:
    """The headers of a response, for every kind of request in turn."""
    method, path, json, data = request.param
    response = client.request(method, path, json=json, data=data, follow_redirects=False)
    return dict(response.headers)


def policy(headers: dict[str, str]) -> dict[str, list[str]]:
    """The content policy, by directive."""
    directives = [part.split() for part in headers["content-security-policy"].split(";")]
    return {name: sources for name, *sources in directives}


def test_no_response_sets_a_cookie(headers: dict[str, str], client: TestClient) -> None:
    assert "set-cookie" not in headers
    assert not client.cookies


def test_nothing_but_static_files_may_be_kept(headers: dict[str, str]) -> None:
    assert headers["cache-control"] == "no-store"


def test_the_content_policy_allows_this_server_alone_and_nothing_inline(
    headers: dict[str, str],
) -> None:
    held = policy(headers)

    assert held["default-src"] == ["'none'"]
    assert held["base-uri"] == ["'none'"]
    assert held["frame-ancestors"] == ["'none'"]
    assert held["form-action"] == ["'self'"]
    assert {source for sources in held.values() for source in sources} == {"'none'", "'self'"}


def test_a_browser_is_told_to_tell_nobody(headers: dict[str, str]) -> None:
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert "server" not in headers


@pytest.mark.parametrize(("path", "kind"), STATIC)
def test_a_static_file_may_be_kept_and_says_what_it_is(
    client: TestClient, path: str, kind: str
) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert kind in response.headers["content-type"]
    assert response.headers["cache-control"].startswith("public")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    "path", ["/static/../settings.py", "/static/%2e%2e/headers.py", "/static/"]
)
def test_nothing_beside_the_static_files_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "json", "data"),
    [("/api/ask", {"question": ADDRESS}, None), ("/en", None, {"question": ADDRESS})],
)
def test_a_failure_keeps_every_promise_too(
    service: Service, path: str, json: dict[str, str] | None, data: dict[str, str] | None
) -> None:
    broken = replace(service, assistant=replace(service.assistant, retriever=BreakingRetriever()))
    client = TestClient(create_app(service=broken), raise_server_exceptions=False)

    response = client.post(path, json=json, data=data)

    assert response.status_code == 500
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert policy(dict(response.headers))["default-src"] == ["'none'"]


@pytest.mark.parametrize("origin", ["https://example.org", "null"])
def test_no_other_site_may_read_an_answer(client: TestClient, origin: str) -> None:
    response = client.post("/api/ask", json={"question": ADDRESS}, headers={"Origin": origin})

    assert "access-control-allow-origin" not in response.headers
