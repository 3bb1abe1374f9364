"""Packets on paper: a lawyer sees what readers see, what it rests on, and where to sign; the same words give the same bytes."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.domain.errors import CorpusError, NotFound
from app.ingestion.loading import load_library, read_corpus
from app.ingestion.packet_layout import Packet
from app.ingestion.packets import export
from app.ingestion.reviews import sign
from tests.fakes import TODAY


def exported(corpus: Path, folder: Path, *languages: str) -> list[Packet]:
    raw = read_corpus(corpus)
    return export(folder, raw, load_library(corpus, TODAY, raw=raw), TODAY, (), languages)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def plain(html: str) -> str:
    """The words on the paper, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<body>")[2]).split())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "packets"


@pytest.fixture
def english(corpus: Path, folder: Path) -> str:
    exported(corpus, folder)
    return (folder / "itin-renew.en.html").read_text("utf-8")


@pytest.fixture
def spanish(corpus: Path, folder: Path) -> str:
    exported(corpus, folder)
    return (folder / "itin-renew.es.html").read_text("utf-8")


def test_there_is_one_packet_a_page_and_language_and_a_list_of_them(
    corpus: Path, folder: Path
) -> None:
    exported(corpus, folder)

    names = sorted(path.name for path in folder.iterdir())
    assert names == ["index.html", "itin-renew.en.html", "itin-renew.es.html"]


def test_the_list_counts_and_links_the_packets(corpus: Path, folder: Path) -> None:
    exported(corpus, folder)

    index = (folder / "index.html").read_text("utf-8")
    assert "2 packets, 6 statements" in index
    assert 'href="itin-renew.es.html"' in index


@pytest.mark.parametrize(
    "words",
    [
        "When does my ITIN expire?",
        "a1 It expires after 3 years without use.",
        "d1 Send Form W-7 to renew it.",
        "s1 Look at your old returns.",
        "A clinic, 800-555-0100",
        "Your expired ITIN means you cannot file.",
        "Law and news as of 2026-11-01",
        "Due for another look 2027-03-31",
        "no lawyer has signed these words",
        "right change wrong",
        "Role, bar and state",
    ],
)
def test_a_packet_shows_what_readers_see_and_where_to_mark(words: str, english: str) -> None:
    assert words in plain(english)


def test_beside_a_statement_stand_its_sources_in_full(english: str) -> None:
    row = english.partition('<th scope="row">a1</th>')[2].partition("</tr>")[0]

    assert plain("<body>" + row).endswith(
        "26 U.S.C. § 6109(i)(3)(A) 26 U.S.C. § 6109 - Numbers. House. Text read: today. "
        "Checked 2026-11-01. https://example.gov/6109"
    )


def test_a_source_told_above_in_the_section_is_only_cited_again(english: str) -> None:
    row = english.partition('<th scope="row">d1</th>')[2].partition("</tr>")[0]

    assert "26 U.S.C. § 6109 (see a1)" in plain("<body>" + row)
    assert "Instructions (IRS), p. 7 Text read: today." in plain("<body>" + row)


def test_a_statement_out_of_force_is_left_out_and_the_others_keep_their_numbers(
    english: str,
) -> None:
    assert "This rule ended" not in english
    assert "d3 This rule holds. Shown only from 2026-01-01." in plain(english)


def test_each_fact_stands_with_its_value_as_readers_see_it(spanish: str) -> None:
    facts = plain("<body>" + spanish.partition("Facts on this page")[2])

    assert "unused-years Years without use 3 años English: 3 years" in facts


def test_a_fact_that_goes_by_tax_year_is_shown_for_the_year_it_is_called_with(
    corpus: Path, folder: Path
) -> None:
    line = (
        "credit: {says: A credit, kind: money, tax_year: {2025: 2000, 2026: 2200}, source: law}\n"
    )
    edit(corpus / "facts/facts.yaml", "unused-years", line + "unused-years")
    edit(corpus / "en/itin/itin-renew.md", "This rule holds.", "It pays {credit@2026}.")

    exported(corpus, folder, "en")

    told = plain((folder / "itin-renew.en.html").read_text("utf-8"))
    assert "credit@2026 A credit $2,200" in told
    assert "$2,000" not in told


def test_under_a_translation_stands_the_english_for_comparison(spanish: str) -> None:
    told = plain(spanish)

    assert "a1 Se vence después de 3 años sin uso. English: It expires after 3 years" in told
    assert "s1 Mire sus declaraciones viejas. English: Look at your old returns." in told
    assert "The English page: Your expired ITIN means you cannot file." in told


def test_words_of_a_translation_are_marked_as_their_language(spanish: str) -> None:
    assert '<html lang="en">' in spanish
    assert '<span lang="es" dir="ltr">Se vence después de 3 años sin uso.</span>' in spanish


def test_the_packet_says_the_command_that_enters_the_signature(spanish: str) -> None:
    command = 'review sign itin-renew --language es --reviewer "NAME" --role "ROLE, BAR" --until'

    assert command in plain(spanish).replace("&#34;", '"')


def test_every_sheet_says_which_words_it_was_printed_from(corpus: Path, english: str) -> None:
    digest = load_library(corpus, TODAY).documents["en"]["itin-renew"].digest[:12]

    assert f'@top-right {{ content: "printed from digest {digest}"' in english
    assert f"(itin-renew/when, en, {digest})" in plain(english)


def test_a_packet_loads_nothing_and_runs_nothing(english: str) -> None:
    assert not re.search(r"<script|<link|<img|\bsrc=|@import|url\(", english)


def test_words_of_a_page_cannot_become_markup(corpus: Path, folder: Path) -> None:
    edit(corpus / "en/itin/itin-renew.md", "This rule holds.", "A rule for <b>all</b>.")

    exported(corpus, folder)

    assert "A rule for &lt;b&gt;all" in (folder / "itin-renew.en.html").read_text("utf-8")


def test_the_same_words_give_the_same_bytes(corpus: Path, folder: Path, english: str) -> None:
    exported(corpus, folder)

    assert (folder / "itin-renew.en.html").read_text("utf-8") == english


def test_a_signed_page_says_by_whom(corpus: Path, folder: Path) -> None:
    page = load_library(corpus, TODAY).documents["en"]["itin-renew"]
    sign(corpus, page, "A. Lawyer", "attorney, Texas", TODAY, date(2027, 6, 30))

    exported(corpus, folder)

    told = plain((folder / "itin-renew.en.html").read_text("utf-8"))
    assert "signed by A. Lawyer, attorney, Texas on 2026-11-22, until 2027-06-30" in told


def test_only_the_languages_asked_for_are_printed(corpus: Path, folder: Path) -> None:
    packets = exported(corpus, folder, "es")

    assert [packet.name for packet in packets] == ["itin-renew.es.html"]


@pytest.mark.parametrize(
    ("topics", "languages", "said"),
    [
        (["itin-party"], [], "no such topic: itin-party"),
        ([], ["xx"], "no such language: xx"),
        (["itin-who"], [], "no page written yet: itin-who"),
    ],
)
def test_what_is_not_there_is_not_printed(
    topics: list[str], languages: list[str], said: str, corpus: Path, folder: Path
) -> None:
    raw = read_corpus(corpus)

    with pytest.raises(NotFound, match=said):
        export(folder, raw, load_library(corpus, TODAY, raw=raw), TODAY, topics, languages)

    assert not folder.exists()


@pytest.mark.parametrize("place", [".", "packets", "en/../en"])
def test_packets_are_not_laid_among_the_texts(place: str, corpus: Path) -> None:
    with pytest.raises(CorpusError, match="outside the corpus"):
        exported(corpus, corpus / place)


def test_a_place_that_cannot_be_written_is_said_in_one_line(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")

    with pytest.raises(CorpusError, match="cannot write the packets"):
        exported(corpus, tmp_path / "file")


def test_a_fact_without_its_source_stops_the_printing(corpus: Path, folder: Path) -> None:
    edit(corpus / "facts/facts.yaml", "value: 3, source: law", "value: 3, source: lost")

    with pytest.raises(CorpusError, match="rests on lost"):
        exported(corpus, folder)
