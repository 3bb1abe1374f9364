"""A real server process, started as `make run` starts it, whose every write and call is written down."""

import json
import os
import shutil
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
from urllib.parse import urlsplit

import psutil
import pytest

from app.settings import ROOT
from tests.model_server import closed_port

WITNESS = ROOT / "tests" / "witness"


@dataclass(frozen=True)
class Server:
    """A server process, and what it may have left behind."""

    url: str
    process: psutil.Process
    folder: Path
    """Everything the process can write: working directory, home, DATA, temporary files, output."""
    record: Path

    @property
    def log(self) -> str:
        """What it printed, on both streams."""
        return (self.folder / "log").read_text("utf-8")

    def post(self, path: str, body: bytes, kind: str = "application/json", **headers: str) -> int:
        """The status that a body meets."""
        return self.send("POST", path, body, {"Content-Type": kind, **headers})[0]

    def get(self, path: str) -> str:
        """The text at a path, whatever its status."""
        return self.send("GET", path)[1].decode("utf-8")

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """Status and body of an answer."""
        request = urllib.request.Request(self.url + path, body, headers or {}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return int(reply.status), reply.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def noted(self, kind: str) -> list[str]:
        """Paths opened for writing (`write`), or addresses called that are not configured (`call`)."""
        lines = self.record.read_text("utf-8").splitlines()
        return [what for held, what in map(json.loads, lines) if held == kind]


@contextmanager
def served(folder: Path, model: str | None = None, **environment: str) -> Iterator[Server]:
    """A server at its most talkative, with the index already built.

    Args:
        folder: fresh; becomes its working directory, home and place for temporary files.
        model: address of an OpenAI-compatible server.
        environment: further settings.
    """
    port = closed_port()
    inside, record = folder / "inside", folder / "witness"
    (inside / "data").mkdir(parents=True)
    shutil.copytree(ROOT / "var/index", inside / "data/index")
    ours = {
        "LOG_LEVEL": "DEBUG",
        "DATA": str(inside / "data"),
        "HOME": str(inside),
        "TMPDIR": str(inside),
        "XDG_CACHE_HOME": str(inside),
        "PYTHONPATH": f"{WITNESS}{os.pathsep}{ROOT}",
        "WITNESS": str(record),
        "WITNESS_ALLOWED": str(urlsplit(model).port) if model else "",
        **(
            {"LLM": "openai:scripted", "LLM_BASE_URL": model, "LLM_API_KEY": "any"} if model else {}
        ),
        **environment,
    }
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    with (inside / "log").open("wb") as output:
        process = subprocess.Popen(
            command, cwd=inside, env={**os.environ, **ours}, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait(f"http://127.0.0.1:{port}/readyz", process)
            yield Server(f"http://127.0.0.1:{port}", psutil.Process(process.pid), inside, record)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not start")
