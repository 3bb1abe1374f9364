"""Topics are learnt from example questions; a boundary's example teaches the kind even where it names no section."""

from functools import cache

import pytest

from app.retrieval.embeddings import Embedder, load_embedder
from app.retrieval.topics import TopicModel, kind_of

RENEW = ["renew my itin", "my itin expired", "itin renewal form", "is my old itin dead"]
PRIVATE = ["is my return private", "who sees my taxes", "tax secrecy law", "can ice see my return"]
DETAINED = ["ice took my dad", "they detained my wife", "my son was arrested by ice", "dad is held"]
RECIPES = ["how do i bake bread", "a recipe for soup", "cook rice well", "bake a cake"]


@cache
def embedder() -> Embedder:
    """The embedding that ships with the package."""
    return load_embedder("wordllama")


@cache
def model() -> TopicModel:
    """Learnt from two topics, a boundary with its section and a boundary without one."""
    texts = RENEW + PRIVATE + DETAINED + RECIPES
    labels = (
        ["itin-renew"] * 4
        + ["conf-general-rule"] * 4
        + ["triage-urgent/detained"] * 4
        + ["out-of-scope"] * 4
    )
    learnt, held_out = TopicModel.train(texts, labels, "en", embedder().vectors(texts))
    assert held_out.shape == (16, 3)
    return learnt


def test_a_label_without_a_section_teaches_no_topic_of_its_own() -> None:
    assert model().labels == ["conf-general-rule", "itin-renew", "triage-urgent/detained"]


def test_a_question_is_likeliest_to_belong_where_its_like_are() -> None:
    found = model().probabilities("how do i renew an itin", embedder())

    assert max(found, key=lambda label: found[label]) == "itin-renew"


def test_what_belongs_to_a_boundary_without_sections_is_missing_from_the_topics() -> None:
    ours = sum(model().probabilities("renew my expired itin", embedder()).values())
    other = sum(model().probabilities("bake bread and cook soup", embedder()).values())

    assert other < ours


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("itin-renew", "ours"),
        ("triage-urgent/detained", "triage-urgent"),
        ("out-of-scope", "out-of-scope"),
    ],
)
def test_a_label_tells_its_kind(label: str, kind: str) -> None:
    assert kind_of(label) == kind
