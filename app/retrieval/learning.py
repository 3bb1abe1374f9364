"""Learning how to weigh the signals, and measuring how well it went.

The corpus's own example questions teach and judge, each as if it stood in no list. They are few for what is asked of them and
were not written to be held out, so the figures are floors to work from; what counts is `tests/evals/` once it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.domain.components import NONE, Components
from app.domain.section import Section
from app.domain.topics import BOUNDARIES, HARM, OUT_OF_SCOPE, URGENT
from app.retrieval.embeddings import Vectors
from app.retrieval.fusion import (
    NEAREST_QUESTIONS,
    NEAREST_SECTIONS,
    SIGNALS,
    Fusion,
    Weights,
    best_per_section,
    fit_of,
    muted,
    nearest_only,
    signals,
)
from app.retrieval.lexical import Lexical
from app.retrieval.topics import OURS, Probabilities, kind_of

_ENOUGH = 2_500
"""Questions that weigh a handful of signals well; more only take longer."""
THRESHOLDS = (0.2, 0.3, 0.4, 0.5)


class Taught(Protocol):
    """What of the index's content learning needs."""

    @property
    def sections(self) -> tuple[Section, ...]: ...
    @property
    def examples(self) -> tuple[str, ...]: ...
    @property
    def owners(self) -> NDArray[np.int64]: ...
    @property
    def taught(self) -> tuple[tuple[str, str], ...]: ...


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Shares of example questions, each judged without itself."""

    questions: int
    section_first: float
    section_in_three: float
    topic_first: float
    answered: dict[str, dict[str, float]]
    """Threshold -> kind of question -> share that would get an answer."""


def learn_fusion(
    content: Taught,
    words: Lexical,
    example_words: Lexical,
    vectors: tuple[Vectors, Vectors],
    taught: Vectors,
    topics: Probabilities,
    without: Components = NONE,
) -> tuple[Fusion, HeldOut]:
    """Weigh the signals on the corpus's own examples, each with itself taken out of every list it could be found in.

    Args:
        content: what is indexed.
        words: BM25 over the sections.
        example_words: BM25 over the examples.
        vectors: of the sections, and of the examples.
        taught: vectors of the taught questions.
        topics: their probabilities by a model that has not seen them.
        without: components left out.

    Returns:
        The weights, and how well they do on those examples.
    """
    sections = len(content.sections)
    every_nth = slice(None, None, max(1, len(content.taught) // _ENOUGH))
    asked, taught, topics = content.taught[every_nth], taught[every_nth], topics[every_nth]
    labels = [label for _, label in asked]
    # As the topic model orders them.
    columns = sorted({label for _, label in content.taught} - BOUNDARIES)
    column = np.array([columns.index(section.topic) for section in content.sections])
    row_of = {text: row for row, text in enumerate(content.examples)}
    held = {section.topic for section in content.sections}
    section_vectors, example_vectors = vectors
    every, right, known = [], [], []
    for (text, label), vector, probabilities in zip(asked, taught, topics, strict=True):
        own = row_of.get(text)
        example_scores, cosines = example_words.scores(text), example_vectors @ vector
        if own is not None:
            example_scores[own] = cosines[own] = 0.0
        of_all = signals(
            words.scores(text),
            best_per_section(example_scores, content.owners, sections),
            nearest_only(section_vectors @ vector, NEAREST_SECTIONS),
            best_per_section(nearest_only(cosines, NEAREST_QUESTIONS), content.owners, sections),
            probabilities[column].astype(np.float32),
        )
        every.append(muted(of_all, without))
        right.append(content.owners[own] if own is not None else -1)
        known.append(label in held)
    where = np.array(right)
    cases = np.stack(every)
    listed = (where >= 0) | ~np.array(known)
    answer = where[:, None] == np.arange(sections)
    section = Weights.learn(cases[listed].reshape(-1, len(SIGNALS)), answer[listed].ravel())
    fits = [
        fit_of(p, dict(zip(columns, row, strict=True)), content.sections[int(p.argmax())].topic)
        for p, row in zip(map(section.probability, cases), topics, strict=True)
    ]
    asks = ~np.array([label.startswith(URGENT) for label in labels])
    # Balanced: far more examples are ours than not, and people's questions need not be.
    answerable = Weights.learn(np.stack(fits)[asks], np.array(known)[asks], balanced=True)
    scores = section.probability(cases[where >= 0].reshape(-1, len(SIGNALS)))
    measured = _measure(
        content, scores.reshape(-1, sections), where[where >= 0], answerable, np.stack(fits), labels
    )
    return Fusion(section, answerable), measured


def _measure(
    content: Taught,
    scores: NDArray[np.float64],
    right: NDArray[np.int64],
    answerable: Weights,
    fits: NDArray[np.float64],
    labels: Sequence[str],
) -> HeldOut:
    order = np.argsort(-scores, axis=1, kind="stable")
    topics = np.array([section.topic for section in content.sections])
    sure = answerable.probability(fits)
    kinds = {
        "ours": np.array([kind_of(label) == OURS for label in labels]),
        OUT_OF_SCOPE: np.array([label.startswith(OUT_OF_SCOPE) for label in labels]),
        HARM: np.array([label.startswith(HARM) for label in labels]),
    }
    return HeldOut(
        questions=len(right),
        section_first=_share(order[:, 0] == right),
        section_in_three=_share((order[:, :3] == right[:, None]).any(axis=1)),
        topic_first=_share(topics[order[:, 0]] == topics[right]),
        answered={
            str(threshold): {
                kind: _share(sure[of_kind] >= threshold) for kind, of_kind in kinds.items()
            }
            for threshold in THRESHOLDS
        },
    )


def _share(hits: NDArray[np.bool_]) -> float:
    return round(float(hits.mean()), 3) if len(hits) else 0.0
