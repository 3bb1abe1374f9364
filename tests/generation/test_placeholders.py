"""Phones and addresses are placeholders for a model, and themselves for a reader."""

import pytest

from app.domain.section import Line, Quote
from app.generation.placeholders import masked
from tests.fakes import section

TALK = section(
    "Call 800-829-1040 or write to help@example.gov.",
    "See https://www.tigta.gov/reportcrime-misconduct.",
    details=["The line 800-829-1040 is free.", "Call 1 (800) 366-4484."],
)
QUOTES = [Quote(TALK, statement) for statement in TALK.statements]


def texts() -> list[str]:
    return [quote.statement.text for quote in masked(QUOTES)[0]]


def line(text: str, *cited: int) -> Line:
    quotes, blanks = masked(QUOTES)
    return Line(text, tuple(quotes[n] for n in cited), (), blanks)


def test_contacts_become_placeholders_and_one_contact_has_one() -> None:
    assert texts() == [
        "Call {phone-a} or write to {email-b}.",
        "See {link-c}.",
        "The line {phone-a} is free.",
        "Call {phone-d}.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ICE got 47,289 addresses.",
        "Form W-7, box 6d, 26 U.S.C. 6103(i)(2).",
        "In 2026-2027, $1,000.",
    ],
)
def test_numbers_that_are_no_contact_stay(text: str) -> None:
    quote = Quote(section(text), section(text).answer[0])

    assert masked([quote])[0][0].statement.text == text


def test_no_placeholder_carries_a_digit_however_many_there_are() -> None:
    many = section(*(f"Call 202-555-{n:04}." for n in range(100)))

    quotes, blanks = masked([Quote(many, statement) for statement in many.statements])

    assert len(blanks) == 100
    assert not any(char.isdigit() for quote in quotes for char in quote.statement.text)


def test_a_reader_sees_the_contact_in_line_and_quote() -> None:
    shown = line("It is {phone-a}.", 0).restored()

    assert shown
    assert shown.text == "It is 800-829-1040."
    assert shown.quotes[0].statement == TALK.answer[0]


@pytest.mark.parametrize(
    "text", ["Call {phone-z}.", "Call {phone-d}.", "Call {phone-a", "Call {x}."]
)
def test_a_placeholder_that_the_cited_statement_does_not_have_is_refused(text: str) -> None:
    assert line(text, 0).restored() is None
