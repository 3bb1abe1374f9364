"""The corpus engine: an answer made of vetted sentences, word for word, chosen and put in order for the question."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from app.domain.answer import Engine
from app.domain.question import Asked, Audience
from app.domain.section import Line, Passage, Quote, Statement

_CLOSE = 0.6
"""Share of the best section's score at which another one may be what the person meant."""
_DOUBT = 0.35
"""Score below which the best section is right less often than not (see Measured in `app/README.md`)."""


@dataclass(frozen=True, slots=True)
class CorpusWriter:
    """Short answer first, then the details that this question needs, in the order of the page.

    In doubt between sections, the short answer of the next one stands in the place of details.
    """

    details: int = 3
    """Details of the best section for a person who asks for themselves; a hotline gets all."""
    engine: Engine = Engine.CORPUS

    async def write(
        self, asked: Asked, passages: tuple[Passage, ...]
    ) -> AsyncGenerator[Line, None]:
        """The lines of the answer; each one is its own quote."""
        best, *others = passages
        close = [other for other in others if other.score >= _CLOSE * best.score]
        in_doubt = bool(close) and best.score < _DOUBT
        for statement in best.section.answer:
            yield _line(best, statement)
        for statement in self._needed(asked, best, 1 if in_doubt else self.details):
            yield _line(best, statement)
        if in_doubt or asked.audience is Audience.HOTLINE:
            for other in close[:1]:
                for statement in other.section.answer:
                    yield _line(other, statement)

    def _needed(self, asked: Asked, passage: Passage, most: int) -> tuple[Statement, ...]:
        details = passage.section.details
        if asked.audience is Audience.HOTLINE:
            return details
        fit = dict(zip(passage.section.statements, passage.relevance, strict=True))
        # Sorting is stable: details that fit alike keep the order their author gave them.
        chosen = sorted(details, key=lambda detail: -fit[detail])[:most]
        return tuple(detail for detail in details if detail in chosen)


def _line(passage: Passage, statement: Statement) -> Line:
    return Line(statement.text, (Quote(passage.section, statement),))
