"""Conversations with marks nobody else would write, through every door and every kind of trouble. Always the same ones."""

import json
import random
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from tests.served import Server

_SAID = (
    "Can ICE get my address from the IRS? {word} {identifier}",
    "My name is {word} and my number is {identifier}. When does my ITIN expire?",
    "{identifier} {word} how do i apply for an itin with my kids",
    "ICE is knocking on my door right now, I am {word}, {identifier}",
    "Where can I buy a social security number? {word} {identifier}",
    "What is a good recipe for {word}? {identifier}",
    "¿Puede ICE obtener mi dirección del IRS? Soy {word}, {identifier}",
    "me llamo {word} y mi numero es {identifier}, cuando vence mi itin",
    "La migra está tocando la puerta ahorita {word} {identifier}",
    "¿Dónde compro un seguro social falso? {word} {identifier}",
    "报税会不会把我的地址告诉移民局？ {word} {identifier}",
    "Comment renouveler mon numéro {word} {identifier}",
    "{word}",
)


@dataclass(frozen=True)
class Conversation:
    """A question with a word and an identifier of its own."""

    number: int
    word: str
    identifier: str

    @property
    def text(self) -> str:
        """The question."""
        said = _SAID[self.number % len(_SAID)]
        return said.format(word=self.word, identifier=self.identifier)

    @property
    def earlier(self) -> str:
        """What was said before it."""
        return f"before: {self.word} {self.identifier}"


def conversations(count: int) -> Iterator[Conversation]:
    """As many as wanted, each with marks of its own."""
    chance = random.Random(20261122)
    for number in range(count):
        tail = f"{number:04d}"
        identifier = (
            f"9{chance.randrange(10, 99)}-7{chance.randrange(10)}-{tail}",
            f"{chance.randrange(200, 600)}-4{chance.randrange(1, 10)}-{tail}",
            f"A{chance.randrange(10_000, 99_999)}{tail}",
            f"(312) 555-{tail}",
            f"zqmail{tail}@example.org",
        )[number % 5]
        yield Conversation(number, f"zqword{tail}{chance.randrange(10**6):06d}", identifier)


Door = Callable[[Server, Conversation], object]


def ask(server: Server, held: Conversation) -> int:
    return server.post("/api/ask", _json(question=held.text))


def ask_with_history(server: Server, held: Conversation) -> int:
    turns = [
        {"role": "user", "content": held.earlier},
        {"role": "assistant", "content": held.earlier},
    ]
    return server.post("/api/ask", _json(question=held.text, history=turns))


def stream(server: Server, held: Conversation) -> int:
    return server.post("/api/ask/stream", _json(question=held.text))


def form(server: Server, held: Conversation) -> int:
    body = urlencode([("question", held.text), ("earlier", held.earlier)]).encode()
    return server.post(
        "/es", body, "application/x-www-form-urlencoded", Accept="text/html", Cookie=held.word
    )


def search(server: Server, held: Conversation) -> int:
    return server.post("/api/search", _json(query=held.text))


def unknown_field(server: Server, held: Conversation) -> int:
    return server.post("/api/ask", _json(question=held.text, **{held.word: held.identifier}))


def wrong_value(server: Server, held: Conversation) -> int:
    return server.post("/api/ask", _json(question=held.text, language=held.word, state=held.text))


def half_a_body(server: Server, held: Conversation) -> int:
    return server.post("/api/ask", _json(question=held.text)[:-3])


def no_json(server: Server, held: Conversation) -> int:
    return server.post("/api/ask", held.text.encode(), "text/plain")


def no_text(server: Server, held: Conversation) -> int:
    return server.post("/api/ask", b"\xff\xfe" + held.text.encode())


def too_long(server: Server, held: Conversation) -> int:
    return server.post("/api/ask", _json(question=held.text * 3_000))


def nowhere(server: Server, held: Conversation) -> int:
    return server.send("GET", f"/en/{held.word}/{held.word}", headers={"User-Agent": held.word})[0]


def wrong_method(server: Server, held: Conversation) -> int:
    return server.send("PUT", "/api/ask", _json(question=held.text))[0]


def without_a_key(server: Server, held: Conversation) -> int:
    return server.post(
        "/api/ask",
        _json(question=held.text, audience="hotline"),
        Authorization=f"Bearer {held.word}",
    )


def chat(server: Server, held: Conversation) -> int:
    return server.post("/v1/chat/completions", _chat(held))


def chat_stream(server: Server, held: Conversation) -> int:
    return server.post("/v1/chat/completions", _chat(held, stream=True, user=held.word))


def wrong_chat(server: Server, held: Conversation) -> int:
    return server.post("/v1/chat/completions", _chat(held, n=2, model=held.word))


def switch_without_a_key(server: Server, held: Conversation) -> int:
    return server.post("/api/switches", _json(switch="model", off=True, reason=held.text))


def hang_up(server: Server, held: Conversation) -> None:
    """Ask for a stream and go before it ends."""
    body = _json(question=held.text)
    _raw(server, _head("/api/ask/stream", len(body)) + body)


def break_off(server: Server, held: Conversation) -> None:
    """Send half of a question and go."""
    body = _json(question=held.text)
    _raw(server, _head("/api/ask", len(body)) + body[:-5], wait=False)


def nonsense(server: Server, held: Conversation) -> None:
    """Speak no HTTP at all."""
    _raw(server, f"{held.text}\r\n\r\n".encode())


DOORS: tuple[Door, ...] = (
    ask,
    stream,
    form,
    ask_with_history,
    search,
    ask,
    stream,
    unknown_field,
    wrong_value,
    half_a_body,
    no_json,
    no_text,
    too_long,
    nowhere,
    wrong_method,
    without_a_key,
    chat,
    chat_stream,
    wrong_chat,
    switch_without_a_key,
    hang_up,
    break_off,
    nonsense,
)
"""A door that is added to the service is added here, and nothing else need be changed."""


def _json(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def _chat(held: Conversation, **fields: object) -> bytes:
    messages = [
        {"role": "system", "content": held.text},
        {"role": "user", "content": held.earlier},
        {"role": "assistant", "content": held.earlier},
        {"role": "user", "content": held.text},
    ]
    return _json(**{"model": "rights", "messages": messages, **fields})


def _head(path: str, length: int) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def _raw(server: Server, sent: bytes, wait: bool = True) -> None:
    place = urlsplit(server.url)
    with socket.create_connection((str(place.hostname), int(place.port or 0)), 10) as line:
        line.sendall(sent)
        if wait:
            line.recv(16)
