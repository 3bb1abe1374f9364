"""What we ourselves add to a model: the length of its prompt, and the time between the end of its line and the reader's event."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.domain.library import Library
from app.domain.question import Asked
from app.domain.topics import BOUNDARIES
from app.generation.placeholders import masked
from app.generation.prompt import chosen, instructions, request, tokens
from app.retrieval.retriever import Retriever

_STATEMENT = re.compile(r"^\[\d+\] .*$", re.MULTILINE)


def questions(library: Library, language: str, most: int) -> list[str]:
    """Example questions of the corpus, spread evenly over it."""
    held = [
        text
        for section in library.sections(language)
        if section.topic not in BOUNDARIES
        for text in section.asked
    ]
    return held[:: max(1, len(held) // most)][:most]


def prompt_tokens(retriever: Retriever, language: str, texts: Sequence[str]) -> list[int]:
    """Tokens of the prompt for each question that the corpus answers, estimated from above; ascending."""
    found = []
    for text in texts:
        asked = retriever.recognise(Asked(text, language))
        if passages := retriever.retrieve(asked):
            quotes, _ = masked(chosen(asked, passages))
            found.append(tokens(instructions(language) + request(asked, quotes)))
    return sorted(found)


@dataclass
class PacedModel:
    """An OpenAI-compatible server on loopback that copies statements of its prompt, and notes when each line ended."""

    lines: int = 5
    pause: float = 0.005
    """Seconds between words: 200 words a second, as fast as models write to one reader."""
    ended: list[float] = field(default_factory=list)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Its address, for as long as the block lasts."""
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            yield f"http://127.0.0.1:{port}/v1"

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        body = json.loads(await reader.readexactly(int(length[1]) if length else 0))
        prompt = body["messages"][-1]["content"]
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n")
        writer.write(b"Connection: close\r\n\r\n")
        for statement in _STATEMENT.findall(prompt)[: self.lines]:
            mark, _, text = statement.partition(" ")
            words = re.findall(r"\S+\s*", f"{text} {mark}\n")
            for word in words:
                await asyncio.sleep(self.pause)
                written = time.perf_counter()
                writer.write(_event(word))
                await writer.drain()
            self.ended.append(written)
        writer.write(b"data: [DONE]\n\n")
        await writer.drain()
        writer.close()


def _event(text: str) -> bytes:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "paced"}
    return f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode()


async def event_times(port: int, question: str, language: str) -> list[float]:
    """When each `statement` event of an answer reached a reader of `/api/ask/stream` on this machine."""
    body = json.dumps({"question": question, "language": language}).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"POST /api/ask/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b"Connection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    )
    times = []
    while line := await reader.readline():
        if line.strip() == b"event: statement":
            times.append(time.perf_counter())
    writer.close()
    return times
