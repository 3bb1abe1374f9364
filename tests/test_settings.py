"""Settings: safe by default, read once, refused in one clear line each and never shown with their values."""

import pytest

from app.domain.errors import SettingsError
from app.domain.switches import Switch
from app.settings import Settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the person who runs the tests gets in."""
    monkeypatch.delenv("LLM", raising=False)
    monkeypatch.delenv("LLM_TIMEOUT", raising=False)
    monkeypatch.delenv("LOG_LEVEL", raising=False)


def test_without_any_setting_there_is_no_model_and_no_staff() -> None:
    settings = Settings.read()

    assert settings.llm is None
    assert settings.staff_hashes == ()
    assert settings.embeddings == "wordllama"


def test_an_environment_variable_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM", "openai:small")

    assert Settings.read().llm == "openai:small"


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM", "")

    assert Settings.read().llm is None


@pytest.mark.parametrize(
    ("name", "value"), [("LLM_TIMEOUT", "soon"), ("LLM_TIMEOUT", "-1"), ("LOG_LEVEL", "chatty")]
)
def test_a_wrong_value_is_refused_by_name_and_not_repeated(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as raised:
        Settings.read()

    assert str(raised.value).startswith(f"{name}: ")
    assert value not in str(raised.value)


def test_a_key_never_prints() -> None:
    settings = Settings.model_validate({"llm_api_key": "hush-hush"})

    assert "hush-hush" not in repr(settings) + str(settings)


def test_staff_hashes_are_read_apart() -> None:
    settings = Settings(staff_key_hashes=" AB , cd,")

    assert settings.staff_hashes == ("ab", "cd")


def test_settings_cannot_change_while_serving() -> None:
    settings = Settings()

    with pytest.raises(ValueError, match="frozen"):
        settings.llm = "openai:other"  # type: ignore[misc]


def test_what_is_off_from_the_start_is_what_has_a_reason() -> None:
    settings = Settings(model_off=" ", service_off="not open yet")

    assert settings.off_at_start == {Switch.SERVICE: "not open yet"}
