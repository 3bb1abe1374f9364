"""Every page gets the top grade of Mozilla's HTTP Observatory; the scoring itself is shown to tell good from bad."""

import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service
from app.main import create_app
from app.settings import Settings
from app.web.headers import private_headers
from tests.web.observatory import grade, scores

QUESTION = "Can ICE get my address from the IRS?"
GOOD = {
    **{name.lower(): value for name, value in private_headers().items()},
    "strict-transport-security": "max-age=63072000",
}


@pytest.fixture(scope="module")
def behind_tls(service: Service) -> TestClient:
    settings = Settings(behind_tls=True, rate_limit="100000/minute")
    return TestClient(create_app(settings, service))


@pytest.fixture(scope="module")
def embedded(service: Service) -> TestClient:
    settings = Settings(behind_tls=True, embed_hosts="https://example.org")
    return TestClient(create_app(settings, service))


def paths(service: Service) -> list[str]:
    """Of every page that can be opened, and of what is no page."""
    held = [
        path
        for code in service.library.languages
        for path in (
            f"/{code}",
            f"/{code}/topics",
            f"/{code}/privacy",
            *(section.page for section in service.library.sections(code)),
        )
    ]
    return [*held, "/nowhere", "/static/style.css", "/static/exit.js", "/openapi.json", "/livez"]


def test_every_page_gets_the_top_grade(service: Service, behind_tls: TestClient) -> None:
    grades = {}
    for path in paths(service):
        response = behind_tls.get(path, headers={"Accept": "text/html"})
        grades[path] = grade(response.headers, response.text)

    assert {path: found for path, found in grades.items() if found != "A+"} == {}
    assert len(grades) > 600


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/en", {"data": {"question": QUESTION}}),
        ("/api/ask", {"json": {"question": QUESTION}}),
        ("/api/ask/stream", {"json": {"question": QUESTION}}),
        ("/api/ask", {"json": {}}),
        ("/api/ask", {"content": b"x" * 70_000}),
    ],
)
def test_every_answer_and_every_refusal_does_too(
    behind_tls: TestClient, path: str, sent: dict[str, object]
) -> None:
    response = behind_tls.post(path, **sent)  # type: ignore[arg-type]

    assert grade(response.headers, response.text) == "A+"


def test_a_page_that_others_may_embed_does_too(embedded: TestClient) -> None:
    response = embedded.get("/en")

    assert grade(response.headers, response.text) == "A+"


def test_the_score_is_the_highest_that_headers_alone_can_bring() -> None:
    assert sum(scores(GOOD).values()) == 30


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("content-security-policy", "default-src 'self' 'unsafe-inline'", "B+"),
        ("strict-transport-security", "max-age=1", "A+"),
        ("strict-transport-security", "", "B+"),
        ("set-cookie", "id=1", "C+"),
        ("referrer-policy", "unsafe-url", "A+"),
        ("x-content-type-options", "", "A+"),
    ],
)
def test_the_scoring_tells_a_worse_header(name: str, value: str, expected: str) -> None:
    assert grade({**GOOD, name: value}) == expected


def test_no_header_at_all_fails() -> None:
    assert grade({}) == "D"


def test_a_script_of_another_site_costs() -> None:
    assert (
        scores(GOOD, '<script src="//cdn.example/x.js"></script>')["subresource-integrity"] == -50
    )
