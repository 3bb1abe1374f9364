"""No connection leaves the machine but to what an operator configured: every other call is refused, written down and counted."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversations import DOORS, conversations
from tests.loud import LOUD
from tests.served import WITNESS, Server, served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def silent(service: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server without a model, in an environment that asks for all the telemetry there is, after a few conversations."""
    with served(tmp_path_factory.mktemp("silent"), **LOUD) as server:
        for held in conversations(2 * len(DOORS)):
            DOORS[held.number % len(DOORS)](server, held)
        yield server


def witnessed(code: str, record: Path, allowed: str = "") -> str:
    """What is written down of a process that runs some code."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(WITNESS),
        "WITNESS": str(record),
        "WITNESS_ALLOWED": allowed,
    }
    subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    return record.read_text("utf-8")


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('192.0.2.1', 443), 1)",
        "import urllib.request; urllib.request.urlopen('https://example.org', timeout=1)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import socket; socket.create_connection(('127.0.0.1', 1), 1)",
    ],
    ids=["address", "name", "datagram", "another port of this machine"],
)
def test_the_witness_sees_a_call_to_a_stranger(code: str, tmp_path: Path) -> None:
    assert '["call"' in witnessed(code, tmp_path / "record")


def test_the_witness_lets_a_configured_port_be_called(tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 1), 1)"

    assert '["call"' not in witnessed(code, tmp_path / "record", allowed="1")


def test_a_server_calls_nobody_at_start_and_in_use_even_when_told_to(silent: Server) -> None:
    assert silent.noted("call") == []


def test_a_server_holds_no_connection_but_those_of_its_callers(silent: Server) -> None:
    own = int(silent.url.rpartition(":")[2])
    held = silent.process.net_connections("inet")

    assert {found.laddr.port for found in held} == {own}


def test_telemetry_that_was_asked_for_is_off_in_the_server_itself(silent: Server) -> None:
    environment = silent.process.environ()

    assert environment["LANGSMITH_TRACING"] == "true"  # what it was started with
    assert re.search(r"langsmith|opentelemetry|posthog", silent.log, re.IGNORECASE) is None
