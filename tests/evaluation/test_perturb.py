"""A question written another way is the same question: always alike, never empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evaluation.perturb import Way, perturbed

QUESTION = "¿La migra puede ver mi dirección si declaro impuestos?"
LONGER = f"{QUESTION} Porque trabajo limpiando oficinas y tengo miedo"


@pytest.mark.parametrize("way", Way)
def test_the_same_question_is_always_changed_alike(way: Way) -> None:
    assert perturbed(QUESTION, way, "es") == perturbed(QUESTION, way, "es")


@pytest.mark.parametrize("way", Way)
def test_a_question_is_really_changed(way: Way) -> None:
    assert perturbed(LONGER, way, "es") != LONGER


@pytest.mark.parametrize(
    ("way", "text"),
    [
        (Way.NO_ACCENTS, "¿La migra puede ver mi direccion si declaro impuestos?"),
        (Way.DICTATED, "la migra puede ver mi dirección si declaro impuestos"),
        (Way.SPANGLISH, "¿La migra puede ver mi address si declaro taxes?"),
    ],
)
def test_a_way_changes_what_it_says(way: Way, text: str) -> None:
    assert perturbed(QUESTION, way, "es") == text


@given(st.text(), st.sampled_from(Way), st.sampled_from(["en", "es", "zh"]))
def test_any_text_can_be_written_another_way(text: str, way: Way, language: str) -> None:
    assert isinstance(perturbed(text, way, language), str)
