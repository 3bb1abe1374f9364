"""The measure of redaction: enough texts, made alike every time, and the bars met."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import build_redactor
from app.domain.library import Library
from app.domain.question import Redaction
from app.evaluation.harmless import Harmless, harmless_texts
from app.evaluation.personal import LANGUAGES, Personal, personal_texts
from app.evaluation.redaction import (
    leaks,
    measure,
    read_innocent,
    read_private,
    report,
)
from app.ingestion.loading import load_library
from app.privacy.kinds import Kind
from app.settings import ROOT, Settings
from tests.fakes import TODAY

BY_HAND = ROOT / "tests/evals/redaction"
PHONES = ("800-829-1040", "800-829-1954", "844-363-1423")
MADE = personal_texts()


class Blind:
    """Takes nothing out."""

    def redact(self, text: str) -> tuple[str, tuple[Redaction, ...]]:
        return text, ()


class Zealous:
    """Takes everything out."""

    def redact(self, text: str) -> tuple[str, tuple[Redaction, ...]]:
        return "[number]", (Redaction("number", 1),)


@pytest.fixture(scope="module")
def library() -> Library:
    """The real corpus."""
    return load_library(Settings().corpus, TODAY)


def test_there_are_three_thousand_texts_with_personal_data_and_more() -> None:
    assert len({made.text for made in MADE}) >= 3_000
    assert {made.language for made in MADE} == set(LANGUAGES)


def test_there_are_fifteen_hundred_innocent_texts_and_more() -> None:
    assert len(harmless_texts(PHONES)) >= 1_500


def test_the_texts_are_the_same_at_every_run() -> None:
    assert personal_texts() == MADE
    assert harmless_texts(PHONES) == harmless_texts(PHONES)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_kind_is_measured_in_the_main_languages(language: str) -> None:
    kinds = {made.kind for made in MADE if made.language == language}

    # CURP and its like, and numbers of no known kind, are measured by the texts written by hand.
    assert kinds == {kind.value for kind in Kind} - {"identity", "number"}


def test_every_secret_stands_in_its_text() -> None:
    assert [made for made in MADE if not all(s in made.text for s in made.secrets)] == []


@pytest.mark.parametrize("module", ["personal", "personal_words", "harmless"])
def test_what_makes_the_texts_shares_nothing_with_what_redacts_them(module: str) -> None:
    source = (ROOT / "app/evaluation" / f"{module}.py").read_text("utf-8")

    assert [name for name in imported(source) if name.startswith("app.privacy")] == []


def imported(source: str) -> Iterator[str]:
    """Modules that a source names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize(
    ("kind", "secret", "left", "leaked"),
    [
        ("ssn", "123-45-6789", "my [SSN]", False),
        ("ssn", "123-45-6789", "my 123-45-6789", True),
        ("ssn", "123-45-6789", "my [SSN]-6789", True),
        ("ssn", "１２３-45-6789", "my 123 45 6789", True),
        ("name", "Rosa Tzoc", "my [name] Tzoc", True),
        ("name", "Rosa Tzoc", "my [name]", False),
        ("address", "22 Elm St", "my [address] St", False),
        ("address", "22 Elm St", "my 22 [address]", True),
    ],
)
def test_a_telling_part_left_over_is_a_leak(
    kind: str, secret: str, left: str, leaked: bool
) -> None:
    made = Personal(f"my {secret}", "en", kind, (secret,))

    assert leaks(made, left) is leaked


def test_a_redactor_that_sees_nothing_fails_every_bar_of_leaks() -> None:
    measured = measure(Blind(), MADE[:50], [Harmless("Form 1040", "en", "forms")])

    assert measured.failed()


def test_a_redactor_that_takes_everything_damages_the_innocent() -> None:
    measured = measure(Zealous(), [], [Harmless("Form 1040", "en", "forms")])

    assert measured.failed() == ["en: innocent damaged 100.00%, at most 1.0%"]


def test_the_bars_are_met(library: Library) -> None:
    measured = measure(build_redactor(library), MADE, harmless_texts(PHONES))

    assert measured.failed() == []
    assert len(list(report(measured))) == len(measured.shares)


def test_the_texts_written_by_hand_come_out_as_they_should(library: Library) -> None:
    private = read_private(BY_HAND / "private.jsonl")
    innocent = read_innocent(BY_HAND / "innocent.jsonl")

    measured = measure(build_redactor(library), private, innocent)

    assert len(private) >= 150
    assert len(innocent) >= 150
    assert measured.failed() == []


def test_no_sentence_of_the_corpus_loses_a_word(library: Library) -> None:
    redactor = build_redactor(library)
    texts = [
        text
        for language in library.languages
        for section in library.sections(language)
        for text in (section.heading, *section.asked, *(told.text for told in section.statements))
    ]

    damaged = [text for text in texts if redactor.redact(text)[1]]

    # The two that do name people: a lawyer out of the news, and somebody made up whose W-2s differ.
    assert len(texts) > 5_000
    assert len(damaged) <= 2


def test_folder_of_the_texts_written_by_hand_is_there() -> None:
    assert sorted(path.name for path in Path(BY_HAND).iterdir()) == [
        "innocent.jsonl",
        "private.jsonl",
    ]
