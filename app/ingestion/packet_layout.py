"""A page laid out for paper: its words, what each rests on, its facts and contacts, and the English beside a translation."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.answer import Contact
from app.domain.errors import CorpusError
from app.domain.library import Language, Library
from app.domain.section import Document, Reference, Section, Statement
from app.domain.topics import BOUNDARIES
from app.ingestion.facts import PLACEHOLDER, told
from app.ingestion.loading import RawCorpus
from app.ingestion.pages import Part, RawPage, RawSection

DIGEST_SHOWN = 12
"""Characters of a digest that a person can compare by eye."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text as readers see it, and the English it was translated from."""

    text: str
    english: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A place in a source, and the row above it, in the same section or table, that tells of that source in full."""

    reference: Reference
    told_at: str | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement with its number (`a1`, `d3`), its time and what it rests on."""

    number: str
    line: Line
    since: date | None
    until: date | None
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class SectionPart:
    """One section, laid out."""

    id: str
    heading: Line
    answer: tuple[StatementRow, ...]
    details: tuple[StatementRow, ...]
    steps: tuple[Line, ...]
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact that the page calls, as readers see its value."""

    call: str
    says: str
    value: Line
    cited: Cited


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact that the page names, with where it was found and when."""

    contact: Contact
    reference: Reference
    checked: date


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything that is printed about one page in one language."""

    document: Document
    language: Language
    title: Line
    sections: tuple[SectionPart, ...]
    facts: tuple[FactRow, ...]
    contacts: tuple[ContactRow, ...]
    english_never_say: tuple[str, ...]
    boundary: bool

    @property
    def statements(self) -> int:
        """How many there are to read."""
        return sum(len(section.statements) for section in self.document.sections)

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.document.topic}.{self.document.language}.html"

    @property
    def digest(self) -> str:
        """So much of the digest as a person compares."""
        return self.document.digest[:DIGEST_SHOWN]


@dataclass(frozen=True)
class Layout:
    """Lays out pages of one corpus as it reads on a day."""

    raw: RawCorpus
    library: Library
    today: date

    def packet(self, document: Document) -> Packet:
        """One page.

        Raises:
            CorpusError: a fact or contact rests on a source that is not there.
        """
        page = self.raw.pages[document.language, document.topic]
        english = self._english(document)
        lines = _lines(english) if english else {}
        sections = zip(document.sections, page.sections, strict=True)
        return Packet(
            document=document,
            language=self.library.languages[document.language],
            title=Line(document.title, lines.get("title")),
            sections=tuple(self._section(section, written, lines) for section, written in sections),
            facts=tuple(self._facts(page, document)),
            contacts=tuple(self._contacts(page, document)),
            english_never_say=english.never_say if english else (),
            boundary=document.topic in BOUNDARIES,
        )

    def _english(self, document: Document) -> Document | None:
        if document.language == "en":
            return None
        return self.library.documents.get("en", {}).get(document.topic)

    def _section(
        self, section: Section, written: RawSection, english: Mapping[str, str]
    ) -> SectionPart:
        contacts = self.library.contacts[section.language]
        steps = enumerate(section.steps, start=1)
        told_at = _told_at(section)
        return SectionPart(
            id=section.id,
            heading=Line(section.heading, english.get(section.key)),
            answer=tuple(
                _row(statement, written, english, told_at) for statement in section.answer
            ),
            details=tuple(
                _row(statement, written, english, told_at) for statement in section.details
            ),
            steps=tuple(Line(step, english.get(f"{section.key}#s{n}")) for n, step in steps),
            contacts=tuple(contacts[id] for id in section.contacts),
        )

    def _facts(self, page: RawPage, document: Document) -> Iterator[FactRow]:
        told_at: dict[str, str] = {}
        called = ((call[1], call[3]) for call in self._calls(page) if not call[2])
        for name, year in dict.fromkeys(called):
            fact = self.raw.facts[name]
            value = fact.on(self.today, int(year) if year else None)
            english = told(fact, value, "en") if document.language != "en" else None
            yield FactRow(
                call=f"{name}@{year}" if year else name,
                says=fact.says,
                value=Line(told(fact, value, document.language), english),
                cited=Cited(self._reference(fact.source, fact.at), told_at.get(fact.source)),
            )
            told_at.setdefault(fact.source, name)

    def _contacts(self, page: RawPage, document: Document) -> Iterator[ContactRow]:
        named = [id for section in document.sections for id in section.contacts]
        named += [call[1] for call in self._calls(page) if call[2]]
        for id in dict.fromkeys(named):
            entry = self.raw.contacts[id]
            contact = self.library.contacts[document.language][id]
            yield ContactRow(contact, self._reference(entry.source, None), entry.checked)

    def _calls(self, page: RawPage) -> Iterator[re.Match[str]]:
        """Every fact and contact that the words in force call, in the order of reading."""
        yield from PLACEHOLDER.finditer(page.front.title)
        for section in page.sections:
            statements = section.statements(Part.ANSWER) + section.statements(Part.DETAILS)
            held = [s.text for s in statements if s.holds(self.today)]
            for text in [section.heading, *held, *section.parts.get(Part.STEPS, [])]:
                yield from PLACEHOLDER.finditer(text)

    def _reference(self, source: str, at: str | None) -> Reference:
        if source not in self.raw.sources:
            raise CorpusError(f"a fact or contact rests on {source}, which is not in sources.yaml")
        return Reference(self.raw.sources[source], at)


def _lines(document: Document) -> Mapping[str, str]:
    """Every text of a page by a name that is the same in every language."""
    lines = {"title": document.title}
    for section in document.sections:
        lines[section.key] = section.heading
        lines |= {statement.id: statement.text for statement in section.statements}
        lines |= {f"{section.key}#s{n}": step for n, step in enumerate(section.steps, start=1)}
    return lines


def _told_at(section: Section) -> dict[str, str]:
    """By source, the number of the first statement that cites it: an entry told six times hides the pinpoint that differs."""
    first: dict[str, str] = {}
    for statement in section.statements:
        for reference in statement.references:
            first.setdefault(reference.source.id, _number(statement))
    return first


def _number(statement: Statement) -> str:
    return statement.id.rpartition("#")[2]


def _row(
    statement: Statement,
    section: RawSection,
    english: Mapping[str, str],
    told_at: Mapping[str, str],
) -> StatementRow:
    number = _number(statement)
    part = Part.ANSWER if number.startswith("a") else Part.DETAILS
    written = section.statements(part)[int(number[1:]) - 1]
    seen: set[str] = set()
    cited = []
    for reference in statement.references:
        first = told_at[reference.source.id]
        again = first != number or reference.source.id in seen
        cited.append(Cited(reference, first if again else None))
        seen.add(reference.source.id)
    return StatementRow(
        number=number,
        line=Line(statement.text, english.get(statement.id)),
        since=written.since,
        until=written.until,
        cited=tuple(cited),
    )
