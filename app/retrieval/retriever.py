"""A question -> the sections that answer it, best first, each with how well its statements fit."""

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.domain.components import Component
from app.domain.question import Asked
from app.domain.section import Passage, Section
from app.domain.words import length
from app.retrieval.fusion import (
    NEAREST_QUESTIONS,
    NEAREST_SECTIONS,
    best_per_section,
    fit_of,
    muted,
    signals,
)
from app.retrieval.index import Index, LanguageIndex
from app.retrieval.parts import questions
from app.retrieval.text import bare, tokenizer

_TOPIC_COUNTS = 0.8
"""How much the topic counts in choosing the one best section, beside what was learnt from the harder example questions."""
_LITTLE = 5
"""Words up to which a question may be half of one."""
_BARE = 2
"""Words with a meaning of their own that half a question has at most."""
_TOPICAL = 0.5
"""Probability of one topic from which even a single word ("scams?") is a question of its own."""
_SURE = 0.15
"""Least probability of the best section for each of several questions: below it a message is read whole."""
_LEANS = re.compile(
    r"(and|but|or|so|then|what about|how about|y|pero|o|entonces|que tal|tambien)\b"
)
"""How half a question begins."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best sections for a question, best first."""

    passages: tuple[Passage, ...]
    answerable: float
    """Probability that the corpus answers the question at all."""

    @property
    def score(self) -> float:
        """Probability that the best section is the one meant."""
        return self.passages[0].score if self.passages else 0.0


class Retriever:
    """Hybrid search: words (BM25) and meaning (vectors), of the sections and of the questions people ask about them."""

    def __init__(
        self, index: Index, threshold: float, least_score: float = 0.03, most: int = 4
    ) -> None:
        """
        Args:
            index: what is searched.
            threshold: least probability that the corpus answers the question at all.
            least_score: least probability of the best section; below it even the best is a guess.
            most: sections returned at most.
        """
        self._index = index
        self._threshold = threshold
        self._least_score = least_score
        self._most = most
        self._without = index.without

    def recognise(self, asked: Asked) -> Asked:
        """The question with its topics' probabilities filled in."""
        topics = self._index.languages[asked.language].topics
        return asked.about(topics.probabilities(asked.text, self._index.embedder))

    def retrieve(self, asked: Asked) -> tuple[Passage, ...]:
        """Sections that answer the question; none when no text does.

        A question that says little alone ("and my wife?"), or finds nothing, is also read behind the one before it; what fits
        better counts.
        """
        found = self.found(asked)
        return found.passages if self._answers(found) else ()

    def found(self, asked: Asked) -> Found:
        """What `retrieve` decides on: the best sections, whether or not they answer."""
        found = self.search(asked, self._most)
        follows = asked.earlier_questions and Component.HISTORY not in self._without
        if follows and (not self._answers(found) or length(asked.text) <= _LITTLE):
            leans = self._leans(asked) or not self._answers(found)
            behind = self._behind(asked, leans)
            if self._answers(behind) and (leans or behind.score > found.score):
                return behind
        if Component.PARTS not in self._without:
            return self._apart(asked) or found
        return found

    def _behind(self, asked: Asked, leans: bool) -> Found:
        """What a question finds behind the one before it; where it adds nothing ("tell me more"), what that one found."""
        earlier = asked.earlier_questions[-1]
        found = self.search(
            self.recognise(Asked(f"{earlier} {asked.text}", asked.language)), self._most
        )
        if leans and not self._answers(found):
            return self.search(self.recognise(Asked(earlier, asked.language)), self._most)
        return found

    @staticmethod
    def _leans(asked: Asked) -> bool:
        """Whether a question says so by its first word, or has too little in it to be about anything ("are you sure?")."""
        content = tokenizer(asked.language)(asked.text)
        vague = max(asked.topics.values(), default=0.0) < _TOPICAL
        return bool(_LEANS.match(bare(asked.text))) or (len(content) <= _BARE and vague)

    def _apart(self, asked: Asked) -> Found | None:
        """What answers each of several questions in one message; `None` when one answer serves."""
        parts = questions(asked.text)
        if len(parts) < 2:
            return None
        each = [self.search(self.recognise(Asked(p, asked.language)), self._most) for p in parts]
        sure = [found for found in each if self._answers(found) and found.score >= _SURE]
        topics = {found.passages[0].section.topic for found in sure}
        if len(topics) < len(sure) or len(sure) < 2:
            return None
        first = [replace(found.passages[0], question=n) for n, found in enumerate(sure)]
        taken = {passage.section.key for passage in first}
        others = [p for found in sure for p in found.passages[1:] if p.section.key not in taken]
        passages = (*first, *sorted(others, key=lambda p: -p.score))[: self._most]
        return Found(passages, max(found.answerable for found in sure))

    def _answers(self, found: Found) -> bool:
        return found.score >= self._least_score and found.answerable >= self._threshold

    def search(self, asked: Asked, most: int) -> Found:
        """The best sections whatever their score, and the probability that the corpus answers at all."""
        index = self._index.languages[asked.language]
        vector = self._index.embedder.vectors([asked.text])[0]
        scores = index.fusion.section.probability(self._signals(index, asked, vector))
        exact = Component.EXACT not in self._without
        known = index.content.asked.get(bare(asked.text)) if exact else None
        if known is not None:
            # An editor has already said which section answers this very question.
            scores[known] = 1.0
        # A stable order: equal scores keep the order of the topic map.
        order = np.argsort(-scores, kind="stable")
        sections = index.content.sections
        if known is None and Component.TOPIC not in self._without:
            first = int(np.argmax(scores * index.on_topic(asked.topics) ** _TOPIC_COUNTS))
            order = np.concatenate(([first], order[order != first]))
        fit = fit_of(scores, asked.topics, sections[int(order[0])].topic)
        answerable = float(index.fusion.answerable.probability(fit[None, :])[0])
        passages = [
            self._passage(sections[row], float(scores[row]), vector) for row in order[:most]
        ]
        return Found(tuple(passages), answerable)

    def _signals(
        self, index: LanguageIndex, asked: Asked, vector: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        content, language, near = index.content, asked.language, self._index.vectors.nearest
        count, examples = len(content.sections), len(content.examples)
        section_meaning = np.zeros(count, dtype=np.float32)
        for row, cosine in near(f"sections-{language}", vector, min(NEAREST_SECTIONS, count)):
            section_meaning[row] = cosine
        example_meaning = np.zeros(count, dtype=np.float32)
        for row, cosine in near(f"questions-{language}", vector, min(NEAREST_QUESTIONS, examples)):
            owner = content.owners[row]
            example_meaning[owner] = max(example_meaning[owner], cosine)
        held = signals(
            index.section_words.scores(asked.text),
            best_per_section(index.example_words.scores(asked.text), content.owners, count),
            section_meaning,
            example_meaning,
            index.on_topic(asked.topics).astype(np.float32),
        )
        return muted(held, self._without)

    def _passage(self, section: Section, score: float, vector: NDArray[np.float32]) -> Passage:
        vectors = self._index.embedder.vectors([s.text for s in section.statements])
        relevance = np.clip(vectors @ vector, 0.0, 1.0)
        return Passage(section, score, tuple(relevance.tolist()))
