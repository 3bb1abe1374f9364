"""Vetted statements said faithfully another way, and damaged, by rule. Pure and deterministic: the statement is the seed.

Each way is one thing that a language model does to a sentence, well or badly. The words that the rules put in are in
`mutation_words`; the hand-written set beside the tests has what no rule can make.
"""

import itertools
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.evaluation import changes
from app.evaluation.changes import SENTENCE, Change
from app.evaluation.mutation_words import WORDS, Words


class Kind(StrEnum):
    """What was done to a statement."""

    FAITHFUL = "faithful"
    NUMBER = "number"
    DATE = "date"
    FORM = "form"
    AGENCY = "agency"
    CONTACT = "contact"
    CITATION = "citation"
    NEGATION = "negation"
    MODAL = "modal"
    DIRECTION = "direction"
    WIDENED = "widened"
    HEDGE = "hedge"
    ADDED = "added"
    MERGED = "merged"
    PROMISE = "promise"


class Group(StrEnum):
    """Kinds that share a bar."""

    FAITHFUL = "faithful lines rejected"
    FACT = "hard facts caught"
    FLIP = "flips and widenings caught"
    SOFT = "added soft claims caught"
    OTHER = "other damage caught"


GROUPS: Mapping[Kind, Group] = {
    Kind.FAITHFUL: Group.FAITHFUL,
    **dict.fromkeys((Kind.NUMBER, Kind.DATE, Kind.FORM, Kind.AGENCY, Kind.CONTACT), Group.FACT),
    **dict.fromkeys(
        (Kind.NEGATION, Kind.MODAL, Kind.DIRECTION, Kind.WIDENED, Kind.HEDGE), Group.FLIP
    ),
    Kind.ADDED: Group.SOFT,
    **dict.fromkeys((Kind.CITATION, Kind.MERGED, Kind.PROMISE), Group.OTHER),
}


@dataclass(frozen=True, slots=True)
class Vetted:
    """A statement as the corpus has it."""

    id: str
    text: str

    @property
    def topic(self) -> str:
        return self.id.split("/")[0]


@dataclass(frozen=True, slots=True)
class Pair:
    """A line, the statements it cites, and what was done to them."""

    cited: tuple[Vetted, ...]
    text: str
    kind: Kind
    way: str


_ALONE: Sequence[tuple[Kind, Change]] = (
    (Kind.FAITHFUL, changes.contracted),
    (Kind.FAITHFUL, changes.synonyms),
    (Kind.FAITHFUL, changes.condition_last),
    (Kind.FAITHFUL, changes.condition_first),
    (Kind.FAITHFUL, changes.one_sentence),
    (Kind.FAITHFUL, changes.plain_number),
    (Kind.FAITHFUL, changes.led_in),
    (Kind.FAITHFUL, changes.asked),
    (Kind.NUMBER, changes.number),
    (Kind.NUMBER, changes.number_word),
    (Kind.NUMBER, changes.unit),
    (Kind.DATE, changes.month),
    (Kind.DATE, changes.year),
    (Kind.FORM, changes.form),
    (Kind.CONTACT, changes.phone),
    (Kind.CONTACT, changes.address),
    (Kind.AGENCY, changes.agency),
    (Kind.DIRECTION, changes.actors),
    (Kind.NEGATION, changes.negated),
    (Kind.NEGATION, changes.affirmed),
    (Kind.MODAL, changes.modal),
    (Kind.DIRECTION, changes.turned),
    (Kind.WIDENED, changes.widened),
    (Kind.HEDGE, changes.unhedged),
    (Kind.ADDED, changes.added),
    (Kind.ADDED, changes.added_before),
    (Kind.PROMISE, changes.promised),
)


def mutations(statements: Sequence[Vetted], language: str, most: int = 250) -> Iterator[Pair]:
    """Pairs from every statement, at most so many of each way, spread over the corpus.

    Args:
        statements: of one language, in the order of the corpus.
        language: decides the words; one without words has no pairs.
        most: pairs of one way.
    """
    if language not in WORDS:
        return
    words = WORDS[language]
    for kind, change in _ALONE:
        yield from _spread(_changed(statements, kind, change, words), most)
    yield from _spread(_joined(statements, words), most)
    yield from _spread(_swapped_citations(statements), most)
    yield from _spread(_merged(statements, words), most)


_BROKEN = re.compile(
    r"\b(?:not?|ni) (?:not?|ni|ning\w+)\b|\bno one else (?:cannot|may not)|^A[.:,]", re.IGNORECASE
)
"""No language model writes "is not not"; such a pair would measure nothing."""


def _spread(pairs: Iterable[Pair], most: int) -> list[Pair]:
    held = list(pairs)
    held.sort(key=lambda pair: random.Random(pair.text).random())
    return held[:most]


def _changed(
    statements: Sequence[Vetted], kind: Kind, change: Change, words: Words
) -> Iterator[Pair]:
    for vetted in statements:
        chance = random.Random(f"{change.__name__} {vetted.text}")
        text = change(vetted.text, words, chance)
        if text is not None and text != vetted.text and not _BROKEN.search(text):
            yield Pair((vetted,), text, kind, change.__name__)


def _neighbours(statements: Sequence[Vetted]) -> Iterator[tuple[Vetted, Vetted]]:
    for one, other in itertools.pairwise(statements):
        if one.id.split("#")[0] == other.id.split("#")[0]:
            yield one, other


def _joined(statements: Sequence[Vetted], words: Words) -> Iterator[Pair]:
    """Two short statements in one line, citing both."""
    for one, other in _neighbours(statements):
        if len(one.text) + len(other.text) < 240 and not re.search(words.leaning, other.text):
            yield Pair((one, other), f"{one.text} {other.text}", Kind.FAITHFUL, "joined")


def _swapped_citations(statements: Sequence[Vetted]) -> Iterator[Pair]:
    """A statement that cites another page."""
    for one, other in zip(statements, statements[len(statements) // 2 :], strict=False):
        if one.topic != other.topic:
            yield Pair((other,), one.text, Kind.CITATION, "swapped_citation")


def _merged(statements: Sequence[Vetted], words: Words) -> Iterator[Pair]:
    """The beginning of one sentence with the end of the next statement's."""
    for one, other in _neighbours(statements):
        begins, ends = (re.split(words.verb, s.text, maxsplit=1) for s in (one, other))
        if len(begins) < 3 or len(ends) < 3 or begins[0].strip() == ends[0].strip():
            continue
        if 2 <= len(begins[0].split()) <= 9 and len(ends[2].split()) >= 4:
            end = SENTENCE.split(ends[2])[0]
            yield Pair((one, other), f"{begins[0]}{ends[1]}{end}", Kind.MERGED, "merged")
