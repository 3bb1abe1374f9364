"""Truths about the verifier that hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap import Service
from app.domain.question import Asked
from app.domain.section import Line, Quote
from app.safety.verification.forbidden import claims
from app.safety.verifier import Verifier
from tests.fakes import quoting, section

VERIFIER = Verifier()
LANGUAGES = st.sampled_from(["en", "es", "zh", "ar"])
WORDY = st.text(
    st.sampled_from("aeinorstNOT no may must 39$%.,;:()¿?\"'-/\n可不7"), max_size=120
) | st.text(max_size=60)


@given(WORDY, st.lists(WORDY.filter(bool), min_size=1, max_size=3), LANGUAGES)
def test_no_text_makes_it_fail(text: str, cited: list[str], language: str) -> None:
    held = section(*cited)
    line = Line(text, tuple(Quote(held, statement) for statement in held.statements))

    assert VERIFIER.supported(line, Asked("?", language)) in {True, False}


@given(WORDY.filter(bool), LANGUAGES)
def test_a_quote_word_for_word_is_always_supported(cited: str, language: str) -> None:
    assert VERIFIER.supported(quoting(section(cited)), Asked("?", language))


@given(st.integers(10_001, 10**12), st.sampled_from(["en", "es", "zh"]))
def test_a_number_that_is_not_cited_is_never_supported(number: int, language: str) -> None:
    cited = {
        "en": "The fine is $250 for each letter.",
        "es": "La multa es de $250 por cada carta.",
        "zh": "每封信罚款250美元。",
    }[language]
    line = quoting(section(cited), f"{cited} {number}")

    assert not VERIFIER.supported(line, Asked("?", language))


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_every_statement_of_the_corpus_stands_by_itself(service: Service, language: str) -> None:
    """Said with a second citation, so that it is not taken as its own quote."""
    verifier = Verifier(claims(service.library))
    asked = Asked("?", language)

    dropped = [
        statement.id
        for held in service.library.sections(language)
        for statement in held.statements
        if "://" not in statement.text
        and not verifier.supported(Line(statement.text + " ", (Quote(held, statement),)), asked)
    ]

    assert dropped == []
