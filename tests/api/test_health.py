"""`GET /livez` and `GET /readyz`: alive is not yet ready, and ready says with what."""

from dataclasses import replace

from fastapi.testclient import TestClient

from app.bootstrap import Service
from app.main import create_app


def test_a_process_that_lives_says_so(client: TestClient) -> None:
    response = client.get("/livez")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


def test_a_service_that_is_ready_says_with_which_index_and_texts(
    client: TestClient, service: Service
) -> None:
    response = client.get("/readyz")

    sections = {
        code: len(list(service.library.sections(code))) for code in service.library.languages
    }
    assert response.status_code == 200
    assert response.json()["ready"] is True
    assert response.json()["missing"] == []
    assert response.json()["index"] == service.index.name
    assert response.json()["sections"] == sections
    assert response.json()["engine"] == "corpus"


def test_a_service_that_is_ready_says_which_text_is_to_be_reviewed_first(
    client: TestClient, service: Service
) -> None:
    due = min(section.review_due for section in service.library.sections("en"))

    assert client.get("/readyz").json()["oldest_review_due"] <= due.isoformat()


def test_a_service_without_texts_in_a_language_is_alive_but_not_ready(service: Service) -> None:
    documents = {**service.library.documents, "es": {}}
    bare = replace(service, library=replace(service.library, documents=documents))
    client = TestClient(create_app(service=bare))

    ready = client.get("/readyz")

    assert ready.status_code == 503
    assert ready.json()["ready"] is False
    assert ready.json()["missing"] == ["texts in es"]
    assert client.get("/livez").status_code == 200


def test_health_may_not_be_kept_by_anything_between(client: TestClient) -> None:
    assert client.get("/livez").headers["cache-control"] == "no-store"
    assert client.get("/readyz").headers["cache-control"] == "no-store"
