"""Which topic a question belongs to, learnt from example questions when the index is built.

Two linear classifiers a language over the same features: word n-grams, character n-grams (phones drop accents and letters, and
characters survive that) and the static vector. The first tells the kind: ours, an emergency, harm, another subject. The second
tells which topic or which section of a boundary. A logistic regression over held-out margins turns the kind into a calibrated
probability (stacking, Wolpert 1992); a softmax spreads it over the labels of that kind.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import FeatureUnion, make_union
from sklearn.svm import LinearSVC

from app.domain.topics import BOUNDARIES
from app.domain.words import fold
from app.retrieval.embeddings import Embedder, Vectors
from app.retrieval.text import tokenizer

_SHARPNESS = 4.0
"""Margins of a linear SVM differ by tenths; times this, the softmax spreads over the range of a probability."""
_FOLDS = StratifiedKFold(3, shuffle=True, random_state=0)
OURS = "ours"

Margins = NDArray[np.float64]
"""Shape (questions, labels): how far on a label's side a question lies."""
Probabilities = NDArray[np.float64]
"""Shape (questions, labels), labels in sorted order; a row sums to one."""


class _Words:
    """Stemmed terms and pairs of neighbours; a class, so that the fitted features can be stored."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, text: str) -> list[str]:
        words = re.findall(r"\w+", fold(text))
        return tokenizer(self.language)(text) + [
            " ".join(pair) for pair in itertools.pairwise(words)
        ]


def _features(language: str) -> FeatureUnion:
    words = TfidfVectorizer(analyzer=_Words(language), sublinear_tf=True)
    characters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, preprocessor=fold, min_df=3
    )
    return make_union(words, characters)


def _classifier(freedom: float = 0.3) -> LinearSVC:
    return LinearSVC(C=freedom, class_weight="balanced", tol=1e-2, random_state=0)


_OF_KINDS = 1.0
"""Kinds differ by rarer words than topics do; more freedom lets those count."""


def _learn_topics(matrix: csr_matrix, labels: NDArray[np.str_]) -> tuple[LinearSVC, Margins]:
    """The second classifier, and the margins of every text by a model that has not seen it."""
    placed = ~np.isin(labels, list(BOUNDARIES))
    topics = _classifier().fit(matrix[placed], labels[placed])
    margins: Margins = topics.decision_function(matrix)
    margins[placed] = _unseen(_classifier(), matrix[placed], labels[placed])
    return topics, margins


def _unseen(model: LinearSVC, matrix: csr_matrix, labels: NDArray[np.str_]) -> Margins:
    """The margins of every text by a model that has not seen it. Folds learn side by side: the solver lets go of Python's lock."""
    with joblib.parallel_config(backend="threading", n_jobs=-1):
        margins: Margins = cross_val_predict(
            model, matrix, labels, cv=_FOLDS, method="decision_function", n_jobs=-1
        )
    return margins


def kind_of(label: str) -> str:
    """`triage-urgent/detained` and `triage-urgent` -> `triage-urgent`; a topic of ours -> `ours`."""
    name = label.split("/", maxsplit=1)[0]
    return name if name in BOUNDARIES else OURS


@dataclass(frozen=True)
class TopicModel:
    """Question -> probability per label, in one language."""

    features: FeatureUnion
    kinds: LinearSVC
    topics: LinearSVC
    calibration: LogisticRegression

    @classmethod
    def train(
        cls, texts: Sequence[str], labels: Sequence[str], language: str, vectors: Vectors
    ) -> tuple[Self, Probabilities]:
        """Learn from example questions.

        Args:
            texts: the questions.
            labels: a topic slug, or `boundary/section`, each at least three times; or a boundary alone, which teaches the kind.
            language: decides how words are cut.
            vectors: of the texts, shape (texts, dimensions).

        Returns:
            The model, and for each text the probabilities of a model that has not seen it.
        """
        features = _features(language)
        matrix = hstack([features.fit_transform(texts), csr_matrix(vectors)]).tocsr()
        kind = np.array([kind_of(label) for label in labels])
        label = np.array(labels)
        kind_margins = _unseen(_classifier(_OF_KINDS), matrix, kind)
        topics, topic_margins = _learn_topics(matrix, label)
        calibration = LogisticRegression(C=10.0, max_iter=1_000)
        kind_probabilities = cross_val_predict(
            calibration, kind_margins, kind, cv=_FOLDS, method="predict_proba"
        )
        model = cls(
            features,
            _classifier(_OF_KINDS).fit(matrix, kind),
            topics,
            calibration.fit(kind_margins, kind),
        )
        return model, model._spread(kind_probabilities, topic_margins)

    @property
    def labels(self) -> list[str]:
        return [str(label) for label in self.topics.classes_]

    def probabilities(self, text: str, embedder: Embedder) -> Mapping[str, float]:
        """Probability per label; sums to one, less what belongs to a boundary without a section."""
        vectors = csr_matrix(embedder.vectors([text]))
        matrix = hstack([self.features.transform([text]), vectors]).tocsr()
        kinds = self.calibration.predict_proba(self.kinds.decision_function(matrix))
        row = self._spread(kinds, self.topics.decision_function(matrix))[0]
        return dict(zip(self.labels, row.tolist(), strict=True))

    def _spread(self, kinds: Probabilities, margins: NDArray[np.float64]) -> Probabilities:
        spread = np.zeros_like(margins)
        belongs = np.array([kind_of(label) for label in self.labels])
        for column, kind in enumerate(self.calibration.classes_):
            among = belongs == kind
            if among.any():  # no section, no label: what is left out is this kind's share
                spread[:, among] = kinds[:, [column]] * softmax(
                    _SHARPNESS * margins[:, among], axis=1
                )
        return spread

    def save(self, path: Path) -> None:
        """Write the model into a file."""
        joblib.dump({name: getattr(self, name) for name in self.__dataclass_fields__}, path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a model back. Only ever from the index folder, which only this program writes."""
        stored: dict[str, Any] = joblib.load(path)
        return cls(**stored)
