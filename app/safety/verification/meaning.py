"""A line is made of what it cites: word for word or in words that mean the same, clause by clause."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.safety.verification.lexicon import Kind
from app.safety.verification.reading import CONTENT, Reading, Token
from app.safety.verification.widening import sentences

_A_CLAIM = 5
"""Tokens of a clause that can claim something by itself, although most of its words say little."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """How near a line must be. Chosen on the tuning half of the mutations; the table is in `app/README.md`."""

    borne: float = 0.7
    """Share of a line's words that must stand in what it cites."""
    strange: int = 2
    """Words that may not stand there, however long the line."""
    clause: float = 0.5
    """Share of a clause's words."""
    together: float = 0.6
    """Share of a clause's borne words that one sentence, or its neighbours in one statement, must hold."""


def strange(line: Reading, cited: Reading, near: Closeness) -> bool:
    """Whether too much of a line is not in its statements."""
    content = [t for t in line.tokens if t.kind is Kind.WORD]
    if not content:
        return not any(t.kind in CONTENT and t.concept in cited.concepts for t in line.tokens)
    unborne = [t for t in content if t.concept not in cited.concepts]
    if len(unborne) > near.strange or len(unborne) / len(content) > 1 - near.borne:
        return True
    return any(_adds(clause, cited, near) for clause in parts(line))


def parts(text: Reading) -> list[list[Token]]:
    """Clauses, and the halves that "and" joins."""
    found: list[list[Token]] = [[]]
    for before, token in zip((None, *text.tokens), text.tokens, strict=False):
        if before and (token.clause != before.clause or token.word in {"and", "y", "e"}):
            found.append([])
        found[-1].append(token)
    return [part for part in found if part]


def _adds(part: list[Token], cited: Reading, near: Closeness) -> bool:
    words = [t for t in part if t.kind is Kind.WORD]
    borne = [t for t in words if t.concept in cited.concepts]
    if words and not borne and len(part) >= _A_CLAIM:
        return True
    return len(words) > 1 and len(borne) / len(words) < near.clause


def merged(line: Reading, cited: Reading, near: Closeness) -> bool:
    """Whether a clause is put together from halves of sentences that say different things."""
    held = [{t.concept for t in s if t.kind in CONTENT} for s in sentences(cited)]
    if len(held) < 2:
        return False
    for clause in _clauses(line):
        words = {t.concept for t in clause if t.kind in CONTENT and t.concept in cited.concepts}
        if len(words) >= 4 and max(len(words & one) for one in held) / len(words) < near.together:
            return True
    return False


def fused(line: Reading, statements: Sequence[Reading]) -> bool:
    """Whether a clause takes words from one statement and words from another: a subject here, what is said of it there."""
    held = [s.concepts for s in statements]
    if len(held) < 2:
        return False
    for part in parts(line):
        words = {t.concept for t in part if t.kind is Kind.WORD}
        owners = {n for n, mine in enumerate(held) for w in words if _alone(w, n, held)}
        if len(owners) > 1 and len(words) > 1:
            return True
    return False


def _alone(word: str, at: int, held: Sequence[frozenset[str]]) -> bool:
    return word in held[at] and not any(word in other for n, other in enumerate(held) if n != at)


def _clauses(text: Reading) -> list[list[Token]]:
    found: dict[int, list[Token]] = {}
    for token in text.tokens:
        found.setdefault(token.clause, []).append(token)
    return list(found.values())
