"""BM25 over a list of texts in one language (Robertson and Zaragoza, 2009; bm25s)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import bm25s
import numpy as np
from numpy.typing import NDArray

from app.retrieval.text import tokenizer

Scores = NDArray[np.float32]


class Lexical:
    """Scores every text for a query by the words they share."""

    def __init__(self, bm25: bm25s.BM25, language: str) -> None:
        self._bm25 = bm25
        self._terms = tokenizer(language)

    @classmethod
    def build(cls, texts: Sequence[str], language: str) -> Self:
        """Index texts; their order is the order of the scores."""
        terms = tokenizer(language)
        bm25 = bm25s.BM25()
        # A text of stop words alone still needs its row.
        bm25.index([terms(text) or ["\u0000"] for text in texts], show_progress=False)
        return cls(bm25, language)

    def scores(self, query: str) -> Scores:
        """One score a text, 0 where no word is shared; shape (texts,)."""
        terms = [term for term in self._terms(query) if term in self._bm25.vocab_dict]
        if not terms:
            return np.zeros(self._bm25.scores["num_docs"], dtype=np.float32)
        return np.asarray(self._bm25.get_scores(terms), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._bm25.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, language: str) -> Self:
        """Read it back."""
        return cls(bm25s.BM25.load(folder, load_corpus=False, mmap=False), language)
