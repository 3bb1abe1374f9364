"""Languages, topics, sections and search: every field, every refusal, and that each link leads somewhere."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service
from app.domain.topics import ALL_TOPICS

ADDRESS = "Can ICE get my address from the IRS?"
RENEW = "¿Cuándo se vence mi ITIN?"


def topics(client: TestClient, language: str) -> list[dict[str, Any]]:
    """The topics in one language."""
    body: list[dict[str, Any]] = client.get("/api/topics", params={"language": language}).json()
    return body


def section(client: TestClient, path: str, language: str) -> dict[str, Any]:
    """One section."""
    response = client.get(f"/api/sections/{path}", params={"language": language})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def paths(listed: list[dict[str, Any]]) -> list[str]:
    """`document/section` of every section in a list of topics."""
    return [f"{t['topic']}/{link['section']}" for t in listed for link in t["sections"]]


def search(client: TestClient, query: str, **fields: object) -> dict[str, Any]:
    """What a search gives."""
    response = client.post("/api/search", json={"query": query, **fields})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_the_languages_offered_are_told_with_name_direction_and_counts(
    client: TestClient, service: Service
) -> None:
    offered = client.get("/api/languages").json()

    sections = len(list(service.library.sections("en")))
    assert [(o["code"], o["name"], o["direction"]) for o in offered] == [
        ("en", "English", "ltr"),
        ("es", "Español", "ltr"),
        ("zh", "简体中文", "ltr"),
    ]
    assert offered[0]["sections"] == sections
    assert 0 <= offered[0]["reviewed"] <= sections


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_topic_of_the_map_is_listed_once_with_its_sections(
    client: TestClient, language: str
) -> None:
    listed = topics(client, language)

    assert {t["topic"] for t in listed} == ALL_TOPICS
    assert len(listed) == len(ALL_TOPICS)
    assert min(len(t["sections"]) for t in listed) >= 1
    assert set.intersection(*(set(t) for t in listed)) >= {"topic", "title", "as_of", "sections"}


def test_topics_are_in_the_language_of_the_service_when_none_is_named(client: TestClient) -> None:
    assert client.get("/api/topics").json() == topics(client, "en")


def test_the_same_sections_are_offered_in_both_languages(client: TestClient) -> None:
    assert paths(topics(client, "en")) == paths(topics(client, "es"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_section_of_the_list_can_be_read(client: TestClient, language: str) -> None:
    listed = paths(topics(client, language))

    read = [section(client, path, language) for path in listed]

    assert [f"{s['document']}/{s['section']}" for s in read] == listed
    assert {s["language"] for s in read} == {language}
    assert [s["page"] for s in read] == [f"/{language}/{path}" for path in listed]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_section_has_text_sources_dates_review_and_its_other_languages(
    client: TestClient, service: Service, language: str
) -> None:
    held = service.library.section(language, "itin-renew", "when-it-expires")

    read = section(client, "itin-renew/when-it-expires", language)

    assert [s["text"] for s in read["answer"]] == [s.text for s in held.answer]
    assert [s["text"] for s in read["details"]] == [s.text for s in held.details]
    assert read["answer"][0]["sources"][0].keys() >= {"title", "citation", "url"}
    assert (read["title"], read["heading"]) == (held.title, held.heading)
    assert read["as_of"] == held.as_of.isoformat()
    assert read["review_due"] == held.review_due.isoformat()
    assert read["review"].keys() >= {"status", "by", "on", "until"}
    assert read["steps"] == list(held.steps)
    assert len(read["contacts"]) == len(held.contacts)
    assert {o["language"] for o in read["languages"]} == {"en", "es"} - {language}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_of_a_section_and_of_its_other_languages_open(
    client: TestClient, language: str
) -> None:
    read = section(client, "itin-renew/when-it-expires", language)

    pages = [read["page"], *(other["page"] for other in read["languages"])]
    assert [client.get(page).status_code for page in pages] == [200, 200]


@pytest.mark.parametrize(
    "path",
    [
        "/api/topics?language=fr",
        "/api/topics?language=",
        "/api/sections/itin-renew/nowhere",
        "/api/sections/nowhere/when-it-expires",
        "/api/sections/itin-renew/when-it-expires?language=fr",
        "/api/sections/itin-renew",
        "/api/sections/..%2F..%2Fetc/passwd",
    ],
)
def test_what_does_not_exist_is_not_found(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "language", "document"),
    [(ADDRESS, "en", "conf-ice-requests"), (RENEW, "es", "itin-renew")],
)
def test_a_search_finds_the_section_in_the_language_of_the_query(
    client: TestClient, query: str, language: str, document: str
) -> None:
    found = search(client, query)

    assert found["language"] == language
    assert found["hits"][0]["document"] == document
    assert found["hits"][0].keys() >= {"section", "heading", "page", "score", "snippet"}
    assert client.get(found["hits"][0]["page"]).status_code == 200


def test_hits_are_scored_between_nought_and_one_best_first(client: TestClient) -> None:
    scores = [hit["score"] for hit in search(client, ADDRESS)["hits"]]

    assert scores == sorted(scores, reverse=True)
    assert scores[0] <= 1
    assert scores[-1] >= 0


def test_a_search_in_a_language_named_gives_hits_in_it(client: TestClient) -> None:
    found = search(client, "ITIN", language="es")

    assert found["language"] == "es"
    assert {hit["page"][:4] for hit in found["hits"]} == {"/es/"}


@pytest.mark.parametrize("limit", [1, 2])
def test_a_search_gives_no_more_hits_than_asked_for(client: TestClient, limit: int) -> None:
    assert len(search(client, ADDRESS, limit=limit)["hits"]) == limit


def test_a_snippet_marks_the_words_of_the_query(client: TestClient) -> None:
    snippets = " ".join(hit["snippet"] for hit in search(client, ADDRESS)["hits"])

    assert "<mark>ICE</mark>" in snippets


@pytest.mark.parametrize("query", ["<script>alert(1)</script> ICE address", "ICE & <b>address</b>"])
def test_a_snippet_holds_no_markup_but_its_marks(client: TestClient, query: str) -> None:
    hits = search(client, query)["hits"]

    bare = [hit["snippet"].replace("<mark>", "").replace("</mark>", "") for hit in hits]
    assert hits
    assert "<" not in "".join(bare)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"query": ""}, "query"),
        ({"query": "   "}, "query"),
        ({"query": "a" * 2_001}, "query"),
        ({"query": 5}, "query"),
        ({}, "query"),
        ({"query": "itin", "limit": 0}, "limit"),
        ({"query": "itin", "limit": 51}, "limit"),
        ({"query": "itin", "limit": "many"}, "limit"),
        ({"query": "itin", "language": "fr"}, "language"),
        ({"query": "itin", "page": 2}, "page"),
    ],
)
def test_a_search_that_breaks_the_contract_is_refused(
    client: TestClient, body: object, field: str
) -> None:
    response = client.post("/api/search", json=body)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_what_people_look_for_cannot_stand_in_an_address(client: TestClient) -> None:
    response = client.get("/api/search", params={"query": "itin"})

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"


def test_a_search_with_another_content_type_is_refused(client: TestClient) -> None:
    response = client.post("/api/search", data={"query": "itin"})

    assert response.status_code == 415


@pytest.mark.parametrize("path", ["/api/languages", "/api/topics"])
def test_browsing_leaves_no_copy_behind(client: TestClient, path: str) -> None:
    assert client.get(path).headers["cache-control"] == "no-store"
