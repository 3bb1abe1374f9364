"""Everything that may be said, in every language offered. Read once at start, never changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

from app.domain.answer import Contact
from app.domain.errors import NotFound
from app.domain.section import Document, Section
from app.domain.topics import BOUNDARIES, TOPICS


@dataclass(frozen=True, slots=True)
class Language:
    """A language that answers are offered in."""

    code: str
    name: str
    """In that language itself."""
    direction: str
    """`ltr` or `rtl`."""
    partial: bool = False
    """Some topics have no page in it yet."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question whose topic is known; routing learns from it."""

    text: str
    language: str
    label: str
    """A topic slug."""
    section: str | None = None
    """Id of the section that answers it, where somebody has said."""


@dataclass(frozen=True)
class Library:
    """The corpus, loaded."""

    languages: Mapping[str, Language]
    documents: Mapping[str, Mapping[str, Document]]
    """language -> topic -> document; only what may be served."""
    contacts: Mapping[str, Mapping[str, Contact]]
    replies: Mapping[str, Mapping[str, object]]
    examples: tuple[Example, ...]

    def with_texts(self) -> Self:
        """The library without languages that have no page beyond the boundaries."""
        kept = [
            code
            for code in self.languages
            if any(t not in BOUNDARIES for t in self.documents[code])
        ]
        return replace(
            self,
            languages={code: self.languages[code] for code in kept},
            documents={code: self.documents[code] for code in kept},
        )

    def sections(self, language: str) -> Iterator[Section]:
        """Every section in one language, in the order of the topic map."""
        for document in self.in_order(language):
            yield from document.sections

    def in_order(self, language: str) -> Iterator[Document]:
        """Every document in one language, topics first, boundaries last."""
        held = self.documents[language]
        for topic in (*TOPICS, *sorted(BOUNDARIES)):
            if topic in held:
                yield held[topic]

    def section(self, language: str, topic: str, section: str) -> Section:
        """One section.

        Raises:
            NotFound: no such language, topic or section is served.
        """
        document = self.documents.get(language, {}).get(topic)
        for candidate in document.sections if document else ():
            if candidate.id == section:
                return candidate
        raise NotFound("no such section")

    def others(self, section: Section) -> tuple[Section, ...]:
        """The same section in the other languages that have it."""
        found = []
        for language in self.languages:
            document = self.documents.get(language, {}).get(section.topic)
            if document and language != section.language:
                found += [s for s in document.sections if s.id == section.id]
        return tuple(found)
