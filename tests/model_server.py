"""A small OpenAI-compatible server on loopback that says what a test scripted, streaming included."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """What the model does, and what it was asked."""

    text: str = ""
    reply: Callable[[str], str] | None = None
    """Makes the text from the prompt; instead of `text`."""
    status: int = 200
    raw: bytes | None = None
    """Sent instead of a well-formed stream."""
    pause_before: float = 0.0
    """Seconds before the first byte of the answer's body."""
    pause_within: float = 0.0
    """Seconds after half of the text."""
    endless: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def prompt(self) -> str:
        """Everything the model was shown in its last request."""
        return "\n".join(str(message["content"]) for message in self.asked[-1]["messages"])


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        script = self.server.script
        length = int(self.headers["Content-Length"])
        script.asked.append(json.loads(self.rfile.read(length)))
        if script.status != 200:
            self._whole(script.status, b'{"error": {"message": "scripted"}}')
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            self._stream(script)
        except (BrokenPipeError, ConnectionResetError):
            return

    def _stream(self, script: Script) -> None:
        time.sleep(script.pause_before)
        if script.raw is not None:
            self.wfile.write(script.raw)
            return
        text = script.reply(script.prompt) if script.reply else script.text
        half = len(text) // 2
        # Pieces of seven characters: a line, a mark and a word all get torn apart.
        for start in range(0, len(text), 7):
            if start <= half < start + 7:
                time.sleep(script.pause_within)
            self._piece(text[start : start + 7])
        while script.endless:
            self._piece("more and more words without an end ")
        self.wfile.write(b"data: [DONE]\n\n")

    def _piece(self, text: str) -> None:
        delta = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
        chunk = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "scripted",
            "choices": [delta],
        }
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()

    def _whole(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script


@contextmanager
def model_server(script: Script) -> Iterator[str]:
    """The address of a model that follows a script, for as long as the block lasts."""
    server = _Server(script)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
