"""Whether the statements that a line cites support it. Deterministic: the same line gets the same verdict.

A first net. It proves that every hard fact of a line stands in what it cites and that the line keeps close to it; what a
sentence can still get wrong with the right words in it (a flipped negation in other words) is not caught here.
"""

import re
from collections.abc import Mapping

from app.domain.question import Asked
from app.domain.section import Line
from app.domain.words import fold

_NUMBER = re.compile(r"\d[\d.,/-]*\d|\d")
_URL = re.compile(
    r"https?://|www\.|\b[\w-]+\.(?:gov|com|org|net|us|info)\b|@|\]\(|<[a-z/!]|(?-i:\b[a-z0-9-]+\.[a-z]{2,})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
# A name or an abbreviation inside a sentence: an agency, a court, an organisation, a person, a month.
_NAME = re.compile(r"(?<![.?!:] )(?<!^)(?<![\"“¿¡(])\b([A-ZÁÉÍÓÚÑ][\w-]*)|\b([A-Z]{2,})\b")

_NUMBER_WORDS: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty"
        " ninety hundred thousand million billion half twice double".split()
    ),
    "es": frozenset(
        "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veintiuno veinticuatro veinte treinta cuarenta cincuenta sesenta setenta"
        " ochenta noventa cien ciento doscientos trescientos quinientos mil millon millones mitad doble".split()
    ),
}
_NEGATIONS: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "not no never cannot can't don't doesn't isn't won't nobody nothing none without neither nor".split()
    ),
    "es": frozenset("no nunca jamas nadie nada ningun ninguna ninguno sin tampoco ni".split()),
}
_UNITS: Mapping[str, str] = {
    **{
        f"{unit}{ending}": unit
        for unit in "day week month year hour percent dia semana mes ano hora".split()
        for ending in ("", "s", "es")
    },
    # "may" and "march" are words of every day; a changed number or name around them gives those months away.
    **{
        month: month
        for month in (
            "january february april june july august september october november december enero febrero marzo abril mayo"
            " junio julio agosto septiembre octubre noviembre diciembre"
        ).split()
    },
    "%": "percent",
    "ciento": "percent",
    "$": "$",
    "dollars": "$",
    "dolares": "$",
}
"""What a number counts, and the months: "3 years" must not become "3 months"."""
_LEAST_SHARED = 0.5
"""Share of a line's content words (by their first five letters) that must stand in what it cites."""


class Verifier:
    """Checks a line against its own quotes, in the language of the answer."""

    def supported(self, line: Line, asked: Asked) -> bool:
        """Whether the line may be shown. A line that is its quote, word for word, always may."""
        if len(line.quotes) == 1 and line.text == line.quotes[0].statement.text:
            return True
        if line.unknown or not line.quotes or _URL.search(line.text):
            return False
        cited = " ".join(quote.statement.text for quote in line.quotes)
        return (
            _numbers(line.text) <= _numbers(cited)
            and _spelled(line.text, asked.language) <= _spelled(cited, asked.language)
            and _units(line.text) <= _units(cited)
            and _names(line.text) <= _fold_all(_WORD.findall(cited))
            and _negated(line.text, asked.language) == _negated(cited, asked.language)
            and _shared(line.text, cited) >= _LEAST_SHARED
        )


def _fold(text: str) -> str:
    return fold(text).replace("’", "'")


def _fold_all(words: list[str]) -> set[str]:
    return {_fold(word) for word in words}


def _numbers(text: str) -> set[str]:
    """Digits, whatever stands between thousands: `$25,000` and `25000` are one number."""
    return {re.sub(r"[,.]$", "", n).replace(",", "") for n in _NUMBER.findall(text)}


def _spelled(text: str, language: str) -> set[str]:
    return _fold_all(_WORD.findall(text)) & _NUMBER_WORDS.get(language, frozenset())


def _units(text: str) -> set[str]:
    return {_UNITS[w] for w in re.findall(r"[^\W\d_]+|[%$]", _fold(text)) if w in _UNITS}


def _names(text: str) -> set[str]:
    return _fold_all(
        [part for name in map("".join, _NAME.findall(text)) for part in _WORD.findall(name)]
    )


def _negated(text: str, language: str) -> bool:
    words = set(re.findall(r"[\w']+", _fold(text)))
    if any(word.endswith("n't") for word in words):
        return True
    return bool(words & _NEGATIONS.get(language, frozenset()))


def _shared(text: str, cited: str) -> float:
    """Long words count; endings do not."""
    ours = {word[:5] for word in _fold_all(_WORD.findall(text)) if len(word) > 3}
    theirs = {word[:5] for word in _fold_all(_WORD.findall(cited))}
    return len(ours & theirs) / len(ours) if ours else 0.0
