"""Dates of birth go; deadlines, hearings, years and ages stay."""

import pytest

from tests.privacy.looking import kinds, redacted


@pytest.mark.parametrize(
    "text",
    [
        "born 03/05/1985",
        "nací el 3 de mayo de 1985",
        "my date of birth is March 5, 1985",
        "DOB: 1985-03-05",
        "born on March fifth nineteen eighty five",
        "7 de mayo de 1990 es mi cumpleaños",
        "我的出生日期是1985年3月5日",
        "дата рождения 05.03.1985",
    ],
)
def test_a_date_of_birth_is_taken_out(text: str) -> None:
    assert kinds(text) == {"birth": 1}


@pytest.mark.parametrize(
    "text",
    [
        "the deadline is 04/15/2026",
        "my hearing is on 3/14/2026 at 8:00",
        "my two children were born here and have socials",
        "nací en 1985 y llegué en 1999",
        "my son is 17",
        "la carta del 2/9/2025 me da 90 días",
    ],
)
def test_other_dates_stay(text: str) -> None:
    assert redacted(text) == text
