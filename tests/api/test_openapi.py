"""`GET /openapi.json` describes every call, field, limit, example and error as they really are."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

CALLS = [
    ("/api/ask", "post"),
    ("/api/ask/stream", "post"),
    ("/api/languages", "get"),
    ("/api/topics", "get"),
    ("/api/sections/{document}/{section}", "get"),
    ("/api/search", "post"),
    ("/livez", "get"),
    ("/readyz", "get"),
    ("/v1/chat/completions", "post"),
    ("/v1/models", "get"),
    ("/v1/models/{model}", "get"),
    ("/api/switches", "post"),
]
ASKING = ["401", "413", "415", "422", "429"]
ERRORS = [
    *[("/api/ask", "post", status) for status in [*ASKING, "500", "503"]],
    *[("/api/ask/stream", "post", status) for status in [*ASKING, "503"]],
    *[("/api/search", "post", status) for status in ["413", "415", "422", "429"]],
    *[("/api/switches", "post", status) for status in [*ASKING, "500", "503"]],
    ("/api/topics", "get", "404"),
    ("/api/sections/{document}/{section}", "get", "404"),
]


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    """The description."""
    body: dict[str, Any] = client.get("/openapi.json").json()
    return body


def schema(described: dict[str, Any], name: str) -> dict[str, Any]:
    """One of its schemas."""
    found: dict[str, Any] = described["components"]["schemas"][name]
    return found


@pytest.mark.parametrize(("path", "method"), CALLS)
def test_every_call_of_the_contract_is_described(
    described: dict[str, Any], path: str, method: str
) -> None:
    assert described["paths"][path][method]["summary"]
    assert described["paths"][path][method]["responses"]["200"]


def test_pages_for_people_are_not_described_as_calls(described: dict[str, Any]) -> None:
    assert [path for path in described["paths"] if path.startswith(("/{", "/static"))] == []
    assert "/" not in described["paths"]


@pytest.mark.parametrize(("path", "method", "status"), ERRORS)
def test_every_error_is_described_as_the_problem_it_is(
    described: dict[str, Any], path: str, method: str, status: str
) -> None:
    content = described["paths"][path][method]["responses"][status]["content"]

    assert content == {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
    }


OPENAI = [
    *[
        ("/v1/chat/completions", "post", status)
        for status in ["400", "404", "413", "415", "429", "500", "503"]
    ],
    ("/v1/models/{model}", "get", "404"),
]


@pytest.mark.parametrize(("path", "method", "status"), OPENAI)
def test_every_error_of_openais_door_is_described_in_its_form(
    described: dict[str, Any], path: str, method: str, status: str
) -> None:
    content = described["paths"][path][method]["responses"][status]["content"]

    assert content == {"application/json": {"schema": {"$ref": "#/components/schemas/OpenAIError"}}}


def test_a_completion_is_described_as_json_and_as_a_stream(described: dict[str, Any]) -> None:
    responses = described["paths"]["/v1/chat/completions"]["post"]["responses"]

    assert set(responses["200"]["content"]) == {"application/json", "text/event-stream"}
    assert "422" not in responses
    assert "401" not in responses


def test_a_chunk_of_a_stream_is_described(described: dict[str, Any]) -> None:
    assert schema(described, "ChatChunk")["properties"].keys() >= {"choices", "usage", "rights"}


def test_no_error_is_described_that_is_never_sent(described: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_a_search_is_not_said_to_need_a_key(described: dict[str, Any]) -> None:
    assert "401" not in described["paths"]["/api/search"]["post"]["responses"]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("AskIn", {"question", "language", "history", "audience", "state"}),
        ("TurnIn", {"role", "content"}),
        ("StatementOut", {"text", "citations"}),
        (
            "CitationOut",
            {"n", "document", "section", "title", "quote", "as_of", "review", "sources", "page"},
        ),
        ("ReviewOut", {"status", "by", "on", "until"}),
        ("SourceOut", {"title", "citation", "url"}),
        ("ContactOut", {"name", "phone", "url", "hours", "languages", "cost"}),
        ("RedactionOut", {"kind", "count"}),
        ("LanguageOut", {"code", "name", "direction", "sections", "reviewed"}),
        ("SearchIn", {"query", "language", "limit"}),
        ("Problem", {"type", "title", "status", "detail", "errors"}),
        ("FieldProblem", {"field", "message"}),
        ("ChatIn", {"model", "messages", "stream", "stream_options", "n", "tools"}),
        ("ChatOut", {"id", "object", "created", "model", "choices", "usage", "rights"}),
        ("Usage", {"prompt_tokens", "completion_tokens", "total_tokens"}),
        ("ModelOut", {"id", "object", "created", "owned_by"}),
        ("OpenAIErrorBody", {"message", "type", "param", "code"}),
        ("SwitchIn", {"switch", "off", "reason", "words"}),
        ("Readiness", {"ready", "missing", "engine", "off"}),
    ],
)
def test_every_field_of_the_contract_is_described(
    described: dict[str, Any], name: str, fields: set[str]
) -> None:
    assert schema(described, name)["properties"].keys() >= fields


@pytest.mark.parametrize(
    ("name", "field", "limit", "value"),
    [
        ("AskIn", "question", "minLength", 1),
        ("AskIn", "question", "maxLength", 2_000),
        ("AskIn", "history", "maxItems", 12),
        ("TurnIn", "content", "maxLength", 4_000),
        ("SearchIn", "query", "maxLength", 2_000),
        ("SearchIn", "limit", "maximum", 50),
    ],
)
def test_every_limit_is_described(
    described: dict[str, Any], name: str, field: str, limit: str, value: int
) -> None:
    assert schema(described, name)["properties"][field][limit] == value


@pytest.mark.parametrize("name", ["AskIn", "TurnIn", "SearchIn", "SwitchIn"])
def test_it_is_described_that_unknown_fields_are_refused(
    described: dict[str, Any], name: str
) -> None:
    assert schema(described, name)["additionalProperties"] is False


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Outcome", ["answered", "urgent", "out_of_scope", "declined", "unsupported"]),
        ("Engine", ["corpus", "llm"]),
        ("Audience", ["public", "hotline"]),
        ("Role", ["user", "assistant"]),
        ("Switch", ["model", "service"]),
    ],
)
def test_every_allowed_word_is_described(
    described: dict[str, Any], name: str, values: list[str]
) -> None:
    assert schema(described, name)["enum"] == values


@pytest.mark.parametrize("name", ["AskIn", "SearchIn", "ChatIn", "SwitchIn"])
def test_every_request_has_an_example(described: dict[str, Any], name: str) -> None:
    assert schema(described, name)["examples"]


@pytest.mark.parametrize("n", [0, 1])
def test_every_example_question_works(
    client: TestClient, described: dict[str, Any], n: int
) -> None:
    example = schema(described, "AskIn")["examples"][n]

    response = client.post("/api/ask", json=example)

    assert response.status_code == 200
    assert response.json()["outcome"] == "answered"


@pytest.mark.parametrize("n", [0, 1])
def test_every_example_conversation_works(
    client: TestClient, described: dict[str, Any], n: int
) -> None:
    example = schema(described, "ChatIn")["examples"][n]

    response = client.post("/v1/chat/completions", json=example)

    assert response.status_code == 200
    assert '"outcome":"answered"' in response.text


def test_a_stream_is_described_as_a_stream(described: dict[str, Any]) -> None:
    responses = described["paths"]["/api/ask/stream"]["post"]["responses"]

    assert set(responses["200"]["content"]) == {"text/event-stream"}


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_is_served_that_loads_scripts_from_elsewhere(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
