"""What goes back to the person."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.question import Redaction
from app.domain.section import Section
from app.domain.usage import NO_USAGE, Usage


class Outcome(StrEnum):
    """How a question ends. Not knowing is an answer, not an error."""

    ANSWERED = "answered"
    URGENT = "urgent"
    """The emergency card stands first; an answer, if there is one, after it."""
    OUT_OF_SCOPE = "out_of_scope"
    DECLINED = "declined"
    """Asks for help to do harm."""
    UNSUPPORTED = "unsupported"
    """In scope, but no vetted text covers it."""


class Engine(StrEnum):
    """Who chose the words: the corpus, sentence by sentence, or a language model whose every line was verified."""

    CORPUS = "corpus"
    LLM = "llm"


@dataclass(frozen=True, slots=True)
class Contact:
    """Who can help, in one language."""

    id: str
    name: str
    does: str
    phone: str | None = None
    url: str | None = None
    address: str | None = None
    hours: str | None = None
    languages: tuple[str, ...] = ()
    cost: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement of the answer comes from."""

    n: int
    """1 for the first one in the answer; what `[n]` points to."""
    section: Section
    quote: str
    """The words of the vetted text, verbatim."""
    sources: tuple[tuple[str, str, str | None], ...]
    """`(title, citation, url)` of each source."""


@dataclass(frozen=True, slots=True)
class AnswerStatement:
    """One statement of an answer, with the numbers of its citations."""

    text: str
    citations: tuple[int, ...] = ()
    language: str | None = None
    """Where it is another one than the answer's."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer. Field by field the body of `POST /api/ask`."""

    outcome: Outcome
    topic: str | None
    language: str
    statements: tuple[AnswerStatement, ...]
    citations: tuple[Citation, ...]
    next_steps: tuple[str, ...]
    contacts: tuple[Contact, ...]
    follow_ups: tuple[str, ...]
    engine: Engine
    redactions: tuple[Redaction, ...]
    notice: str
    usage: Usage = NO_USAGE
    """For the log and the operator's bill; readers are not told."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known before the first statement."""

    outcome: Outcome
    topic: str | None
    language: str
    redactions: tuple[Redaction, ...]
    engine: Engine


Event = Opening | Citation | AnswerStatement | Answer
"""What an answer is made of, in the order it is told: opening, citations and statements, at last the whole."""
