"""The corpus engine: an answer made of vetted sentences, word for word, chosen and put in order for the question."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from app.domain.answer import Engine
from app.domain.question import Asked, Audience
from app.domain.section import Line, Passage, Quote, Statement

_SECOND_OPINION = 0.6
"""A second section speaks, in its short answer, when it fits at least this share as well as the first."""


@dataclass(frozen=True, slots=True)
class CorpusWriter:
    """Short answer first, then the details that this question needs, in the order of the page."""

    details: int = 3
    """Details of the best section for a person who asks for themselves; a hotline gets all."""
    engine: Engine = Engine.CORPUS

    async def write(self, asked: Asked, passages: tuple[Passage, ...]) -> AsyncIterator[Line]:
        """The lines of the answer; each one is its own quote."""
        best, *others = passages
        for statement in best.section.answer:
            yield _line(best, statement)
        for statement in self._needed(asked, best):
            yield _line(best, statement)
        for other in others:
            if other.score >= _SECOND_OPINION * best.score and asked.audience is Audience.HOTLINE:
                for statement in other.section.answer:
                    yield _line(other, statement)

    def _needed(self, asked: Asked, passage: Passage) -> tuple[Statement, ...]:
        details = passage.section.details
        if asked.audience is Audience.HOTLINE:
            return details
        fit = dict(zip(passage.section.statements, passage.relevance, strict=True))
        # Sorting is stable: details that fit alike keep the order their author gave them.
        chosen = sorted(details, key=lambda detail: -fit[detail])[: self.details]
        return tuple(detail for detail in details if detail in chosen)


def _line(passage: Passage, statement: Statement) -> Line:
    return Line(statement.text, (Quote(passage.section, statement),))
