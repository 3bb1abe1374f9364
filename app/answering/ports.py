"""The small interfaces that the path of a question needs. Adapters and fakes obey them; nothing else is assumed."""

from collections.abc import AsyncGenerator, Iterable, Mapping
from typing import Protocol

from app.domain.answer import Contact, Engine, Outcome
from app.domain.question import Asked, Redaction, Rewrite
from app.domain.section import Line, Passage, Section
from app.domain.usage import Usage


class Redactor(Protocol):
    def redact(self, text: str) -> tuple[str, tuple[Redaction, ...]]:
        """The text without personal data, and what was taken out."""
        ...


class Languages(Protocol):
    def identify(self, text: str, preferred: str | None = None) -> str | None:
        """The language offered that a text is in; `None` when it is in another one."""
        ...


class Verdict(Protocol):
    """The question ends here, with a standing section."""

    @property
    def outcome(self) -> Outcome: ...
    @property
    def section(self) -> Section: ...


class Triage(Protocol):
    def card(self, asked: Asked) -> Section | None:
        """The emergency card for a question, if it is an emergency."""
        ...


class Scope(Protocol):
    def verdict(self, asked: Asked) -> Verdict | None:
        """Whether to decline, or to say that the subject is another one."""
        ...

    def unanswered(self, asked: Asked) -> Verdict | None:
        """The same, once it is known that no text answers."""
        ...


class Retriever(Protocol):
    def recognise(self, asked: Asked) -> Asked:
        """The question with its topics' probabilities."""
        ...

    def retrieve(self, asked: Asked) -> tuple[Passage, ...]:
        """Sections that answer the question, best first; none when no text does."""
        ...


class Rewriter(Protocol):
    async def rewrite(self, asked: Asked) -> Rewrite:
        """A follow-up ("and my wife?") as one question that stands alone. Never raises for a model's sake."""
        ...


class Writer(Protocol):
    @property
    def engine(self) -> Engine: ...

    def write(
        self, asked: Asked, passages: tuple[Passage, ...]
    ) -> AsyncGenerator[Line | Usage, None]:
        """An answer, line by line, each with the vetted statements it rests on.

        In between, what it has taken up to then; each tells the whole and replaces the one before.

        Raises:
            ModelUnavailable: it cannot write, or not to the end.
        """
        ...


class Verifier(Protocol):
    def supported(self, line: Line, asked: Asked) -> bool:
        """Whether the statements that a line cites support it."""
        ...

    def broken(self, line: Line, asked: Asked) -> str | None:
        """The name of the rule by which a line is not supported; `None` when it is."""
        ...


class Standing(Protocol):
    """Words of an answer that no section gives."""

    @property
    def statements(self) -> tuple[str, ...]: ...
    @property
    def steps(self) -> tuple[str, ...]: ...
    @property
    def contacts(self) -> tuple[str, ...]: ...


class Replies(Protocol):
    def unsupported(self, language: str) -> Standing: ...

    def unknown_language(self, language: str) -> Mapping[str, Standing]: ...

    def notice(
        self, language: str, sections: Iterable[Section], redactions: Iterable[Redaction]
    ) -> str:
        """What stands under an answer: what it is, how old, who reviewed it, what was taken out."""
        ...


Contacts = Mapping[str, Mapping[str, Contact]]
"""Language -> id -> contact."""
