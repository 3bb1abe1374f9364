"""Words for matching: case, accents and endings put aside, as people type on a phone."""

import itertools
import re
from collections.abc import Callable
from functools import cache, lru_cache

import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS, STOPWORDS_SPANISH

from app.domain.words import fold

_WORD = re.compile(r"\w+")
_SNOWBALL = {"en": "english", "es": "spanish"}
_STOPWORDS = {"en": STOPWORDS_EN_PLUS, "es": STOPWORDS_SPANISH}


def bare(text: str) -> str:
    """Words alone: what is left of a question when case, accents, punctuation and spacing do not count."""
    return " ".join(_WORD.findall(fold(text)))


@cache
def tokenizer(language: str) -> Callable[[str], list[str]]:
    """Text -> terms: folded, stop words out, stemmed by Snowball; pairs of characters where no stemmer exists."""
    if language not in _SNOWBALL:
        return _bigrams
    stop = frozenset(fold(word) for word in _STOPWORDS[language])
    stem = lru_cache(maxsize=50_000)(Stemmer.Stemmer(_SNOWBALL[language]).stemWord)

    def terms(text: str) -> list[str]:
        return [stem(word) for word in _WORD.findall(fold(text)) if word not in stop]

    return terms


@cache
def question_tokenizer(language: str) -> Callable[[str], list[str]]:
    """Question -> terms: every word stemmed, and pairs of neighbours. Small words ("what is", "can I") tell questions apart."""
    if language not in _SNOWBALL:
        return _bigrams
    stem = lru_cache(maxsize=50_000)(Stemmer.Stemmer(_SNOWBALL[language]).stemWord)

    def terms(text: str) -> list[str]:
        words = [stem(word) for word in _WORD.findall(fold(text))]
        return words + [f"{one} {two}" for one, two in itertools.pairwise(words)]

    return terms


def _bigrams(text: str) -> list[str]:
    folded = "".join(_WORD.findall(fold(text)))
    if not folded:
        return []
    return [folded[i : i + 2] for i in range(max(len(folded) - 1, 1))]
