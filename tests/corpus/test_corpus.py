"""The real corpus: whole in every language, sourced, unsigned and without a problem that a machine can find."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.library import Library
from app.domain.section import Document, Reference, ReviewStatus, Source, Statement
from app.domain.topics import ALL_TOPICS, BOUNDARIES, TOPICS
from app.ingestion.checks import problems
from app.ingestion.loading import RawCorpus, load_library, read_corpus

FOLDER = Path(__file__).parents[2] / "corpus"
LANGUAGES = sorted(path.stem for path in (FOLDER / "replies").glob("*.yaml"))


@pytest.fixture(scope="module")
def raw() -> RawCorpus:
    """Every file of the corpus."""
    return read_corpus(FOLDER)


@pytest.fixture(scope="module")
def library(raw: RawCorpus) -> Library:
    """The corpus as it is served."""
    return load_library(FOLDER, date.today(), raw=raw)


def documents(library: Library) -> list[Document]:
    """Every document in every language."""
    return [held for language in library.languages for held in library.in_order(language)]


def statements(library: Library, topics: frozenset[str]) -> list[Statement]:
    """Every statement of the pages on some topics."""
    sections = [s for held in documents(library) for s in held.sections if s.topic in topics]
    return [statement for section in sections for statement in section.statements]


def references(library: Library) -> list[Reference]:
    """Every reference of every statement."""
    return [r for statement in statements(library, ALL_TOPICS) for r in statement.references]


def without_https(sources: list[Source]) -> list[str]:
    """The sources whose address a reader cannot open over a protected line."""
    return [s.id for s in sources if s.url is not None and not s.url.startswith("https://")]


def test_the_corpus_has_no_problem_that_a_machine_can_find(raw: RawCorpus) -> None:
    assert list(problems(raw, date.today())) == []


def test_english_and_spanish_are_offered() -> None:
    assert {"en", "es"} <= set(LANGUAGES)


def test_there_are_thirty_five_topics_and_three_boundaries() -> None:
    assert (len(set(TOPICS)), len(BOUNDARIES)) == (35, 3)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_topic_and_every_boundary_has_a_page(library: Library, language: str) -> None:
    assert set(library.documents[language]) == set(TOPICS) | BOUNDARIES


def test_five_topics_and_every_boundary_have_a_page_in_chinese(library: Library) -> None:
    assert len(library.documents["zh"].keys() - BOUNDARIES) >= 5
    assert library.documents["zh"].keys() >= BOUNDARIES
    assert library.languages["zh"].partial


@pytest.mark.parametrize("language", LANGUAGES)
def test_routing_has_examples_for_every_topic(library: Library, language: str) -> None:
    labels = {example.label for example in library.examples if example.language == language}

    assert set(TOPICS) - labels - library.documents[language].keys() == set()


def test_every_section_is_there_in_every_other_language(library: Library) -> None:
    english = [section.key for section in library.sections("en")]

    assert [section.key for section in library.sections("es")] == english


def test_what_chinese_has_is_whole(library: Library) -> None:
    held = library.documents["zh"]

    assert [s.key for s in library.sections("zh")] == [
        s.key for s in library.sections("en") if s.topic in held
    ]


def test_no_lawyer_has_signed_anything_yet(raw: RawCorpus) -> None:
    assert raw.signatures == ()


def test_no_section_says_that_it_was_reviewed(library: Library) -> None:
    stated = {section.review.status for held in documents(library) for section in held.sections}

    assert stated == {ReviewStatus.UNREVIEWED}


def test_every_statement_about_the_law_has_a_source(library: Library) -> None:
    unsourced = [s.id for s in statements(library, frozenset(TOPICS)) if not s.references]

    assert unsourced == []


def test_every_source_is_reached_over_a_protected_line(raw: RawCorpus) -> None:
    assert without_https(list(raw.sources.values())) == []


def test_no_citation_loses_its_place_in_the_source(library: Library) -> None:
    lost = [r for r in references(library) if r.pinpoint and r.pinpoint not in r.citation]

    assert lost == []


def test_no_source_was_checked_in_the_future(raw: RawCorpus) -> None:
    assert max(source.checked for source in raw.sources.values()) <= date.today()


def test_every_page_says_what_must_never_be_said(library: Library) -> None:
    silent = [(held.language, held.topic) for held in documents(library) if not held.never_say]

    assert silent == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_standing_words_send_people_to_contacts_that_exist(library: Library, language: str) -> None:
    named = {
        contact
        for reply in ("unsupported", "unknown_language")
        for contact in library.replies[language][reply]["contacts"]  # type: ignore[index]  # YAML
    }

    assert named - set(library.contacts[language]) == set()
