"""Markdown, HTML, PDF and DOCX become headings, paragraphs and items; what cannot be read is refused in one line."""

import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import DraftError
from app.ingestion.formats import Block, Kind, Limits, read_blocks, visible
from tests.ingestion.originals import docx, line, paragraph, pdf, put, table

TEXT = [line("Some text that is long enough to be the body.")]


def told(folder: Path, name: str, content: str | bytes) -> list[tuple[str, str]]:
    """Kind and text of every block of a file."""
    return [(block.kind.value, block.text) for block in read_blocks(put(folder, name, content))]


def texts(folder: Path, name: str, content: str | bytes) -> list[str]:
    """The text of every block of a file."""
    return [text for _, text in told(folder, name, content)]


def refused(path: Path, limits: Limits | None = None) -> str:
    """Why a file is not read: one line that begins with its name."""
    with pytest.raises(DraftError) as caught:
        read_blocks(path, limits)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message.removeprefix(str(path)).strip()


def test_markdown_becomes_headings_paragraphs_and_items(tmp_path: Path) -> None:
    text = "# Title\n\nOne *line*\nand its second.\n\n- an item\n\n1. a step\n"

    assert told(tmp_path, "a.md", text) == [
        ("heading", "Title"),
        ("paragraph", "One line and its second."),
        ("item", "an item"),
        ("item", "a step"),
    ]


def test_front_matter_of_a_markdown_file_stays_behind_and_a_rule_does_not(tmp_path: Path) -> None:
    assert texts(tmp_path, "a.md", "---\ntitle: x\n---\nText.\n") == ["Text."]
    assert texts(tmp_path, "b.md", "---\n\nFirst.\n\n---\n\nText.\n") == ["First.", "Text."]


def test_html_becomes_headings_paragraphs_and_items(tmp_path: Path) -> None:
    page = "<h2>A <b>head</b></h2><p>One<br>line.<br><br>Two.<ul><li>x<ul><li>y</ul>z</ul>"

    assert told(tmp_path, "a.html", page) == [
        ("heading", "A head"),
        ("paragraph", "One line."),
        ("paragraph", "Two."),
        ("item", "x"),
        ("item", "y"),
        ("item", "z"),
    ]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>no</script>",
        "<script>//<!-- <script>no</script></script>",
        "<style>no</style>",
        "<!-- no -->",
        "<template>no</template>",
        "<noscript>no</noscript>",
        "<nav>no</nav>",
        "<p hidden>no</p>",
        "<p aria-hidden=TRUE>no</p>",
        "<div style='DISPLAY : /**/ none'><p>no</p></div>",
        "<p style='visibility:hidden'>no</p>",
        "<p style='font-size:0'>no</p>",
        "<p style='opacity: 0.0;'>no</p>",
        "<textarea>no</textarea>",
        "<p><del>no</del></p>",
        "<table><tr hidden><td>no<td>no</table>",
    ],
)
def test_what_a_reader_of_a_page_does_not_see_is_left_out(unseen: str, tmp_path: Path) -> None:
    page = f"<title>no</title><p>yes</p>{unseen}<p>also</p>"

    assert texts(tmp_path, "a.html", page) == ["yes", "also"]


def test_a_script_in_markdown_is_left_out(tmp_path: Path) -> None:
    assert texts(tmp_path, "a.md", "Yes.\n\n<script>\nno\n</script>\n\nAlso ~~no~~.") == [
        "Yes.",
        "Also .",
    ]


def test_links_are_kept_beside_the_text(tmp_path: Path) -> None:
    page = "<p>See <a href='https://example.gov/x'>this</a> or <a href='#top'>that</a>.</p>"

    blocks = read_blocks(put(tmp_path, "a.html", page))

    assert blocks == (Block(Kind.PARAGRAPH, "See this or that.", links=("https://example.gov/x",)),)


def test_a_row_of_a_table_is_an_item_with_its_columns_named(tmp_path: Path) -> None:
    page = (
        "<table><caption>Fees</caption><tr><th>Year<th>Fee:<th>Note"
        "<tr><td>2025<td>$10.<td>none<tr><td>2026<td><td>new</table>"
    )

    assert told(tmp_path, "a.html", page) == [
        ("paragraph", "Fees"),
        ("item", "Year: 2025; Fee: $10. Note: none"),
        ("item", "Year: 2026; Note: new"),
    ]


def test_without_a_head_row_the_first_cell_names_the_others(tmp_path: Path) -> None:
    page = "<table><tr><td>Who?<td>You<td>us<tr><td>When<td>Now</table>"

    assert texts(tmp_path, "a.html", page) == ["Who? You; us", "When: Now"]


def test_a_table_that_only_arranges_a_page_is_read_like_text(tmp_path: Path) -> None:
    page = "<table><tr><td><h2>Head</h2><p>Text.<td><p>More.</table>"

    assert told(tmp_path, "a.html", page) == [
        ("heading", "Head"),
        ("paragraph", "Text."),
        ("paragraph", "More."),
    ]


def test_a_page_may_nest_as_deep_as_it_likes(tmp_path: Path) -> None:
    page = "<div>" * 30_000 + "Deep." + "<table><tr><td>" * 2_000 + "Deeper."

    assert texts(tmp_path, "a.html", page) == ["Deep.", "Deeper."]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("cp1252", "<meta charset=ISO-8859-1>"),
        ("gb18030", '<meta http-equiv=x content="text/html; charset=gb18030">'),
    ],
)
def test_a_page_is_read_in_the_encoding_it_names(
    encoding: str, declared: str, tmp_path: Path
) -> None:
    page = f"{declared}<p>Dirección</p>".encode(encoding)

    assert texts(tmp_path, "a.html", page) == ["Dirección"]


def test_a_word_document_becomes_headings_paragraphs_items_and_rows(tmp_path: Path) -> None:
    document = docx(
        paragraph("Guide", "Title"),
        paragraph("When 3", "Toc"),
        paragraph("When?", "H1"),
        paragraph("After three years."),
        paragraph("Send it.", item=True),
        table(["Form", "Use"], ["W-7", "ITIN"]),
    )

    assert told(tmp_path, "a.docx", document) == [
        ("heading", "Guide"),
        ("heading", "When?"),
        ("paragraph", "After three years."),
        ("item", "Send it."),
        ("item", "Form: Use"),
        ("item", "W-7: ITIN"),
    ]


def test_what_word_hides_or_strikes_out_is_left_out(tmp_path: Path) -> None:
    document = docx(
        paragraph("yes"),
        paragraph("no", run="<w:vanish/>"),
        paragraph("also", run='<w:vanish w:val="0"/>'),
        paragraph("no", run="<w:strike/>"),
    )

    assert texts(tmp_path, "a.docx", document) == ["yes", "also"]


def test_a_pdf_is_put_together_from_its_lines(tmp_path: Path) -> None:
    first = [
        line("Clinic handbook", 9),
        line("Renewing", 20, 30, "Bold"),
        line("An ITIN that nobody uses expires on the last day of Decem-", down=30),
        line("ber of the third year."),
        line("A second paragraph stands apart.", down=26),
        line("What to send", 14, 30, "Bold"),
        line("\\225 A form", down=20),
        line("\\225 A paper that shows who you"),
        line("are"),
        line("This sentence goes", down=26),
        line("Page 1 of 3", 9, 300),
    ]
    second = [line("Clinic handbook", 9), line("over the page.", down=30), line("Page 2 of 3", 9)]
    third = [line("Clinic handbook", 9), line("The end of it.", down=30), line("Page 3 of 3", 9)]

    assert told(tmp_path, "a.pdf", pdf(first, second, third)) == [
        ("heading", "Renewing"),
        (
            "paragraph",
            "An ITIN that nobody uses expires on the last day of December of the third year.",
        ),
        ("paragraph", "A second paragraph stands apart."),
        ("heading", "What to send"),
        ("item", "A form"),
        ("item", "A paper that shows who you are"),
        ("paragraph", "This sentence goes over the page."),
        ("paragraph", "The end of it."),
    ]


def test_paragraphs_of_one_line_each_stay_apart(tmp_path: Path) -> None:
    lines = [line("The first is short.", down=26), line("So is the second.", down=26)]
    longest = line(
        "The third one is quite a bit longer, which shows how wide the page is.", down=26
    )

    read = texts(tmp_path, "a.pdf", pdf([*lines, longest]))

    assert len(read) == 3


def test_headings_of_a_pdf_are_ranked_by_size(tmp_path: Path) -> None:
    lines = [line("Top", 20), line("Body text of some length.", down=30), line("Sub", 14, 30)]

    blocks = read_blocks(put(tmp_path, "a.pdf", pdf([*lines, line("Text again.", down=30)])))

    assert [block.level for block in blocks] == [1, 0, 2, 0]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.md", b"", "is empty"),
        ("a.md", b" \n\n", "holds no text"),
        ("a.md", "… — ***\n".encode(), "holds no text"),
        ("a.md", b"# Only a heading\n", "holds no text"),
        ("a.md", b"caf\xe9", "is not in UTF-8"),
        ("a.md", b"a\0b", "is no text"),
        ("a.md", b"%PDF-1.7 text", "is no text"),
        ("a.html", b"plain words", "holds no HTML"),
        ("a.html", b"<meta charset=punycode><p>\xff</p>", "is not in UTF-8"),
        ("a.html", b"<script>only this</script>", "holds no text"),
        ("a.pdf", b"plain words", "is no PDF"),
        ("a.pdf", b"%PDF-1.7 and nothing else", "is damaged"),
        ("a.docx", b"plain words", "is no DOCX"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked with a password"),
        ("a.doc", b"words", "is of no kind that can be read (.md"),
        ("a", b"words", "is of no kind that can be read (.md"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(
    name: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    assert reason in refused(put(tmp_path, name, content))


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")

    assert "does not exist" in refused(tmp_path / "missing.md")
    assert "is a folder" in refused(tmp_path / "folder.md")
    assert "is no file" in refused(tmp_path / "pipe.md")
    assert "cannot be opened: Too many levels" in refused(tmp_path / "loop.md")
    assert "cannot be opened" in refused(tmp_path / ("x" * 300 + ".md"))


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\udcff.md"

    with pytest.raises(DraftError, match=r"a\[2J\?\.md does not exist"):
        read_blocks(path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "a.md", "x" * 1_000_001)

    assert "is larger than 1 MB" in refused(path, Limits(size=1_000_000))


def test_a_word_document_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    limits = Limits(unpacked=2_000_000, xml=200_000)
    pictures = docx(paragraph("Text."), extra={"word/media/a.png": bytes(2_000_000)})
    words = docx(paragraph("Text."), extra={"word/comments.xml": bytes(1_000_000)})

    assert "unpacks to more than 2 MB" in refused(put(tmp_path, "a.docx", pictures), limits)
    assert "too much text" in refused(put(tmp_path, "b.docx", words), limits)


def test_pictures_in_a_word_document_are_not_unpacked(tmp_path: Path) -> None:
    document = docx(paragraph("Text."), extra={"word/media/a.png": b"\0" * 1_000_000})

    assert texts(tmp_path, "a.docx", document) == ["Text."]


def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    steps = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "ha">{steps}]><x>&e9;</x>'.encode()
    path = put(tmp_path, "a.docx", docx(extra={"word/document.xml": bomb}))

    assert "is damaged" in refused(path)


def test_another_zip_file_is_no_word_document(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")

    assert "no Word document" in refused(tmp_path / "a.docx")


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "a.pdf", pdf(TEXT, password="open"))

    assert "is locked with a password" in refused(path)


def test_a_pdf_of_pictures_is_refused(tmp_path: Path) -> None:
    assert "run text recognition" in refused(put(tmp_path, "a.pdf", pdf([], [])))


def test_a_pdf_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "a.pdf", pdf(TEXT, TEXT, TEXT))

    assert "has more than 2 pages" in refused(path, Limits(pages=2))


def test_a_file_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "a.html", "<" * 300_000 + "<p>Text.")

    assert "takes too long" in refused(path, Limits(seconds=0.05))


def test_a_pdf_that_inflates_without_end_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "a.pdf", pdf([line(" " * 1_000_000)]))

    assert "unpacks to more than text needs" in refused(path, Limits(stream=900_000))


@given(st.text())
def test_visible_text_is_one_line_and_stays_as_it_is(text: str) -> None:
    line = visible(text)

    assert visible(line) == line
    assert len(line.splitlines()) <= 1


def test_invisible_characters_are_removed() -> None:
    assert visible("a\u200bb\u202e c\u00ad\ufeff\u2066d\x00\x1b\U000e0041") == "ab cd"


@settings(deadline=None)
@given(st.binary(max_size=60), st.integers(0, 5_000), st.sampled_from([".pdf", ".docx", ".html"]))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int, suffix: str
) -> None:
    whole = {".pdf": pdf(TEXT), ".docx": docx(paragraph("Text.")), ".html": b"<p>Text.</p>"}[suffix]
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    path = put(tmp_path_factory.getbasetemp(), f"damaged{suffix}", damaged)

    try:
        blocks = read_blocks(path)
    except DraftError as error:
        assert str(error).startswith(str(path))  # noqa: PT017 - either is right
    else:
        assert all(block.text for block in blocks)
