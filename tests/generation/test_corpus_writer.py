"""The corpus engine: vetted sentences word for word, the short answer first, then only what the question needs."""

import asyncio

from app.domain.question import Asked, Audience
from app.domain.section import Line, Passage
from app.generation.corpus_writer import CorpusWriter
from tests.fakes import passage, section

BEST = section("Yes.", "But not always.", details=[f"Detail {n}." for n in range(6)])


def written(*passages: Passage, audience: Audience = Audience.PUBLIC) -> list[Line]:
    async def gather() -> list[Line]:
        asked = Asked("Is it?", "en", audience=audience)
        return [line async for line in CorpusWriter().write(asked, passages)]

    return asyncio.run(gather())


def test_the_short_answer_comes_first_and_whole() -> None:
    lines = written(passage(BEST))

    assert [line.text for line in lines[:2]] == ["Yes.", "But not always."]


def test_every_line_is_its_own_quote() -> None:
    lines = written(passage(BEST))

    assert all(line.text == line.quotes[0].statement.text for line in lines)


def test_only_the_details_that_fit_best_are_told_and_in_the_order_of_the_page() -> None:
    fit = Passage(BEST, 0.9, (0.1, 0.1, 0.2, 0.9, 0.1, 0.8, 0.0, 0.7))

    lines = written(fit)

    assert [line.text for line in lines[2:]] == ["Detail 1.", "Detail 3.", "Detail 5."]


def test_a_hotline_reads_every_detail_and_the_close_second_section() -> None:
    other = section("Another answer.", id="other")

    lines = written(passage(BEST), passage(other, 0.8), audience=Audience.HOTLINE)

    assert [line.text for line in lines] == [s.text for s in BEST.statements] + ["Another answer."]


def test_in_doubt_a_person_reads_the_short_answer_of_the_next_section_too() -> None:
    other = section("Another answer.", id="other")

    lines = written(passage(BEST, 0.2), passage(other, 0.15))

    assert [line.text for line in lines] == [
        "Yes.",
        "But not always.",
        "Detail 0.",
        "Another answer.",
    ]


def test_a_far_second_section_is_no_reason_to_doubt() -> None:
    other = section("Another answer.", id="other")

    lines = written(passage(BEST, 0.2), passage(other, 0.05))

    assert "Another answer." not in [line.text for line in lines]


def test_a_person_is_not_given_a_second_section_when_the_first_is_sure() -> None:
    other = section("Another answer.", id="other")

    lines = written(passage(BEST), passage(other, 0.89))

    assert "Another answer." not in [line.text for line in lines]
