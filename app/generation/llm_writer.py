"""The llm engine: a language model says the vetted statements in words that fit the question. It sees numbers, never links."""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from app.domain.answer import Engine
from app.domain.errors import ModelUnavailable
from app.domain.question import Asked
from app.domain.section import Line, Passage, Quote
from app.domain.usage import Usage
from app.generation.chat_model import ChatModel, Piece
from app.generation.placeholders import Blanks, masked
from app.generation.prompt import chosen, instructions, request, tokens
from app.generation.thinking import spoken

_MARK = r"[\[【]\s*\d+(?:\s*,\s*\d+)*\s*[\]】]"
_MARKS = re.compile(_MARK)
_CITED = re.compile(rf"(?:{_MARK}[\s,;]*)+[.!?。！？]?\s*$")
_DECORATION = re.compile(r"^\s*(?:[-*•]\s+|\d+[.)]\s+|#{1,6}\s+)|\*\*|__|`")
_NOTHING = re.compile(r"\W*NONE\W*")
_LONGEST_LINE = 600
_LONGEST_TEXT = 8_000
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class LlmWriter:
    """Numbered statements in, cited lines out. What it writes is a draft: the verifier decides what a reader sees."""

    model: ChatModel
    seconds: float = 12.0
    """For a whole answer, what the model took to understand the question included."""
    engine: Engine = Engine.LLM

    async def write(
        self, asked: Asked, passages: tuple[Passage, ...]
    ) -> AsyncGenerator[Line | Usage, None]:
        """Lines as the model finishes them, and before each what has been used so far.

        Phones and addresses are placeholders in lines and quotes: `Line.restored` puts them back. A line that is not in the form
        asked for rests on nothing. The model may also say that the statements do not answer: then there is no line.

        Raises:
            ModelUnavailable: the model is away, or went on without end.
        """
        quotes, blanks = masked(chosen(asked, passages))
        prompt = instructions(asked.language), request(asked, quotes)
        meter = Meter(tokens("".join(prompt)))
        yield meter.usage
        try:
            async with aclosing(self.model.stream(*prompt, self._left(asked))) as pieces:
                async for raw in _lines(spoken(meter.text(pieces))):
                    if _NOTHING.fullmatch(raw):
                        break
                    if line := read_line(raw, quotes, blanks):
                        yield meter.usage
                        yield line
        except ModelUnavailable:
            yield meter.usage
            raise
        yield meter.usage

    def _left(self, asked: Asked) -> float | None:
        return self.seconds - asked.waited if asked.waited else None


@dataclass
class Meter:
    """Counts what a model takes: its provider's count where there is one, else an estimate from above."""

    read: int
    """Tokens of the prompt, estimated."""
    _wrote: int = 0
    _counted: list[Usage] = field(default_factory=list)

    async def text(self, pieces: AsyncIterator[Piece]) -> AsyncIterator[str]:
        """The text among the pieces."""
        async for piece in pieces:
            if isinstance(piece, Usage):
                self._counted.append(piece)
            else:
                self._wrote += max(tokens(piece), 1)
                yield piece

    @property
    def usage(self) -> Usage:
        """Up to now."""
        if self._counted:
            return sum(self._counted, Usage())
        return Usage(self.read, self._wrote)


async def _lines(pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    """Lines as they are finished. One without an end, or too many of them, and the model is given up."""
    rest, count, length = "", 0, 0
    async for piece in pieces:
        rest += piece
        length += len(piece)
        *whole, rest = rest.split("\n")
        for line in whole:
            yield line
            count += bool(_CITED.search(line))
        if len(rest) > _LONGEST_LINE or length > _LONGEST_TEXT or count > _MOST_LINES:
            raise ModelUnavailable("does not come to an end")
    yield rest


def read_line(raw: str, quotes: Sequence[Quote], blanks: Blanks = ()) -> Line | None:
    """A model's line: its text without marks, and the statements that its marks name. `None` for an empty one.

    A statement ends with its marks. A line that does not (a preamble, thinking aloud: "Statement [1] says that …") rests on nothing.
    """
    bare = _DECORATION.sub("", raw)
    cited = _MARKS.findall(bare) if _CITED.search(bare) else []
    numbers = list(dict.fromkeys(int(n) for mark in cited for n in re.findall(r"\d+", mark)))
    text = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(_MARKS.sub("", bare).split()))
    if not text:
        return None
    known = [n for n in numbers if 1 <= n <= len(quotes)]
    return Line(
        text,
        tuple(quotes[n - 1] for n in known),
        tuple(n for n in numbers if n not in known),
        blanks,
    )
