"""The vetted texts: documents, their sections, the statements in them and what each rests on."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Source:
    """A text that statements rest on."""

    id: str
    title: str
    publisher: str
    kind: str
    read: str
    checked: date
    url: str | None = None
    cite: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a source."""

    source: Source
    pinpoint: str | None = None

    @property
    def citation(self) -> str:
        """The reference as a lawyer writes it, e.g. `26 U.S.C. § 6103(i)(2)(A)`."""
        base = self.source.cite or f"{self.source.title} ({self.source.publisher})"
        if not self.pinpoint:
            return base
        if self.pinpoint.startswith("("):
            return base + self.pinpoint
        if self.pinpoint.startswith("§") and "§" in base:
            return re.sub(r"§+\s*\S+$", self.pinpoint, base)
        return f"{base}, {self.pinpoint}"


class ReviewStatus(StrEnum):
    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Review:
    """Whether a lawyer has signed exactly these words, and until when. A fact from the ledger, never a claim."""

    status: ReviewStatus = ReviewStatus.UNREVIEWED
    by: str | None = None
    on: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One or two vetted sentences that are true alone, with the places they rest on."""

    id: str
    """`topic/section#a1` for the short answer, `#d3` for a detail; the same in every language."""
    text: str
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its vetted answer."""

    topic: str
    id: str
    language: str
    title: str
    """The title of the document it stands in."""
    heading: str
    answer: tuple[Statement, ...]
    details: tuple[Statement, ...]
    steps: tuple[str, ...]
    contacts: tuple[str, ...]
    asked: tuple[str, ...]
    as_of: date
    review_due: date
    review: Review

    @property
    def key(self) -> str:
        """The same in every language: `conf-ice-requests/address`."""
        return f"{self.topic}/{self.id}"

    @property
    def page(self) -> str:
        """Path of the section's own page on this server."""
        return f"/{self.language}/{self.topic}/{self.id}"

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.answer + self.details


@dataclass(frozen=True, slots=True)
class Document:
    """One topic in one language."""

    topic: str
    language: str
    title: str
    as_of: date
    revised: date
    review_due: date
    translates: date | None
    never_say: tuple[str, ...]
    sections: tuple[Section, ...]
    review: Review
    digest: str
    """SHA-256 of what a reader would see; a signature holds for one digest."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A section that retrieval found, with how well it fits and how well each of its statements does."""

    section: Section
    score: float
    """0 to 1; comparable between the passages of one question."""
    relevance: tuple[float, ...]
    """Per statement of `section.statements`, 0 to 1."""
    question: int = 0
    """Which of the person's questions it answers; 0 for the first or only one."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A vetted statement in its place."""

    section: Section
    statement: Statement


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of an answer that is being written, and the vetted statements it rests on."""

    text: str
    quotes: tuple[Quote, ...] = ()
    unknown: tuple[int, ...] = ()
    """Numbers that a model cited although no statement has them."""
    blanks: tuple[tuple[str, str], ...] = ()
    """`(placeholder, what it stands for)`: while a line is verified, phones and addresses are placeholders in it and its quotes."""

    def restored(self) -> "Line | None":
        """The line as a reader sees it. `None` when it holds a placeholder that its own quotes do not have."""
        quoted = " ".join(quote.statement.text for quote in self.quotes)
        if set(_BLANK.findall(self.text)) - set(_BLANK.findall(quoted)):
            return None
        quotes = tuple(
            Quote(q.section, replace(q.statement, text=self._filled(q.statement.text)))
            for q in self.quotes
        )
        return Line(self._filled(self.text), quotes, self.unknown)

    def _filled(self, text: str) -> str:
        for name, value in self.blanks:
            text = text.replace(name, value)
        return text


_BLANK = re.compile(r"\{[^{}]*\}|[{}]")
"""A placeholder, or what is left of one. No vetted text holds a brace: the loading of the corpus refuses it."""
