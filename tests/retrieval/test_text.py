"""How words are made comparable: as people type on a phone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.words import fold
from app.retrieval.text import bare, question_tokenizer, tokenizer

LANGUAGES = ("en", "es", "zh")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("¿Dirección?", "¿direccion?"),
        ("NIÑO", "nino"),
        ("pingüino", "pinguino"),
        ("e\u0301l", "el"),
        ("ＩＴＩＮ", "itin"),
        ("W-7", "w-7"),
        ("", ""),
    ],
)
def test_case_and_accents_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    "text",
    ["¿Cuándo vence mi ITIN?", "cuando vence mi itin", "  CUANDO,  vence\nmi... itin!!", "«cuando» vence mi itin"],
)  # fmt: skip
def test_punctuation_and_spacing_do_not_count(text: str) -> None:
    assert bare(text) == "cuando vence mi itin"


@given(st.text(max_size=40))
def test_making_bare_twice_changes_nothing_more(text: str) -> None:
    assert bare(bare(text)) == bare(text)


@given(st.text(max_size=40))
def test_a_bare_text_has_single_spaces_alone(text: str) -> None:
    assert bare(text) == " ".join(bare(text).split())


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "renewing", "renews"),
        ("en", "returns", "return"),
        ("es", "declaraciones", "declaración"),
        ("es", "TRABAJADORES", "trabajador"),
    ],
)
def test_endings_do_not_count(language: str, one: str, other: str) -> None:
    assert tokenizer(language)(one) == tokenizer(language)(other)


@pytest.mark.parametrize(("language", "text"), [("en", "the of and"), ("es", "el de la y")])
def test_small_words_do_not_count_in_a_section(language: str, text: str) -> None:
    assert tokenizer(language)(text) == []


@pytest.mark.parametrize("word", ["qué", "está", "también"])
def test_a_small_spanish_word_does_not_count_with_or_without_its_accent(word: str) -> None:
    assert tokenizer("es")(word) == tokenizer("es")(fold(word)) == []


def test_small_words_count_in_a_question() -> None:
    assert question_tokenizer("en")("can I") == ["can", "i", "can i"]


def test_pairs_of_neighbours_tell_questions_apart() -> None:
    terms = question_tokenizer("es")

    assert set(terms("mi esposa declara")) != set(terms("declara mi esposa"))


def test_a_language_without_a_stemmer_is_cut_into_pairs_of_characters() -> None:
    assert tokenizer("zh")("税号, 过期") == ["税号", "号过", "过期"]


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(max_size=40))
def test_any_text_can_be_cut(language: str, text: str) -> None:
    terms = tokenizer(language)(text) + question_tokenizer(language)(text)

    assert all(isinstance(term, str) for term in terms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_case_and_accents_do_not_change_terms(language: str) -> None:
    one, other = (
        tokenizer(language)("¿Dirección del ITIN?"),
        tokenizer(language)("DIRECCION DEL itin"),
    )

    assert one == other


@pytest.mark.parametrize("text", ["", "？？？", "。。。", "🙏"])
def test_a_text_without_a_word_has_no_terms_in_any_script(text: str) -> None:
    assert tokenizer("zh")(text) == []
    assert question_tokenizer("zh")(text) == []
