"""A file becomes a draft page: its words as they were, nothing in them a marker, never served, all of them written or none."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import CorpusError, DraftError
from app.ingestion.drafts import Draft, draft_of, read_drafts, write_drafts
from app.ingestion.formats import Block, Kind, visible
from app.ingestion.loading import load_library
from app.ingestion.pages import Part, RawPage, read_page
from app.ingestion.todo import to_do
from tests.fakes import EN_PAGE, TODAY
from tests.ingestion.originals import put

MARKERS = ["{#id}", "{fact}", "[@x]", "{: from=2026-01-01}", "---", "### answer", "- ", "1. ", "# "]
WORDS = st.lists(st.one_of(st.text(max_size=8), st.sampled_from(MARKERS)), max_size=6)
LINES = WORDS.map(lambda words: visible("".join(words))).filter(
    lambda line: any(char.isalnum() for char in line)
)


def para(text: str) -> Block:
    return Block(Kind.PARAGRAPH, text)


def head(text: str, level: int = 2) -> Block:
    return Block(Kind.HEADING, text, level)


def drafted(*blocks: Block, stem: str = "my-file", language: str = "en") -> Draft:
    return draft_of(stem, blocks, language, None, TODAY)


def details(page: RawPage) -> list[str]:
    """Every detail of a page, as it is read back."""
    return [text for section in page.sections for text in section.parts[Part.DETAILS]]


def letters(text: str) -> str:
    """What cannot be a marker."""
    return "".join(char for char in text if char.isalnum())


def files(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its content."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def notes(*blocks: Block) -> str:
    return "\n".join(to_do(drafted(*blocks)))


def test_a_draft_is_a_page_to_finish() -> None:
    draft = drafted(head("Top", 1), head("When: does it?"), para("After a while."), para("Or not."))

    assert draft.place == Path("drafts/en/my-file.md")
    assert (
        draft.text
        == """\
---
topic: choose-a-topic  # a slug from the list in corpus/README.md; the finished file is named after it
title: Top
as_of: 2000-01-01  # fill in: the day up to which the law and news here were established
revised: 2026-11-22
review_due: 2026-11-22  # fill in: when to look again
never_say: []  # fill in: claims that would harm here
---

## When: does it? {#when-does-it}

### answer

### details

- After a while.
- Or not.

### contacts

### asked
"""
    )


def test_a_draft_in_another_language_says_which_english_it_follows() -> None:
    page = read_page(drafted(para("Texto."), language="es").text)

    assert page.front.translates == TODAY


def test_the_topic_is_filled_in_when_it_is_known(tmp_path: Path) -> None:
    path = put(tmp_path, "a.md", "Text.")

    drafts = read_drafts([path], "en", "itin-renew", TODAY)

    assert read_page(drafts[0].text).front.topic == "itin-renew"


def test_text_under_the_title_is_a_section_of_its_own() -> None:
    page = read_page(drafted(head("Top", 1), para("First."), head("Then", 1), para("Next.")).text)

    assert [section.heading for section in page.sections] == ["Top", "Then"]


def test_without_headings_the_name_of_the_file_is_the_title() -> None:
    page = read_page(drafted(para("First."), stem="Our_old  Guide (2)").text)

    assert page.front.title == "Our old guide 2"
    assert [section.id for section in page.sections] == ["our-old-guide-2"]


def test_ids_are_plain_and_each_stands_once() -> None:
    page = read_page(
        drafted(
            head("¿Qué es?"), para("a"), head("Que es"), para("b"), head("何时"), para("c")
        ).text
    )

    assert [section.id for section in page.sections] == ["que-es", "que-es-2", "section"]


@given(st.lists(st.tuples(st.sampled_from(Kind), LINES)), LINES, st.text())
def test_whatever_a_text_says_the_page_has_the_same_paragraphs(
    given_blocks: list[tuple[Kind, str]], last: str, stem: str
) -> None:
    blocks = [Block(kind, text, level=2) for kind, text in given_blocks]
    paragraphs = [block.text for block in blocks if block.kind is not Kind.HEADING] + [last]

    draft = drafted(*blocks, para(last), stem=stem)

    page = read_page(draft.text)
    assert details(page) == [text for section in draft.sections for text in section.details]
    assert list(map(letters, details(page))) == list(map(letters, paragraphs))
    assert [s.heading for s in page.sections] == [s.heading for s in draft.sections]
    assert all(list(s.parts) == [p for p in Part if p is not Part.STEPS] for s in page.sections)
    assert not any(
        statement.marks for s in page.sections for statement in s.statements(Part.DETAILS)
    )
    assert "{" not in "".join(details(page))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (
            "A plain sentence, as it was: 50% - or “so”.",
            "A plain sentence, as it was: 50% - or “so”.",
        ),
        ("It costs {fact} here.", "It costs (fact) here."),
        ("Says one. [@x]", "Says one. [ @x]"),
        ("Ends. {: from=2026-01-01}", "Ends. (: from=2026-01-01)"),
        ("### answer", "###answer"),
        ("# # answer", "##answer"),
        ("- - a dash", "-- a dash"),
        ("1. Go there.", "(1) Go there."),
        ("2026. That year.", "(2026) That year."),
        ("--- a", "--- a"),
    ],
)
def test_a_marker_in_a_text_is_text(written: str, kept: str) -> None:
    draft = drafted(head("Head"), para(written))

    assert details(read_page(draft.text)) == [kept]


def test_a_heading_cannot_bring_an_id_or_a_key_along() -> None:
    page = read_page(drafted(head("No: {#x} ---", 1), para("Text.")).text)

    assert page.front.title == "No: (#x) ---"
    assert page.sections[0].id == "no-x"


def test_a_draft_is_never_served(corpus: Path) -> None:
    before = load_library(corpus, TODAY)
    unfinished = drafted(para("Text."))
    finished = corpus / "drafts/en/itin/itin-renew.md"

    write_drafts(corpus, [unfinished], replace=False)
    finished.parent.mkdir()
    finished.write_text(EN_PAGE.replace("It expires", "It never expires"), "utf-8")

    assert load_library(corpus, TODAY) == before


def test_no_language_can_be_called_drafts(corpus: Path) -> None:
    (corpus / "replies/en.yaml").rename(corpus / "replies/drafts.yaml")

    with pytest.raises(CorpusError, match="a language cannot be called drafts"):
        load_library(corpus, TODAY)


def test_a_draft_that_exists_is_kept_unless_told_otherwise(corpus: Path) -> None:
    write_drafts(corpus, [drafted(para("Old."))], replace=False)
    new = drafted(para("New."))

    with pytest.raises(DraftError, match=r"drafts/en/my-file.md exists already; .*--replace"):
        write_drafts(corpus, [drafted(para("Other."), stem="other"), new], replace=False)
    kept = files(corpus / "drafts")
    write_drafts(corpus, [new], replace=True)

    assert list(kept) == ["en/my-file.md"]
    assert b"Old." in kept["en/my-file.md"]
    assert files(corpus / "drafts") == {"en/my-file.md": new.text.encode()}


def test_a_link_in_the_place_of_a_draft_is_not_followed(corpus: Path, tmp_path: Path) -> None:
    outside = put(tmp_path, "outside.md", "mine")
    draft = drafted(para("New."))
    (corpus / "drafts/en").mkdir(parents=True)
    (corpus / draft.place).symlink_to(outside)

    with pytest.raises(DraftError, match="exists already"):
        write_drafts(corpus, [draft], replace=False)
    write_drafts(corpus, [draft], replace=True)

    assert outside.read_text() == "mine"
    assert not (corpus / draft.place).is_symlink()


def test_when_one_draft_cannot_be_written_none_is(corpus: Path) -> None:
    (corpus / "drafts/en").mkdir(parents=True)
    put(corpus / "drafts", "es", "a file in the way")
    before = files(corpus)

    with pytest.raises(DraftError, match=r"cannot write to drafts/es: .*; nothing was written"):
        write_drafts(
            corpus, [drafted(para("One.")), drafted(para("Dos."), language="es")], replace=True
        )

    assert files(corpus) == before


def test_a_file_that_cannot_be_read_stops_all_of_them(tmp_path: Path) -> None:
    good, bad = put(tmp_path, "a.md", "Text."), put(tmp_path, "b.pdf", "no PDF")

    with pytest.raises(DraftError, match=r"b\.pdf is no PDF"):
        read_drafts([good, bad], "en", None, TODAY)


def test_two_files_cannot_become_one_draft(tmp_path: Path) -> None:
    paths = [put(tmp_path, "a.md", "Text."), put(tmp_path, "A.html", "<p>Text.")]

    with pytest.raises(DraftError, match=r"a\.md and .*A\.html would become the same draft"):
        read_drafts(paths, "en", None, TODAY)


def test_a_topic_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DraftError, match="no such topic: taxes"):
        read_drafts([], "en", "taxes", date(2026, 11, 22))


def test_the_writer_is_told_what_must_become_a_fact_or_a_contact() -> None:
    told = notes(
        head("In 2026"),
        para("Send Form W-7 by April 15, or pay $1,200.50 or 25%. Twice: 25%."),
        para("Call (800) 829-1040, see www.irs.gov/itin. Or write to help@example.org."),
        Block(Kind.ITEM, "Here.", links=("https://example.gov/x",)),
    )

    assert "make facts of these numbers: 2026, W-7, 15, $1,200.50, 25%\n" in told
    assert (
        "make contacts of these phones and links: "
        "www.irs.gov/itin, help@example.org, (800) 829-1040, https://example.gov/x" in told
    )
    assert "name the sources of 3 statements" in told


def test_the_writer_is_told_what_is_too_long_or_empty() -> None:
    told = notes(
        head("Long"), *[para("One.")] * 9, head("Empty"), head("Wordy"), para("word " * 50)
    )

    assert "more than 8 statements; split: long (9)" in told
    assert "a heading and no text; join them with the next: empty" in told
    assert "cut them into one or two short sentences: wordy" in told


def test_a_long_list_in_the_notes_is_cut() -> None:
    told = notes(para(" ".join(str(number) for number in range(100, 140))))

    assert "123, 124 and 15 more" in told
