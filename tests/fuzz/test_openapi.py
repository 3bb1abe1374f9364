"""Schemathesis asks the API what its description allows and what it forbids: no 5xx, and every answer as described.

A few cases a call here; thousands with `make fuzz`, which sets FUZZ_CASES.
"""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
)

from app.bootstrap import Service
from app.main import create_app
from app.settings import Settings
from tests.api.test_openapi import CALLS

CASES = int(os.environ.get("FUZZ_CASES", "12"))
WITHOUT_A_FIELD = {"/api/languages", "/livez", "/readyz", "/v1/models", "/v1/models/{model}"}


def unsaid(case: Case[Any]) -> list[Any]:
    """Checks that a case cannot meet, since no schema can say what holds.

    Lengths are those after trimming. That some message is a question, and what OpenAI offers and we do not, is told with 400.
    """
    held = [text for text in fields(case.body) if isinstance(text, str)]
    if any(text != text.strip() for text in held):
        return [negative_data_rejection, positive_data_acceptance]
    return [positive_data_acceptance] if case.path.startswith("/v1/chat") else []


def fields(body: object) -> list[object]:
    """Values of a body."""
    return list(body.values()) if isinstance(body, dict) else []


@pytest.fixture(scope="module")
def described(service: Service) -> Any:
    """The API, described by itself."""
    app = create_app(Settings(rate_limit="1000000/minute", max_open=1_000), service)
    found = schemathesis.openapi.from_asgi("/openapi.json", app)
    # A wrong body may be too long as well.
    found.config.checks.negative_data_rejection.expected_statuses.append("413")
    return found


@pytest.mark.parametrize(
    ("path", "method", "mode"),
    [
        (path, method, mode)
        for path, method in CALLS
        for mode in GenerationMode
        # A call without a field cannot be called wrongly.
        if mode is GenerationMode.POSITIVE or path not in WITHOUT_A_FIELD
    ],
)
def test_a_call_keeps_to_its_description(
    described: Any, path: str, method: str, mode: GenerationMode
) -> None:
    cases = described[path][method].as_strategy(generation_mode=mode)

    @settings(
        max_examples=CASES,
        deadline=None,
        derandomize=CASES < 100,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def holds(case: Case[Any]) -> None:
        case.call_and_validate(excluded_checks=unsaid(case))

    holds()
