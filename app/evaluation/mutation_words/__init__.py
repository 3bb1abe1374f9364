"""The words that the rules of mutation put in, per language. Kept apart from the verifier's own tables on purpose."""

from collections.abc import Mapping

from app.evaluation.mutation_words.english import ENGLISH
from app.evaluation.mutation_words.spanish import SPANISH
from app.evaluation.mutation_words.table import Words

WORDS: Mapping[str, Words] = {"en": ENGLISH, "es": SPANISH}

__all__ = ["WORDS", "Words"]
