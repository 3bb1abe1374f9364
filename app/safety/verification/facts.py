"""Hard facts of a line stand in what it cites, and belong to the same thing there."""

import itertools
from collections.abc import Iterator

from app.safety.verification.lexicon import Kind, Lexicon
from app.safety.verification.reading import CONTENT, FACTS, Reading, Token

_QUALIFIERS = frozenset({"ABOUT", "ATLEAST", "ATMOST", "MORE", "LESS", "WITHIN"})


def unknown_fact(line: Reading, cited: Reading) -> bool:
    """Whether a number, date, code or name of a line is not in what it cites."""
    held = [t for t in cited.tokens if t.kind in FACTS]
    words = {t.word for t in cited.tokens}
    for token in line.tokens:
        if token.kind in FACTS and not any(_same(token, other) for other in held):
            return True
        if token.name and token.concept not in cited.concepts and token.word not in words:
            return True
    near = {
        (first.concept, second.concept)
        for n, first in enumerate(cited.tokens)
        for second in cited.tokens[n + 1 : n + 4]
    }
    return any(pair not in near for pair in _double_names(line))


def _double_names(text: Reading) -> Iterator[tuple[str, str]]:
    """Names that stand together, as in "Tax Court" or "Corte de Impuestos"."""
    tokens = text.tokens
    for first, second, third in zip(tokens, tokens[1:], (*tokens[2:], None), strict=False):
        if first.name and second.name:
            yield first.concept, second.concept
        elif first.name and second.word in {"of", "de", "del"} and third and third.name:
            yield first.concept, third.concept


def _same(ours: Token, theirs: Token) -> bool:
    if ours.kind is Kind.DATE and theirs.kind is Kind.DATE:
        pairs = zip(ours.concept.split("-"), theirs.concept.split("-"), strict=True)
        return all(our in {"0", their} for our, their in pairs)
    if ours.kind is Kind.NUMBER and theirs.kind is Kind.DATE:
        return ours.concept == theirs.concept.split("-")[0]
    return (ours.concept, ours.unit) == (theirs.concept, theirs.unit)


def unbound(line: Reading, cited: Reading) -> bool:
    """Whether a fact belongs to something else than in what the line cites."""
    return any(
        _strayed(line, place, cited) for place, t in enumerate(line.tokens) if t.kind in FACTS
    )


def _strayed(line: Reading, place: int, cited: Reading) -> bool:
    """Whether what stands around a fact stands, in the statements, rather around another fact of its kind."""
    token = line.tokens[place]
    own = [n for n, t in enumerate(cited.tokens) if t.kind in FACTS and _same(token, t)]
    rivals = [
        n
        for n, t in enumerate(cited.tokens)
        if t.kind is token.kind and n not in own and (t.unit == "era") == (token.unit == "era")
    ]
    if not own or not rivals:
        return False
    following = _follower(line, place)
    elsewhere = following and following not in {_follower(cited, n) for n in own}
    if elsewhere and following in {_follower(cited, n) for n in rivals}:
        return True
    around = _around(line, place)
    best = max(len(around & _around(cited, n)) for n in own)
    rival = max(len(around & _around(cited, n)) for n in rivals)
    return rival > best + 1


def _follower(text: Reading, place: int) -> str:
    """The next word that says what a number or a date is for."""
    here = text.tokens[place]
    for token in text.tokens[place + 1 : place + 6]:
        if token.sentence != here.sentence or token.kind in FACTS:
            return ""
        if token.kind is Kind.WORD:
            return token.concept
    return ""


def _around(text: Reading, place: int) -> frozenset[str]:
    """Content beside a fact; facts that neighbour it do not say what it belongs to."""
    here = text.tokens[place]
    found: set[str] = set()
    for step in (-1, 1):
        at, taken = place + step, 0
        while 0 <= at < len(text.tokens) and taken < 3:
            token = text.tokens[at]
            if token.sentence != here.sentence:
                break
            if token.kind in {Kind.WORD, Kind.LIGHT}:
                found.add(token.concept)
                taken += 1
            at += step
    return frozenset(found)


def qualifiers(text: Reading, place: int) -> frozenset[str]:
    """ "About", "up to", "or more" beside a number."""
    before = text.tokens[max(0, place - 3) : place]
    after = text.tokens[place + 1 : place + 5]
    found = set()
    for token in reversed(before):
        if token.kind in FACTS or token.kind is Kind.BREAK:
            break
        found |= {token.concept} & _QUALIFIERS
    for token in after:
        if token.kind in FACTS or token.kind is Kind.BREAK:
            break
        found |= (
            {token.concept} & {"ATLEAST", "ATMOST"} if token.word in {"or", "and", "o"} else set()
        )
    return frozenset(found)


def misqualified(line: Reading, cited: Reading) -> bool:
    """Whether "up to 12" became "12", or "at least 12"."""
    for place, token in enumerate(line.tokens):
        if token.kind is not Kind.NUMBER:
            continue
        theirs = [
            qualifiers(cited, n)
            for n, t in enumerate(cited.tokens)
            if t.kind is Kind.NUMBER and _same(token, t)
        ]
        ours = qualifiers(line, place)
        if theirs and not any(_fits(ours, their) for their in theirs):
            return True
    return False


def _fits(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    if "WITHIN" in ours | theirs:
        ours, theirs = ours - {"WITHIN", "ATMOST"}, theirs - {"WITHIN", "ATMOST"}
    return ours - {"ABOUT"} == theirs - {"ABOUT"} and (ours >= theirs & {"ABOUT"})


def swapped_roles(line: Reading, cited: Reading, words: Lexicon) -> bool:
    """Whether one who gives became one who receives: "IRS to ICE", "ICE to IRS"."""
    said = dict(_roles(line, words))
    vetted: dict[str, set[str]] = {}
    for name, role in _roles(cited, words):
        vetted.setdefault(name, set()).add(role)
    if any(name in vetted and role not in vetted[name] for name, role in said.items()):
        return True
    return _reordered(line, cited, words)


def _roles(text: Reading, words: Lexicon) -> Iterator[tuple[str, str]]:
    """Names of a sentence with a verb of giving or getting, and whether each is the source or the receiver there."""
    for sentence in sorted({t.sentence for t in text.tokens}):
        tokens = [t for t in text.tokens if t.sentence == sentence]
        verb = next((n for n, t in enumerate(tokens) if _moves(t, words)), None)
        if verb is None:
            continue
        gives = tokens[verb].concept in words.giving
        for n, token in enumerate(tokens):
            if not token.name:
                continue
            before = [t.word for t in tokens[max(0, n - 2) : n]]
            role = next((words.roles[w] for w in reversed(before) if w in words.roles), "")
            if role in {"to", "from"}:
                if n > verb or role == "to":
                    yield token.concept, "receiver" if role == "to" else "source"
            elif role == "by" or n < verb:
                yield token.concept, "source" if gives else "receiver"
            elif n <= verb + 2:
                yield token.concept, "receiver" if gives else "source"


def _moves(token: Token, words: Lexicon) -> bool:
    return token.concept in words.giving | words.getting and token.kind in CONTENT


def _reordered(line: Reading, cited: Reading, words: Lexicon) -> bool:
    """Two names around one verb changed places."""
    said = _around_verbs(line, words)
    vetted = _around_verbs(cited, words)
    return any(
        (second, verb, first) in vetted and (first, verb, second) not in vetted
        for first, verb, second in said
    )


def _around_verbs(text: Reading, words: Lexicon) -> set[tuple[str, str, str]]:
    found = set()
    for clause in {t.clause for t in text.tokens}:
        tokens = [t for t in text.tokens if t.clause == clause]
        if any(words.roles.get(t.word) == "by" for t in tokens):
            continue
        names = [n for n, t in enumerate(tokens) if t.name]
        for first, second in itertools.pairwise(names):
            for token in tokens[first + 1 : second]:
                if token.kind in {Kind.WORD, Kind.LIGHT}:
                    found.add((tokens[first].concept, token.concept, tokens[second].concept))
    return found
