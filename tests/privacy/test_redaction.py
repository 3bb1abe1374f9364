"""Personal numbers and addresses leave a question before anything reads it; what people ask about stays."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.privacy.looking import HELP_LINE, kinds, redacted

SENTENCES = (
    "{}",
    "My number is {}, can ICE see it?",
    "ssn:{}.",
    "({})",
    "Mi número es {} ¿ya se venció?",
    "Tengo el {} y dos hijos, y Ñico tiene otro.",
)

SSNS = (
    "123-45-6789",
    "123 45 6789",
    "123.45.6789",
    "123456789",
    "123\u201345\u20136789",
    "123\u201145\u20116789",
    "123\u00a045\u00a06789",
    "12 34 56 78 9",
    "1-2-3-4-5-6-7-8-9",
    "１２３-４５-６７８９",
    "１２３４５６７８９",
    "１２３－４５－６７８９",
    "1\u200b23-45-\u200b6789",
    "123\u2060-45-67\ufeff89",
)
ITINS = (
    "900-70-0000",
    "900 70 0000",
    "900.70.0000",
    "900700000",
    "９００-７０-００００",
    "９００－７０－００００",
    "900\u200b-70-00\u200d00",
)
A_NUMBERS = (
    "A012345678",
    "A-012345678",
    "A 012 345 678",
    "A#012345678",
    "a012345678",
    "alien number 012345678",
    "A012-345-678",
    "Ａ０１２３４５６７８",
    "A\u200b01234567\u200b8",
)
PHONES = (
    "212-555-0147",
    "(212) 555-0147",
    "212.555.0147",
    "212 555 0147",
    "2125550147",
    "+1 212 555 0147",
    "+52 55 1234 5678",
    "２１２-５５５-０１４７",
    "2\u200b12-555-0147",
)
EMAILS = (
    "ana.lopez@example.org",
    "ana+tax@mail.example.org",
    "josé.ñáñez@example.org",
    "ana @ example.org",
    "ana\u200b@exam\u200bple.org",
    "ana＠example.org",
)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("number", SSNS)
def test_an_ssn_is_taken_out_of_a_sentence(sentence: str, number: str) -> None:
    text = redacted(sentence.format(number))

    assert text == sentence.format("[SSN]")


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("number", ITINS)
def test_an_itin_is_taken_out_of_a_sentence(sentence: str, number: str) -> None:
    text = redacted(sentence.format(number))

    assert text == sentence.format("[ITIN]")


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("number", A_NUMBERS)
def test_no_digit_of_an_a_number_stays(sentence: str, number: str) -> None:
    text = redacted(sentence.format(number))

    assert not re.search(r"\d", text)


@pytest.mark.parametrize(
    "text", ["A-number 12345678", "A-number: 12345678", "My A-number is 12345678"]
)
def test_an_old_a_number_of_eight_digits_goes_too(text: str) -> None:
    assert not re.search(r"\d", redacted(text))


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("number", PHONES)
def test_a_phone_number_is_taken_out_of_a_sentence(sentence: str, number: str) -> None:
    text = redacted(sentence.format(number))

    assert "[phone]" in text
    assert not re.search(r"\d", text)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("address", EMAILS)
def test_an_email_address_is_taken_out_of_a_sentence(sentence: str, address: str) -> None:
    text = redacted(sentence.format(address))

    assert "[email]" in text
    assert "example" not in text


def test_a_number_that_no_office_would_issue_goes_too() -> None:
    assert redacted("es el 000-00-0000") == "es el [number]"


def test_each_kind_is_counted() -> None:
    found = kinds("900-70-0000, 900-70-0001 and 123-45-6789, write to ana@example.org")

    assert found == {"itin": 2, "ssn": 1, "email": 1}


def test_a_text_without_personal_data_is_counted_as_nothing() -> None:
    assert kinds("¿Puede ICE ver mi dirección?") == {}


@pytest.mark.parametrize(
    "text",
    [
        "900-70-0000 123-45-6789",
        "900-70-0000/123-45-6789",
        "900700000,123456789",
        "900700000.123456789",
        "900700000-123456789",
        "900700000 123456789",
        "mi itin 900-70-0000 y el de ella 900-70-0001",
    ],
)
def test_two_numbers_side_by_side_both_go(text: str) -> None:
    assert not re.search(r"\d{3}", redacted(text))


@pytest.mark.parametrize(
    "text",
    [
        "My ITIN is 900-70-0000 2024",
        "SSN 123-45-6789 1040",
        "123456789 2024",
        "123456789 5 hijos",
        "2024 123456789",
    ],
)
def test_a_year_or_form_beside_a_number_does_not_protect_it(text: str) -> None:
    assert not re.search(r"6789|0000", redacted(text))


@pytest.mark.parametrize(
    "text",
    [
        "call 800-829-1040",
        "llamé al 800-829-1040 y nadie contesta",
        "1-800-829-1040",
        "+1 (800) 829-1040",
        "8008291040",
        "800 829 1040",
    ],
)
def test_a_public_help_line_stays(text: str) -> None:
    assert redacted(text) == text


def test_a_public_help_line_beside_an_itin_stays() -> None:
    assert redacted(f"900-70-0000, {HELP_LINE}") == f"[ITIN], {HELP_LINE}"


@pytest.mark.parametrize(
    "text",
    [
        "Form W-7, Form 1040-SR, 1099-NEC and 8843",
        "Formulario 1040-NR y 2848",
        "necesito a 1040 for 2023",
        "I need a 1040 2023",
        "I filed a 2022-2023 return",
        "de 2018 a 2020 2021",
        "from 2022 to 2025",
        "2021, 2022, 2023 y 2024",
        "2021 2022 2023 2024 2025",
        "$25,000 in 2025 and $1,234,567.89 in 2024",
        "I owe $1,234,567,890",
        "gané 25000 dólares, pagué 1,200.50",
        "de 1500000 a 2000000 pesos",
        "26 U.S.C. § 6103(i)(2)(A) and § 7431",
        "26 CFR 301.6103(n)-1",
        "No. 1:25-cv-00457 (D.D.C.)",
        "Case 25-5181 in the D.C. Circuit",
        "caso 25-5181",
        "on 04/15/2027, el 15 de abril de 2027",
        "2026-11-22",
        "call 911 or 988",
        "I live in 60614",
    ],
)
def test_what_a_question_is_about_stays(text: str) -> None:
    assert redacted(text) == text


DIGIT_FREE = st.text(alphabet="aAbeñÑ .,;:¿?¡!()#\n'\"-", max_size=12)
GAPS = st.lists(
    st.sampled_from(["", " ", "-", ".", "\u2013", "\u200b", "\u00a0"]), min_size=8, max_size=8
)
NINE = st.text(alphabet="0123456789", min_size=9, max_size=9)
FRAGMENTS = st.one_of(
    st.sampled_from(
        [
            *"a A alien number # - . , $ @ ( ) [ ] + 1 12 2024 1040 555 x.com ext".split(),
            *(" ", "\n", "\u200b", "１", "123456789", "900-70-0000", "2125550147", HELP_LINE),
            *("[ITIN]", "[A-number]"),
        ]
    ),
    st.text(max_size=3),
)


def joined(digits: str, gaps: list[str]) -> str:
    return digits[0] + "".join(gap + digit for gap, digit in zip(gaps, digits[1:], strict=True))


@given(before=DIGIT_FREE, digits=NINE, gaps=GAPS, after=DIGIT_FREE)
def test_no_nine_digit_number_survives(
    before: str, digits: str, gaps: list[str], after: str
) -> None:
    text = redacted(before + joined(digits, gaps) + after)

    assert not re.search(r"\d", text)


@given(digits=st.lists(NINE, min_size=2, max_size=4), between=st.sampled_from(" ,.;/-\n"))
def test_no_list_of_nine_digit_numbers_survives(digits: list[str], between: str) -> None:
    text = redacted(between.join(digits))

    assert not re.search(r"(?<!\d)\d{9}(?!\d)", text)


@example("900700000 123456789")
@example("900700000,123456789")
@given(st.lists(FRAGMENTS, max_size=14).map("".join))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redacted(text)

    assert redacted(once) == once
