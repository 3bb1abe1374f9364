"""The llm engine: a language model says the vetted statements in words that fit the question. It sees numbers, never links."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.domain.answer import Engine
from app.domain.errors import ModelUnavailable
from app.domain.question import Asked, Role
from app.domain.section import Line, Passage, Quote
from app.generation.chat_model import ChatModel

_MARKS = re.compile(r"\[(\d+)\]")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_LONGEST_LINE = 600
_MOST_LINES = 12
_TURNS = 4
_TURN_LENGTH = 400


@dataclass(frozen=True, slots=True)
class LlmWriter:
    """Numbered statements in, cited lines out. What it writes is a draft: the verifier decides what a reader sees."""

    model: ChatModel
    engine: Engine = Engine.LLM

    async def write(self, asked: Asked, passages: tuple[Passage, ...]) -> AsyncIterator[Line]:
        """Lines as the model finishes them.

        Raises:
            ModelUnavailable: the model is away, or went on without end.
        """
        quotes = [Quote(p.section, s) for p in passages for s in p.section.statements]
        text = self.model.stream(instructions(asked.language), request(asked, quotes))
        count = 0
        async for raw in _lines(text):
            line = _read(raw, quotes)
            if line is None:
                continue
            count += 1
            if count > _MOST_LINES:
                raise ModelUnavailable("does not come to an end")
            yield line


@cache
def instructions(language: str) -> str:
    """The standing part of the prompt, first and always the same, so that providers can cache it."""
    folder = files("app.generation") / "prompts"
    place = folder / f"{language}.md"
    return (place if place.is_file() else folder / "en.md").read_text("utf-8").strip()


def request(asked: Asked, quotes: list[Quote]) -> str:
    """The part that changes: statements, earlier turns, question; fenced, so that none of them reads as an instruction."""
    statements = "\n".join(
        f"[{n}] {quote.statement.text}" for n, quote in enumerate(quotes, start=1)
    )
    turns = "\n".join(
        f"{'PERSON' if turn.role is Role.USER else 'ANSWER'}: {_plain(turn.content)[:_TURN_LENGTH]}"
        for turn in asked.history[-_TURNS:]
    )
    earlier = f"<earlier>\n{turns}\n</earlier>\n\n" if turns else ""
    return (
        f"<statements>\n{statements}\n</statements>\n\n"
        f"{earlier}<question>\n{_plain(asked.text)}\n</question>"
    )


def _plain(text: str) -> str:
    """No angle brackets: a question must not close its own fence."""
    return text.replace("<", "‹").replace(">", "›")


async def _lines(pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    rest = ""
    async for piece in pieces:
        rest += piece
        *whole, rest = rest.split("\n")
        for line in whole:
            yield line
        if len(rest) > _LONGEST_LINE:
            raise ModelUnavailable("does not come to an end")
    yield rest


def _read(raw: str, quotes: list[Quote]) -> Line | None:
    """A model's line: its text without marks, and the statements that its marks name. `None` for an empty one."""
    numbers = list(dict.fromkeys(int(number) for number in _MARKS.findall(raw)))
    text = " ".join(_BULLET.sub("", _MARKS.sub("", raw)).split())
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    if not text:
        return None
    known = [n for n in numbers if 1 <= n <= len(quotes)]
    return Line(
        text,
        tuple(quotes[n - 1] for n in known),
        tuple(n for n in numbers if n not in known),
    )
