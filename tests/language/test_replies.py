"""Standing words are level in all languages, and the notice says age, review, delay and what was taken out."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.domain.errors import CorpusError
from app.domain.question import Redaction
from app.domain.section import Review, ReviewStatus, Section
from app.language.replies import Replies, told_date
from app.privacy.redaction import TOKENS
from tests.fakes import TODAY, section

FOLDER = Path(__file__).parents[2] / "corpus" / "replies"
RAW: Mapping[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
}
LANGUAGES = list(RAW)
REPLIES = Replies(RAW, TODAY)
SIGNED = Review(ReviewStatus.REVIEWED, "A. Lawyer, attorney", date(2026, 11, 20), date(2027, 6, 30))
EXPIRED = Review(ReviewStatus.EXPIRED, "B. Lawyer, attorney", date(2025, 1, 2), date(2026, 3, 4))


def blanks(words: object, place: str = "") -> dict[str, list[str]]:
    """Every place in the words of a language, with the blanks that stand in it."""
    entries: list[tuple[str, object]]
    match words:
        case dict():
            entries = [(f"{place}.{key}", value) for key, value in words.items()]
        case list():
            entries = [(f"{place}.{n}", value) for n, value in enumerate(words)]
        case _:
            return {place: sorted(re.findall(r"\{\w*\}", str(words)))}
    return {p: found for name, value in entries for p, found in blanks(value, name).items()}


def reviewed(review: Review, **changes: Any) -> Section:
    """A section under a review."""
    return replace(section("Yes."), review=review, **changes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words_with_the_same_blanks(language: str) -> None:
    # A language of a few topics says so where no text answers; nothing else may stand there beside the English.
    assert blanks(RAW["en"]).items() <= blanks(RAW[language]).items()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_sends_people_to_the_same_contacts(language: str) -> None:
    words, english = REPLIES.words(language), REPLIES.words("en")

    lines = {
        "irs-line",
        "irs-interpreter",
    }  # the same office: in English and Spanish, or with an interpreter
    assert set(words.unsupported.contacts) - lines == set(english.unsupported.contacts) - lines
    assert words.unknown_language.contacts == english.unknown_language.contacts


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_the_service_is_off_every_language_names_emergency_lines_that_exist(
    language: str,
) -> None:
    held = yaml.safe_load((FOLDER.parent / "contacts" / "national.yaml").read_text("utf-8"))

    contacts = REPLIES.words(language).off.contacts

    assert contacts[:2] == ("emergency", "lifeline")
    assert set(contacts) <= set(held)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_standing_word_is_empty(language: str) -> None:
    assert "" not in _told(RAW[language])
    assert "None" not in _told(RAW[language])


def _told(words: object) -> list[str]:
    match words:
        case dict():
            return [text for value in words.values() for text in _told(value)]
        case list():
            return [text for value in words for text in _told(value)]
    return [str(words).strip()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_personal_data_has_a_name(language: str) -> None:
    assert set(REPLIES.words(language).redacted) == set(TOKENS)


@pytest.mark.parametrize("stray", [{"strange": "x"}, {"notice": {"base": "x"}}, {"name": None}])
def test_a_missing_or_stray_word_is_named_with_its_file(stray: dict[str, object]) -> None:
    with pytest.raises(CorpusError, match=r"replies/en\.yaml"):
        Replies({"en": RAW["en"] | stray}, TODAY)


@pytest.mark.parametrize("table", ["page", "cli", "fields", "problems", "redacted"])
def test_a_language_that_lacks_a_word_of_another_is_refused(table: str) -> None:
    name, *rest = RAW["es"][table]
    short = {**RAW["es"], table: {key: RAW["es"][table][key] for key in rest}}

    with pytest.raises(CorpusError, match=rf"replies/es\.yaml: {table} .*{name}"):
        Replies({"en": RAW["en"], "es": short}, TODAY)


def test_languages_are_told_in_their_own_words() -> None:
    assert REPLIES.languages["en"] == "English"
    assert REPLIES.languages["es"] == "Español"


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "November 2, 2026"), ("es", "2 de noviembre de 2026"), ("zh", "2026年11月2日")],
)
def test_a_date_is_told_as_its_readers_write_it(language: str, told: str) -> None:
    assert told_date(date(2026, 11, 2), language) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_over_no_text_says_only_what_an_answer_is(language: str) -> None:
    assert REPLIES.notice(language, [], []) == REPLIES.words(language).notice.base


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_how_old_the_oldest_text_is(language: str) -> None:
    old = reviewed(Review(), as_of=date(2026, 2, 1))

    notice = REPLIES.notice(language, [section("Yes."), old], [])

    assert told_date(date(2026, 2, 1), language) in notice
    assert told_date(TODAY, language) not in notice


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_that_no_lawyer_has_reviewed_a_text(language: str) -> None:
    notice = REPLIES.notice(language, [section("Yes.")], [])

    assert REPLIES.words(language).notice.unreviewed in notice


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_unreviewed_text_speaks_for_all(language: str) -> None:
    notice = REPLIES.notice(language, [reviewed(SIGNED), section("Yes."), reviewed(EXPIRED)], [])

    assert REPLIES.words(language).notice.unreviewed in notice
    assert "Lawyer, attorney" not in notice


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_who_reviewed_a_text_and_when(language: str) -> None:
    notice = REPLIES.notice(language, [reviewed(SIGNED)], [])

    assert "A. Lawyer, attorney" in notice
    assert told_date(date(2026, 11, 20), language) in notice
    assert REPLIES.words(language).notice.unreviewed not in notice


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_expired_review_speaks_for_the_reviewed_texts(language: str) -> None:
    notice = REPLIES.notice(language, [reviewed(SIGNED), reviewed(EXPIRED)], [])

    assert "B. Lawyer, attorney" in notice
    assert told_date(date(2026, 3, 4), language) in notice
    assert "A. Lawyer, attorney" not in notice


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_since_when_a_text_is_overdue(language: str) -> None:
    late = reviewed(Review(), review_due=date(2026, 11, 21))

    notice = REPLIES.notice(language, [section("Yes."), late], [])

    overdue = REPLIES.words(language).notice.overdue
    assert overdue.format(date=told_date(date(2026, 11, 21), language)) in notice


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_not_overdue_on_the_day_it_is_due(language: str) -> None:
    today, later = reviewed(Review(), review_due=TODAY), section("Yes.")

    assert REPLIES.notice(language, [today], []) == REPLIES.notice(language, [later], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_names_every_kind_that_was_taken_out_of_the_question(language: str) -> None:
    notice = REPLIES.notice(language, [], [Redaction("itin", 2), Redaction("phone", 1)])

    words = REPLIES.words(language)
    assert notice.startswith(words.notice.base)
    assert words.redacted["itin"] in notice
    assert words.redacted["phone"] in notice


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_has_no_blank_left_open(language: str) -> None:
    late = reviewed(EXPIRED, review_due=date(2026, 11, 21))

    notice = REPLIES.notice(language, [late], [Redaction("ssn", 1)])

    assert not re.search(r"[{}]|None", notice)


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_knowing_gives_words_steps_and_people(language: str) -> None:
    standing = REPLIES.unsupported(language)

    assert standing.statements
    assert standing.steps
    assert standing.contacts


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_asks_in_another_language_is_told_all_that_are_offered(language: str) -> None:
    in_each = REPLIES.unknown_language(language)
    statements = " ".join(in_each[language].statements)

    assert list(in_each) == [language, *(code for code in LANGUAGES if code != language)]
    assert [name for name in REPLIES.languages.values() if name not in statements] == []
    assert "{" not in statements


def test_chinese_sentences_and_lists_stand_without_spaces_between_them() -> None:
    notice = REPLIES.notice("zh", [section("是。")], [Redaction("ssn", 1), Redaction("phone", 1)])

    assert "。 " not in notice
    assert "、" in notice
