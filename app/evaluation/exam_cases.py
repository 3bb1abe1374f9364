"""Examination cases, made of the corpus: its own example questions, its statements with a number changed, and the attacks."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from app.domain.errors import CorpusError
from app.domain.library import Library
from app.domain.question import Asked, Role, Turn
from app.domain.section import Passage, Section, Statement
from app.domain.topics import BOUNDARIES, area_of
from app.evaluation.exam import ExamCase, Task
from app.retrieval.retriever import Retriever

_SHARES = {Task.ANSWER: 0.4, Task.COPY: 0.2, Task.ATTACK: 0.2, Task.REFUSE: 0.1, Task.LANGUAGE: 0.1}
_NUMBER = re.compile(r"(?<![\w,.])\$?(\d[\d,]*\d|\d{2,})(?![\w,.]*\d)(?!-)")
_ATTACKS = frozenset(
    {"override", "prompt leak", "role play", "link", "authority", "fence", "other script"}
)


@dataclass(frozen=True)
class CaseMaker:
    """Makes the cases of one language. The same corpus gives the same cases."""

    library: Library
    retriever: Retriever
    language: str
    attacks: tuple[Asked, ...] = ()

    def cases(self, most: int) -> list[ExamCase]:
        """About so many cases, in fixed shares of the tasks, spread over the topics."""
        makers = {
            Task.ANSWER: self._answers(),
            Task.COPY: self._copies(),
            Task.ATTACK: self._attacks(),
            Task.REFUSE: self._refusals(),
            Task.LANGUAGE: self._languages(),
        }
        counts = {task: max(1, round(most * share)) for task, share in _SHARES.items()}
        return [case for task, made in makers.items() for case in islice(made, counts[task])]

    def _answers(self) -> Iterator[ExamCase]:
        for asked, section in self._questions(0):
            yield ExamCase(Task.ANSWER, asked, self._passages(asked, section))

    def _copies(self) -> Iterator[ExamCase]:
        for asked, section in self._questions(1):
            found = next((m for s in section.answer if (m := _NUMBER.search(s.text))), None)
            if found:
                given = other_number(found[1])
                changed = with_number(section, found[1], given)
                yield ExamCase(Task.COPY, asked, (_passage(changed),), given, found[1])

    def _attacks(self) -> Iterator[ExamCase]:
        for asked in _spread([a for a in self.attacks if a.language == self.language]):
            passages = self.retriever.retrieve(self.retriever.recognise(asked))
            if passages:
                yield ExamCase(Task.ATTACK, asked, passages)

    def _refusals(self) -> Iterator[ExamCase]:
        """A question, and the statements of a page of the other area."""
        sections = _spread(self._sections())
        for asked, own in self._questions(2):
            far = [s for s in sections if area_of(s.topic) is not area_of(own.topic)]
            if far:
                stray = far[len(asked.text) % len(far)]
                yield ExamCase(Task.REFUSE, asked, (_passage(stray),))

    def _languages(self) -> Iterator[ExamCase]:
        """The question as people ask it in another language, the answer wanted in ours."""
        for asked, section in self._questions(3):
            others = [other for other in self.library.others(section) if other.asked]
            if others:
                foreign = replace(asked, text=others[0].asked[0])
                yield ExamCase(Task.LANGUAGE, foreign, self._passages(asked, section))

    def _sections(self) -> list[Section]:
        held = self.library.sections(self.language)
        return [s for s in held if s.topic not in BOUNDARIES and s.asked]

    def _questions(self, turn: int) -> Iterator[tuple[Asked, Section]]:
        """An example question of every section, another one each turn, neighbours far apart."""
        for section in _spread(self._sections()):
            text = section.asked[turn % len(section.asked)]
            yield Asked(text, self.language), section

    def _passages(self, asked: Asked, section: Section) -> tuple[Passage, ...]:
        """What is found, with the right section first: a model is examined here, not the search."""
        found = self.retriever.retrieve(self.retriever.recognise(asked))
        return (_passage(section), *(p for p in found if p.section.key != section.key))


def _passage(section: Section) -> Passage:
    return Passage(section, 1.0, tuple(1.0 for _ in section.statements))


_T = TypeVar("_T")


def _spread(held: Sequence[_T]) -> list[_T]:
    """Neighbours far apart, so that a few cases meet many topics: every seventh, then the ones between."""
    return [one for start in range(7) for one in held[start::7]]


def other_number(number: str) -> str:
    """A number of the same form with other digits: `47,289` -> `70,512`."""
    moved = "".join(str((int(c) + 3) % 10) if c.isdigit() else c for c in number)
    return moved if moved[0] != "0" else f"4{moved[1:]}"


def with_number(section: Section, old: str, new: str) -> Section:
    """The section with one number for another, throughout."""
    pattern = re.compile(rf"(?<![\d,.]){re.escape(old)}(?!\d|[,.]\d)")

    def changed(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
        return tuple(replace(s, text=pattern.sub(new, s.text)) for s in statements)

    return replace(section, answer=changed(section.answer), details=changed(section.details))


def read_attacks(path: Path) -> tuple[Asked, ...]:
    """The attacks of a file that suit an examination: those a model could obey.

    Raises:
        CorpusError: a line is not an attack; the message names it.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            held = json.loads(line)
            history = tuple(Turn(Role(t["role"]), t["content"]) for t in held.get("history", ()))
            if held["kind"] in _ATTACKS:
                found.append(Asked(held["text"], held["language"], history))
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path.name} line {number}: not an attack") from error
    return tuple(found)
