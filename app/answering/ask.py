"""What happens to a question, from top to bottom. The order is the policy."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace

from app.answering import ports
from app.answering.composition import Composition
from app.domain.answer import Answer, Event, Outcome
from app.domain.errors import ModelUnavailable
from app.domain.question import Asked, Question
from app.domain.section import Line, Passage, Section
from app.domain.topics import HARM, OUT_OF_SCOPE, URGENT
from app.domain.usage import Usage

log = logging.getLogger("app.answering")

_UNKNOWN_PLACE = "placeholder"
"""What a dropped line is logged under that names a phone or link which its statements do not have."""
_MOST_DROPPED = 3
"""Lines of a model that may fail in a row of verification before it is no longer listened to."""


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions. `ask` is the path gathered up; there is only one path."""

    redactor: ports.Redactor
    languages: ports.Languages
    retriever: ports.Retriever
    triage: ports.Triage
    scope: ports.Scope
    writers: tuple[ports.Writer, ...]
    """The first whose lines hold is heard; the last one needs no model and always has something to say."""
    verifier: ports.Verifier
    replies: ports.Replies
    contacts: ports.Contacts
    default_language: str = "en"
    rewriter: ports.Rewriter | None = None
    """Makes a follow-up stand alone, when there is a model; else the retriever reads it behind the turn before."""

    async def ask(self, question: Question) -> Answer:
        """The whole answer."""
        async for event in self.stream(question):
            if isinstance(event, Answer):
                return event
        raise AssertionError("a path always ends with its answer")

    async def stream(self, question: Question) -> AsyncIterator[Event]:
        """The answer as it is told: opening, citations and statements, at last the whole. Nothing is taken back."""
        asked, understood = self.read(question)
        answer = Composition(asked, self.replies, self.contacts)
        if not understood:
            for event in self._unknown_language(answer):
                yield event
            return
        asked = answer.asked = self.retriever.recognise(asked)
        card = self.triage.card(asked)
        verdict = self.scope.verdict(asked)
        if asked.history and not card and not _declined(verdict):
            asked = answer.asked = await self._standing_alone(asked, answer)
            card, verdict = self.triage.card(asked), self.scope.verdict(asked)

        if verdict:
            for event in self._standing(answer, verdict.section, verdict.outcome, card):
                yield event
            return

        passages = self.retriever.retrieve(asked)
        if not passages:
            # Beside an emergency a mere suspicion of harm or of another subject is not told.
            verdict = None if card else self.scope.unanswered(asked)
            section = verdict.section if verdict else None
            outcome = verdict.outcome if verdict else Outcome.UNSUPPORTED
            for event in self._standing(answer, section, outcome, card):
                yield event
            return

        async for event in self._grounded(answer, passages, card):
            yield event

    def read(self, question: Question) -> tuple[Asked, bool]:
        """The question without personal data and with its language; false when that is one we do not offer."""
        text, redactions = self.redactor.redact(question.text)
        history = tuple(
            replace(turn, content=self.redactor.redact(turn.content)[0])
            for turn in question.history
        )
        found = question.language or self.languages.identify(text, question.preferred_language)
        language = found or question.preferred_language or self.default_language
        asked = Asked(
            text,
            language,
            history,
            question.audience,
            question.state,
            redactions,
            model=question.model,
        )
        return asked, found is not None

    async def _standing_alone(self, asked: Asked, answer: Composition) -> Asked:
        """A follow-up as a model makes it stand alone, if that brings in nothing private and keeps its language."""
        if self.rewriter is None or not asked.model:
            return asked
        rewrite = await self.rewriter.rewrite(asked)
        answer.understanding = rewrite.usage
        asked = replace(asked, waited=rewrite.seconds)
        text, redactions = self.redactor.redact(rewrite.text or "")
        if (
            not text
            or redactions
            or self.languages.identify(text, asked.language) != asked.language
        ):
            return asked
        return self.retriever.recognise(replace(asked, text=text, history=()))

    def _unknown_language(self, answer: Composition) -> Iterator[Event]:
        answer.outcome = Outcome.UNSUPPORTED
        yield answer.opening()
        language = answer.asked.language
        in_each = self.replies.unknown_language(language)
        for code, words in in_each.items():
            yield from answer.tell_words(words.statements, code)
        answer.advise(in_each[language].steps, in_each[language].contacts)
        yield answer.done()

    def _standing(
        self, answer: Composition, section: Section | None, outcome: Outcome, card: Section | None
    ) -> Iterator[Event]:
        """An answer that needs no retrieval: decline, another subject, or no text. An emergency stands before it."""
        if card:
            # In an emergency nothing is added that does not help at once, but a refusal is still a refusal.
            answer.outcome, answer.topic = Outcome.URGENT, URGENT
            yield answer.opening()
            yield from answer.tell_section(card)
            if outcome is Outcome.DECLINED and section:
                yield from answer.tell_section(section)
            yield answer.done()
            return
        answer.outcome = outcome
        answer.topic = {Outcome.DECLINED: HARM, Outcome.OUT_OF_SCOPE: OUT_OF_SCOPE}.get(outcome)
        yield answer.opening()
        if section:
            yield from answer.tell_section(section)
        else:
            words = self.replies.unsupported(answer.asked.language)
            yield from answer.tell_words(words.statements)
            answer.advise(words.steps, words.contacts)
        yield answer.done()

    async def _grounded(
        self, answer: Composition, passages: tuple[Passage, ...], card: Section | None
    ) -> AsyncIterator[Event]:
        """An answer from the texts found, by the first writer whose lines hold. In an emergency no model is waited for."""
        answer.topic = passages[0].section.topic
        # Seconds count in an emergency, and a day's answers of a model are counted.
        writers = self.writers if answer.asked.model and not card else self.writers[-1:]
        if card:
            answer.outcome, answer.topic = Outcome.URGENT, URGENT
            yield answer.opening()
            for event in answer.tell_section(card):
                yield event
        heard = 0
        for writer in writers:
            try:
                async for line in self._verified(writer, answer, passages):
                    if answer.empty:
                        answer.engine = writer.engine
                        yield answer.opening()
                    for event in answer.tell(line):
                        yield event
                    answer.use(line.quotes[0].section)
                    heard += 1
            except ModelUnavailable as reason:
                # A model that broke off leaves whole statements behind; the next writer adds what it had not said.
                log.warning("model.unavailable", extra={"reason": str(reason)})
                continue
            if heard:
                break
        answer.suggest(passages)
        yield answer.done()

    async def _verified(
        self, writer: ports.Writer, answer: Composition, passages: tuple[Passage, ...]
    ) -> AsyncIterator[Line]:
        dropped, spent = 0, answer.writing
        async with aclosing(writer.write(answer.asked, passages)) as lines:
            async for line in lines:
                if isinstance(line, Usage):
                    answer.writing = spent + line
                    continue
                if answer.told(line):
                    continue
                rule = self.verifier.broken(line, answer.asked)
                if rule is None and (shown := line.restored()):
                    dropped = 0
                    yield shown
                    continue
                # A line that claims to rest on nothing, such as a preamble, is put aside without being held against the rest.
                dropped += bool(line.quotes or line.unknown)
                log.info(
                    "line.dropped",
                    extra={
                        "engine": writer.engine,
                        "language": answer.asked.language,
                        "rule": rule or _UNKNOWN_PLACE,
                    },
                )
                if dropped >= _MOST_DROPPED:
                    raise ModelUnavailable("too many lines failed verification")


def _declined(verdict: ports.Verdict | None) -> bool:
    """A request to do harm is not given other words first."""
    return verdict is not None and verdict.outcome is Outcome.DECLINED
