"""A page's Markdown is read into its parts, and every way to break the format is refused with its line and reason."""

from datetime import date
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import CorpusError
from app.ingestion.pages import Mark, Part, RawStatement, read_page, read_statement
from tests.fakes import EN_PAGE

PAGE = dedent(EN_PAGE)


def edited(old: str, new: str) -> str:
    """The page with one piece of it replaced."""
    assert old in PAGE
    return PAGE.replace(old, new, 1)


def line_of(text: str) -> int:
    """The line of the page, counted as an editor does, that a text stands in."""
    return PAGE[: PAGE.index(text)].count("\n") + 1


def test_the_front_matter_says_what_the_page_is() -> None:
    front = read_page(PAGE).front

    assert front.topic == "itin-renew"
    assert front.title == "Renewing an ITIN"
    assert front.as_of == date(2026, 11, 1)
    assert front.revised == date(2026, 11, 10)
    assert front.review_due == date(2027, 3, 31)
    assert front.never_say == ["Your expired ITIN means you cannot file."]
    assert front.translates is None


def test_a_translation_says_which_english_it_follows() -> None:
    page = read_page(edited("review_due:", "translates: 2026-11-10\nreview_due:"))

    assert page.front.translates == date(2026, 11, 10)


def test_a_section_is_its_heading_without_the_id_and_its_parts_in_order() -> None:
    section = read_page(PAGE).sections[0]

    assert section.heading == "When does my ITIN expire?"
    assert section.id == "when"
    assert list(section.parts) == list(Part)


def test_the_parts_of_a_section_hold_their_entries() -> None:
    parts = read_page(PAGE).sections[0].parts

    assert parts[Part.STEPS] == ["Look at your old returns."]
    assert parts[Part.CONTACTS] == ["clinic"]
    assert parts[Part.ASKED][:2] == ["when does my itin expire", "is my itin still good"]
    assert (len(parts[Part.ANSWER]), len(parts[Part.DETAILS])) == (1, 3)


def test_a_page_may_have_several_sections_with_the_same_parts() -> None:
    second = "\n## How? {#how-to}\n\n### answer\n\n- By mail. [@law]\n"

    page = read_page(PAGE + second)

    assert [section.id for section in page.sections] == ["when", "how-to"]
    assert page.sections[1].parts == {Part.ANSWER: ["By mail. [@law]"]}


def test_an_entry_may_run_over_several_lines() -> None:
    page = read_page(edited("Look at your", "Look\n   at  your"))

    assert page.sections[0].parts[Part.STEPS] == ["Look at your old returns."]


def test_a_statement_knows_its_sources_its_time_and_its_place_in_the_file() -> None:
    ended = read_page(PAGE).sections[0].statements(Part.DETAILS)[1]

    assert ended.text == "This rule ended."
    assert ended.marks == (Mark("guide", None),)
    assert (ended.since, ended.until) == (None, date(2025, 12, 31))
    assert ended.line == line_of("This rule ended.")


def test_an_error_names_the_line_an_editor_shows() -> None:
    broken = edited("### details", "Loose words.\n\n### details")

    with pytest.raises(CorpusError, match=rf"^line {line_of('### details')}: text outside"):
        read_page(broken)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param("---\ntopic", "topic", "front matter between", id="front-not-opened"),
        pytest.param("file.\n---", "file.", "front matter between", id="front-not-closed"),
        pytest.param("title: ", "titel: ", "front matter: ", id="unknown-key"),
        pytest.param("title: Renewing an ITIN\n", "", "front matter: ", id="missing-key"),
        pytest.param("title: R", "title: [R", "front matter: ", id="broken-yaml"),
        pytest.param("as_of: 2026-11-01", "as_of: soon", "front matter: ", id="not-a-date"),
        pytest.param("as_of: 2026-11-01", "as_of: 2026-13-01", "front matter: ", id="no-such-day"),
        pytest.param(" {#when}", "", "heading ends with its id", id="no-id"),
        pytest.param("{#when}", "{#When}", "heading ends with its id", id="capital-in-id"),
        pytest.param("## When", "### answer\n\n## When", "before the first section", id="no-sec"),
        pytest.param("### steps", "### stepps", "no part is called 'stepps'", id="unknown-part"),
        pytest.param("### steps", "### answer", "part answer comes twice", id="part-twice"),
        pytest.param("### details", "Words.\n\n### details", "text outside", id="loose-text"),
        pytest.param("### details", "#### x\n\n### details", "text outside", id="deep-heading"),
        pytest.param("## When", "# Title\n\n## When", "text outside", id="top-heading"),
        pytest.param("### answer\n", "- Item.\n\n### answer\n", "text outside", id="list-no-part"),
        pytest.param("## When", "- Item.\n\n## When", "text outside", id="list-no-section"),
    ],
)
def test_a_page_that_breaks_the_format_is_refused(old: str, new: str, reason: str) -> None:
    broken = edited(old, new)

    with pytest.raises(CorpusError, match=reason):
        read_page(broken)


def test_a_page_without_a_section_is_refused() -> None:
    broken = PAGE.split("## When", maxsplit=1)[0]

    with pytest.raises(CorpusError, match="no section"):
        read_page(broken)


@pytest.mark.parametrize(
    ("written", "text", "marks"),
    [
        ("It holds.", "It holds.", ()),
        ("It holds. [@law]", "It holds.", (Mark("law", None),)),
        ("It holds. [@law, (i)(3)(A)]", "It holds.", (Mark("law", "(i)(3)(A)"),)),
        ("It holds. [@law, pp. 7, 9]", "It holds.", (Mark("law", "pp. 7, 9"),)),
        ("It holds. [@a, p. 1; @b]", "It holds.", (Mark("a", "p. 1"), Mark("b", None))),
        ("Send {form-w7}. [@law]", "Send {form-w7}.", (Mark("law", None),)),
        ("Send {form-w7}", "Send {form-w7}", ()),
    ],
)
def test_a_statement_is_its_words_and_its_sources(
    written: str, text: str, marks: tuple[Mark, ...]
) -> None:
    statement = read_statement(written, 7)

    assert statement == RawStatement(text, marks, None, None, 7)


@pytest.mark.parametrize(
    ("attributes", "since", "until"),
    [
        ("from=2026-01-01", date(2026, 1, 1), None),
        ("until=2026-12-31", None, date(2026, 12, 31)),
        ("from=2026-01-01 until=2026-12-31", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_statement_says_how_long_it_is_law(
    attributes: str, since: date | None, until: date | None
) -> None:
    statement = read_statement(f"It holds. [@law] {{: {attributes}}}", 7)

    assert statement == RawStatement("It holds.", (Mark("law", None),), since, until, 7)


@pytest.mark.parametrize(
    "written",
    [
        "It [@law] holds.",
        "It holds. [@law",
        "It holds. [@a] [@b]",
        "It holds. [@law] {: from=2026-01-01} [@b]",
        "[@law]",
        "",
    ],
)
def test_sources_stand_once_and_at_the_end(written: str) -> None:
    with pytest.raises(CorpusError, match="line 7: sources stand once, at the end"):
        read_statement(written, 7)


@pytest.mark.parametrize("marks", ["@law;", "@law; guide", "@, p. 7", "@ "])
def test_a_marker_that_names_no_source_is_refused(marks: str) -> None:
    with pytest.raises(CorpusError, match="line 7: not a source"):
        read_statement(f"It holds. [{marks}]", 7)


@pytest.mark.parametrize(
    "attributes", ["form=2026-01-01", "until=soon", "until=2026-13-01", "until=2026-12-31 x", ""]
)
def test_a_time_that_cannot_be_read_is_refused_and_not_forgotten(attributes: str) -> None:
    with pytest.raises(CorpusError, match="line 7"):
        read_statement(f"It holds. [@law] {{: {attributes}}}", 7)


@pytest.mark.parametrize(
    ("today", "holds"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_statement_holds_from_its_first_to_its_last_day(today: date, holds: bool) -> None:
    statement = read_statement("It holds. {: from=2026-01-01 until=2026-12-31}", 7)

    assert statement.holds(today) is holds


@given(st.text(max_size=200))
def test_any_text_is_a_statement_or_an_error_of_ours(text: str) -> None:
    outcome = _read(text)

    assert isinstance(outcome, (RawStatement, CorpusError))


def _read(text: str) -> RawStatement | CorpusError:
    try:
        return read_statement(text, 7)
    except CorpusError as error:
        return error
