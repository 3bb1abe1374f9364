"""The word tables of a language: which words act, which mean the same, which are opposite. Read once from `words/`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import Stemmer
import yaml

from app.domain.words import fold

_STEMMERS = {"en": "english", "es": "spanish"}
LANGUAGES = tuple(_STEMMERS)
"""Languages that have word tables."""
LONGEST_PHRASE = 6
"""Words of the longest phrase that the tables may hold."""


class Kind(StrEnum):
    """What a token is to the rules."""

    FUNCTION = "function"
    LIGHT = "light"
    WORD = "word"
    OPERATOR = "operator"
    NUMBER = "number"
    DATE = "date"
    CODE = "code"
    BREAK = "break"


@dataclass(frozen=True)
class Lexicon:
    """One language's tables, folded and stemmed."""

    language: str
    phrases: Mapping[tuple[str, ...], tuple[Kind, str]]
    concepts: Mapping[str, str]
    """Stem -> the concept it belongs to, when it is not its own."""
    light: frozenset[str]
    functions: frozenset[str]
    opposites: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    times: Mapping[str, int]
    parts: frozenset[str]
    ones: frozenset[str]
    units: Mapping[tuple[str, ...], str]
    unit_words: frozenset[str]
    joins: frozenset[str]
    months: Mapping[str, int]
    roles: Mapping[str, str]
    giving: frozenset[str]
    getting: frozenset[str]
    promises: tuple[re.Pattern[str], ...]

    def concept(self, word: str) -> str:
        """The meaning a folded word stands for: its group's name, or its stem."""
        root = stem(self.language, word)
        return self.concepts.get(root, root)


@cache
def _stemmer(language: str) -> Any:
    return Stemmer.Stemmer(_STEMMERS[language])


def stem(language: str, word: str) -> str:
    """Snowball's stem of a folded word."""
    return str(_stemmer(language).stemWord(word))


@cache
def lexicon(language: str) -> Lexicon | None:
    """The tables of a language; `None` for one that has none."""
    if language not in _STEMMERS:
        return None
    place = files("app.safety.verification") / "words" / f"{language}.yaml"
    raw: dict[str, Any] = yaml.safe_load(place.read_text("utf-8"))
    functions = frozenset(raw["functions"].split())
    phrases: dict[tuple[str, ...], tuple[Kind, str]] = {}
    concepts: dict[str, str] = {}
    for group in raw["same"]:
        name = _root(language, group[0])
        for phrase in map(_words, group):
            if len(phrase) == 1:
                concepts.setdefault(stem(language, phrase[0]), name)
            else:
                phrases[phrase] = (Kind.WORD, name)
    for operator, said in raw["operators"].items():
        phrases.update({_words(phrase): (Kind.OPERATOR, operator) for phrase in said})

    def root(word: str) -> str:
        found = _root(language, word)
        return concepts.get(found, found)

    return Lexicon(
        language=language,
        phrases=phrases,
        concepts=concepts,
        light=frozenset(map(root, raw["light"].split())),
        functions=functions,
        opposites=_both_ways((root(a), root(b)) for a, b in raw["opposite"]),
        numbers=raw["numbers"],
        times=raw["times"],
        parts=frozenset(raw["parts"]),
        ones=frozenset(raw["ones"]),
        units={_words(name): unit for name, unit in raw["units"].items()},
        unit_words=frozenset(raw["unit_words"]),
        joins=frozenset(raw["joins"]),
        months=raw["months"],
        roles=raw["preposition_roles"],
        giving=frozenset(map(root, raw["giving"])),
        getting=frozenset(map(root, raw["getting"])),
        promises=tuple(re.compile(pattern) for pattern in raw["promises"]),
    )


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(fold(phrase).split())


def _root(language: str, phrase: str) -> str:
    return "_".join(stem(language, word) for word in _words(phrase))


def _both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for one, other in pairs:
        found[one] = found.get(one, frozenset()) | {other}
        found[other] = found.get(other, frozenset()) | {one}
    return found
