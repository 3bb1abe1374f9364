"""What a person asks, before and after it has been made safe to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from app.domain.usage import NO_USAGE, Usage


class Role(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"


class Audience(StrEnum):
    """Who reads the answer: a person asking for themselves, or a hotline worker who wants more depth."""

    PUBLIC = "public"
    HOTLINE = "hotline"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier turn of the conversation. The caller sends them along; nothing here keeps them."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it came in. Never logged, never stored, never passed on before redaction."""

    text: str
    language: str | None = None
    """The language to answer in; `None` lets the question decide."""
    preferred_language: str | None = None
    """What the reader's device asks for; used only when the question does not show its language."""
    history: tuple[Turn, ...] = ()
    audience: Audience = Audience.PUBLIC
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Redaction:
    """How many pieces of personal data of one kind were taken out."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is safe to look at: personal data removed, language known."""

    text: str
    language: str
    history: tuple[Turn, ...] = ()
    audience: Audience = Audience.PUBLIC
    state: str | None = None
    redactions: tuple[Redaction, ...] = ()
    topics: Mapping[str, float] = field(default_factory=dict)
    """Probability per topic slug or boundary section (`triage-urgent/detained`); sums to one when filled."""
    waited: float = 0.0
    """Seconds that a model has taken to understand it; the one that writes has that much less."""

    def about(self, topics: Mapping[str, float]) -> Self:
        """The same question, with its topics recognised."""
        return replace(self, topics=topics)

    @property
    def earlier_questions(self) -> tuple[str, ...]:
        """What the person asked before, oldest first."""
        return tuple(turn.content for turn in self.history if turn.role is Role.USER)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What became of an attempt to make a question stand alone."""

    text: str | None
    """`None`: nothing that may stand in its place."""
    usage: Usage = NO_USAGE
    seconds: float = 0.0
    """How long it took; the reader has waited so long already."""
