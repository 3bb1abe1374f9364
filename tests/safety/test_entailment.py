"""A model of entailment is one more check: it is read from a folder, asked last, and can only drop lines."""

from pathlib import Path

import pytest

from app.domain.errors import SettingsError
from app.domain.question import Asked
from app.safety.entailment import load_entailment
from app.safety.verification.rules import Rule
from app.safety.verifier import Verifier
from tests.fakes import quoting, section
from tests.tiny_onnx import write_classifier

LABELS = ("ENTAILMENT", "contradiction", "neutral")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_classifier(tmp_path / "model", LABELS)


def test_what_the_model_finds_entailed_is_supported(folder: Path) -> None:
    model = load_entailment(folder, 0.5)

    assert model.supports("same", "same same")


@pytest.mark.parametrize("hypothesis", ["opposite opposite", "unrelated unrelated"])
def test_what_it_finds_contradicted_or_neither_is_not(folder: Path, hypothesis: str) -> None:
    model = load_entailment(folder, 0.5)

    assert not model.supports("same", hypothesis)


def test_the_threshold_decides(folder: Path) -> None:
    chance = float(load_entailment(folder, 0.5).probabilities("same", "unrelated")[0])

    assert load_entailment(folder, chance - 0.01).supports("same", "unrelated")
    assert not load_entailment(folder, chance + 0.01).supports("same", "unrelated")


def test_classes_are_read_by_their_names_whatever_their_order(tmp_path: Path) -> None:
    folder = write_classifier(tmp_path / "other", ("contradiction", "Entailment", "neutral"))

    assert not load_entailment(folder, 0.5).supports("same", "same")
    assert load_entailment(folder, 0.5).supports("opposite", "opposite")


def test_a_premise_of_any_length_can_be_read(folder: Path) -> None:
    chances = load_entailment(folder, 0.5).probabilities("same " * 5000, "same")

    assert chances.shape == (3,)


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json", "config.json"])
def test_a_folder_that_lacks_a_file_stops_the_start_with_the_settings_name(
    folder: Path, missing: str
) -> None:
    (folder / missing).unlink()

    with pytest.raises(SettingsError, match="ENTAILMENT"):
        load_entailment(folder, 0.5)


@pytest.mark.parametrize("broken", ["model.onnx", "tokenizer.json", "config.json"])
def test_a_file_that_cannot_be_read_does_too(folder: Path, broken: str) -> None:
    (folder / broken).write_text("{", "utf-8")

    with pytest.raises(SettingsError, match="ENTAILMENT"):
        load_entailment(folder, 0.5)


def test_a_model_of_something_else_is_refused(tmp_path: Path) -> None:
    folder = write_classifier(tmp_path / "other", ("positive", "negative", "neutral"))

    with pytest.raises(SettingsError, match="no entailment"):
        load_entailment(folder, 0.5)


def test_a_line_that_breaks_no_rule_is_dropped_when_the_model_says_no(folder: Path) -> None:
    line = quoting(section("You get the same unrelated form."), "You get the unrelated same form.")

    rule = Verifier(checker=load_entailment(folder, 0.9)).broken(line, Asked("?", "en"))

    assert Verifier().broken(line, Asked("?", "en")) is None
    assert rule is Rule.ENTAILMENT


def test_a_quote_word_for_word_needs_no_model(folder: Path) -> None:
    line = quoting(section("This is the opposite."))

    assert Verifier(checker=load_entailment(folder, 0.9)).supported(line, Asked("?", "en"))
