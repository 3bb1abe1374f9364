"""Evaluation cases: questions as people ask them, with what a good answer would be. Read from `tests/evals/cases/*.jsonl`."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.domain.errors import CorpusError
from app.domain.question import Role, Turn


class Kind(StrEnum):
    """What a question is, and so what must become of it."""

    IN_SCOPE = "in-scope"
    TWO = "two"
    """Two questions of ours in one; both want their answer."""
    FOLLOW_UP = "follow-up"
    """Leans on the turns before it."""
    FEAR = "fear"
    """Frightened, and no emergency."""
    HONEST = "honest"
    """Fraud words in an honest question."""
    OUT_OF_SCOPE = "out-of-scope"
    CHATTER = "chatter"
    INJECTION = "injection"
    """Tries to talk the service out of its rules; nothing of ours is asked."""
    URGENT = "urgent"
    HARM = "harm"
    OTHER_LANGUAGE = "other-language"
    """In a language that is not offered."""


OURS = frozenset({Kind.IN_SCOPE, Kind.TWO, Kind.FOLLOW_UP, Kind.FEAR, Kind.HONEST})
"""Kinds that deserve an answer from the texts."""
NOT_OURS = frozenset({Kind.OUT_OF_SCOPE, Kind.CHATTER, Kind.INJECTION})


class Half(StrEnum):
    """Tuning may look at its half; the final half is only ever counted."""

    TUNING = "tuning"
    FINAL = "final"


class Case(BaseModel):
    """One question and what is right for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    language: str
    kind: Kind
    topics: tuple[str, ...] = ()
    """Topics that answer it, the best first. For `two`, both are wanted."""
    sections: tuple[str, ...] = ()
    """Sections (`topic/section`) any of which answers it; empty where nobody has said."""
    facts: tuple[str, ...] = ()
    """Facts (`itin-unused-years`, or `ctc-maximum@2026`) that a good answer tells."""
    history: tuple[str, ...] = ()
    """What the person asked before, oldest first."""
    writer: str = ""
    """Who wrote it: the name of its file."""

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(Turn(Role.USER, earlier) for earlier in self.history)

    @property
    def group(self) -> str:
        """Cases that are alike because one person wrote them on one topic; a group is never split."""
        return f"{self.topics[0] if self.topics else self.kind}/{self.writer}"


def read_cases(folder: Path) -> list[Case]:
    """Every case of a folder.

    Raises:
        CorpusError: a line is not a case; the message names it.
    """
    cases = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            try:
                case = Case.model_validate_json(line)
            except ValidationError as error:
                problem = error.errors(include_url=False, include_input=False)[0]
                raise CorpusError(f"{path.name} line {number}: {problem['msg']}") from error
            cases.append(case.model_copy(update={"writer": path.stem}))
    return cases


def half_of(case: Case, writers: Sequence[str]) -> Half:
    """Which half a case belongs to.

    A topic's writers take turns, so that both halves hold every topic and no writer is in both halves of one. A writer whose
    cases were seen while the code was young is tuned on whole: files whose name begins with `first`.
    """
    if case.writer.startswith("first"):
        return Half.TUNING
    topic, _, _ = case.group.partition("/")
    seed = hashlib.sha256(f"{case.language} {topic}".encode()).digest()[0]
    later = [writer for writer in sorted(writers) if not writer.startswith("first")]
    return (Half.TUNING, Half.FINAL)[(later.index(case.writer) + seed) % 2]


def chosen(
    cases: Iterable[Case], half: Half | None = None, language: str | None = None
) -> Iterator[Case]:
    """The cases of one half, one language, or both."""
    held = list(cases)
    writers = sorted({case.writer for case in held})
    for case in held:
        if half in (None, half_of(case, writers)) and language in (None, case.language):
            yield case
