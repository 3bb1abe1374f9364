"""Which language a question is in."""

import re
import unicodedata
from collections.abc import Collection
from copy import copy

from bm25s.stopwords import STOPWORDS_EN_PLUS, STOPWORDS_SPANISH
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from app.domain.words import han

# Languages that many people who file with an ITIN speak, by the languages the IRS itself serves, beside those offered.
# Against all of py3langid's 140 a short question looks like a rare relative of its own: Galician, Pidgin, Aragonese.
SPOKEN = frozenset(
    "en es zh fr pt ht vi ko ru ar tl hi ur bn fa uk pl it de ja pa gu so am my ne".split()
)

# Small words betray the grammar a person speaks; the tax terms in between are English for everybody ("¿me dan el child tax credit?").
_ENGLISH = frozenset(STOPWORDS_EN_PLUS) | frozenset("hello hi thanks thank please help".split())
_SPANISH = frozenset(STOPWORDS_SPANISH) | frozenset(
    "hola buenas buenos gracias favor ayuda".split()
)
SMALL_WORDS = {"en": _ENGLISH - _SPANISH, "es": _SPANISH - _ENGLISH}

_SURE = 0.9
"""Below this the device's wish decides between languages; measured on the example questions, see `app/README.md`."""


class Identifier:
    """Tells a question's language with py3langid, a Naive Bayes model over byte n-grams (Lui and Baldwin, 2012)."""

    def __init__(self, offered: Collection[str], model: LanguageIdentifier | None = None) -> None:
        """
        Args:
            offered: codes of the languages to answer in.
            model: the model, if it has been unpacked already.
        """
        self._offered = frozenset(offered)
        whole = model or self.ready()
        self._among_offered = _narrowed(whole, self._offered)
        self._among_spoken = _narrowed(whole, SPOKEN | self._offered)

    @staticmethod
    def ready() -> LanguageIdentifier:
        """The model, unpacked."""
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def identify(self, text: str, preferred: str | None = None) -> str | None:
        """The language offered that a text is in; `None` when it is surely in another one.

        Args:
            text: the question. Case is ignored: capitals mislead the model.
            preferred: a language offered that settles doubt, such as the one the reader's device asks for.
        """
        folded = text.lower()
        if "zh" in self._offered and _chinese(folded):
            return "zh"
        spoken, certainty = self._among_spoken.classify(folded)
        if spoken not in self._offered and (
            not _latin(folded) or (certainty >= _SURE and len(folded.split()) > 2)
        ):
            return None
        if language := self._by_small_words(folded):
            return language
        best, certainty = self._among_offered.classify(folded)
        if certainty < _SURE and preferred in self._offered:
            return preferred
        return str(best)

    def _by_small_words(self, folded: str) -> str | None:
        words = re.findall(r"\w+", folded)
        counts = {code: sum(word in small for word in words) for code, small in SMALL_WORDS.items()}
        most = max(counts, key=lambda code: counts[code])
        alone = list(counts.values()).count(counts[most]) == 1
        return most if alone and most in self._offered else None


def _narrowed(model: LanguageIdentifier, languages: Collection[str]) -> LanguageIdentifier:
    """The same model choosing among fewer languages. Unpacking it takes half a second, so both share one."""
    narrowed = copy(model)
    narrowed.set_languages(sorted(set(languages) & set(model.labels)))
    return narrowed


_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")


def _chinese(text: str) -> bool:
    """Whether a text is Chinese by its script, whatever English names stand in it ("我的 ITIN 过期了 tax return 怎么办")."""
    latin = len(re.findall(r"[a-z]+", text))
    return han(text) > latin and not _KANA_OR_HANGUL.search(text)


def _latin(text: str) -> bool:
    """Whether at least half of the letters are Latin."""
    letters = [char for char in text if char.isalpha()]
    latin = sum(unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return 2 * latin >= len(letters)
