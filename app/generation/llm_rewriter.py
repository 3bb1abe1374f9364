"""A follow-up ("and my wife?") as one question that stands alone, by a language model; what it adds is refused."""

import re
import time
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass

from app.domain.errors import ModelUnavailable
from app.domain.question import Asked, Rewrite
from app.domain.words import fold, han
from app.generation.chat_model import ChatModel
from app.generation.llm_writer import Meter
from app.generation.prompt import conversation, instructions, tokens
from app.generation.thinking import spoken

_LONGEST = 400
_LONGEST_DRAFT = 4_000
"""Characters read before we stop listening."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million"
    " dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cuarenta cincuenta sesenta setenta ochenta"
    " noventa cien ciento mil millon millones".split()
)
_HAN_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LEAST_HAN_KNOWN = 0.6
"""Chinese marks no names; so most characters of a rewrite must stand in what the person wrote."""


@dataclass(frozen=True, slots=True)
class LlmRewriter:
    """One short call. Its text is never shown: it stands in the question's place for finding and writing."""

    model: ChatModel
    seconds: float
    clock: Callable[[], float] = time.monotonic

    async def rewrite(self, asked: Asked) -> Rewrite:
        """See `app.answering.ports.Rewriter`. A model that is away, slow or inventive leaves the question as it is."""
        began = self.clock()
        prompt = instructions(asked.language, "rewrite-"), conversation(asked)
        meter = Meter(tokens("".join(prompt)))
        try:
            text = await self._said(prompt, meter)
        except ModelUnavailable:
            text = ""
        held = text if stands_for(text, asked) else None
        return Rewrite(held, meter.usage, self.clock() - began)

    async def _said(self, prompt: tuple[str, str], meter: Meter) -> str:
        text = ""
        async with aclosing(self.model.stream(*prompt, self.seconds)) as pieces:
            async for piece in spoken(meter.text(pieces)):
                text += piece
                if len(text) > _LONGEST_DRAFT:
                    break
        return text.strip()


def stands_for(text: str, asked: Asked) -> bool:
    """Whether a rewrite may stand in a question's place: one line, not long, no number and no name that nobody mentioned."""
    if not text or "\n" in text or len(text) > _LONGEST + len(asked.text):
        return False
    said = " ".join((asked.text, *(turn.content for turn in asked.history)))
    known = {fold(word) for word in _WORD.findall(said)}
    return _facts(text) <= known and _han_known(text, said)


def _facts(text: str) -> set[str]:
    """Numbers, and words written like names, folded. The first word of a sentence is written so anyway."""
    found = set()
    for match in _WORD.finditer(text):
        word = match[0]
        begins = not text[: match.start()].strip(' "“«¿¡(') or re.search(
            r"[.?!]\s*[\"“«¿¡(]*$", text[: match.start()]
        )
        like_name = word[0].isupper() and (not begins or (len(word) > 1 and word.isupper()))
        if any(char.isdigit() for char in word) or like_name or fold(word) in _NUMBERS:
            found.add(fold(word))
    return found


def _han_known(text: str, said: str) -> bool:
    ours = _HAN_WORD.findall(text)
    if not han(text):
        return True
    return sum(char in said for char in ours) >= _LEAST_HAN_KNOWN * len(ours)
