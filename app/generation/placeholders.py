"""Phones and addresses as placeholders: a model never sees one, so it can neither change nor invent one."""

import re
from collections.abc import Iterable
from dataclasses import replace

from app.domain.section import Quote

_REACH = re.compile(
    r"(?P<link>(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]。，；：！？）]|\b(?:[a-z0-9-]+\.)+(?:gov|org|com|net|us|info|edu)\b(?:/[\w/-]*)?)"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<phone>(?<![\d-])(?:\+?1[-\s.])?\(?\d{3}\)?[-\s.]\d{3}[-\s.]\d{4}(?![\d-]))",
    re.IGNORECASE,
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Blanks = tuple[tuple[str, str], ...]


def masked(quotes: Iterable[Quote]) -> tuple[list[Quote], Blanks]:
    """The quotes with `{phone-a}`, `{link-b}`, `{email-c}` in the place of contacts, and what each stands for.

    A placeholder carries letters, not digits: a verifier that compares numbers must find none in it. The same contact has the
    same placeholder throughout.
    """
    names: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        if match[0] not in names:
            names[match[0]] = f"{{{match.lastgroup}-{_letters(len(names))}}}"
        return names[match[0]]

    out = [
        Quote(q.section, replace(q.statement, text=_REACH.sub(named, q.statement.text)))
        for q in quotes
    ]
    return out, tuple((name, value) for value, name in names.items())


def _letters(number: int) -> str:
    """0 -> `a`, 25 -> `z`, 26 -> `ba`."""
    head, last = divmod(number, len(_LETTERS))
    return (_letters(head) if head else "") + _LETTERS[last]
