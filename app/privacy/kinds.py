"""The kinds of personal data that are taken out, and the token that stands in the place of each.

Every kind has words in `corpus/replies/<language>.yaml` under `redacted`; a test keeps both level.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a piece of personal data is. Where two kinds claim the same place, the earlier one names it."""

    LINK = "link"
    EMAIL = "email"
    RECEIPT = "receipt"
    A_NUMBER = "a-number"
    PTIN = "ptin"
    EIN = "ein"
    PASSPORT = "passport"
    CONSULAR = "consular-id"
    LICENCE = "licence"
    CARD = "card"
    ROUTING = "routing"
    ACCOUNT = "account"
    ITIN = "itin"
    ATIN = "atin"
    SSN = "ssn"
    IDENTITY = "identity"
    BIRTH = "birth"
    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"
    NUMBER = "number"


TOKENS: dict[str, str] = {
    Kind.LINK: "[link]",
    Kind.EMAIL: "[email]",
    Kind.RECEIPT: "[receipt]",
    Kind.A_NUMBER: "[A-number]",
    Kind.PTIN: "[PTIN]",
    Kind.EIN: "[EIN]",
    Kind.PASSPORT: "[passport]",
    Kind.CONSULAR: "[consular]",
    Kind.LICENCE: "[licence]",
    Kind.CARD: "[card]",
    Kind.ROUTING: "[routing]",
    Kind.ACCOUNT: "[account]",
    Kind.ITIN: "[ITIN]",
    Kind.ATIN: "[ATIN]",
    Kind.SSN: "[SSN]",
    Kind.IDENTITY: "[identity]",
    Kind.BIRTH: "[birth]",
    Kind.PHONE: "[phone]",
    Kind.ADDRESS: "[address]",
    Kind.NAME: "[name]",
    Kind.NUMBER: "[number]",
}
_RANK = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text that holds personal data."""

    start: int
    end: int
    kind: Kind


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in order, those that overlap as one under the kind of the highest rank."""
    held: Span | None = None
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if held and span.start < held.end:
            kind = min(held.kind, span.kind, key=_RANK.__getitem__)
            held = Span(held.start, max(held.end, span.end), kind)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held
