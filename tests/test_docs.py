"""What a newcomer reads is complete: every setting, command, outcome and topic is named where it belongs."""

import pytest

from app.cli import cli
from app.cli.guidance import corpus, review
from app.domain.answer import Outcome
from app.domain.topics import ALL_TOPICS
from app.settings import ROOT, Settings

README = (ROOT / "README.md").read_text("utf-8")
CORPUS_README = (ROOT / "corpus" / "README.md").read_text("utf-8")
MAP = (ROOT / "app" / "README.md").read_text("utf-8")
COMMANDS = [str(c.name or getattr(c.callback, "__name__", "")) for c in cli.registered_commands]
COMMANDS += [f"review {c.name}" for c in review.registered_commands]
COMMANDS += [f"corpus {c.name}" for c in corpus.registered_commands]


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`{name.upper()}`" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"app {name}" in README or f"`{name}" in README


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_in_the_readme(outcome: Outcome) -> None:
    assert f"`{outcome.value}`" in README


@pytest.mark.parametrize("topic", sorted(ALL_TOPICS))
def test_every_topic_is_in_the_readme_of_the_corpus(topic: str) -> None:
    assert f"`{topic}`" in CORPUS_README


@pytest.mark.parametrize("room", sorted(p.name for p in (ROOT / "app").iterdir() if p.is_dir()))
def test_every_room_is_on_the_map(room: str) -> None:
    assert room.startswith("__") or f"`{room}/`" in MAP


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "Makefile"])
def test_no_file_names_a_package_index_or_a_path_of_this_machine(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")

    assert "index-url" not in text.replace("--no-emit-index-url", "")
    assert "find-links" not in text
    assert "://" not in text.replace("http://$(HOST)", "")
    assert str(ROOT) not in text
