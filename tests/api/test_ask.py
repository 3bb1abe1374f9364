"""`POST /api/ask`: every field in and out, the limits, the outcomes, and that every quote is word for word a vetted one."""

import hashlib
from collections.abc import Iterable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service
from app.main import create_app
from app.settings import Settings

ADDRESS = "Can ICE get my address from the IRS?"
RENEW = "¿Cuándo se vence mi ITIN?"
DOOR = "ICE is knocking on my door right now"
KEY = "a key that only a hotline holds"

FIELDS = {
    "outcome",
    "topic",
    "language",
    "answer",
    "answer_markdown",
    "citations",
    "next_steps",
    "contacts",
    "follow_ups",
    "engine",
    "redactions",
    "notice",
}
EVERY_KIND = [
    (ADDRESS, "en", "answered", "conf-ice-requests"),
    ("When does my ITIN expire?", "en", "answered", "itin-renew"),
    ("¿Puede ICE conseguir mi dirección del IRS?", "es", "answered", "conf-ice-requests"),
    (RENEW, "es", "answered", "itin-renew"),
    (DOOR, "en", "urgent", "triage-urgent"),
    ("La migra está tocando la puerta ahorita", "es", "urgent", "triage-urgent"),
    ("Where can I buy a social security number?", "en", "declined", "refuse-harm"),
    ("¿Dónde compro un seguro social falso?", "es", "declined", "refuse-harm"),
    ("What is a good recipe for tamales?", "en", "out_of_scope", "out-of-scope"),
    ("¿Quién ganó el partido de fútbol ayer?", "es", "out_of_scope", "out-of-scope"),
    ("Quel est le prix du renouvellement et comment dois-je faire ?", "en", "unsupported", None),
]
QUESTIONS = [question for question, *_ in EVERY_KIND]
ANSWERED = [question for question, _, outcome, _ in EVERY_KIND if outcome == "answered"]


def ask(client: TestClient, question: str, **fields: object) -> dict[str, Any]:
    """The answer to a question, which must be 200."""
    response = client.post("/api/ask", json={"question": question, **fields})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def status(client: TestClient, body: object, **headers: str) -> int:
    """The status that a body meets."""
    return int(client.post("/api/ask", json=body, headers=headers).status_code)


def wrong_fields(client: TestClient, body: object) -> list[str]:
    """The fields that the problem names."""
    response = client.post("/api/ask", json=body)
    assert response.status_code == 422, response.text
    return [error["field"] for error in response.json()["errors"]]


def used(answer: dict[str, Any]) -> set[int]:
    """The numbers that statements cite."""
    return {n for statement in answer["answer"] for n in statement["citations"]}


def uncited(answers: Iterable[dict[str, Any]]) -> list[str]:
    """Statements of answers to questions of ours that cite nothing."""
    return [
        statement["text"]
        for answer in answers
        if answer["outcome"] == "answered"
        for statement in answer["answer"]
        if not statement["citations"]
    ]


def vetted(client: TestClient, citation: dict[str, Any], language: str) -> dict[str, Any]:
    """The section that a citation names, from the library."""
    path = f"/api/sections/{citation['document']}/{citation['section']}"
    body: dict[str, Any] = client.get(path, params={"language": language}).json()
    return body


def misquoted(client: TestClient, answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Citations that are not word for word, with sources and date, what the section they name says."""
    wrong = []
    for citation in answer["citations"]:
        section = vetted(client, citation, answer["language"])
        statements = [*section["answer"], *section["details"]]
        held = {"text": citation["quote"], "sources": citation["sources"]}
        same = all(citation[name] == section[name] for name in ("as_of", "page", "review"))
        if held not in statements or not same or citation["title"] != section["heading"]:
            wrong.append(citation)
    return wrong


def hotline(service: Service, key: str = KEY) -> TestClient:
    """A service that knows one staff key."""
    hashed = hashlib.sha256(key.encode()).hexdigest()
    settings = Settings(rate_limit="100000/minute", staff_key_hashes=hashed)
    return TestClient(create_app(settings, service))


@pytest.mark.parametrize(("question", "language", "outcome", "topic"), EVERY_KIND)
def test_each_kind_of_question_ends_as_it_should(
    client: TestClient, question: str, language: str, outcome: str, topic: str | None
) -> None:
    answer = ask(client, question)

    assert (answer["outcome"], answer["language"], answer["topic"]) == (outcome, language, topic)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_has_every_field_of_the_contract_with_its_type(
    client: TestClient, question: str
) -> None:
    answer = ask(client, question)

    assert answer.keys() >= FIELDS
    assert answer["engine"] == "corpus"
    assert {type(s["text"]) for s in answer["answer"]} == {str}
    assert {type(s["citations"]) for s in answer["answer"]} == {list}
    assert {type(text) for text in [answer["answer_markdown"], answer["notice"]]} == {str}
    assert {type(text) for text in answer["next_steps"] + answer["follow_ups"]} <= {str}
    assert answer["notice"].strip()
    assert answer["redactions"] == []


@pytest.mark.parametrize("question", ANSWERED)
def test_a_citation_has_every_field_of_the_contract(client: TestClient, question: str) -> None:
    citation = ask(client, question)["citations"][0]

    assert citation.keys() >= {"n", "document", "section", "title", "quote", "as_of", "page"}
    assert citation["review"].keys() >= {"status", "by", "on", "until"}
    assert citation["sources"][0].keys() >= {"title", "citation", "url"}
    assert citation["n"] == 1


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_contact_has_every_field_of_the_contract(client: TestClient, question: str) -> None:
    contacts = ask(client, question)["contacts"]

    assert contacts
    assert set.intersection(*(set(contact) for contact in contacts)) >= {
        "name",
        "phone",
        "url",
        "hours",
        "languages",
        "cost",
    }
    assert {type(contact["languages"]) for contact in contacts} == {list}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_word_for_word_a_statement_of_the_section_it_names(
    client: TestClient, question: str
) -> None:
    answer = ask(client, question)

    assert misquoted(client, answer) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_citations_are_numbered_from_one_and_each_is_used(
    client: TestClient, question: str
) -> None:
    answer = ask(client, question)

    numbers = [citation["n"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert used(answer) == set(numbers)


@pytest.mark.parametrize("question", ANSWERED)
def test_every_page_that_a_citation_links_to_opens(client: TestClient, question: str) -> None:
    answer = ask(client, question)

    pages = {citation["page"] for citation in answer["citations"]}
    assert {client.get(page).status_code for page in pages} == {200}


@pytest.mark.parametrize("question", ANSWERED)
def test_every_statement_of_an_answered_question_has_a_citation(
    client: TestClient, question: str
) -> None:
    answer = ask(client, question)

    assert answer["answer"]
    assert uncited([answer]) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_heading_of_the_library_is_answered_with_a_statement_that_cites_nothing(
    client: TestClient, service: Service, language: str
) -> None:
    headings = [section.heading for section in service.library.sections(language)]

    answers = [ask(client, heading, language=language) for heading in headings]

    assert uncited(answers) == []
    assert {answer["language"] for answer in answers} == {language}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_markdown_says_the_statements_in_order_with_their_markers(
    client: TestClient, question: str
) -> None:
    answer = ask(client, question)

    told = [s["text"] + "".join(f" [{n}]" for n in s["citations"]) for s in answer["answer"]]
    assert answer["answer_markdown"].startswith("\n\n".join(told))


@pytest.mark.parametrize("question", ANSWERED)
def test_an_answer_says_what_to_do_now_and_offers_at_most_three_questions(
    client: TestClient, question: str
) -> None:
    answer = ask(client, question)

    assert answer["next_steps"]
    assert 1 <= len(answer["follow_ups"]) <= 3


@pytest.mark.parametrize("question", ANSWERED)
def test_every_question_offered_next_can_be_answered(client: TestClient, question: str) -> None:
    answer = ask(client, question)

    outcomes = {
        ask(client, offered, language=answer["language"])["outcome"]
        for offered in answer["follow_ups"]
    }

    assert outcomes <= {"answered", "urgent"}


def test_in_an_emergency_the_card_stands_first(client: TestClient) -> None:
    answer = ask(client, DOOR)

    assert answer["citations"][0]["document"] == "triage-urgent"
    assert answer["citations"][0]["section"] == "ice-at-door"
    assert answer["answer"][0]["citations"] == [1]


def test_the_language_asked_for_wins_over_the_language_of_the_question(client: TestClient) -> None:
    answer = ask(client, ADDRESS, language="es")

    assert answer["language"] == "es"
    assert answer["citations"][0]["page"].startswith("/es/")


def test_the_language_of_the_question_wins_over_the_language_of_the_device(
    client: TestClient,
) -> None:
    response = client.post(
        "/api/ask", json={"question": ADDRESS}, headers={"Accept-Language": "es"}
    )

    assert response.json()["language"] == "en"


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_device_decides_when_the_question_does_not_show_its_language(
    client: TestClient, language: str
) -> None:
    response = client.post(
        "/api/ask", json={"question": "ITIN W-7"}, headers={"Accept-Language": language}
    )

    assert response.json()["language"] == language


@pytest.mark.parametrize(
    ("question", "kind", "number"),
    [
        ("My ITIN is 900-70-0000, when does it expire?", "itin", "900-70-0000"),
        ("My social is 123-45-6789, can ICE get it from the IRS?", "ssn", "123-45-6789"),
    ],
)
def test_a_tax_number_is_counted_and_comes_back_nowhere(
    client: TestClient, question: str, kind: str, number: str
) -> None:
    response = client.post("/api/ask", json={"question": question})

    assert response.json()["redactions"] == [{"kind": kind, "count": 1}]
    assert number not in response.text


@pytest.mark.parametrize("length", [1, 2_000])
def test_a_question_may_have_up_to_two_thousand_characters(client: TestClient, length: int) -> None:
    assert status(client, {"question": "ñ" * length}) == 200


def test_spaces_around_a_question_do_not_count(client: TestClient) -> None:
    assert status(client, {"question": f"  \n{'a' * 2_000}\t "}) == 200


@pytest.mark.parametrize("question", ["a" * 2_001, "", "  \n ", None, 5, ["a"], {"a": 1}, True])
def test_a_question_too_long_empty_or_of_another_type_is_refused(
    client: TestClient, question: object
) -> None:
    assert wrong_fields(client, {"question": question}) == ["question"]


def test_a_body_without_a_question_is_refused(client: TestClient) -> None:
    assert wrong_fields(client, {"language": "en"}) == ["question"]


@pytest.mark.parametrize("body", [[], "question", 5, False])
def test_a_body_that_is_not_an_object_is_refused(client: TestClient, body: object) -> None:
    assert status(client, body) == 422


@pytest.mark.parametrize("field", ["user", "model", "Question", "session_id"])
def test_an_unknown_field_is_refused(client: TestClient, field: str) -> None:
    assert wrong_fields(client, {"question": ADDRESS, field: "x"}) == [field]


@pytest.mark.parametrize("language", ["auto", "en", "es"])
def test_every_language_offered_is_accepted(client: TestClient, language: str) -> None:
    assert status(client, {"question": ADDRESS, "language": language}) == 200


@pytest.mark.parametrize("language", ["fr", "xx", "EN", "english", "", 5, None, True])
def test_a_language_that_is_not_offered_is_refused(client: TestClient, language: object) -> None:
    assert wrong_fields(client, {"question": ADDRESS, "language": language}) == ["language"]


@pytest.mark.parametrize("language", [["es"], [], {"es": 1}])
def test_a_language_that_cannot_be_looked_up_is_refused_and_does_not_break_the_server(
    service: Service, language: object
) -> None:
    client = TestClient(create_app(service=service), raise_server_exceptions=False)

    assert status(client, {"question": ADDRESS, "language": language}) == 422


@pytest.mark.parametrize("role", ["user", "assistant"])
def test_twelve_turns_of_four_thousand_characters_are_accepted(
    client: TestClient, role: str
) -> None:
    history = [{"role": role, "content": "an itin!" * 500}] * 12

    assert status(client, {"question": ADDRESS, "history": history}) == 200


def test_a_thirteenth_turn_is_refused(client: TestClient) -> None:
    history = [{"role": "user", "content": "a"}] * 13

    assert wrong_fields(client, {"question": ADDRESS, "history": history}) == ["history"]


@pytest.mark.parametrize(
    ("turn", "field"),
    [
        ({"role": "user", "content": "a" * 4_001}, "history.0.content"),
        ({"role": "user", "content": None}, "history.0.content"),
        ({"role": "user", "content": 5}, "history.0.content"),
        ({"role": "user"}, "history.0.content"),
        ({"role": "system", "content": "a"}, "history.0.role"),
        ({"content": "a"}, "history.0.role"),
        ({"role": "user", "content": "a", "name": "b"}, "history.0.name"),
    ],
)
def test_a_turn_that_breaks_the_contract_is_refused(
    client: TestClient, turn: object, field: str
) -> None:
    assert wrong_fields(client, {"question": ADDRESS, "history": [turn]}) == [field]


@pytest.mark.parametrize("history", [None, "a", {}, ["a"]])
def test_a_history_of_another_type_is_refused(client: TestClient, history: object) -> None:
    assert status(client, {"question": ADDRESS, "history": history}) == 422


@pytest.mark.parametrize("state", ["CA", "tx", "DC", "PR", None])
def test_a_state_is_two_letters_or_nothing(client: TestClient, state: str | None) -> None:
    assert status(client, {"question": ADDRESS, "state": state}) == 200


@pytest.mark.parametrize("state", ["ZZ", "Texas", "T", "", 5, ["TX"]])
def test_a_state_that_does_not_exist_is_refused(client: TestClient, state: object) -> None:
    assert wrong_fields(client, {"question": ADDRESS, "state": state}) == ["state"]


@pytest.mark.parametrize("audience", ["staff", "", 5, None])
def test_an_unknown_audience_is_refused(client: TestClient, audience: object) -> None:
    assert wrong_fields(client, {"question": ADDRESS, "audience": audience}) == ["audience"]


@pytest.mark.parametrize(
    "content",
    [
        b'{"question": ',
        b"question",
        b"\xff\xfe\x00",
        b"",
        b'{"question": NaN}',
        b'{"question": "\\ud800"}',
        b'{"question": "a", "\\ud800": 1}',
        b"[" * 60_000,
        b'{"question": ' + b"9" * 5_000 + b"}",
    ],
    ids=["cut", "word", "bytes", "empty", "nan", "surrogate", "key", "deep", "digits"],
)
def test_broken_json_is_refused_as_a_wrong_field(service: Service, content: bytes) -> None:
    client = TestClient(create_app(service=service), raise_server_exceptions=False)

    response = client.post(
        "/api/ask", content=content, headers={"Content-Type": "application/json"}
    )

    assert response.status_code == 422


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"],
)
def test_another_content_type_is_refused(client: TestClient, content_type: str) -> None:
    response = client.post(
        "/api/ask", content=b'{"question": "a"}', headers={"Content-Type": content_type}
    )

    assert response.status_code == 415


def test_a_missing_content_type_is_refused(client: TestClient) -> None:
    response = client.post("/api/ask", content=b'{"question": "a"}')

    assert "content-type" not in response.request.headers
    assert response.status_code == 415


def test_a_content_type_may_name_its_charset(client: TestClient) -> None:
    response = client.post(
        "/api/ask",
        content=b'{"question": "a"}',
        headers={"Content-Type": "Application/JSON; charset=utf-8"},
    )

    assert response.status_code == 200


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer wrong", f"Basic {KEY}", KEY, f"Bearer {KEY}x"]
)
def test_the_hotline_is_closed_without_a_valid_key(service: Service, authorization: str) -> None:
    client = hotline(service)

    response = client.post(
        "/api/ask",
        json={"question": ADDRESS, "audience": "hotline"},
        headers={"Authorization": authorization},
    )

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("authorization", ["Bearer ", f"Bearer {KEY}"])
def test_the_hotline_is_closed_where_no_key_was_set(client: TestClient, authorization: str) -> None:
    body = {"question": ADDRESS, "audience": "hotline"}

    assert status(client, body, Authorization=authorization) == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_a_hotline_with_its_key_gets_more_depth(service: Service, scheme: str) -> None:
    client = hotline(service)

    public = ask(client, ADDRESS)
    deep = client.post(
        "/api/ask",
        json={"question": ADDRESS, "audience": "hotline"},
        headers={"Authorization": f"{scheme} {KEY}"},
    )

    assert deep.status_code == 200
    assert len(deep.json()["answer"]) > len(public["answer"])
    assert misquoted(client, deep.json()) == []


def test_the_public_needs_no_key_and_a_wrong_one_does_not_matter(service: Service) -> None:
    body = {"question": ADDRESS, "audience": "public"}

    assert status(hotline(service), body, Authorization="Bearer wrong") == 200
