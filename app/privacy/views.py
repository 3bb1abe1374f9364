"""A text as the finders look at it: the same length as what goes on, without the tricks of keyboards and of people.

Full-width and mathematical letters, digits of other scripts, the many dashes and spaces of Unicode become their plain kin, one
character for one, so that a place found in a view is the same place in the text.
"""

import re
import unicodedata
from dataclasses import dataclass

# What a reader does not see: format characters (Cf) and the few that Unicode files elsewhere (fillers, variation selectors, keycaps).
_UNSEEN = "\u034f\u115f\u1160\u20e3\u2800\u3164\uffa0"
_DASHES = "\u00af\u02d7\u2043\u2212\u30fc"
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'}
_DOTS = "\u00b7\u2022\u2027\u2024\u30fb\u3002"
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九幺", "0001234567891")
_TAKEN = "\ufffc"
"""Stands in a view where something has been taken out already, so that a token is never read as text."""


class _Table(dict[int, str]):
    """A table for `str.translate` that works out each character once."""

    def __init__(self, rule: "type[_Rule]") -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        self[code] = self._rule.of(chr(code))
        return self[code]


class _Rule:
    @staticmethod
    def of(char: str) -> str:
        raise NotImplementedError


class _Seen(_Rule):
    @staticmethod
    def of(char: str) -> str:
        selector = "\ufe00" <= char <= "\ufe0f"
        unseen = unicodedata.category(char) == "Cf" or char in _UNSEEN or selector
        return "" if unseen else char


class _Plain(_Rule):
    @staticmethod
    def of(char: str) -> str:
        category = unicodedata.category(char)
        if category == "Pd" or char in _DASHES:
            return "-"
        if category == "Zs":
            return " "
        if char in _DOTS:
            return "."
        if char in _QUOTES:
            return _QUOTES[char]
        decimal = unicodedata.decimal(char, None)
        if decimal is not None:
            return str(decimal)
        compatible = unicodedata.normalize("NFKC", char)
        return compatible if len(compatible) == 1 else char


class _Folded(_Rule):
    @staticmethod
    def of(char: str) -> str:
        lower = char.lower()[0]
        decomposed = unicodedata.normalize("NFKD", lower)
        base, marks = decomposed[0], decomposed[1:]
        if not all(unicodedata.combining(mark) for mark in marks):
            return lower
        return {"đ": "d", "ø": "o", "ł": "l", "ı": "i"}.get(base, base)


_SEEN, _PLAIN = _Table(_Seen), _Table(_Plain)
FOLDED = _Table(_Folded)
"""For `str.translate`: lower case without accents, one character for one."""


@dataclass(frozen=True, slots=True)
class View:
    """One text three ways, all of the same length."""

    plain: str
    """Case and accents as written."""
    folded: str
    """Lower case, no accents."""
    digits: str
    """Folded, with Chinese digits as digits."""


def seen(text: str) -> str:
    """What a reader sees of a text, its characters composed (NFC)."""
    return unicodedata.normalize("NFC", text.translate(_SEEN))


def view(text: str, taken: re.Pattern[str]) -> View:
    """The views of a text that has been through `seen`.

    Args:
        text: what a reader sees.
        taken: tokens that stand for what has been taken out already.
    """
    masked = taken.sub(lambda match: _TAKEN * len(match[0]), text)
    plain = masked.translate(_PLAIN)
    folded = plain.translate(FOLDED)
    return View(plain, folded, folded.translate(_HAN_DIGITS))
