"""What is left to do with a draft: everything of its text that a page may not hold, and everything it lacks."""

import re
from collections.abc import Iterable, Iterator, Sequence

from phonenumbers import PhoneNumberMatcher

from app.ingestion.drafts import Draft, DraftSection

MOST_DETAILS = 8
MOST_WORDS = 45
_MOST_LISTED = 25
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"）)]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:[$€£¥]\s?)?(?:\b[A-Za-z]{1,3}-?)?\d+(?:[.,/:–-]\d+)*(?:-?[A-Z]{1,3}\b|\s?%)?"
)


def to_do(draft: Draft) -> Iterator[str]:
    """The notes for a draft's writer, each a line."""
    texts = [text for s in draft.sections for text in (s.heading, *s.details)]
    reached, left = _contacts(texts)
    numbers = [number.strip() for text in left for number in _NUMBER.findall(text)]
    statements = sum(len(section.details) for section in draft.sections)
    yield "fill in the front matter: topic, as_of, review_due, never_say"
    sections = _count(len(draft.sections), "section")
    yield f"write for {sections}: the answer, its contacts, and questions the way people ask them"
    yield f"name the sources of {_count(statements, 'statement')}"
    if numbers:
        yield f"make facts of these numbers: {_listed(numbers)}"
    if reached or draft.links:
        yield f"make contacts of these phones and links: {_listed([*reached, *draft.links])}"
    yield from _too_long(draft.sections)


def _contacts(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Addresses and phones in the texts, and the texts without them."""
    found: list[str] = []
    left: list[str] = []
    for text in texts:
        found += [address.rstrip(".,;:!?") for address in _ADDRESS.findall(text)]
        rest = _ADDRESS.sub(" ", text)
        for phone in reversed(list(PhoneNumberMatcher(rest, "US"))):
            found.append(phone.raw_string)
            rest = f"{rest[: phone.start]} {rest[phone.end :]}"
        left.append(rest)
    return found, left


def _too_long(sections: Sequence[DraftSection]) -> Iterator[str]:
    empty = [section.id for section in sections if not section.details]
    if empty:
        yield f"these have a heading and no text; join them with the next: {_listed(empty)}"
    long = [f"{s.id} ({len(s.details)})" for s in sections if len(s.details) > MOST_DETAILS]
    if long:
        yield f"more than {MOST_DETAILS} statements; split: {_listed(long)}"
    wordy = [s.id for s in sections if any(len(d.split()) > MOST_WORDS for d in s.details)]
    if wordy:
        yield f"statements of more than {MOST_WORDS} words; cut them into one or two short sentences: {_listed(wordy)}"


def _listed(found: Iterable[str]) -> str:
    once = list(dict.fromkeys(found))
    more = f" and {len(once) - _MOST_LISTED} more" if len(once) > _MOST_LISTED else ""
    return ", ".join(once[:_MOST_LISTED]) + more


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
