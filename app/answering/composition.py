"""An answer while it is being told: numbers the citations, remembers what was used, closes with steps and contacts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.answering.ports import Contacts, Replies
from app.domain.answer import (
    Answer,
    AnswerStatement,
    Citation,
    Engine,
    Event,
    Opening,
    Outcome,
)
from app.domain.question import Asked
from app.domain.section import Line, Passage, Quote, Section
from app.domain.usage import NO_USAGE, Usage

_STEPS = 6
_CONTACTS = 5
_FOLLOW_UPS = 3


@dataclass
class Composition:
    """Collects one answer. Every event it yields is final: nothing told is ever taken back."""

    asked: Asked
    replies: Replies
    contacts: Contacts
    outcome: Outcome = Outcome.ANSWERED
    topic: str | None = None
    engine: Engine = Engine.CORPUS
    understanding: Usage = NO_USAGE
    """What a model took to understand the question."""
    writing: Usage = NO_USAGE
    """What a model took, up to now, to write the answer."""
    _statements: list[AnswerStatement] = field(default_factory=list)
    _citations: list[Citation] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _sections: dict[str, Section] = field(default_factory=dict)
    _steps: list[str] = field(default_factory=list)
    _contacts: list[str] = field(default_factory=list)
    _follow_ups: list[str] = field(default_factory=list)

    def opening(self) -> Opening:
        """What is known before the first statement."""
        return Opening(
            self.outcome, self.topic, self.asked.language, self.asked.redactions, self.engine
        )

    def tell(self, line: Line) -> Iterator[Event]:
        """One statement, behind the citations that it is the first to use."""
        numbers = []
        for quote in line.quotes:
            if quote.statement.id not in self._numbers:
                citation = self._cite(quote)
                if citation:
                    yield citation
            number = self._numbers.get(quote.statement.id)
            if number:
                numbers.append(number)
        statement = AnswerStatement(line.text, tuple(numbers))
        self._statements.append(statement)
        yield statement

    def tell_section(self, section: Section) -> Iterator[Event]:
        """A boundary's section whole: it was written to be read so."""
        for statement in section.statements:
            yield from self.tell(Line(statement.text, (Quote(section, statement),)))
        self.use(section)

    def tell_words(self, words: Sequence[str], language: str | None = None) -> Iterator[Event]:
        """Standing words, which state no fact and cite nothing; in another language than the answer's if need be."""
        other = language if language != self.asked.language else None
        for text in words:
            statement = AnswerStatement(text, language=other)
            self._statements.append(statement)
            yield statement

    def told(self, line: Line) -> bool:
        """Whether every statement behind a line has been told already."""
        return bool(line.quotes) and all(q.statement.id in self._numbers for q in line.quotes)

    @property
    def empty(self) -> bool:
        return not self._statements

    def use(self, section: Section) -> None:
        """Close with this section's steps and contacts, behind those already there."""
        self._sections[section.key] = section
        self.advise(section.steps, section.contacts)

    def advise(self, steps: Sequence[str], contacts: Sequence[str]) -> None:
        """Add steps and contacts once each."""
        self._steps += [step for step in steps if step not in self._steps]
        self._contacts += [contact for contact in contacts if contact not in self._contacts]

    def suggest(self, passages: Sequence[Passage]) -> None:
        """Offer what else was found as the next question."""
        used = {citation.section.key for citation in self._citations} | set(self._sections)
        self._follow_ups += [p.section.heading for p in passages if p.section.key not in used]

    def done(self) -> Answer:
        """The whole answer."""
        language = self.asked.language
        held = self.contacts[language]
        return Answer(
            outcome=self.outcome,
            topic=self.topic,
            language=language,
            statements=tuple(self._statements),
            citations=tuple(self._citations),
            next_steps=tuple(self._steps[:_STEPS]),
            contacts=tuple(held[id] for id in self._contacts[:_CONTACTS] if id in held),
            follow_ups=tuple(self._follow_ups[:_FOLLOW_UPS]),
            engine=self.engine,
            redactions=self.asked.redactions,
            notice=self.replies.notice(language, self._sections.values(), self.asked.redactions),
            usage=self.understanding + self.writing,
        )

    def _cite(self, quote: Quote) -> Citation | None:
        """The next citation. A statement without sources is advice; it is shown, and cites nothing."""
        section, statement = quote.section, quote.statement
        self._sections.setdefault(section.key, section)
        if not statement.references:
            return None
        number = len(self._citations) + 1
        self._numbers[statement.id] = number
        sources = tuple((r.source.title, r.citation, r.source.url) for r in statement.references)
        citation = Citation(number, section, statement.text, sources)
        self._citations.append(citation)
        return citation
