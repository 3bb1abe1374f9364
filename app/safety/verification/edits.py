"""A line that is nearly its statement, with a small change in the midst: there every word that acts must be the same.

Both are laid side by side (Ratcliff and Obershelp's matching, as in `difflib`). In a gap of a word or two between words
that match, a lost "not", another number, another agency or the opposite word is a change of what is claimed, however
alike the rest is. What only moved to another place of the sentence is no change.
"""

from collections import Counter
from difflib import SequenceMatcher

from app.safety.verification.lexicon import Kind, Lexicon
from app.safety.verification.reading import CONTENT, FACTS, Reading, Token
from app.safety.verification.rules import Rule
from app.safety.verification.widening import sentences

_ALIKE_ENOUGH = 0.6
_WIDEST = 2
_ACTING = {
    **dict.fromkeys(("NOT", "NEVER", "FORBID"), Rule.FORCE),
    **dict.fromkeys(
        ("BEFORE", "AFTER", "UNTIL", "WITHOUT", "MORE", "LESS", "ATLEAST"), Rule.DIRECTION
    ),
    **dict.fromkeys(("SOME", "FEW", "MANY", "MOST", "REPORTED", "USUALLY"), Rule.WIDENED),
}
_FREE = frozenset({"MAY"})
_BOUND = frozenset({"MUST", "NEED"})
_SAME = {"NEVER": "NOT", "FORBID": "NOT", "FEW": "SOME", "MANY": "MOST", "ONCE": "AFTER"}
Gap = tuple[list[Token], list[Token]]


def edited(line: Reading, cited: Reading, words: Lexicon) -> Rule | None:
    """The rule that a small change breaks, if there is one."""
    held = [_acting(sentence) for sentence in sentences(cited)]
    for sentence in sentences(line):
        said = _acting(sentence)
        gaps, ratio = max(
            (_gaps(said, vetted) for vetted in held), key=lambda found: found[1], default=([], 0.0)
        )
        if ratio >= _ALIKE_ENOUGH and (rule := _changed(gaps, {_key(t) for t in said}, words)):
            return rule
    return None


def _acting(tokens: list[Token]) -> list[Token]:
    return [t for t in tokens if t.kind in CONTENT or t.kind is Kind.OPERATOR or t.name]


def _key(token: Token) -> str:
    return f"{_SAME.get(token.concept, token.concept)} {token.unit}"


def _rule(key: str) -> Rule | None:
    return _ACTING.get(key.strip())


def _gaps(said: list[Token], vetted: list[Token]) -> tuple[list[Gap], float]:
    ours, theirs = [_key(t) for t in said], [_key(t) for t in vetted]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    found = [
        (said[a:b], vetted[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    ]
    matched = sum(block.size for block in matcher.get_matching_blocks())
    return found, matched / max(1, len(ours))


def _changed(gaps: list[Gap], said: set[str], words: Lexicon) -> Rule | None:
    put_in = Counter(_key(t) for ours, _ in gaps for t in ours)
    left_out = Counter(_key(t) for _, theirs in gaps for t in theirs)
    # A reserve may be put in; and it is not lost while the sentence has it elsewhere.
    reserves = {key for key in put_in if key not in left_out and _rule(key) is Rule.WIDENED}
    kept = {key for key in left_out if key in said and _rule(key) is Rule.WIDENED}
    moved = set(put_in & left_out) | reserves | kept
    for ours, theirs in gaps:
        if len(ours) > _WIDEST or len(theirs) > _WIDEST:
            continue
        if rule := _of_gap(ours, theirs, moved, words):
            return rule
    return None


def _of_gap(ours: list[Token], theirs: list[Token], moved: set[str], words: Lexicon) -> Rule | None:
    for token in (*ours, *theirs):
        if token.kind is Kind.OPERATOR and token.concept in _ACTING and _key(token) not in moved:
            return _ACTING[token.concept]
    if {t.concept for t in ours} & _FREE and {t.concept for t in theirs} & _BOUND:
        return Rule.FORCE
    if {t.concept for t in ours} & _BOUND and {t.concept for t in theirs} & _FREE:
        return Rule.FORCE
    for our in ours:
        for their in theirs:
            if their.concept in words.opposites.get(our.concept, frozenset()):
                return Rule.DIRECTION
            both_facts = our.kind in FACTS and our.kind is their.kind and our.kind is not Kind.DATE
            both_names = our.name and their.name
            if (both_facts or both_names) and _key(our) != _key(their):
                return Rule.BINDING
    return None
