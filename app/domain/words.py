"""What several rooms must read alike: how a text is folded, and which locale a language is told in."""

import re
import unicodedata

# Readers live in the United States: dates, thousands and dollars are written as they meet them there.
LOCALES = {"en": "en_US", "es": "es_US", "zh": "zh_Hans"}


_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_CHARACTERS_A_WORD = 1.7
"""Chinese is written without spaces; so many characters say what a word of English says."""


def length(text: str) -> float:
    """How long a text is, in words of English or Spanish."""
    spaced, characters = _HAN.subn(" ", text)
    return len(re.findall(r"\S*\w\S*", spaced)) + characters / _CHARACTERS_A_WORD


def han(text: str) -> int:
    """How many Chinese characters a text has."""
    return len(_HAN.findall(text))


def fold(text: str) -> str:
    """Lower case without accents: `¿Dirección?` -> `¿direccion?`."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
