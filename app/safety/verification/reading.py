"""A text as the rules read it: tokens with what they mean, the clause and the sentence they stand in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from app.domain.words import fold
from app.safety.verification.lexicon import LONGEST_PHRASE, Kind, Lexicon, lexicon
from app.safety.verification.numbers import amount, date_at, written

_RAW = re.compile(r"\$?[^\W_]+(?:['.,/-][^\W_]+)*%?|[.,;:!?()\"“”«»—–]")
_CONTRACTIONS = (
    (re.compile(r"\bcan(?:no|')t\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'(?:s|re|ve|d|ll)\b"), ""),
)
_SENTENCE_ENDS = frozenset(".!?;")
_OPENS_CLAUSE = frozenset({"IF", "ONCE", "EXCEPT", "THOUGH", "CAUSE"})
_BREAKING = frozenset("but so which who that pero sino que quien donde where".split())
_ANSWERS = frozenset({"no", "yes", "si"})
_MEASURING = frozenset({"over", "above", "under", "below"})
_WITH_A_NUMBER = frozenset(
    {"MORE", "LESS", "ABOUT", "SINCE", "ATMOST", "UNTIL", "ATLEAST", "WITHIN"}
)
FACTS = frozenset({Kind.NUMBER, Kind.DATE, Kind.CODE})
CONTENT = frozenset({Kind.WORD, Kind.LIGHT}) | FACTS


@dataclass(frozen=True, slots=True)
class Token:
    """A word, phrase, number or date, by what it means."""

    kind: Kind
    concept: str
    word: str
    unit: str = ""
    name: bool = False
    clause: int = 0
    sentence: int = 0


@dataclass(frozen=True)
class Reading:
    """A text, read. Positions in `tokens` are what the rules call places."""

    tokens: tuple[Token, ...]

    @cached_property
    def concepts(self) -> frozenset[str]:
        return frozenset(t.concept for t in self.tokens)

    def near(self, place: int, reach: int = 5) -> frozenset[str]:
        """What stands around a place in its sentence."""
        here = self.tokens[place]
        return frozenset(
            t.concept
            for n, t in enumerate(self.tokens[max(0, place - reach) : place + reach + 1])
            if t.kind in CONTENT
            and t.sentence == here.sentence
            and n + max(0, place - reach) != place
        )

    @property
    def answer(self) -> str:
        """`YES` or `NO` when the text begins so."""
        first = self.tokens[0].concept if self.tokens else ""
        return first if first in {"YES", "NO"} else ""


def joined(readings: Sequence[Reading]) -> Reading:
    """Several statements as one text; each keeps its own clauses and sentences."""
    if len(readings) == 1:
        return readings[0]
    tokens: list[Token] = []
    clause = sentence = 0
    for reading in (held for held in readings if held.tokens):
        tokens += [
            replace(t, clause=t.clause + clause, sentence=t.sentence + sentence)
            for t in reading.tokens
        ]
        clause, sentence = tokens[-1].clause + 1, tokens[-1].sentence + 1
    return Reading(tuple(tokens))


def read(text: str, language: str) -> Reading:
    """A text in a language that has word tables."""
    words = lexicon(language)
    assert words is not None, "only languages with tables are read"
    tokens = _answering(_settled(list(_tokens(text, words)), words))
    return Reading(tuple(_in_clauses(tokens)))


@lru_cache(maxsize=8192)
def read_vetted(text: str, language: str) -> Reading:
    """The same for a vetted statement, which is read again and again. Never call it with words of a model or a person."""
    return read(text, language)


def _tokens(text: str, words: Lexicon) -> Iterator[Token]:
    original = _expanded(text)
    raw = list(_RAW.finditer(original))
    folded = [fold(m[0]) for m in raw]
    at = 0
    while at < len(raw):
        token, length = _token(folded, at, words)
        name = _is_name(raw, folded, at, length)
        yield replace(token, name=name and token.kind in {Kind.WORD, Kind.LIGHT, Kind.FUNCTION})
        at += length


def _expanded(text: str) -> str:
    text = text.replace("’", "'").replace("mid-", "mid ").replace("Mid-", "Mid ")
    for pattern, instead in _CONTRACTIONS:
        text = pattern.sub(instead, text)
    return text


def _is_name(raw: list[re.Match[str]], folded: list[str], at: int, length: int) -> bool:
    first = at == 0 or folded[at - 1] in '.!?:"“«'
    for n in range(at, at + length):
        word = raw[n][0]
        if len(word) > 1 and word.isupper() and word.isalpha():
            return True
        if word[:1].isupper() and not (first and n == at) and len(word) > 1:
            return True
    return False


def _token(folded: list[str], at: int, words: Lexicon) -> tuple[Token, int]:
    word = folded[at]
    if found := date_at(folded, at, words):
        return Token(Kind.DATE, found[0], word), found[1]
    if not word[0].isalnum() and word[0] != "$":
        return Token(Kind.BREAK, word, word), 1
    for length in range(min(LONGEST_PHRASE, len(folded) - at), 0, -1):
        if meant := words.phrases.get(tuple(folded[at : at + length])):
            return Token(meant[0], meant[1], word), length
    return _single(folded, at, words)


def _single(folded: list[str], at: int, words: Lexicon) -> tuple[Token, int]:
    word = folded[at]
    following = folded[at + 1] if at + 1 < len(folded) else ""
    if word in words.ones and (following,) in words.units:
        return Token(Kind.NUMBER, "1", word), 1
    if number := amount(word, words):
        value, length = number.value, 1
        while at + length < len(folded) and folded[at + length] in words.times:
            value *= words.times[folded[at + length]]
            length += 1
        unit = number.unit or ("era" if re.fullmatch(r"(?:19|20)\d\d", word) else "")
        return Token(Kind.NUMBER, written(value), word, unit), length
    if any(char.isdigit() for char in word):
        return Token(Kind.CODE, word, word), 1
    if word in words.times or word in words.parts:
        return Token(Kind.CODE, word, word), 1
    if word in words.functions:
        return Token(Kind.FUNCTION, word, word), 1
    concept = words.concept(word)
    return Token(Kind.LIGHT if concept in words.light else Kind.WORD, concept, word), 1


def _settled(tokens: list[Token], words: Lexicon) -> list[Token]:
    """Units to their numbers; words such as "about" and "up to" by what follows them."""
    for place, token in enumerate(tokens):
        if token.kind is Kind.NUMBER and not token.unit:
            tokens[place] = replace(token, unit=_unit(tokens, place, words))
    for place, token in enumerate(tokens):
        if token.kind is Kind.OPERATOR and token.concept in _WITH_A_NUMBER:
            tokens[place] = _qualifier(tokens, place, words)
    return tokens


def _unit(tokens: list[Token], place: int, words: Lexicon) -> str:
    """`2 of 6 years`: the unit may stand after a second number."""
    for n in range(place + 1, min(place + 5, len(tokens))):
        token = tokens[n]
        pair = tuple(t.word for t in tokens[n : n + 2])
        if unit := words.units.get((token.word,)) or words.units.get(pair):
            return unit
        if token.unit and token.kind is Kind.NUMBER:
            return token.unit
        if token.kind is not Kind.NUMBER and token.word not in words.unit_words | words.joins:
            return ""
    return ""


def _qualifier(tokens: list[Token], place: int, words: Lexicon) -> Token:
    token = tokens[place]
    following = [t for t in tokens[place + 1 : place + 4] if t.kind is not Kind.FUNCTION][:1]
    after = following[0] if following else None
    before = next((t for t in reversed(tokens[max(0, place - 2) : place]) if t.kind in FACTS), None)
    if token.concept in {"ATLEAST", "ATMOST"} and before:
        return token
    if after and after.kind is Kind.DATE and token.concept == "ATMOST":
        return replace(token, concept="UNTIL")
    if after and after.kind is Kind.NUMBER and token.concept == "UNTIL" and len(after.concept) != 4:
        return replace(token, concept="ATMOST")
    if token.word in _MEASURING and not (after and after.kind is Kind.NUMBER):
        return replace(token, kind=Kind.FUNCTION, concept=token.word)
    timed = after and (after.kind in FACTS or (after.word,) in words.units)
    if token.concept in {"ABOUT", "SINCE"} and not timed:
        return replace(token, kind=Kind.FUNCTION, concept=token.word)
    return token


def _answering(tokens: list[Token]) -> list[Token]:
    """ "No." and "Yes," at the beginning answer a question and deny nothing in the sentence."""
    if len(tokens) > 1 and tokens[1].kind is Kind.BREAK and tokens[0].word in _ANSWERS:
        first = tokens[0]
        tokens[0] = replace(
            first, kind=Kind.OPERATOR, concept="NO" if first.word == "no" else "YES", name=False
        )
    return tokens


def _in_clauses(tokens: list[Token]) -> Iterator[Token]:
    clause = sentence = 0
    for token in tokens:
        opens = token.kind is Kind.OPERATOR and token.concept in _OPENS_CLAUSE
        breaks = token.kind is Kind.FUNCTION and token.word in _BREAKING
        if opens or breaks or token.kind is Kind.BREAK:
            clause += 1
        if token.kind is Kind.BREAK and token.concept in _SENTENCE_ENDS:
            sentence += 1
        yield replace(token, clause=clause, sentence=sentence)
