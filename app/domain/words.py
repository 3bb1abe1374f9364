"""What several rooms must read alike: how a text is folded, and which locale a language is told in."""

import unicodedata

# Readers live in the United States: dates, thousands and dollars are written as they meet them there.
LOCALES = {"en": "en_US", "es": "es_US", "zh": "zh_Hans"}


def fold(text: str) -> str:
    """Lower case without accents: `¿Dirección?` -> `¿direccion?`."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
