"""The same question as a phone, a hurry or a long night would write it. Deterministic: the text is the seed."""

import random
import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from app.domain.words import fold


def _typos(text: str, chance: random.Random, _: str) -> str:
    """One word in five loses a letter, doubles one or swaps two."""

    def slip(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) < 4 or chance.random() > 0.2:
            return word
        at = chance.randrange(1, len(word) - 1)
        return chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )

    return re.sub(r"[^\W\d_]+", slip, text)


def _without_accents(text: str, _: random.Random, __: str) -> str:
    return "".join(char if char in "ñÑ" else _bare(char) for char in text)


def _bare(char: str) -> str:
    folded = fold(char)
    return folded.upper() if char.isupper() else folded


def _dictated(text: str, _: random.Random, __: str) -> str:
    """As a phone hears it: no capitals, no punctuation."""
    return " ".join(re.sub(r"[^\w\s']", " ", text.lower()).split())


def _shouted(text: str, _: random.Random, __: str) -> str:
    return text.upper() + "!!!"


_MIXED = {
    "es": {
        "impuestos": "taxes",
        "declaracion": "tax return",
        "trabajo": "job",
        "patron": "boss",
        "reembolso": "refund",
        "direccion": "address",
        "oficina": "office",
        "hijos": "kids",
        "renovar": "renew",
        "pagar": "pagar bills",
        "abogado": "lawyer",
        "ayuda": "help",
        "papeles": "papers",
        "esposa": "wife",
        "esposo": "husband",
    },
    "en": {
        "taxes": "los taxes",
        "boss": "el patron",
        "immigration": "la migra",
        "papers": "papeles",
        "husband": "mi esposo",
        "wife": "mi esposa",
        "kids": "mis hijos",
        "address": "direccion",
        "work": "trabajo",
        "money": "dinero",
        "please": "por favor",
        "help": "ayuda",
    },
}


def _spanglish(text: str, _: random.Random, language: str) -> str:
    words = _MIXED.get(language, {})
    return re.sub(r"\w+", lambda match: words.get(fold(match[0]), match[0]), text)


_STORIES = {
    "en": (
        "Hello good evening, sorry to bother you, I have been here many years and nobody in my house knows about these things so I ask you. ",
        " My sister told me one thing and the neighbor another and I do not sleep well since then. Thank you and God bless you.",
    ),
    "es": (
        "Hola buenas noches, disculpe la molestia, ya llevo muchos años por acá y en mi casa nadie sabe de estas cosas por eso le pregunto. ",
        " Mi hermana me dice una cosa y la vecina otra y desde entonces no duermo bien. Muchas gracias y que Dios me lo bendiga.",
    ),
}


def _long_story(text: str, _: random.Random, language: str) -> str:
    before, after = _STORIES.get(language, ("", ""))
    return f"{before}{text}{after}"


class Way(StrEnum):
    """How a question is written another way."""

    TYPOS = "typos"
    NO_ACCENTS = "no-accents"
    DICTATED = "dictated"
    SHOUTED = "shouted"
    SPANGLISH = "spanglish"
    LONG_STORY = "long-story"


_CHANGES: Mapping[Way, Callable[[str, random.Random, str], str]] = {
    Way.TYPOS: _typos,
    Way.NO_ACCENTS: _without_accents,
    Way.DICTATED: _dictated,
    Way.SHOUTED: _shouted,
    Way.SPANGLISH: _spanglish,
    Way.LONG_STORY: _long_story,
}


def perturbed(text: str, way: Way, language: str) -> str:
    """A question, written another way; always the same for the same question.

    Args:
        text: the question.
        way: how.
        language: decides the words that come from another language, and those of a story.
    """
    chance = random.Random(f"{way} {text}")
    return _CHANGES[way](text, chance, language)
