"""A marked question goes through everything; then the marks are looked for in every place a process can leave them."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.settings import ROOT
from tests.model_server import Script, closed_port, model_server

MARK = "xyzzymark"
ITIN = "900-70-0000"
NAME = "Rosaura Tzoc"
MARKED = f"Can ICE get my {MARK} address? My name is {NAME} and my ITIN is {ITIN}."


@dataclass
class Server:
    """A real server process."""

    url: str
    log: Path

    def post(self, path: str, body: bytes, kind: str = "application/json") -> int:
        request = urllib.request.Request(
            self.url + path, body, {"Content-Type": kind, "Accept-Language": "en"}
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                reply.read()
                return int(reply.status)
        except urllib.error.HTTPError as error:
            error.read()
            return error.code


@contextmanager
def serving(folder: Path, model: str) -> Iterator[Server]:
    """A server at its most talkative, started as `make run` starts it, allowed to write into one folder."""
    port = closed_port()
    log = folder / "log"
    environment = {
        **os.environ,
        "LOG_LEVEL": "DEBUG",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LLM": "openai:scripted",
        "LLM_BASE_URL": model,
        "LLM_API_KEY": "any",
        "LANGSMITH_TRACING": "true",
        "LANGCHAIN_TRACING_V2": "true",
    }
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait(f"http://127.0.0.1:{port}/readyz", process)
            yield Server(f"http://127.0.0.1:{port}", log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not start")


def found_in(folder: Path, *marks: str) -> list[str]:
    """Files below a folder that hold one of the marks."""
    pattern = re.compile("|".join(map(re.escape, marks)).encode())
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if pattern.search(path.read_bytes())]


def chat_of(text: str, **fields: str) -> bytes:
    """The same question as a chat client sends it."""
    more = "".join(f', "{name}": {value}' for name, value in fields.items())
    message = f'{{"role": "user", "content": "{text}"}}'
    return f'{{"model": "rights", "messages": [{message}]{more}}}'.encode()


@pytest.mark.slow
def test_no_word_of_a_question_stays_in_a_log_or_a_file(service: object, tmp_path: Path) -> None:
    script = Script(status=500)
    quoted = MARKED.replace('"', "")

    with model_server(script) as model, serving(tmp_path, model) as server:
        statuses = [
            server.post("/api/ask", f'{{"question": "{quoted}"}}'.encode()),
            server.post("/api/ask/stream", f'{{"question": "{quoted}"}}'.encode()),
            server.post("/api/search", f'{{"query": "{quoted}"}}'.encode()),
            server.post("/api/ask", f'{{"question": "{quoted}", "{MARK}": 1}}'.encode()),
            server.post("/api/ask", f'{{"question": "{quoted}'.encode()),
            server.post("/api/ask", quoted.encode(), "text/plain"),
            server.post("/en", f"question={quoted}".encode(), "application/x-www-form-urlencoded"),
            server.post(f"/nothing/{MARK}", b"{}"),
            server.post("/v1/chat/completions", chat_of(quoted)),
            server.post("/v1/chat/completions", chat_of(quoted, stream="true")),
            server.post("/v1/chat/completions", chat_of(quoted, n="2")),
            server.post("/api/switches", f'{{"switch": "{quoted}"}}'.encode()),
        ]

    assert statuses == [200, 200, 200, 422, 422, 415, 200, 404, 200, 200, 400, 422]
    assert found_in(tmp_path, MARK, ITIN) == []
    assert found_in(ROOT / "var", MARK, ITIN) == []
    assert "answered" in server.log.read_text("utf-8")


@pytest.mark.slow
def test_the_model_is_shown_the_question_but_neither_name_nor_number_of_the_person(
    service: object, tmp_path: Path
) -> None:
    script = Script(status=500)

    with model_server(script) as model, serving(tmp_path, model) as server:
        server.post("/api/ask", f'{{"question": "{MARKED}"}}'.encode())

    assert MARK in script.prompt
    assert ITIN not in script.prompt
    assert NAME not in script.prompt
