"""The library finds a section by its place, keeps the order of the topic map and knows the other languages."""

import pytest

from app.domain.errors import NotFound
from app.domain.library import Language, Library
from app.domain.section import Document, Review, Section
from tests.fakes import TODAY, section

EN_RENEW = section("Yes.", topic="itin-renew", id="when")
ES_RENEW = section("Sí.", topic="itin-renew", id="when", language="es")
EN_RULE = section("Yes.", id="private")
EN_MORE = section("Also.", id="more")
EN_HARM = section("No.", topic="refuse-harm", id="fraud")
EN_URGENT = section("Call.", topic="triage-urgent", id="detained")


def document(*sections: Section) -> Document:
    """The page of the sections given."""
    first = sections[0]
    return Document(
        topic=first.topic,
        language=first.language,
        title=first.title,
        as_of=TODAY,
        revised=TODAY,
        review_due=first.review_due,
        translates=None,
        never_say=("Never this.",),
        sections=sections,
        review=Review(),
        digest="0",
    )


@pytest.fixture
def library() -> Library:
    """Four English pages, given out of order, and one Spanish page."""
    english = [
        document(EN_URGENT),
        document(EN_RENEW),
        document(EN_HARM),
        document(EN_RULE, EN_MORE),
    ]
    return Library(
        languages={"en": Language("en", "English", "ltr"), "es": Language("es", "Español", "ltr")},
        documents={
            "en": {held.topic: held for held in english},
            "es": {"itin-renew": document(ES_RENEW)},
        },
        contacts={},
        replies={},
        examples=(),
    )


def test_documents_follow_the_topic_map_and_boundaries_stand_last(library: Library) -> None:
    topics = [held.topic for held in library.in_order("en")]

    assert topics == ["conf-general-rule", "itin-renew", "refuse-harm", "triage-urgent"]


def test_sections_follow_the_order_of_their_documents(library: Library) -> None:
    sections = list(library.sections("en"))

    assert sections == [EN_RULE, EN_MORE, EN_RENEW, EN_HARM, EN_URGENT]


def test_a_language_holds_only_its_own_sections(library: Library) -> None:
    assert list(library.sections("es")) == [ES_RENEW]


def test_a_section_is_found_by_language_topic_and_id(library: Library) -> None:
    assert library.section("en", "conf-general-rule", "more") is EN_MORE


@pytest.mark.parametrize(
    ("language", "topic", "id"),
    [
        ("fr", "itin-renew", "when"),
        ("en", "itin-banking", "when"),
        ("en", "itin-renew", "why"),
        ("es", "conf-general-rule", "private"),
        ("en", "itin-renew", "private"),
    ],
)
def test_what_is_not_served_is_not_found(
    library: Library, language: str, topic: str, id: str
) -> None:
    with pytest.raises(NotFound):
        library.section(language, topic, id)


def test_a_section_knows_itself_in_the_other_languages(library: Library) -> None:
    assert library.others(EN_RENEW) == (ES_RENEW,)
    assert library.others(ES_RENEW) == (EN_RENEW,)


def test_a_section_that_was_not_translated_has_no_others(library: Library) -> None:
    assert library.others(EN_MORE) == ()
