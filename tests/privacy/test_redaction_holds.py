"""Whatever the text: redaction ends, ends soon, and redacting twice changes nothing."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.privacy.looking import redacted

_SMALL, _LARGE = 4_096, 65_536

ADVERSARIAL = (
    "1 ", "1-", "1.", "1(", "5", "$1 ", "12 Elm ", "a@", "a.", "A1 ", "IOE", "ssn ", "one ", "juan ", "mi esposo , ",
    "my name is ", "born 1 ", "calle a ", "vivo en ", "https://a.com/?", "我叫", "我路", "123 a ", " ", "\n", ",", "(at)",
    "mi cuenta es ", "900 then ", "Juan, my boss", "2023 ", "\u200b", "[SSN]", "ñ\u0301",
)  # fmt: skip

WORDS = st.sampled_from(
    "me llamo my name is soy juan Pérez perez mi esposo 我叫 李伟 calle st ave 123 12 1985 born nací ssn passport A IOE P @ gmail punto com"
    " https://x.io/? token= nine hundred cero ext + ( ) - . , # [name] [SSN] vivo en 900-70-1234 5550147 2125550147 4111111111111111".split()
)


@given(st.text(max_size=300))
def test_any_text_is_redacted_without_an_error(text: str) -> None:
    once = redacted(text)

    assert redacted(once) == once


@settings(max_examples=200)
@given(st.lists(WORDS, max_size=20), st.sampled_from(["", " ", "\n", ", "]))
def test_redacting_what_is_left_finds_nothing(words: list[str], between: str) -> None:
    once = redacted(between.join(words))

    assert redacted(once) == once


@given(
    digits=st.text(alphabet="0123456789", min_size=9, max_size=9),
    gap=st.sampled_from(["", " ", "-", ".", "/", " - ", "\u2013", "\u00a0", "\u200b", "\n", "_"]),
    cuts=st.sets(st.integers(1, 8)),
)
def test_no_nine_digit_number_survives_in_any_spacing(
    digits: str, gap: str, cuts: set[int]
) -> None:
    parts = [
        digits[low:high] for low, high in zip([0, *sorted(cuts)], [*sorted(cuts), 9], strict=True)
    ]

    text = redacted(f"numero {gap.join(parts)}")

    assert not any(char.isdigit() for char in text)


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    small, large = seconds(piece, _SMALL), seconds(piece, _LARGE)

    # Sixteen times the text; a square would be two hundred and fifty-six times the time.
    assert large < 80 * max(small, 0.005)


def seconds(piece: str, size: int) -> float:
    """Processor time, which other programs do not lengthen."""
    text = (piece * size)[:size]
    start = time.process_time()
    redacted(text)
    return time.process_time() - start
