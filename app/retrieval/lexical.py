"""BM25 over a list of texts in one language (Robertson and Zaragoza, 2009; bm25s)."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

import bm25s
import numpy as np
from numpy.typing import NDArray

# bm25s reports its progress at DEBUG, and sets that level itself.
logging.getLogger("bm25s").setLevel(logging.WARNING)

Scores = NDArray[np.float32]
Terms = Callable[[str], list[str]]


class Lexical:
    """Scores every text for a query by the words they share."""

    def __init__(self, bm25: bm25s.BM25, terms: Terms) -> None:
        self._bm25 = bm25
        self._terms = terms

    @classmethod
    def build(cls, texts: Sequence[str], terms: Terms) -> Self:
        """Index texts; their order is the order of the scores."""
        bm25 = bm25s.BM25()
        # A text of stop words alone still needs its row.
        bm25.index([terms(text) or ["\u0000"] for text in texts], show_progress=False)
        return cls(bm25, terms)

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
    def load(cls, folder: Path, terms: Terms) -> Self:
        """Read it back."""
        return cls(bm25s.BM25.load(folder, load_corpus=False, mmap=False), terms)
