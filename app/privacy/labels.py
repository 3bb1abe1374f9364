"""Numbers by the word before them: "my passport is G 1234567", "mi cuenta es 0012345"."""

import re
from collections.abc import Iterator

from stdnum.exceptions import ValidationError
from stdnum.us import rtn

from app.privacy.kinds import Kind, Span
from app.privacy.label_words import CONNECTORS, DIGITS, LABELS
from app.privacy.numbers import kind_of
from app.privacy.views import View

_OTHER_SCRIPT = r"[^\W\d_a-z]"
"""A letter that is not Latin: particles and little words of languages that hang them onto the label."""
_CONNECTOR = re.compile(
    rf"(?:[\s:#=.,\-\"'()*/]|(?:{CONNECTORS})(?![a-z0-9])|{_OTHER_SCRIPT}){{0,24}}+(?<![a-z])"
)
_CHUNK = re.compile(r"[a-z0-9ñ]+")
_GAP = re.compile(r"[\s.\-/_]{1,3}")
_MOST = 40
"""Characters of a number with its gaps; an IBAN or an address on a card is not longer."""
_YEAR = re.compile(r"(?:19|20)\d\d|10[4-9]\d")


def _pattern(words: str) -> re.Pattern[str]:
    """Any of the words, as words where they are Latin; others hang together without spaces."""
    return re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z])")


_LABELS = {kind: _pattern(words) for kind, words in LABELS.items()}


def labelled(looked: View) -> Iterator[Span]:
    """Numbers that a word announces."""
    for kind, label in _LABELS.items():
        text = looked.digits
        for found in label.finditer(looked.folded):
            connector = _CONNECTOR.match(text, found.end())
            start = connector.end() if connector else found.end()
            value = _value(text, start, *DIGITS[kind])
            if value:
                digits = re.sub(r"\D", "", text[slice(*value)])
                yield Span(*value, _named(kind, digits))


def _value(text: str, start: int, least: int, most: int) -> tuple[int, int] | None:
    """Where a number of letters and digits stands from here on, if it has digits enough and is no row of years."""
    at, digits = start, 0
    chunks: list[tuple[int, int]] = []
    while chunk := _CHUNK.match(text, at):
        held = sum(map(str.isdigit, chunk[0]))
        leads = not chunks and len(chunk[0]) <= 4
        if (not held and not leads) or digits + held > most or chunk.end() - start > _MOST:
            break
        chunks.append(chunk.span())
        digits += held
        gap = _GAP.match(text, chunk.end())
        if not gap:
            break
        at = gap.end()
    while chunks and _tail(text, chunks):
        digits -= sum(map(str.isdigit, text[slice(*chunks.pop())]))
    return (start, chunks[-1][1]) if digits >= least else None


def _tail(text: str, chunks: list[tuple[int, int]]) -> bool:
    """Whether the last chunk is a year, a form or a word that only stands behind the number."""
    low, high = chunks[-1]
    word = text[low:high]
    if not any(char.isdigit() for char in word):
        return True
    spaced = len(chunks) > 1 and text[chunks[-2][1] : low].isspace()
    before = sum(char.isdigit() for a, b in chunks[:-1] for char in text[a:b])
    return bool(_YEAR.fullmatch(word)) and (len(chunks) == 1 or (spaced and before >= 7))


def _named(label: Kind, digits: str) -> Kind:
    """The label's kind, unless the number itself knows better: people call an ITIN their social."""
    if label in {Kind.SSN, Kind.ITIN, Kind.ATIN}:
        known = kind_of(digits)
        return known if known is not Kind.NUMBER and len(digits) == 9 else label
    if label is Kind.ACCOUNT and _is_routing(digits):
        return Kind.ROUTING
    return label


def _is_routing(digits: str) -> bool:
    try:
        rtn.validate(digits)
    except ValidationError:
        return False
    return True
