"""Personal data out of a question before anything else reads it. The first step, and the only door."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from app.domain.question import Redaction
from app.privacy.contacts import emails, links, phones
from app.privacy.dates import births
from app.privacy.documents import documents
from app.privacy.kinds import TOKENS, Span, merged
from app.privacy.labels import labelled
from app.privacy.names import Names
from app.privacy.numbers import numbers
from app.privacy.places import places
from app.privacy.spelled import spelled
from app.privacy.views import View, seen, view

__all__ = ["TOKENS", "Redactor"]

Finder = Callable[[View], Iterator[Span]]
"""Looks at a text and yields the places of one family of personal data, in time linear in its length."""

_FINDERS: tuple[Finder, ...] = (
    emails,
    links,
    phones,
    documents,
    labelled,
    numbers,
    spelled,
    births,
    places,
)
_TAKEN = re.compile("|".join(re.escape(token) for token in TOKENS.values()))
_MOST_PASSES = 8
"""Taking one piece out can bring another to light; in practice the second pass finds nothing."""


class Redactor:
    """Replaces personal data by tokens such as `[ITIN]`; `kinds.Kind` lists what.

    Redacting twice changes nothing more. Never raises, whatever the text.
    """

    def __init__(
        self,
        public_phones: Iterable[str] = (),
        public_places: Iterable[str] = (),
        ordinary: Collection[str] = (),
    ) -> None:
        """
        Args:
            public_phones: numbers of helplines, which a person may ask about and nobody needs to hide.
            public_places: addresses of offices, likewise.
            ordinary: words that are nobody's name, see `names.ordinary_words`.
        """
        self._public_phones = frozenset(_digits(phone)[-10:] for phone in public_phones)
        self._public_places = _any_of(public_places)
        self._finders = (*_FINDERS, Names(ordinary).find)

    def redact(self, text: str) -> tuple[str, tuple[Redaction, ...]]:
        """The text without personal data and unseen characters, and how many pieces of each kind it held."""
        found: Counter[str] = Counter()
        clean = seen(text)
        for _ in range(_MOST_PASSES):
            spans = list(merged(self._found(clean)))
            if not spans:
                break
            found.update(span.kind.value for span in spans)
            clean = _without(clean, spans)
        return clean, tuple(Redaction(kind, found[kind]) for kind in TOKENS if found[kind])

    def _found(self, text: str) -> Iterator[Span]:
        looked = view(text, _TAKEN)
        public = [match.span() for match in self._public_places.finditer(looked.folded)]
        for finder in self._finders:
            for span in finder(looked):
                near = bisect_right(public, (span.start, len(text))) - 1
                of_an_office = near >= 0 and span.end <= public[near][1]
                if not of_an_office and not self._helpline(looked.plain[span.start : span.end]):
                    yield span

    def _helpline(self, found: str) -> bool:
        digits = _digits(found)
        return 10 <= len(digits) <= 11 and digits[-10:] in self._public_phones


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _any_of(places: Iterable[str]) -> re.Pattern[str]:
    """An office's address as people quote it: any of its parts, and any of them in a row."""
    whole = [view(seen(place), _TAKEN).folded for place in places]
    parts = {part.strip() for place in whole for part in place.split(",")}
    parts |= {
        word
        for part in parts
        for word in re.findall(r"\b\d{5}(?:-\d{4})?\b|^[a-z]{2}(?= \d)", part)
    }
    longest_first = sorted(parts, key=lambda part: (-len(part), part))
    either = "|".join(map(re.escape, longest_first)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)(?:[\s,.]{{1,3}}(?:{either})(?!\w))*+")


def _without(text: str, spans: list[Span]) -> str:
    """The text with a token in the place of every span."""
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], TOKENS[span.kind]]
        at = span.end
    return "".join([*pieces, text[at:]])
