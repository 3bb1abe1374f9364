"""The real page on loopback: as it is, told slowly on command, and in made-up languages that strain the layout."""

import asyncio
import re
import threading
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

import uvicorn
from fastapi import FastAPI

from app.bootstrap import Service
from app.domain.answer import Engine
from app.domain.library import Language
from app.domain.question import Asked
from app.domain.section import Line, Passage
from app.generation.corpus_writer import CorpusWriter
from app.language.replies import Replies
from app.main import create_app
from app.settings import Settings


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The app on a free port of loopback; its address."""
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_config=None, access_log=False, server_header=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        threading.Event().wait(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass
class HeldWriter:
    """Writes what the corpus writer does, line by line, each only when the test lets it; or breaks."""

    engine: Engine = Engine.LLM
    allowed: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    broken: bool = False

    def tell(self, lines: int) -> None:
        """Let so many more lines out."""
        for _ in range(lines):
            self.allowed.release()

    async def write(
        self, asked: Asked, passages: tuple[Passage, ...]
    ) -> AsyncGenerator[Line, None]:
        async for line in CorpusWriter().write(asked, passages):
            await asyncio.to_thread(self.allowed.acquire)
            yield line
            if self.broken:
                raise RuntimeError("scripted")


def held_site(service: Service, writer: HeldWriter) -> FastAPI:
    """The page over a writer that a test holds by the hand."""
    assistant = replace(service.assistant, writers=(writer, CorpusWriter()))
    return create_app(service=replace(service, assistant=assistant))


def refusing_site(service: Service) -> FastAPI:
    """The page where everybody has used up their share after one question."""
    return create_app(Settings(rate_limit="1/hour"), service)


_ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyz", "ابثدهفغحيجكلمنوپقرستعڤظخىز", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
_WORD = re.compile(r"\{\w+\}|[^\W\d_]{4,}")


def _arabic(word: str) -> str:
    return word if word.startswith("{") else word.lower().translate(_ARABIC)


def _german(word: str) -> str:
    return word if word.startswith("{") else word + "sverordnung"[: max(3, len(word))]


def _told(value: object, how: str) -> object:
    if isinstance(value, str):
        return _WORD.sub(lambda m: _arabic(m[0]) if how == "rtl" else _german(m[0]), value)
    if isinstance(value, Mapping):
        return {key: _told(held, how) for key, held in value.items()}
    return [_told(held, how) for held in value] if isinstance(value, list) else value


def strained_site(service: Service, how: str) -> FastAPI:
    """The English page in Arabic letters from the right (`rtl`), or with words as long as German ones (`long`)."""
    told: dict[str, object] = {
        key: held if key in {"unsupported", "unknown_language"} else _told(held, how)
        for key, held in service.library.replies["en"].items()
    }
    direction = "rtl" if how == "rtl" else "ltr"
    told["direction"] = direction
    raw = {**service.library.replies, "en": told}
    english = Language("en", "English", direction)
    library = replace(service.library, languages={**service.library.languages, "en": english})
    replies = Replies(raw, date(2026, 11, 22))
    assistant = replace(service.assistant, replies=replies)
    return create_app(
        service=replace(service, library=library, replies=replies, assistant=assistant)
    )
