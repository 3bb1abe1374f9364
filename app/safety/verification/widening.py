"""A line claims no more than what it cites: quantities, conditions, exceptions and "as reported" stay."""

from app.safety.verification.lexicon import Kind
from app.safety.verification.reading import CONTENT, Reading, Token

_STATED = {
    "ALL": {"ALL", "ALWAYS"},
    "WHOLE": {"WHOLE", "ALL"},
    "ANY": {"ANY", "ALL", "WHOLE", "NOT", "NEVER"},
    "ALWAYS": {"ALWAYS"},
    "NEVER": {"NEVER"},
    "MOST": {"MOST"},
    "MANY": {"MANY", "MOST"},
    "SOME": {"SOME", "FEW", "USUALLY"},
    "FEW": {"FEW"},
    "ONLY": {"ONLY", "NOT"},
}
"""What a line may say only where a statement says it, or one of these."""
_KEPT = {
    "REPORTED": {"REPORTED"},
    "SAID": {"SAID", "REPORTED"},
    "USUALLY": {"USUALLY", "MOST"},
    "EXCEPT": {"EXCEPT", "ONLY", "IF", "WITHOUT", "ONCE"},
    "ONLY": {"ONLY", "NOT", "JUST"},
    "SOME": {"SOME", "FEW", "USUALLY"},
    "MOST": {"MOST", "USUALLY", "MANY"},
}
"""What a line may not leave out of a sentence that it draws on, unless it says one of these."""
_FEWEST = 2
_DRAWN = 0.5
_LEANS = 0.25
_CONDITION_TOLD = 0.25
_REST_TOLD = 0.6


def widened(line: Reading, cited: Reading) -> bool:
    """Whether a line says more than its statements: of more people, more often, or with less reserve."""
    return _overstated(line, cited) or any(
        _loosened(line, sentence) for sentence in sentences(cited)
    )


def sentences(text: Reading) -> list[list[Token]]:
    """The tokens of each sentence."""
    found: dict[int, list[Token]] = {}
    for token in text.tokens:
        found.setdefault(token.sentence, []).append(token)
    return list(found.values())


def _overstated(line: Reading, cited: Reading) -> bool:
    there = _operators(cited.tokens)
    return any(
        operator in _STATED and not there & _STATED[operator]
        for operator in _operators(line.tokens)
    )


def _operators(tokens: "tuple[Token, ...] | list[Token]") -> set[str]:
    return {t.concept for t in tokens if t.kind is Kind.OPERATOR}


def _loosened(line: Reading, sentence: list[Token]) -> bool:
    content = {t.concept for t in sentence if t.kind in CONTENT}
    if len(content) < _FEWEST or len(content & line.concepts) / len(content) < _DRAWN:
        return False
    said = _operators(_drawing(line, content))
    if any(operator in _KEPT and not said & _KEPT[operator] for operator in _operators(sentence)):
        return True
    return _unconditional(line, sentence, said)


def _drawing(line: Reading, content: set[str]) -> list[Token]:
    """The sentences of a line that draw on these words."""
    return [
        token
        for sentence in sentences(line)
        if len(content & {t.concept for t in sentence}) >= _LEANS * len(content)
        for token in sentence
    ]


def _unconditional(line: Reading, sentence: list[Token], said: set[str]) -> bool:
    """`If X, Y` became `Y`."""
    if said & {"IF", "ONCE", "EXCEPT", "ONLY"}:
        return False
    opening = next((t for t in sentence if t.concept == "IF" and t.kind is Kind.OPERATOR), None)
    if opening is None:
        return False
    condition = {t.concept for t in sentence if t.clause == opening.clause and t.kind in CONTENT}
    rest = {t.concept for t in sentence if t.clause != opening.clause and t.kind in CONTENT}
    if not condition or not rest:
        return False
    told = len(condition & line.concepts) / len(condition)
    return told <= _CONDITION_TOLD and len(rest & line.concepts) / len(rest) >= _REST_TOLD
