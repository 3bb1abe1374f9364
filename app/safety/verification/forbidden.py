"""What no line may say: a link, a promise about the person, a claim that its page forbids, another language."""

import re
from collections.abc import Iterable, Mapping

from app.domain.library import Library
from app.domain.words import fold
from app.safety.verification.force import Force, groups
from app.safety.verification.lexicon import LANGUAGES, Kind, Lexicon, lexicon
from app.safety.verification.reading import CONTENT, Reading, read_vetted

ADDRESS = re.compile(
    r"https?://|www\.|\b[\w-]+\.(?:gov|com|org|net|us|info)\b|@|\]\(|<[a-z/!]|(?-i:\b[a-z0-9-]+\.[a-z]{2,})",
    re.IGNORECASE,
)
"""A link, an e-mail address, markup."""
_SITE = re.compile(r"(?<![\w./@-])[A-Za-z-]+\.gov\b(?![/@\w])")
_NEARLY = 0.8
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f]")
_FEWEST_WORDS = 4

Claims = Mapping[tuple[str, str], tuple[str, ...]]
"""Topic and language -> what must never be said there."""


def claims(library: Library) -> Claims:
    """What each page of a library forbids to say."""
    return {
        (topic, language): document.never_say
        for language, held in library.documents.items()
        for topic, document in held.items()
    }


def addressed(text: str, cited: str) -> bool:
    """Whether a line holds a link, an address or markup. A bare name such as "IRS.gov" may stand as it is cited."""
    known = set(_SITE.findall(cited))
    return bool(ADDRESS.search(_SITE.sub(lambda m: "" if m[0] in known else m[0], text)))


def promises(text: str, cited: str, words: Lexicon) -> bool:
    """Whether a line promises or foretells something about the person that no statement does."""
    ours, theirs = fold(text).replace("’", "'"), fold(cited).replace("’", "'")
    return any(p.search(ours) and not p.search(theirs) for p in words.promises)


def never_said(line: Reading, cited: Reading, barred: Iterable[str], language: str) -> bool:
    """Whether a line says what a page forbids: the same concepts, as affirmed or denied as there."""
    for text in barred:
        claim = read_vetted(text, language)
        if says(line, claim) and not says(cited, claim):
            return True
    return False


def says(text: Reading, claim: Reading) -> bool:
    """Whether a text says a claim, in about its words and with its negations."""
    wanted = _content(claim)
    held = _content(text)
    if not wanted or not held:
        return False
    shared = len(wanted & held)
    near = shared / len(wanted) >= _NEARLY and (len(wanted) > 3 or shared / len(held) >= _NEARLY)
    return near and _denied(text) == _denied(claim)


def _content(text: Reading) -> set[str]:
    return {
        t.concept
        for t in text.tokens
        if t.kind in CONTENT or t.concept in {"ALL", "ALWAYS", "ONLY", "WITHOUT"}
    }


def _denied(text: Reading) -> bool:
    refused = {Force.NOT, Force.FORBIDDEN, Force.EXEMPT, Force.SHOULD_NOT, Force.WILL_NOT}
    return any(group.force in refused for group in groups(text))


def foreign(text: str, cited: str, language: str) -> bool:
    """Whether a line is in another language than the answer's: by script, and by the little words it is made of."""
    letters = [c for c in text if _LETTER.match(c) and c not in cited]
    if any(not _LATIN.match(c) for c in letters):
        return True
    said = re.findall(r"[^\W\d_]+", fold(text))
    if len(said) < _FEWEST_WORDS:
        return False
    ours = _little_words(said, language)
    return any(_little_words(said, other) > ours + 1 for other in LANGUAGES if other != language)


def _little_words(said: list[str], language: str) -> int:
    words = lexicon(language)
    if words is None:
        return 0
    return sum(
        word in words.functions or words.phrases.get((word,), (Kind.WORD,))[0] is Kind.OPERATOR
        for word in said
    )
