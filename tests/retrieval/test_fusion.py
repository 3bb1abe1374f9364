"""Signals -> probability: learnt, monotonic, and blind to the order in which sections stand."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.domain.topics import HARM, OUT_OF_SCOPE, URGENT
from app.retrieval.fusion import (
    Fusion,
    Weights,
    best_per_section,
    fit_of,
    nearest_only,
    relative,
    saturated,
    standing_out,
)

WEIGHTS = Weights((2.0, -1.0, 0.5), -0.25)
SCORES = st.lists(st.floats(0, 100, width=32), min_size=1, max_size=12).map(
    lambda held: np.array(held, dtype=np.float32)
)
PROBABILITIES = st.lists(st.floats(0.001, 0.999), min_size=1, max_size=12)


def array(*values: float) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


@given(
    rows=st.lists(st.tuples(*[st.floats(-1, 1, width=32)] * 3), min_size=1, max_size=12),
    seed=st.integers(0, 99),
)
def test_the_order_of_sections_does_not_matter(
    rows: list[tuple[float, float, float]], seed: int
) -> None:
    signals = np.array(rows, dtype=np.float32)
    order = np.random.default_rng(seed).permutation(len(rows))

    shuffled = WEIGHTS.probability(signals[order])

    assert shuffled == pytest.approx(WEIGHTS.probability(signals)[order])


@given(held=PROBABILITIES, seed=st.integers(0, 99))
def test_the_order_of_probabilities_does_not_change_the_fit(held: list[float], seed: int) -> None:
    probabilities, topics = np.array(held), {"itin-renew": 0.7, f"{HARM}/x": 0.3}
    order = np.random.default_rng(seed).permutation(len(held))

    shuffled = fit_of(probabilities[order], topics, "itin-renew")

    assert shuffled == pytest.approx(fit_of(probabilities, topics, "itin-renew"))


@given(SCORES)
def test_a_probability_lies_between_zero_and_one(scores: NDArray[np.float32]) -> None:
    signals = np.stack([scores, scores, scores], axis=1)

    probabilities = WEIGHTS.probability(signals)

    assert np.all((probabilities >= 0) & (probabilities <= 1))


def test_learning_finds_the_signal_that_tells() -> None:
    signals = np.array([[1, 0.3], [0.9, 0.7], [0.8, 0.1], [0.1, 0.3], [0, 0.7], [0.2, 0.1]] * 20)
    right = np.array([True, True, True, False, False, False] * 20)

    learnt = Weights.learn(signals, right)

    assert learnt.weights[0] > abs(learnt.weights[1])
    assert ((learnt.probability(signals) > 0.5) == right).all()


def test_learning_twice_gives_the_same_weights() -> None:
    signals, right = np.array([[0.0], [0.2], [0.7], [1.0]]), np.array([False, False, True, True])

    assert Weights.learn(signals, right) == Weights.learn(signals, right)


def test_balanced_learning_gives_the_rare_case_its_weight() -> None:
    signals = np.array([[0.6]] * 2 + [[0.4]] * 40)
    right = np.array([True] * 2 + [False] * 40)

    plain, balanced = Weights.learn(signals, right), Weights.learn(signals, right, balanced=True)

    assert balanced.probability(signals)[0] > plain.probability(signals)[0]


def test_what_was_learnt_survives_being_written() -> None:
    fusion = Fusion(WEIGHTS, Weights((0.125,), 1.0))

    read = Fusion.from_dict(json.loads(json.dumps(fusion.as_dict())))

    assert read == fusion


def test_a_better_best_section_fits_better() -> None:
    low, high = (fit_of(np.array([p, 0.1]), {}, "itin-renew") for p in (0.2, 0.8))

    assert high[0] > low[0]
    assert high[1] > low[1]


def test_certain_sections_do_not_overflow() -> None:
    assert np.isfinite(fit_of(np.array([1.0, 1.0, 1.0]), {}, "itin-renew")).all()
    assert np.isfinite(fit_of(np.array([0.0]), {}, "itin-renew")).all()


@pytest.mark.parametrize(
    ("label", "outside"),
    [(f"{OUT_OF_SCOPE}/asylum", 1.0), (f"{HARM}/x", 1.0), (f"{URGENT}/x", 0.0), ("itin-who", 0.0)],
)
def test_only_another_subject_and_harm_count_as_outside(label: str, outside: float) -> None:
    assert fit_of(np.array([0.5]), {label: 1.0}, "itin-renew")[3] == outside


def test_a_section_has_the_score_of_its_best_example() -> None:
    owners = np.array([0, 0, 2, 2])

    best = best_per_section(array(1, 3, 2, 1), owners, 3)

    assert best.tolist() == [3, 0, 2]


@given(SCORES, st.integers(0, 99))
def test_the_order_of_examples_does_not_matter(scores: NDArray[np.float32], seed: int) -> None:
    owners = np.arange(len(scores)) % 3
    order = np.random.default_rng(seed).permutation(len(scores))

    shuffled = best_per_section(scores[order], owners[order], 3)

    assert shuffled.tolist() == best_per_section(scores, owners, 3).tolist()


@given(SCORES)
def test_bent_scores_keep_their_order_and_stay_below_one(scores: NDArray[np.float32]) -> None:
    bent = saturated(scores)

    assert np.all((bent >= 0) & (bent < 1))
    assert np.all(np.diff(bent[np.argsort(scores)]) >= 0)


@given(SCORES)
def test_beside_the_best_nothing_exceeds_one(scores: NDArray[np.float32]) -> None:
    assert np.all(relative(scores) <= 1)
    assert np.all(standing_out(scores) <= relative(scores))


def test_beside_nothing_all_is_nothing() -> None:
    assert relative(array(0, 0, -0.5)).tolist() == [0, 0, 0]
    assert relative(array()).tolist() == []


def test_the_best_of_weak_scores_stands_out_less_than_the_best_of_strong_ones() -> None:
    assert standing_out(array(1, 0))[0] < standing_out(array(30, 0))[0]


def test_only_the_nearest_keep_their_cosine() -> None:
    assert nearest_only(array(0.1, 0.9, 0.5), 2) == pytest.approx([0.0, 0.9, 0.5])


@pytest.mark.parametrize("count", [3, 4, 512])
def test_few_texts_all_keep_their_cosine(count: int) -> None:
    cosines = array(0.1, 0.9, 0.5)

    assert nearest_only(cosines, count).tolist() == cosines.tolist()
