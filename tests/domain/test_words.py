"""How long a text is, and how it is folded, in every script."""

import pytest

from app.domain.words import fold, han, length


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("When does my ITIN expire?", 5),
        ("¿Cuándo vence?", 2),
        ("a – b", 2),
        ("我的号码过期了吗怎么办呢请您说明", 16 / 1.7),
        ("我的ITIN过期了", 1 + 5 / 1.7),
    ],
)
def test_length_counts_words_and_chinese_characters_by_what_they_say(
    text: str, words: float
) -> None:
    assert length(text) == pytest.approx(words)


def test_only_chinese_characters_count_as_chinese() -> None:
    assert han("ITIN 过期 ñ 9") == 2


def test_folding_drops_case_accents_and_width() -> None:
    assert fold("¿DIRECCIÓN? ９") == "¿direccion? 9"
