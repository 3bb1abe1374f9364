"""Nothing is said twice, and a statement that is shown alone can be understood alone."""

from datetime import date

import pytest

from app.domain.library import Language, Library
from app.domain.section import Document, Review, Section
from app.ingestion.wording import wording
from tests.fakes import section

LONG = "Keep a copy of every letter that the tax office sends to your home."


def library(*sections: Section, language: str = "en") -> Library:
    """A library of one document a topic."""
    topics = dict.fromkeys(held.topic for held in sections)
    documents = {
        topic: Document(
            topic=topic,
            language=language,
            title="A page",
            as_of=date(2026, 11, 1),
            revised=date(2026, 11, 1),
            review_due=date(2027, 1, 1),
            translates=None,
            never_say=(),
            sections=tuple(held for held in sections if held.topic == topic),
            review=Review(),
            digest="",
        )
        for topic in topics
    }
    languages = {language: Language(language, language, "ltr")}
    return Library(languages, {language: documents}, {language: {}}, {language: {}}, ())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It is private."),
        ("en", "They can see it."),
        ("en", "Those are signs of a scam."),
        ("en", "Its purpose is the record."),
        ("es", "Esto está en disputa."),
        ("es", "Esas son señales de estafa."),
        ("es", "El de la escuela es una boleta."),
    ],
)
def test_a_detail_that_needs_the_one_before_it_is_named(language: str, text: str) -> None:
    held = library(section("A first.", details=[text], language=language), language=language)

    problems = list(wording(held))

    assert problems == [
        f"{language}/conf-general-rule/private#d1: does not stand alone: {text}",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It depends on the bank: each one chooses."),
        ("en", "There are two tests."),
        ("en", "This service does not look anyone up."),
        ("en", "Those income limits are from an old year."),
        ("es", "Lo que usted mandó es privado."),
        ("es", "El no residente también declara."),
        ("es", "Este servicio no busca a nadie."),
        ("zh", "税表是保密的。"),
    ],
)
def test_a_statement_that_names_its_thing_passes(language: str, text: str) -> None:
    held = library(section("A first.", details=[text], language=language), language=language)

    assert list(wording(held)) == []


def test_the_second_sentence_of_a_short_answer_may_lean_on_the_first() -> None:
    held = library(section("A return is private.", "It is kept by the tax office."))

    assert list(wording(held)) == []


def test_a_page_that_says_one_thing_twice_is_named() -> None:
    held = library(section("One thing.", LONG, id="one"), section("Another.", LONG, id="two"))

    problems = list(wording(held))

    assert problems == [
        "en/conf-general-rule/two#a2: says again what conf-general-rule/one#a2 says"
    ]


def test_two_pages_may_share_a_statement() -> None:
    held = library(
        section("One thing.", "A second matter.", LONG),
        section("Another.", "A third matter.", LONG, topic="itin-who"),
    )

    assert list(wording(held)) == []


def test_the_same_words_rest_on_the_same_sources_everywhere() -> None:
    held = library(
        section("One thing.", "A second matter.", LONG),
        section("Another.", "A third matter.", LONG, topic="itin-who", sourced=False),
    )

    problems = list(wording(held))

    assert problems == [
        "en/itin-who/private#a3: the words of conf-general-rule/private#a3, but other sources"
    ]


def test_a_section_that_mostly_repeats_another_is_named() -> None:
    held = library(
        section("Papers go by mail to the tax office.", LONG, "A third matter."),
        section("Papers go by mail to the tax office.", LONG, topic="itin-who"),
    )

    problems = list(wording(held))

    assert problems == ["en/itin-who/private: mostly says what conf-general-rule/private says"]


def test_chinese_statements_are_compared_by_their_characters() -> None:
    said = "国税局寄来的每一封信您都要留一份复印件。"
    held = library(
        section("第一。", said, id="one", language="zh"),
        section("第二。", said, id="two", language="zh"),
        language="zh",
    )

    problems = list(wording(held))

    assert problems == [
        "zh/conf-general-rule/two#a2: says again what conf-general-rule/one#a2 says"
    ]
