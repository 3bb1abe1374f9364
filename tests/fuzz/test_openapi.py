"""Schemathesis asks the API what its description allows and what it forbids: no 5xx, and every answer as described.

A few cases a call here; thousands with `make fuzz`, which sets FUZZ_CASES.
"""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.bootstrap import Service
from app.main import create_app
from app.settings import Settings
from tests.api.test_openapi import CALLS

CASES = int(os.environ.get("FUZZ_CASES", "12"))
WITHOUT_A_FIELD = {"/api/languages", "/livez", "/readyz", "/v1/models", "/v1/models/{model}"}
# That some message is a question, and what OpenAI offers and we do not, no schema can say; such a body is refused with 400.
UNSAID: dict[str, list[Any]] = {"/v1/chat/completions": [positive_data_acceptance]}


@pytest.fixture(scope="module")
def described(service: Service) -> Any:
    """The API, described by itself."""
    app = create_app(Settings(rate_limit="1000000/minute", max_open=1_000), service)
    return schemathesis.openapi.from_asgi("/openapi.json", app)


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
        case.call_and_validate(excluded_checks=UNSAID.get(path, []))

    holds()
