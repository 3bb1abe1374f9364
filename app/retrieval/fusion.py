"""Several weak signals about a section -> one probability that it answers the question.

A logistic regression over a handful of signals (Platt, 1999), learnt when the index is built from the corpus's own example
questions, each judged as if it stood in no list. So "no text on that" is a threshold on a probability, not on a score.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from app.domain.components import Component, Components
from app.domain.topics import HARM, OUT_OF_SCOPE

SIGNALS = (
    "words of the section",
    "words of the section, beside the best section",
    "words of its examples",
    "words of its examples, beside the best example",
    "meaning of the section",
    "meaning of the section, beside the best section",
    "meaning of its examples",
    "meaning of its examples, beside the best example",
    "topic",
    "topic, in odds",
)
_SIGNALS_OF = {
    Component.SECTION_WORDS: (0, 1),
    Component.EXAMPLE_WORDS: (2, 3),
    Component.SECTION_MEANING: (4, 5),
    Component.EXAMPLE_MEANING: (6, 7),
    Component.TOPIC: (8, 9),
}
Signals = NDArray[np.float32]
"""Shape (sections, signals): how each section fits one question."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression: one weight a signal, and a bias."""

    weights: tuple[float, ...]
    bias: float

    @classmethod
    def learn(
        cls, signals: NDArray[np.floating], right: NDArray[np.bool_], balanced: bool = False
    ) -> Self:
        """
        Args:
            signals: shape (cases, signals).
            right: shape (cases,).
            balanced: let right and wrong cases weigh alike in sum.
        """
        weight = "balanced" if balanced else None
        model = LogisticRegression(max_iter=1_000, class_weight=weight).fit(signals, right)
        return cls(tuple(model.coef_[0].tolist()), float(model.intercept_[0]))

    def probability(self, signals: NDArray[np.floating]) -> NDArray[np.float64]:
        """Shape (cases,)."""
        logit = signals.astype(np.float64) @ np.asarray(self.weights) + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-logit)))


@dataclass(frozen=True, slots=True)
class Fusion:
    """What one language's examples taught."""

    section: Weights
    """Signals of a section -> the probability that this very section was meant."""
    answerable: Weights
    """How well the best section fits -> the probability that the corpus answers the question at all."""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_dict(cls, entry: Mapping[str, Any]) -> Self:
        def weights(of: Mapping[str, Any]) -> Weights:
            return Weights(tuple(of["weights"]), of["bias"])

        return cls(weights(entry["section"]), weights(entry["answerable"]))


def fit_of(
    probabilities: NDArray[np.float64], topics: Mapping[str, float], best_topic: str
) -> NDArray[np.float64]:
    """What tells whether the corpus answers a question: log-odds of the best section and of the best three together,
    how surely the question is about that section's topic, and how surely about something that is not ours.

    Args:
        probabilities: per section.
        topics: probability per label of the topic model.
        best_topic: the topic of the best section.

    Returns:
        Shape (4,).
    """
    best = np.sort(probabilities)[::-1][:3]
    outside = sum(p for label, p in topics.items() if label.startswith((OUT_OF_SCOPE, HARM)))
    odds = [np.log(p + 1e-4) - np.log1p(1e-4 - p) for p in (best[0], min(best.sum(), 1.0))]
    return np.array([*odds, np.sqrt(topics.get(best_topic, 0.0)), np.sqrt(outside)])


def best_per_section(
    scores: NDArray[np.float32], owners: NDArray[np.int64], sections: int
) -> NDArray[np.float32]:
    """The best score among each section's examples; 0 for a section without one."""
    best = np.zeros(sections, dtype=np.float32)
    np.maximum.at(best, owners, scores)
    return best


def saturated(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """BM25 scores have no ceiling; this bends them into 0 to 1 so that questions of any length compare."""
    return scores / (scores + _HALF)


def standing_out(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores beside the best one, worth little when even the best shares but a common word with the question."""
    return relative(scores) * np.sqrt(saturated(scores))


def relative(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores beside the best one; all 0 when nothing scored."""
    positive = np.maximum(scores, 0.0)
    highest = np.float32(max(positive.max(initial=0.0), 1e-6))
    return np.asarray(positive / highest, dtype=np.float32)


_HALF = np.float32(20.0)
"""The BM25 score that counts half: a handful of rare words shared."""

NEAREST_SECTIONS = 512
NEAREST_QUESTIONS = 128
"""Vectors asked of Chroma. One outside them counts as a cosine of 0."""


def nearest_only(cosines: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Cosines as a search for the nearest would return them, so that learning sees what answering sees."""
    if len(cosines) <= count:
        return cosines
    least = np.partition(cosines, -count)[-count]
    return np.where(cosines >= least, cosines, np.float32(0.0))


def signals(
    section_words: NDArray[np.float32],
    example_words: NDArray[np.float32],
    section_meaning: NDArray[np.float32],
    example_meaning: NDArray[np.float32],
    topic: NDArray[np.float32],
) -> NDArray[np.float32]:
    """The signals of every section for one question, in the order of `SIGNALS`."""
    columns = [
        saturated(section_words),
        standing_out(section_words),
        saturated(example_words),
        standing_out(example_words),
        section_meaning,
        relative(section_meaning),
        example_meaning,
        relative(example_meaning),
        np.sqrt(topic),
        np.log(topic + 1e-3),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def muted(held: Signals, without: Components) -> Signals:
    """Signals with those of the components left out at zero."""
    for component in without & _SIGNALS_OF.keys():
        held[:, _SIGNALS_OF[component]] = 0.0
    return held
