"""Negation and modality: what may, must, need not or cannot be done stays so.

Each run of such words ("does not have to", "no puede") is a force, and falls on the next word that has content, its head.
A line and its statements are compared head by head.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.safety.verification.lexicon import Kind
from app.safety.verification.reading import CONTENT, Reading


class Force(StrEnum):
    PLAIN = "plain"
    NOT = "not"
    MAY = "may"
    MUST = "must"
    SHOULD = "should"
    WILL = "will"
    FORBIDDEN = "forbidden"
    EXEMPT = "exempt"
    """Need not."""
    SHOULD_NOT = "should not"
    WILL_NOT = "will not"


_FORCES = (
    ("FORBID", Force.FORBIDDEN, Force.MAY),
    ("MUST", Force.MUST, Force.FORBIDDEN),
    ("NEED", Force.MUST, Force.EXEMPT),
    ("MAY", Force.MAY, Force.FORBIDDEN),
    ("SHOULD", Force.SHOULD, Force.SHOULD_NOT),
    ("WILL", Force.WILL, Force.WILL_NOT),
)
"""Word class, its force, and its force when negated: must not forbids, need not exempts."""
_OPERATORS = frozenset({"NOT", "NEVER", *(operator for operator, _, _ in _FORCES)})
_JOINING = frozenset({"and", "so", "or", "please", "y", "o", "e", "to", "para"})
_ALIKE = {
    frozenset({Force.NOT, Force.FORBIDDEN}),
    frozenset({Force.NOT, Force.WILL_NOT}),
    frozenset({Force.PLAIN, Force.WILL}),
    frozenset({Force.NOT, Force.SHOULD_NOT}),
}
_FROM_A_REQUEST = frozenset({Force.MAY, Force.MUST, Force.SHOULD})
"""What a line may say for "Call 800-…" in a statement: you can, you need to, you should."""
_NEGATIVE = frozenset({Force.NOT, Force.FORBIDDEN, Force.EXEMPT, Force.SHOULD_NOT, Force.WILL_NOT})


@dataclass(frozen=True, slots=True)
class Group:
    """A force, the places it covers, and where it falls."""

    force: Force
    start: int
    head: int | None


def groups(text: Reading) -> Iterator[Group]:
    """Every force of a text, in order."""
    run: list[str] = []
    start = 0
    for place, token in enumerate(text.tokens):
        if token.kind is Kind.OPERATOR and token.concept in _OPERATORS:
            start = start if run else place
            run.append(token.concept)
        elif run and token.kind is Kind.BREAK:
            yield Group(_force(run), start, None)
            run = []
        elif run and token.kind in CONTENT:
            yield Group(_force(run), start, place)
            run = []
    if run:
        yield Group(_force(run), start, None)


def _force(run: list[str]) -> Force:
    negated = "NOT" in run or "NEVER" in run
    if "NEED" in run and "MAY" in run[: run.index("NEED")] and not negated:
        return Force.MAY
    for operator, plain, refused in _FORCES:
        if operator in run:
            return refused if negated else plain
    return Force.NOT if negated else Force.PLAIN


def flipped(line: Reading, cited: Reading) -> bool:
    """Whether negation or modality of a line differs from what it cites."""
    answers = {t.concept for t in cited.tokens if t.concept in {"YES", "NO"}}
    if line.answer and line.answer not in answers:
        return True
    said, vetted = _Forces(line), _Forces(cited)
    if any(not said.borne(place, vetted) for place in said.judged(vetted)):
        return True
    return said.negations() > vetted.negations() or said.strays(vetted)


class _Forces:
    """A text's forces, by the place they fall on and by the clause."""

    def __init__(self, text: Reading) -> None:
        self.text = text
        self.groups = tuple(groups(text))
        self.heads = {g.head: g.force for g in self.groups if g.head is not None}
        self.clauses: dict[int, set[Force]] = {}
        for group in self.groups:
            self.clauses.setdefault(text.tokens[group.start].clause, set()).add(group.force)
        self.places: dict[str, list[int]] = {}
        for place, token in enumerate(text.tokens):
            if token.kind in CONTENT:
                self.places.setdefault(token.concept, []).append(place)

    def negations(self) -> int:
        return sum(g.force in _NEGATIVE for g in self.groups)

    def strays(self, vetted: "_Forces") -> bool:
        """Whether a force falls on words that its statements do not have, and is not theirs either."""
        theirs = {g.force for g in vetted.groups}
        return any(
            not any(_alike(g.force, force) for force in theirs)
            for g in self.groups
            if g.head is None or self.text.tokens[g.head].concept not in vetted.places
        )

    def judged(self, vetted: "_Forces") -> Iterator[int]:
        """Places whose concept stands on both sides, as a head on at least one of them."""
        heads = {vetted.text.tokens[place].concept for place in vetted.heads}
        for concept, places in self.places.items():
            if concept in vetted.places:
                yield from (p for p in places if p in self.heads or concept in heads)

    def borne(self, place: int, vetted: "_Forces") -> bool:
        """Whether one of the likeliest counterparts of a place has its force."""
        near = self.text.near(place)
        candidates = vetted.places[self.text.tokens[place].concept]
        shared = {c: len(near & vetted.text.near(c)) for c in candidates}
        best = max(shared.values())
        return any(self._agree(place, c, vetted) for c in candidates if shared[c] >= best - 1)

    def _agree(self, place: int, counterpart: int, vetted: "_Forces") -> bool:
        ours, theirs = self.heads.get(place), vetted.heads.get(counterpart)
        if ours is not None and theirs is not None:
            return _alike(ours, theirs)
        if ours is not None:
            around = vetted.around(counterpart)
            asks = vetted.asks(counterpart) and ours in _FROM_A_REQUEST
            return (
                self._shifted(place, ours, vetted)
                or asks
                or ours is Force.WILL
                or any(_alike(ours, force) for force in around)
            )
        if theirs is None:
            return True
        if theirs in {Force.MUST, Force.SHOULD} and self.asks(place):
            return True
        return theirs is Force.WILL or any(_alike(force, theirs) for force in self.around(place))

    def _shifted(self, place: int, force: Force, vetted: "_Forces") -> bool:
        """Whether the statements put the same force on a word that follows here: "never give it to X", "never to X"."""
        following = [
            t.concept for t in self.text.tokens[place + 1 : place + 6] if t.kind in CONTENT
        ]
        theirs = {
            vetted.text.tokens[h].concept for h, f in vetted.heads.items() if _alike(force, f)
        }
        return bool(theirs & set(following[:2]))

    def around(self, place: int) -> set[Force]:
        return self.clauses.get(self.text.tokens[place].clause, set())

    def asks(self, place: int) -> bool:
        """Whether a clause begins with this word: a request."""
        tokens = self.text.tokens
        before = tokens[place - 1] if place else None
        return before is None or before.kind is Kind.BREAK or before.word in _JOINING


def _alike(ours: Force, theirs: Force) -> bool:
    return ours is theirs or frozenset({ours, theirs}) in _ALIKE
