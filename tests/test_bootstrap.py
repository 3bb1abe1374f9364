"""Putting the parts together: what is refused before anything is served, and what is always served."""

import asyncio
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.bootstrap import Service, build_service
from app.domain.answer import Engine
from app.domain.errors import SettingsError
from app.domain.question import Question
from app.domain.switches import Switch
from app.domain.topics import BOUNDARIES
from app.ingestion.loading import load_library
from app.safety.switches import Switches
from app.settings import ROOT, Settings
from tests.fakes import TODAY
from tests.model_server import Script, model_server


def test_serving_signed_texts_alone_is_refused_while_nothing_is_signed(tmp_path: Path) -> None:
    settings = Settings(reviewed_only=True, data=tmp_path)

    with pytest.raises(SettingsError, match="REVIEWED_ONLY"):
        build_service(settings, TODAY)


def test_emergency_cards_are_served_even_unsigned() -> None:
    library = load_library(ROOT / "corpus", TODAY, reviewed_only=True)

    assert set(library.documents["es"]) == BOUNDARIES


def test_a_language_without_texts_is_not_offered() -> None:
    library = load_library(ROOT / "corpus", TODAY, reviewed_only=True)

    assert library.with_texts().languages == {}


@pytest.fixture
def data(service: Service, tmp_path: Path) -> Path:
    """A data folder with the index of the real corpus and no switch file."""
    (tmp_path / "index").symlink_to(service.settings.data / "index")
    return tmp_path


def test_what_a_setting_turns_off_is_off_from_the_start(data: Path) -> None:
    settings = Settings(data=data, service_off="not open yet")

    switches = build_service(settings).switches
    at_start = switches.off(Switch.SERVICE)
    Switches(data / "switches.json", settings.off_at_start).turn_on(Switch.SERVICE)

    assert at_start is not None
    assert at_start.reason == "not open yet"
    assert switches.off(Switch.SERVICE) is None


def test_a_model_that_is_off_from_the_start_is_asked_nothing(data: Path) -> None:
    script = Script("anything [1]")

    with model_server(script) as address:
        settings = Settings(
            data=data,
            llm="openai:scripted",
            llm_base_url=address,
            llm_api_key=SecretStr("any"),
            model_off="not examined yet",
        )
        assistant = build_service(settings).assistant
        answer = asyncio.run(assistant.ask(Question("When does my ITIN expire?", "en")))

    assert answer.engine is Engine.CORPUS
    assert script.asked == []
