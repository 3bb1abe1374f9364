"""BM25 over a few texts."""

from pathlib import Path

import numpy as np
import pytest

from app.retrieval.lexical import Lexical
from app.retrieval.text import tokenizer

TERMS = tokenizer("en")
TEXTS = [
    "The ITIN expires after years without use.",
    "The refund arrives by mail.",
    "The refund of a worker who files late arrives by mail, by post or not at all.",
    "the of and",
]


@pytest.fixture
def lexical() -> Lexical:
    return Lexical.build(TEXTS, TERMS)


@pytest.mark.parametrize(
    ("query", "best"), [("itin expired", 0), ("REFUNDS by mail", 1), ("late worker", 2)]
)
def test_the_text_that_shares_most_words_is_best(lexical: Lexical, query: str, best: int) -> None:
    assert int(lexical.scores(query).argmax()) == best


def test_every_text_has_its_score(lexical: Lexical) -> None:
    scores = lexical.scores("refund")

    assert scores.shape == (len(TEXTS),)
    assert scores.dtype == np.float32


def test_a_text_that_shares_no_word_scores_nothing(lexical: Lexical) -> None:
    scores = lexical.scores("refund")

    assert scores[0] == 0.0
    assert scores[3] == 0.0


@pytest.mark.parametrize("query", ["", " ", "?", "the of and", "bread", "\u0000x", "税号"])
def test_a_query_without_a_known_word_scores_nothing(lexical: Lexical, query: str) -> None:
    assert lexical.scores(query).tolist() == [0.0] * len(TEXTS)


def test_an_unknown_word_beside_a_known_one_changes_nothing(lexical: Lexical) -> None:
    one, other = lexical.scores("refund"), lexical.scores("refund zzzz")

    assert one.tolist() == other.tolist()


def test_a_shorter_text_scores_higher_for_the_same_word(lexical: Lexical) -> None:
    scores = lexical.scores("refund")

    assert scores[1] > scores[2] > 0.0


def test_a_saved_index_scores_alike_when_read_back(lexical: Lexical, tmp_path: Path) -> None:
    lexical.save(tmp_path)

    read = Lexical.load(tmp_path, TERMS)

    assert read.scores("refund by mail").tolist() == lexical.scores("refund by mail").tolist()


def test_a_saved_index_knows_no_more_words_than_before(lexical: Lexical, tmp_path: Path) -> None:
    lexical.save(tmp_path)

    read = Lexical.load(tmp_path, TERMS)

    assert read.scores("bread").tolist() == [0.0] * len(TEXTS)


def test_the_same_texts_score_alike_in_another_order(lexical: Lexical) -> None:
    turned = Lexical.build(TEXTS[::-1], TERMS)

    assert turned.scores("refund late").tolist()[::-1] == pytest.approx(
        lexical.scores("refund late").tolist()
    )
