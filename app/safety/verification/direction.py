"""Nothing of a line is the other way round: before and after, more and less, with and without, civil and criminal."""

from app.safety.verification.lexicon import Kind, Lexicon
from app.safety.verification.reading import CONTENT, Reading

_AGAINST = {
    "BEFORE": {"AFTER", "SINCE"},
    "AFTER": {"BEFORE", "UNTIL"},
    "UNTIL": {"SINCE", "AFTER"},
    "SINCE": {"UNTIL", "BEFORE"},
    "MORE": {"LESS", "ATMOST"},
    "LESS": {"MORE", "ATLEAST"},
    "ATLEAST": {"ATMOST", "LESS"},
    "ATMOST": {"ATLEAST", "MORE"},
    "WITHOUT": {"WITH"},
    "WITH": {"WITHOUT"},
}
_STATED = frozenset({"BEFORE", "AFTER", "UNTIL", "MORE", "LESS", "ATLEAST", "ATMOST", "WITHOUT"})
"""A line may say these only where a statement does."""
_AS_WELL = {
    "ATMOST": {"WITHIN", "UNTIL", "LESS"},
    "WITHIN": {"ATMOST"},
    "UNTIL": {"ATMOST", "BEFORE"},
    "BEFORE": {"UNTIL"},
    "AFTER": {"SINCE", "ONCE"},
    "SINCE": {"AFTER"},
    "WITHOUT": {"NOT"},
    "LESS": {"ATMOST"},
    "MORE": {"ATLEAST"},
}


def turned(line: Reading, cited: Reading, words: Lexicon) -> bool:
    """Whether a line turns a direction of what it cites."""
    return _turned_word(line, cited) or _opposite(line, cited, words)


def _turned_word(line: Reading, cited: Reading) -> bool:
    there = {t.concept for t in cited.tokens if t.kind is Kind.OPERATOR}
    for concept in {t.concept for t in line.tokens if t.kind is Kind.OPERATOR} & _STATED:
        if not there & ({concept} | _AS_WELL.get(concept, set())):
            return True
    said, vetted = _anchors(line), _anchors(cited)
    for anchor, ours in said.items():
        theirs = vetted.get(anchor, set())
        for one in ours:
            against = _AGAINST.get(one, set())
            if theirs & against and one not in theirs:
                return True
    return False


def _anchors(text: Reading) -> dict[str, set[str]]:
    """What each such word points at: the next two words of content, or the fact before "or more"."""
    found: dict[str, set[str]] = {}
    for place, token in enumerate(text.tokens):
        if token.kind is not Kind.OPERATOR or token.concept not in _AGAINST:
            continue
        ahead = [t for t in text.tokens[place + 1 : place + 6] if t.kind in CONTENT][:2]
        if token.word in {"or", "o", "and"}:
            ahead = [t for t in text.tokens[max(0, place - 2) : place] if t.kind in CONTENT]
        for target in ahead:
            found.setdefault(target.concept, set()).add(token.concept)
    return found


def _opposite(line: Reading, cited: Reading, words: Lexicon) -> bool:
    """A word whose opposite, and not itself, stands in the statements; or, if both do, beside what its opposite is beside."""
    for place, token in enumerate(line.tokens):
        against = words.opposites.get(token.concept, frozenset()) & cited.concepts
        if not against or token.kind not in CONTENT:
            continue
        if token.concept not in cited.concepts:
            return True
        near = line.near(place, 3)
        own = _closest(near, token.concept, cited)
        if any(_closest(near, other, cited) > own + 1 for other in against):
            return True
    return False


def _closest(near: frozenset[str], concept: str, cited: Reading) -> int:
    return max(
        len(near & cited.near(n, 3)) for n, t in enumerate(cited.tokens) if t.concept == concept
    )
