"""Two questions in one message, told apart. People put them behind one another: "…? And …", "… y otra cosa, …", "(1) … (2) …"."""

import itertools
import re
import unicodedata

from app.domain.words import fold, length

_LEAST = 3
"""Words that a question must have to be looked up alone."""
_MOST = 3
"""Questions of one message that are looked up; who asks more gets the first ones."""

_OPENERS = (
    r"what|when|where|who|whom|which|how|why|whether|can|could|do|does|did|is|are|am|will|would|should|must|may|if"
    r"|que|cual|cuales|cuando|en donde|donde|a donde|adonde|ante quien|a quien|quien|quienes|como|cuanto|cuanta|cuantos|hasta (?:que|cuando)|por que|puedo|puede|pueden|debo|tengo que"
    r"|hay que|hay|si|sirve|vale|es cierto|me (?:dan|toca|sirve|conviene|pueden)|lo que"
)
_ANOTHER = (
    r"another (?:question|thing)|separate question|on the other hand|second(?:ly)?|also|plus|besides|\(\d\)|\d\)"
    r"|otra (?:cosa|pregunta|duda)|en otro asunto|por otro lado|segundo|ademas|tambien"
)
_SENTENCE = r"(?<=[?!。？！;\n])\s*|(?<=[^\W\d]{3}\.)\s+"
_AND = rf"[,.]?\s+(?=(?:and|but|y|e|pero)\b,?\s*¿?(?:for my \w+ \w+ |para (?:mi|el|la) \w+ )?(?:{_OPENERS}|{_ANOTHER})\b)"
_BREAK = re.compile(rf"{_SENTENCE}|{_AND}|[,.:]?\s+(?=(?:{_ANOTHER}))")
_LEAD = re.compile(
    rf"^(?:[\s,.:;¿¡-]|\b(?:and|but|y|e|pero|de paso|then|ok|hi|hello|hola|{_ANOTHER})(?=\W))+"
)
_OPENS = re.compile(rf"^¿?(?:{_OPENERS})\b")
_BEGINS_ANOTHER = re.compile(rf"^\W*(?:(?:and|but|y|e|pero)\W+)?(?:{_ANOTHER})")


def questions(text: str) -> list[str]:
    """The questions in a message, in their order; one or none where they cannot be told apart.

    What is told before a question belongs to it: "My mother sells food. Must she file?" is one.
    """
    text = unicodedata.normalize("NFC", text)
    folded = fold(text)
    if len(folded) != len(text):  # a character that folds into several would shift what is cut
        return []
    cuts = [0, *sorted({m.start() for m in _BREAK.finditer(folded)}), len(text)]
    found: list[str] = []
    told = ""
    for start, end in itertools.pairwise(cuts):
        clause = folded[start:end]
        if _BEGINS_ANOTHER.match(clause) and length(told) >= _LEAST:
            found.append(told)
            told = ""
        told = f"{told} {text[start:end].strip()}".strip()
        if clause.rstrip().endswith(("?", "？")) or _OPENS.match(_LEAD.sub("", clause)):
            found.append(told)
            told = ""
    if told and found and not _BEGINS_ANOTHER.match(fold(told)):
        found[-1] = f"{found[-1]} {told}"  # an afterthought
    elif length(told) >= _LEAST:
        found.append(told)
    return [_own(question) for question in found if length(question) >= _LEAST][:_MOST]


def _own(question: str) -> str:
    """Without the word that only ties it to the one before."""
    lead = _LEAD.match(fold(question))
    return question[lead.end() :] if lead else question
