"""A question -> the sections that answer it, best first, each with how well its statements fit."""

import numpy as np
from numpy.typing import NDArray

from app.domain.question import Asked
from app.domain.section import Passage, Section
from app.retrieval.fusion import NEIGHBOURS, best_per_section, fit_of
from app.retrieval.index import Index, LanguageIndex, signals


class Retriever:
    """Hybrid search: words (BM25) and meaning (vectors), of the sections and of the questions people ask about them."""

    def __init__(self, index: Index, threshold: float, most: int = 3) -> None:
        """
        Args:
            index: what is searched.
            threshold: probability below which a section counts as no answer.
            most: sections returned at most.
        """
        self._index = index
        self._threshold = threshold
        self._most = most

    def recognise(self, asked: Asked) -> Asked:
        """The question with its topics' probabilities filled in."""
        topics = self._index.languages[asked.language].topics
        return asked.about(topics.probabilities(asked.text, self._index.embedder))

    def retrieve(self, asked: Asked) -> tuple[Passage, ...]:
        """Sections that answer the question; none when no text does.

        A question that finds nothing alone ("and my wife?") is read once more behind the one before it.
        """
        found, answerable = self.search(asked, self._most)
        if answerable < self._threshold and asked.earlier_questions:
            previous = asked.earlier_questions[-1]
            together = Asked(f"{previous} {asked.text}", asked.language)
            found, answerable = self.search(self.recognise(together), self._most)
        return found if answerable >= self._threshold else ()

    def search(self, asked: Asked, most: int) -> tuple[tuple[Passage, ...], float]:
        """The best sections whatever their score, best first, and the probability that the corpus answers at all."""
        index = self._index.languages[asked.language]
        if not index.content.sections:
            return (), 0.0
        vector = self._index.embedder.vectors([asked.text])[0]
        scores = index.fusion.section.probability(self._signals(index, asked, vector))
        # A stable order: equal scores keep the order of the topic map.
        order = np.argsort(-scores, kind="stable")
        sections = index.content.sections
        fit = fit_of(scores, asked.topics, sections[int(order[0])].topic)
        answerable = float(index.fusion.answerable.probability(fit[None, :])[0])
        passages = [
            self._passage(sections[row], float(scores[row]), vector) for row in order[:most]
        ]
        return tuple(passages), answerable

    def _signals(
        self, index: LanguageIndex, asked: Asked, vector: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        content = index.content
        count = len(content.sections)
        section_meaning = np.zeros(count, dtype=np.float32)
        example_meaning = np.zeros(count, dtype=np.float32)
        total = count + len(content.examples)
        for row, cosine in self._index.vectors.nearest(
            asked.language, vector, min(NEIGHBOURS, total)
        ):
            if row < count:
                section_meaning[row] = cosine
            else:
                owner = content.owners[row - count]
                example_meaning[owner] = max(example_meaning[owner], cosine)
        return signals(
            index.section_words.scores(asked.text),
            best_per_section(index.example_words.scores(asked.text), content.owners, count),
            section_meaning,
            example_meaning,
            np.array([asked.topics.get(s.topic, 0.0) for s in content.sections], dtype=np.float32),
        )

    def _passage(self, section: Section, score: float, vector: NDArray[np.float32]) -> Passage:
        vectors = self._index.embedder.vectors([s.text for s in section.statements])
        relevance = np.clip(vectors @ vector, 0.0, 1.0)
        return Passage(section, score, tuple(relevance.tolist()))
