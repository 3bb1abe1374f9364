"""`corpus/` becomes what may be served on a day: facts filled, sources resolved, signatures matched, errors named."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.errors import CorpusError
from app.domain.library import Example, Language, Library
from app.domain.section import Document, ReviewStatus
from app.ingestion.loading import load_library, read_corpus
from tests.fakes import TODAY

EN = "en/itin/itin-renew.md"
ES = "es/itin/itin-renew.md"
FACTS = "facts/facts.yaml"
CONTACTS = "contacts/national.yaml"


def edit(corpus: Path, name: str, old: str, new: str) -> None:
    """Replace one piece of one file."""
    path = corpus / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def page(library: Library, language: str = "en") -> Document:
    """The one page of the tiny corpus."""
    return library.documents[language]["itin-renew"]


def texts(library: Library, language: str = "en") -> list[str]:
    """What the one section of the tiny corpus says."""
    return [statement.text for statement in page(library, language).sections[0].statements]


def ids(library: Library, language: str = "en") -> list[str]:
    """The ids of those statements."""
    return [statement.id for statement in page(library, language).sections[0].statements]


def signed(corpus: Path, *untils: date, language: str = "en", on: str = '"on"') -> Path:
    """The corpus with the page as it stands signed in one language, once for each last day (by default June 30, 2027)."""
    digest = page(load_library(corpus, TODAY), language).digest
    lines = [
        f"- {{page: itin-renew, language: {language}, digest: {digest},"
        f" reviewer: A. Lawyer, role: attorney, {on}: 2026-11-20, until: {until}}}\n"
        for until in untils or (date(2027, 6, 30),)
    ]
    (corpus / "reviews.yaml").write_text(f"signatures:\n{''.join(lines)}", "utf-8")
    return corpus


def test_facts_are_filled_in_in_the_language_of_the_page(corpus: Path) -> None:
    library = load_library(corpus, TODAY)

    assert texts(library, "en")[:2] == [
        "It expires after 3 years without use.",
        "Send Form W-7 to renew it.",
    ]
    assert texts(library, "es")[:2] == [
        "Se vence después de 3 años sin uso.",
        "Mande el Formulario W-7 para renovarlo.",
    ]


def test_a_fact_is_filled_in_in_titles_headings_and_steps_too(corpus: Path) -> None:
    edit(corpus, EN, "title: Renewing an ITIN", 'title: "{form-w7}"')
    edit(corpus, EN, "## When does my ITIN", "## When does my {form-w7}")
    edit(corpus, EN, "1. Look at your", "1. Call {clinic.phone} about your")

    section = page(load_library(corpus, TODAY)).sections[0]

    assert section.title == "Form W-7"
    assert section.heading == "When does my Form W-7 expire?"
    assert section.steps == ("Call 800-555-0100 about your old returns.",)


def test_a_fact_that_opens_a_sentence_gets_its_capital(corpus: Path) -> None:
    edit(corpus, FACTS, "kind: form, value: W-7", "kind: label, value: the form")
    edit(corpus, EN, "Send {form-w7} to", "{form-w7} is sent to")

    assert texts(load_library(corpus, TODAY))[1] == "The form is sent to renew it."


@pytest.mark.parametrize(
    ("today", "served"),
    [
        (date(2025, 12, 31), ["itin-renew/when#a1", "itin-renew/when#d1", "itin-renew/when#d2"]),
        (date(2026, 1, 1), ["itin-renew/when#a1", "itin-renew/when#d1", "itin-renew/when#d3"]),
    ],
)
def test_only_statements_in_force_are_served_and_keep_their_numbers(
    corpus: Path, today: date, served: list[str]
) -> None:
    library = load_library(corpus, today)

    assert ids(library, "en") == served
    assert ids(library, "es") == served


def test_sources_are_resolved_with_their_pinpoints(corpus: Path) -> None:
    answer, detail, _ = page(load_library(corpus, TODAY)).sections[0].statements

    assert [r.citation for r in answer.references] == ["26 U.S.C. § 6109(i)(3)(A)"]
    assert [r.citation for r in detail.references] == [
        "26 U.S.C. § 6109",
        "Instructions (IRS), p. 7",
    ]
    assert answer.references[0].source.checked == date(2026, 11, 1)


def test_a_page_keeps_its_dates_and_what_must_never_be_said(corpus: Path) -> None:
    spanish = page(load_library(corpus, TODAY), "es")

    assert spanish.as_of == date(2026, 11, 1)
    assert spanish.revised == spanish.translates == date(2026, 11, 10)
    assert spanish.review_due == spanish.sections[0].review_due == date(2027, 3, 31)
    assert spanish.never_say == ("Con el ITIN vencido no puede declarar.",)


def test_the_languages_are_those_that_have_standing_words(corpus: Path) -> None:
    library = load_library(corpus, TODAY)

    assert library.languages == {
        "en": Language("en", "English", "ltr"),
        "es": Language("es", "Español", "ltr"),
    }


def test_a_contact_speaks_the_language_of_the_page(corpus: Path) -> None:
    contacts = load_library(corpus, TODAY).contacts

    assert contacts["en"]["clinic"].name == "A clinic"
    assert contacts["es"]["clinic"].name == "Una clínica"
    assert contacts["es"]["clinic"].phone == contacts["en"]["clinic"].phone == "800-555-0100"


def test_a_contact_without_words_in_a_language_speaks_english(corpus: Path) -> None:
    edit(corpus, CONTACTS, ", es: Ayuda", "")

    assert load_library(corpus, TODAY).contacts["es"]["clinic"].does == "Helps"


def test_examples_are_read_with_their_language_and_topic(corpus: Path) -> None:
    (corpus / "examples").mkdir()
    (corpus / "examples/es.jsonl").write_text('{"text": "ya vencio?", "topic": "itin-renew"}\n')

    assert load_library(corpus, TODAY).examples == (Example("ya vencio?", "es", "itin-renew"),)


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        pytest.param(EN, "[@law,", "[@gone,", "en/itin-renew: .*no source gone", id="source-en"),
        pytest.param(ES, "[@law,", "[@gone,", "es/itin-renew: .*no source gone", id="source-es"),
        pytest.param(EN, "{form-w7}", "{form-x}", "en/itin-renew: no fact named form-x", id="fact"),
        pytest.param(
            EN, "- clinic", "- clinc", "en/itin-renew: section when: no contact clinc", id="contact"
        ),
        pytest.param(
            ES, "{form-w7}", "{form-w7@2026", "es/itin-renew: stray brace", id="stray-brace"
        ),
        pytest.param(
            EN, "{form-w7}", "{clinic.address}", "en/itin-renew: no address for", id="no-address"
        ),
    ],
)
def test_a_page_that_names_what_does_not_exist_is_named(
    corpus: Path, name: str, old: str, new: str, reason: str
) -> None:
    edit(corpus, name, old, new)

    with pytest.raises(CorpusError, match=reason):
        load_library(corpus, TODAY)


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        pytest.param(EN, "{#when}", "", "en/itin/itin-renew.md: line", id="page"),
        pytest.param(EN, "[@law, (i)", "[@law [", "en/itin/itin-renew.md: line", id="marker"),
        pytest.param(EN, "2026-11-10", "2026-13-10", "en/itin/itin-renew.md: ", id="page-day"),
        pytest.param(EN, ": itin-renew", ": itin-who", "itin-who does not belong", id="topic"),
        pytest.param(EN, ": itin-renew", ": x", "topic x does not belong", id="no-topic"),
        pytest.param(FACTS, "kind: form", "kind: x", "facts.yaml: form-w7: kind", id="fact-kind"),
        pytest.param(FACTS, "value: W-7, ", "", "facts.yaml: form-w7: ", id="fact-value"),
        pytest.param(FACTS, "value: W-7", "value: 2026-13-01", "facts.yaml", id="fact-day"),
        pytest.param(FACTS, "{says: The", "[says: The", "facts.yaml: ", id="fact-yaml"),
        pytest.param(CONTACTS, "phone", "fone", "national.yaml: clinic: fone", id="contact"),
        pytest.param("sources.yaml", "title: I", "titel: I", "sources.yaml: source guide", id="s"),
        pytest.param("sources.yaml", "law:\n", "empty:\nlaw:\n", "sources.yaml: .*empty", id="es"),
        pytest.param("sources.yaml", "2026-11-01", "2026-13-01", "sources.yaml", id="source-day"),
        pytest.param("reviews.yaml", "[]", "[{page: x}]", "reviews.yaml: ", id="signature"),
        pytest.param("reviews.yaml", "signatures: []", "- x", "reviews.yaml: not a", id="ledger"),
        pytest.param("reviews.yaml", "signatures", "signed", "reviews.yaml", id="no-ledger"),
        pytest.param("replies/es.yaml", "name:", "nombre:", "es.yaml", id="language-name"),
    ],
)
def test_a_file_that_breaks_its_format_is_named(
    corpus: Path, name: str, old: str, new: str, reason: str
) -> None:
    edit(corpus, name, old, new)

    with pytest.raises(CorpusError, match=reason):
        read_corpus(corpus)


def test_a_page_in_the_wrong_folder_is_refused(corpus: Path) -> None:
    (corpus / "en/conf").mkdir()
    (corpus / EN).rename(corpus / "en/conf/itin-renew.md")

    with pytest.raises(CorpusError, match=r"en/conf/itin-renew\.md: topic itin-renew"):
        read_corpus(corpus)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "x"}', "en.jsonl line 1: 'topic'"),
        ("x", "en.jsonl line 1: "),
        ("[]", "en.jsonl line 1: "),
        ('{"text": "x", "topic": "weather"}', "en.jsonl line 1: no topic weather"),
    ],
)
def test_a_broken_example_is_named_by_its_line(corpus: Path, line: str, reason: str) -> None:
    (corpus / "examples").mkdir()
    (corpus / "examples/en.jsonl").write_text(line)

    with pytest.raises(CorpusError, match=reason):
        read_corpus(corpus)


def test_a_fact_that_two_files_give_is_refused(corpus: Path) -> None:
    (corpus / "facts/more.yaml").write_text((corpus / FACTS).read_text("utf-8"))

    with pytest.raises(CorpusError, match=r"more\.yaml: unused-years exists already"):
        read_corpus(corpus)


@pytest.mark.parametrize("name", ["sources.yaml", "reviews.yaml"])
def test_a_missing_file_is_named(corpus: Path, name: str) -> None:
    (corpus / name).unlink()

    with pytest.raises(CorpusError, match=name):
        read_corpus(corpus)


def test_a_folder_without_a_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no language"):
        read_corpus(tmp_path)


def test_an_unsigned_page_is_unreviewed(corpus: Path) -> None:
    held = page(load_library(corpus, TODAY))

    assert held.review.status is ReviewStatus.UNREVIEWED
    assert held.sections[0].review == held.review


def test_a_signature_over_exactly_these_words_makes_a_page_reviewed(corpus: Path) -> None:
    held = page(load_library(signed(corpus), TODAY))

    assert held.review.status is ReviewStatus.REVIEWED
    assert held.review.by == "A. Lawyer, attorney"
    assert (held.review.on, held.review.until) == (date(2026, 11, 20), date(2027, 6, 30))
    assert held.sections[0].review == held.review


def test_a_signature_is_written_with_the_keys_that_the_ledger_names(corpus: Path) -> None:
    library = load_library(signed(corpus, on="on"), TODAY)

    assert page(library).review.on == date(2026, 11, 20)


def test_a_signature_holds_for_its_own_language_alone(corpus: Path) -> None:
    library = load_library(signed(corpus, language="es"), TODAY)

    assert page(library, "es").review.status is ReviewStatus.REVIEWED
    assert page(library, "en").review.status is ReviewStatus.UNREVIEWED


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param(EN, "title: Renewing", "title: Replacing", id="title"),
        pytest.param(EN, "## When does", "## When will", id="heading"),
        pytest.param(EN, "to renew it", "to keep it", id="statement"),
        pytest.param(EN, "(i)(3)(A)", "(i)(3)(B)", id="pinpoint"),
        pytest.param(EN, "[@law; @guide, p. 7]", "[@law]", id="source-dropped"),
        pytest.param(EN, "1. Look at", "1. Throw away", id="step"),
        pytest.param(FACTS, "value: 3", "value: 4", id="fact"),
        pytest.param("sources.yaml", 'cite: "26', 'cite: "42', id="source"),
        pytest.param("contacts/national.yaml", "800-555-0100", "800-555-0199", id="phone"),
        pytest.param(EN, "means you cannot file", "means nothing", id="never-say"),
    ],
)
def test_an_edit_to_what_a_reader_sees_voids_the_signature(
    corpus: Path, name: str, old: str, new: str
) -> None:
    edit(signed(corpus), name, old, new)

    assert page(load_library(corpus, TODAY)).review.status is ReviewStatus.UNREVIEWED


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param(EN, "itin dead?", "is my itin dead?", id="example"),
        pytest.param(EN, "review_due: 2027-03-31", "review_due: 2027-04-30", id="review-due"),
        pytest.param(ES, "para renovarlo", "para tenerlo", id="other-language"),
        pytest.param(FACTS, "says: Years", "says: Whole years", id="note-on-a-fact"),
    ],
)
def test_an_edit_that_no_reader_of_the_page_sees_keeps_the_signature(
    corpus: Path, name: str, old: str, new: str
) -> None:
    edit(signed(corpus), name, old, new)

    assert page(load_library(corpus, TODAY)).review.status is ReviewStatus.REVIEWED


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2027, 6, 30), ReviewStatus.REVIEWED),
        (date(2027, 7, 1), ReviewStatus.EXPIRED),
    ],
)
def test_a_signature_expires_after_its_last_day(
    corpus: Path, today: date, status: ReviewStatus
) -> None:
    held = page(load_library(signed(corpus), today))

    assert held.review.status is status
    assert held.review.until == date(2027, 6, 30)


def test_of_two_signatures_the_one_that_lasts_longer_counts(corpus: Path) -> None:
    signed(corpus, date(2026, 11, 1), date(2027, 6, 30), date(2026, 12, 1))

    review = page(load_library(corpus, TODAY)).review

    assert (review.status, review.until) == (ReviewStatus.REVIEWED, date(2027, 6, 30))


def test_reviewed_only_serves_signed_pages_alone(corpus: Path) -> None:
    library = load_library(signed(corpus), TODAY, reviewed_only=True)

    assert [section.key for section in library.sections("en")] == ["itin-renew/when"]
    assert list(library.sections("es")) == []


def test_reviewed_only_does_not_serve_a_page_whose_signature_expired(corpus: Path) -> None:
    library = load_library(signed(corpus), date(2027, 7, 1), reviewed_only=True)

    assert list(library.sections("en")) == []


def test_a_corpus_that_was_read_already_gives_the_same_library(corpus: Path) -> None:
    raw = read_corpus(corpus)

    assert load_library(corpus, TODAY, raw=raw) == load_library(corpus, TODAY)
