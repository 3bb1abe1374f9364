"""What can be proven about the words themselves: nothing said twice, and no statement that leans on its neighbour."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from app.domain.library import Library
from app.domain.section import Section, Statement
from app.domain.words import fold

SAME = 0.9
"""Share of words in common (Jaccard, 1901) from which two statements say the same."""
REPEATED = 0.5
"""Share of a section's statements that may stand in another section too. Sections are read alone, so some must."""

_LEANING = {
    "en": re.compile(
        r"(it|they|this|that|these|those|he|she) (is|are|was|were|may|might|can|cannot|could|will|would|must|should|has|have|had|does|do|did"
        r"|says?|goes|go|gives?|takes?|comes?|means?|helps?|covers?|shows?|also|only|still|never|always|then|needs?)\b(?! (no|a|an|two) way)"
        r"|(its|their|his|her) "
    ),
    "es": re.compile(
        r"(esto|eso|ello|aquello) |(este|esta|estos|estas|ese|esa|esos|esas|el|ella|ellos|ellas) "
        r"(es|son|era|fue|puede|pueden|debe|deben|tiene|tienen|dice|dicen|vale|sirve|cubre|muestra|tambien|solo|nunca|siempre|ya)\b"
        r"|(el|la|los|las) de (la|los|las|el)? ?\w+ (es|son)\b"
    ),
}
"""How a statement begins that needs the one before it. A detail is often shown without its neighbours."""


def wording(library: Library) -> Iterator[str]:
    """Every statement that repeats another, or that does not stand alone."""
    for language in library.languages:
        sections = list(library.sections(language))
        for problem in (*_leaning(language, sections), *_repeated(sections)):
            yield f"{language}/{problem}"


def _leaning(language: str, sections: Sequence[Section]) -> Iterator[str]:
    pattern = _LEANING.get(language)
    for section in sections:
        for statement in (*section.answer[:1], *section.details) if pattern else ():
            assert pattern
            if pattern.match(fold(statement.text)):
                yield f"{statement.id}: does not stand alone: {statement.text}"


def _repeated(sections: Sequence[Section]) -> Iterator[str]:
    placed = [(section, statement) for section in sections for statement in section.statements]
    if not placed:
        return
    repeats: dict[tuple[str, str], int] = defaultdict(int)
    for one, two in _alike([statement.text for _, statement in placed]):
        (section, statement), (other, same) = placed[one], placed[two]
        if section.topic == other.topic:
            yield f"{same.id}: says again what {statement.id} says"
        elif same.text == statement.text and _rests_on(same) != _rests_on(statement):
            yield f"{same.id}: the words of {statement.id}, but other sources"
        repeats[section.key, other.key] += 1
    held = {section.key: len(section.statements) for section in sections}
    for (key, other_key), count in repeats.items():
        if count > REPEATED * min(held[key], held[other_key]):
            yield f"{other_key}: mostly says what {key} says"


def _alike(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of texts with nearly the same words."""
    words = CountVectorizer(analyzer=_words, binary=True).fit_transform(texts).astype(np.int32)
    sizes = words.getnnz(axis=1)
    shared = (words @ words.T).tocoo()
    union = sizes[shared.row] + sizes[shared.col] - shared.data
    alike = (shared.row < shared.col) & (shared.data >= SAME * union)
    return sorted(zip(shared.row[alike].tolist(), shared.col[alike].tolist(), strict=True))


def _words(text: str) -> list[str]:
    """Words; single characters where a script writes none."""
    return re.findall(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+", fold(text))


def _rests_on(statement: Statement) -> set[str]:
    return {reference.citation for reference in statement.references}
