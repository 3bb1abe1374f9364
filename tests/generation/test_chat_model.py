"""The adapter to language models, over real HTTP: text comes in pieces, and every failure is one exception of ours."""

import asyncio

import pytest

from app.domain.errors import ModelUnavailable, SettingsError
from app.generation.chat_model import LangChainModel
from tests.model_server import Script, closed_port, model_server


def said(script: Script, timeout: float = 5.0) -> str:
    with model_server(script) as address:
        return _gather(LangChainModel("openai:scripted", timeout, address, "any"))


def _gather(model: LangChainModel) -> str:
    async def gather() -> str:
        pieces = [piece async for piece in model.stream("Be brief.", "Hello?")]
        return "".join(piece for piece in pieces if isinstance(piece, str))

    return asyncio.run(gather())


def test_a_models_text_arrives_whole() -> None:
    script = Script("Sí: 47,289 direcciones. [1]\n¿Y ahora? [2]")

    assert said(script) == script.text


def test_the_model_sees_the_instructions_first_and_then_the_request() -> None:
    script = Script("ok")

    said(script)

    assert [m["role"] for m in script.asked[0]["messages"]] == ["system", "user"]
    assert script.asked[0]["stream"] is True


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_an_error_status_is_a_model_that_is_unavailable(status: int) -> None:
    with pytest.raises(ModelUnavailable):
        said(Script(status=status))


def test_an_error_is_told_without_the_request(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ModelUnavailable) as raised:
        said(Script(status=500))

    assert "Hello" not in str(raised.value) + caplog.text
    assert raised.value.__cause__ is None


def test_a_refused_connection_is_a_model_that_is_unavailable() -> None:
    address = f"http://127.0.0.1:{closed_port()}/v1"

    with pytest.raises(ModelUnavailable):
        _gather(LangChainModel("openai:scripted", 5.0, address, "any"))


@pytest.mark.parametrize(
    "script",
    [Script("late", pause_before=2.0), Script("half and half", pause_within=2.0)],
    ids=["before the first word", "in mid-stream"],
)
def test_a_model_that_hangs_is_given_up_when_its_time_is_over(script: Script) -> None:
    with pytest.raises(ModelUnavailable, match="time"):
        said(script, timeout=0.3)


@pytest.mark.parametrize(
    "raw",
    [b"data: {not json}\n\n", b"\xff\xfe\xc3", b'data: {"choices": "what"}\n\n'],
    ids=["broken JSON", "half a character", "another shape"],
)
def test_rubbish_on_the_wire_is_a_model_that_is_unavailable_or_silent(raw: bytes) -> None:
    try:
        text = said(Script(raw=raw))
    except ModelUnavailable:
        text = ""

    assert text == ""


def test_a_provider_whose_package_is_missing_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match="LLM=mistralai"):
        LangChainModel("mistralai:large", 5.0)
