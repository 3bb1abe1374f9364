"""What differs between two readings of a section, statement by statement. Compared by words, not by position."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from app.domain.errors import CorpusError
from app.domain.section import Reference, Source
from app.ingestion.facts import Filler
from app.ingestion.pages import Part, RawSection, RawStatement

ALIKE = 0.5
"""Share of words in common from which a statement counts as the old one in new words."""

T = TypeVar("T")
Pairs = list[tuple[int | None, int | None]]


class Kind(StrEnum):
    """What a change is about. Where `old` is missing it is new, where `new` is missing it is gone."""

    TOPIC = "topic"
    TITLE = "title"
    DATES = "dates"
    NEVER_SAY = "never_say"
    SECTION = "section"
    SECTION_MOVED = "section moved"
    SECTION_ORDER = "section order"
    ORDER = "order"
    HEADING = "heading"
    STATEMENT = "statement"
    STATEMENT_MOVED = "statement moved"
    REWORDED = "reworded"
    RESTS = "rests"
    TIME = "time"
    STEP = "step"
    CONTACTS = "contacts"
    TRANSLATION = "translation"
    FACT = "fact"
    CONTACT = "contact"
    SOURCE = "source"
    CITED = "cited"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that readers are told differently, or that stands behind what they are told."""

    kind: Kind
    topic: str
    """Empty where it is not of one page."""
    place: str
    """Id of the section, fact, contact or source."""
    key: str
    """What in it: `a1>a2` (number before and after), a field, a time."""
    language: str
    subject: str
    """The place in words: a heading, what a fact says, a name."""
    old: str | None
    new: str | None
    rests: tuple[str, ...] = ()
    """Citations that it rests on now."""
    shown: tuple[str, ...] = ()
    """`topic/section` of each place that shows it."""
    also: tuple[str, ...] = ()
    """Other languages in which the same changed."""

    @property
    def identity(self) -> tuple[str, ...]:
        """The same in every language."""
        return (self.kind, self.topic, self.place, self.key)

    @property
    def topics(self) -> frozenset[str]:
        """Every page that it touches."""
        held = {key.partition("/")[0] for key in self.shown}
        return frozenset(held | {self.topic} - {""})


@dataclass(frozen=True, slots=True)
class Words:
    """A text as written, and as readers see it."""

    written: str
    read: str

    def differs(self, other: "Words") -> bool:
        """Whether its own words differ; a fact with another value is no change of the sentence."""
        return self.written != other.written and self.read != other.read


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in its place."""

    number: str
    words: Words
    marks: tuple[tuple[str, str | None], ...]
    cites: tuple[str, ...]
    since: date | None
    until: date | None

    @property
    def part(self) -> str:
        return "short answer" if self.number.startswith("a") else "details"

    @property
    def time(self) -> str:
        since = f"from {self.since}" if self.since else ""
        until = f"until {self.until}" if self.until else ""
        return " ".join(part for part in (since, until) if part) or "no limit"


@dataclass(frozen=True, slots=True)
class Reading:
    """A section in one language, statements of every time included."""

    topic: str
    id: str
    language: str
    heading: Words
    said: tuple[Said, ...]
    steps: tuple[Words, ...]
    contacts: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(said.words.written for said in self.said)


def reading(
    section: RawSection, topic: str, filler: Filler, sources: Mapping[str, Source]
) -> Reading:
    """Read one section as written."""
    said = [
        _said(statement, f"{part[0]}{n}", filler, sources)
        for part in (Part.ANSWER, Part.DETAILS)
        for n, statement in enumerate(section.statements(part), start=1)
    ]
    return Reading(
        topic=topic,
        id=section.id,
        language=filler.language,
        heading=words(section.heading, filler),
        said=tuple(said),
        steps=tuple(words(step, filler) for step in section.parts.get(Part.STEPS, [])),
        contacts=tuple(section.parts.get(Part.CONTACTS, [])),
    )


def words(text: str, filler: Filler) -> Words:
    """A text with its facts; as written where a fact in it is not in force yet."""
    try:
        return Words(text, filler.fill(text))
    except CorpusError:
        return Words(text, text)


def _said(
    statement: RawStatement, number: str, filler: Filler, sources: Mapping[str, Source]
) -> Said:
    marks = tuple((mark.source, mark.pinpoint) for mark in statement.marks)
    return Said(
        number=number,
        words=words(statement.text, filler),
        marks=marks,
        cites=tuple(Reference(sources[id], at).citation for id, at in marks if id in sources),
        since=statement.since,
        until=statement.until,
    )


def section_changes(
    old: Reading, new: Reading, guide: tuple[Reading, Reading] | None = None
) -> Iterator[Change]:
    """What differs between two readings of one section in one language.

    Args:
        old: before.
        new: after.
        guide: the same two in the language that is compared first: it decides which statement became which, so that
            one change is not told as two where a translation was worded more freely.
    """
    if old.heading.differs(new.heading):
        yield _of(new, Kind.HEADING, "", old.heading.read, new.heading.read)
    pairs = _pairs(_texts(old), _texts(new), guide and (_texts(guide[0]), _texts(guide[1])))
    yield from _statements(old, new, pairs)
    steps = guide and ([s.written for s in guide[0].steps], [s.written for s in guide[1].steps])
    for i, j in _pairs([s.written for s in old.steps], [s.written for s in new.steps], steps):
        before, after = _at(old.steps, i), _at(new.steps, j)
        if not (before and after) or before.differs(after):
            key = f"{_number('s', i)}>{_number('s', j)}"
            yield _of(new, Kind.STEP, key, _read(before), _read(after))
    if old.contacts != new.contacts:
        yield _of(new, Kind.CONTACTS, "", ", ".join(old.contacts), ", ".join(new.contacts))


def _statements(old: Reading, new: Reading, pairs: Pairs) -> Iterator[Change]:
    for i, j in pairs:
        before, after = _at(old.said, i), _at(new.said, j)
        key = f"{before.number if before else ''}>{after.number if after else ''}"
        if before is None or after is None:
            old_text = before.words.read if before else None
            new_text, cites = (after.words.read, after.cites) if after else (None, ())
            yield _of(new, Kind.STATEMENT, key, old_text, new_text, cites)
        else:
            yield from _statement(new, key, before, after)
    kept = [i for i, j in pairs if i is not None and j is not None]
    if any(i > j for i, j in pairwise(kept)):
        yield _of(new, Kind.ORDER, "", "", "")


def _statement(section: Reading, key: str, old: Said, new: Said) -> Iterator[Change]:
    if old.words.differs(new.words):
        yield _of(section, Kind.STATEMENT, key, old.words.read, new.words.read, new.cites)
    if old.part != new.part:
        yield _of(section, Kind.STATEMENT_MOVED, key, old.part, new.part)
    if old.marks != new.marks:
        yield _of(section, Kind.RESTS, key, "; ".join(old.cites), "; ".join(new.cites))
    if old.time != new.time:
        yield _of(section, Kind.TIME, key, old.time, new.time, new.cites)


def _of(
    section: Reading,
    kind: Kind,
    key: str,
    old: str | None,
    new: str | None,
    rests: tuple[str, ...] = (),
) -> Change:
    heading, language = section.heading.read, section.language
    return Change(kind, section.topic, section.id, key, language, heading, old, new, rests)


def _texts(section: Reading) -> list[str]:
    return [said.words.written for said in section.said]


def _at(items: Sequence[T], index: int | None) -> T | None:
    return None if index is None else items[index]


def _read(words: Words | None) -> str | None:
    return words.read if words else None


def _number(prefix: str, index: int | None) -> str:
    return "" if index is None else f"{prefix}{index + 1}"


def _pairs(
    old: Sequence[str], new: Sequence[str], guide: tuple[list[str], list[str]] | None
) -> Pairs:
    if guide and (len(guide[0]), len(guide[1])) == (len(old), len(new)):
        return matched(*guide)
    return matched(old, new)


def matched(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Which old text became which new one: equal ones first, then the most alike. In the new order, what is gone at the end."""
    became: dict[int, int] = {}
    scores = sorted(
        (-likeness(one, two), i, j) for i, one in enumerate(old) for j, two in enumerate(new)
    )
    for score, i, j in scores:
        if -score >= ALIKE and i not in became.values() and j not in became:
            became[j] = i
    pairs: Pairs = [(became.get(j), j) for j in range(len(new))]
    return pairs + [(i, None) for i in range(len(old)) if i not in became.values()]


def likeness(one: str, two: str) -> float:
    """Share of words two texts have in common in the same order, 0 to 1; of characters where no spaces divide words."""
    if one == two:
        return 1.0
    spaced = " " in one and " " in two
    matcher = SequenceMatcher(
        None, one.split() if spaced else one, two.split() if spaced else two, autojunk=False
    )
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0
