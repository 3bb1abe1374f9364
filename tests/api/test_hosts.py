"""Whom the service answers, and whom it believes: names, proxies, sites of others."""

import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service
from app.domain.errors import SettingsError
from app.main import create_app
from app.settings import Settings

QUESTION = {"question": "What is a good recipe for tamales?"}
PROXY = "192.0.2.10"


def served(service: Service, client: str = "192.0.2.1", **settings: object) -> TestClient:
    """The service with settings, called from an address."""
    held = Settings.model_validate({"rate_limit": "2/minute", **settings})
    return TestClient(create_app(held, service), client=(client, 50_000), follow_redirects=False)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("help.example.org", 200),
        ("HELP.example.org:8443", 200),
        ("help.example.org.", 200),
        ("a.b.example.net", 200),
        ("example.net", 421),
        ("[::1]:8000", 200),
        ("evil.example.org", 421),
        ("help.example.org.evil.com", 421),
        ("", 421),
        ("help.example.org@evil.com", 421),
    ],
)
def test_only_a_name_of_ours_is_answered(service: Service, host: str, status: int) -> None:
    client = served(service, allowed_hosts="help.example.org, *.example.net, [::1]")

    assert client.get("/en", headers={"Host": host}).status_code == status


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_health_is_told_under_any_name(service: Service, path: str) -> None:
    client = served(service, allowed_hosts="help.example.org")

    assert client.get(path, headers={"Host": "10.0.0.7"}).status_code == 200


def test_a_wrong_name_is_refused_with_a_problem_and_every_header(service: Service) -> None:
    client = served(service, allowed_hosts="help.example.org")

    response = client.post("/api/ask", json=QUESTION, headers={"Host": "evil.example.org"})

    assert response.status_code == 421
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"


def test_the_address_that_a_stranger_names_is_not_believed(service: Service) -> None:
    client = served(service, trusted_proxies=PROXY)

    statuses = [
        client.post("/api/ask", json=QUESTION, headers={"X-Forwarded-For": f"10.0.0.{n}"})
        for n in range(3)
    ]

    assert [response.status_code for response in statuses] == [200, 200, 429]


def test_the_address_that_a_trusted_proxy_names_is_counted(service: Service) -> None:
    client = served(service, PROXY, trusted_proxies="192.0.2.8/29")

    statuses = [
        client.post("/api/ask", json=QUESTION, headers={"X-Forwarded-For": f"10.0.0.{n}"})
        for n in range(3)
    ]

    assert [response.status_code for response in statuses] == [200, 200, 200]


def test_what_a_visitor_put_before_the_address_that_the_proxy_names_is_not_believed(
    service: Service,
) -> None:
    client = served(service, PROXY, trusted_proxies=PROXY)

    statuses = [
        client.post(
            "/api/ask", json=QUESTION, headers={"X-Forwarded-For": f"10.0.0.{n}, 198.51.100.7"}
        )
        for n in range(3)
    ]

    assert [response.status_code for response in statuses] == [200, 200, 429]


@pytest.mark.parametrize("proxies", ["*", "proxy.example.org", "192.0.2.0/33"])
def test_proxies_are_named_by_address_alone(proxies: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", proxies)

    with pytest.raises(SettingsError, match="TRUSTED_PROXIES"):
        Settings.read()


@pytest.mark.parametrize("name", ["EMBED_HOSTS", "CORS_ORIGINS", "ALLOWED_HOSTS"])
@pytest.mark.parametrize("value", ["https://a.org; script-src *", "a b", "'unsafe-inline'", "a\tb"])
def test_nothing_is_slipped_into_a_header_by_a_setting(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=name):
        Settings.read()


@pytest.mark.parametrize(
    ("settings", "client", "headers", "told"),
    [
        ({}, "192.0.2.1", {}, False),
        ({}, "192.0.2.1", {"X-Forwarded-Proto": "https"}, False),
        ({"trusted_proxies": PROXY}, PROXY, {"X-Forwarded-Proto": "https"}, True),
        ({"trusted_proxies": PROXY}, "192.0.2.1", {"X-Forwarded-Proto": "https"}, False),
        ({"behind_tls": True}, "192.0.2.1", {}, True),
    ],
    ids=["plain", "a stranger says so", "a proxy says so", "not the proxy", "setting"],
)
def test_hsts_is_told_behind_tls_alone(
    service: Service,
    settings: dict[str, object],
    client: str,
    headers: dict[str, str],
    told: bool,
) -> None:
    response = served(service, client, **settings).get("/en", headers=headers)

    assert ("strict-transport-security" in response.headers) is told


def test_a_site_that_was_named_may_call_and_may_ask_first(service: Service) -> None:
    client = served(service, cors_origins="https://example.org")
    asking = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }

    before = client.options("/api/ask", headers=asking)
    answer = client.post("/api/ask", json=QUESTION, headers={"Origin": "https://example.org"})

    assert before.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://example.org"
    assert "access-control-allow-credentials" not in answer.headers


def test_a_site_that_was_not_named_may_not(service: Service) -> None:
    client = served(service, cors_origins="https://example.org")

    response = client.post("/api/ask", json=QUESTION, headers={"Origin": "https://evil.example"})

    assert "access-control-allow-origin" not in response.headers


def test_a_site_that_was_named_may_show_the_page_in_a_frame(service: Service) -> None:
    client = served(service, embed_hosts="https://a.example, https://b.example")

    response = client.get("/en")

    policy = response.headers["content-security-policy"]
    assert "frame-ancestors https://a.example https://b.example" in policy
    assert "x-frame-options" not in response.headers
