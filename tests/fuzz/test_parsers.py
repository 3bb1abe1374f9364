"""What reads foreign text never fails but in its own words: pages of the corpus, the language of a device, questions at the door."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.api.schemas import AskIn, SearchIn
from app.domain.errors import CorpusError
from app.ingestion.pages import RawPage, read_page
from app.language.negotiation import wanted_languages
from app.settings import ROOT
from tests.fakes import EN_PAGE

PAGES = [path.read_text("utf-8") for path in sorted(Path(ROOT / "corpus/en").rglob("*.md"))[:6]]
PIECES = st.sampled_from(
    [
        *("---\n", "## A {#a}\n\n", "### answer\n\n", "### asked\n\n", "- text [@law, p. 1]\n"),
        *("- x {: from=2026-13-45}\n", "title: [", "as_of: 2026-11-22\n", "[@", "{#", "\n\n", "> "),
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def page_or_words(text: str) -> RawPage | str:
    """A page, or the words that say why it is none."""
    try:
        return read_page(text)
    except CorpusError as error:
        return str(error)


@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=30).map("".join))
def test_any_text_is_a_page_or_is_told_why_it_is_none(text: str) -> None:
    assert page_or_words(text)


@given(
    st.sampled_from([*PAGES, EN_PAGE]),
    st.integers(0, 10_000),
    st.integers(0, 200),
    st.one_of(PIECES, st.text(max_size=8)),
)
def test_a_page_with_a_hole_or_a_graft_is_a_page_or_is_told_why_it_is_none(
    page: str, start: int, length: int, graft: str
) -> None:
    assert page_or_words(page[:start] + graft + page[start + length :])


@example("en;q=nan")
@example("en;q=inf, es;q=-inf")
@example("en;q=1e400")
@given(st.text(alphabet="enszh-;=q,. 0195*\x00ñ", max_size=80) | st.text(max_size=300))
def test_any_device_asks_for_short_plain_codes(header: str) -> None:
    assert [code for code in wanted_languages(header) if "," in code or ";" in code] == []


@pytest.mark.parametrize("header", ["en;q=nan, es", "es, en;q=nan"])
def test_a_weight_that_is_no_number_is_passed_over(header: str) -> None:
    assert wanted_languages(header) == ["es"]


def accepted(model: type[AskIn | SearchIn], body: object) -> bool:
    """Whether a body is one of a model. Any other exception than its own passes on."""
    try:
        model.model_validate(body)
    except ValidationError:
        return False
    return True


@given(JSON)
def test_any_json_is_a_question_or_is_refused_as_one(body: object) -> None:
    assert accepted(AskIn, body) in {True, False}
    assert accepted(SearchIn, body) in {True, False}


@given(st.text(max_size=2_500))
def test_a_question_that_passes_is_neither_empty_nor_too_long(text: str) -> None:
    try:
        asked = AskIn(question=text)
    except ValidationError:
        assert not 1 <= len(text.strip()) <= 2_000 or not text.isprintable()
        return
    assert 1 <= len(asked.question) <= 2_000
