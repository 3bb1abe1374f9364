"""The corpus engine: an answer made of vetted sentences, word for word, chosen and put in order for the question."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from app.domain.answer import Engine
from app.domain.question import Asked, Audience
from app.domain.section import Line, Passage, Quote, Statement
from app.generation.wants import Want, holds, wants

_CLOSE = 0.6
"""Share of the best section's score at which another one may be what the person meant."""
_WANTED = 0.2
"""What holding the kind of fact asked for is worth beside how near a statement's words are, 0 to 1."""
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
        also = [other for other in others if other.question]
        close = [o for o in others if not o.question and o.score >= _CLOSE * best.score]
        in_doubt = bool(close) and best.score < _DOUBT and not also
        wanted = wants(asked.text)
        for statement in self._told(asked, best, wanted, 1 if in_doubt or also else self.details):
            yield _line(best, statement)
        for other in also:
            for statement in self._told(asked, other, wanted, 1):
                yield _line(other, statement)
        if in_doubt or asked.audience is Audience.HOTLINE:
            for other in close[:1]:
                for statement in other.section.answer:
                    yield _line(other, statement)

    def _told(
        self, asked: Asked, passage: Passage, wanted: frozenset[Want], most: int
    ) -> tuple[Statement, ...]:
        """The short answer, then the details that fit. A fact that was asked for stands directly behind the answer's first sentence."""
        answer, details = passage.section.answer, passage.section.details
        if asked.audience is Audience.HOTLINE:
            return answer + details
        fit = dict(zip(passage.section.statements, passage.relevance, strict=True))
        asked_for = [d for d in details if holds(d.text, wanted)]
        held = any(holds(statement.text, wanted) for statement in answer)
        # Sorting is stable: details that fit alike keep the order their author gave them.
        by_fit = sorted(details, key=lambda d: -fit[d] - (_WANTED if d in asked_for else 0.0))
        chosen = [detail for detail in details if detail in by_fit[:most]]
        if wanted and not held and by_fit[0] in asked_for:
            chosen = [detail for detail in chosen if detail is not by_fit[0]]
            return (answer[0], by_fit[0], *answer[1:], *chosen)
        return (*answer, *chosen)


def _line(passage: Passage, statement: Statement) -> Line:
    return Line(statement.text, (Quote(passage.section, statement),))
