"""Slow clients on a real server: its patience with headers, with readers and with idle connections ends."""

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
import uvicorn
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from app.api.patience import most_connections, patient_protocol
from tests.model_server import closed_port

REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
PATIENCE = 0.4


async def endless(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers `/` shortly and `/endless` for ever."""
    if scope["type"] != "http":
        return

    async def more() -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0)  # lets the server notice that nobody is there any more
            yield b"x" * 65_536

    async def little() -> AsyncIterator[bytes]:
        yield b"ok"

    body = more() if scope["path"] == "/endless" else little()
    await StreamingResponse(body)(scope, receive, send)


@contextmanager
def listening(most: int = 100) -> Iterator[tuple[int, uvicorn.Server]]:
    """A server with little patience, for as long as the block lasts."""
    port = closed_port()
    config = uvicorn.Config(
        endless,
        port=port,
        http=patient_protocol(PATIENCE, most),
        log_config=None,
        lifespan="off",
        ws="none",
        timeout_keep_alive=1,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    try:
        yield port, server
    finally:
        server.should_exit = True
        thread.join()


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    assert true()


@contextmanager
def line(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), 20) as held:
        yield held


def drip(held: socket.socket, piece: bytes, pause: float = 0) -> None:
    """Send a piece again and again."""
    for _ in range(1_000):
        held.sendall(piece)
        time.sleep(pause)


def ends(held: socket.socket) -> bool:
    """Whether the server closes a connection without being asked to."""
    try:
        while held.recv(65_536):
            pass
    except ConnectionResetError:
        pass
    return True


@pytest.mark.parametrize(
    "sent", [b"", b"G", REQUEST[:-2], REQUEST + b"GET / HT"], ids=["none", "one", "most", "second"]
)
def test_headers_that_never_end_are_not_waited_for(sent: bytes) -> None:
    with listening() as (port, server), line(port) as held:
        held.sendall(sent)

        assert ends(held)
        wait_until(lambda: not server.server_state.connections)


def test_one_byte_now_and_then_does_not_buy_time() -> None:
    with listening() as (port, server), line(port) as held:
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            drip(held, b"G", pause=0.02)

        wait_until(lambda: not server.server_state.connections)


def test_headers_without_end_are_cut_off() -> None:
    with listening() as (port, server), line(port) as held:
        held.sendall(REQUEST[:-2])

        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            drip(held, b"x-filler: " + b"y" * 4_000 + b"\r\n")

        wait_until(lambda: not server.server_state.connections)


def test_a_reader_who_takes_nothing_is_dropped() -> None:
    with listening() as (port, server), line(port) as held:
        held.sendall(REQUEST.replace(b"GET / ", b"GET /endless "))
        wait_until(lambda: bool(server.server_state.tasks))

        wait_until(lambda: not server.server_state.tasks)


def test_a_reader_who_goes_on_reading_is_served() -> None:
    with listening() as (port, _), line(port) as held:
        held.sendall(REQUEST.replace(b"GET / ", b"GET /endless "))
        until = time.monotonic() + 3 * PATIENCE

        while time.monotonic() < until:
            assert held.recv(65_536)


def test_a_second_request_on_a_connection_is_answered() -> None:
    with listening() as (port, _), line(port) as held:
        held.sendall(REQUEST)
        first = held.recv(1_000)
        held.sendall(REQUEST)

        assert first.startswith(b"HTTP/1.1 200")
        assert b"HTTP/1.1 200" in held.recv(1_000)


def test_a_connection_too_many_is_closed_at_once_and_leaves_the_others() -> None:
    with listening(most=5) as (port, server), ExitStack() as lines:
        for _ in range(5):
            lines.enter_context(line(port))
        wait_until(lambda: len(server.server_state.connections) == 5)

        sixth = lines.enter_context(line(port))

        assert ends(sixth)


def test_some_files_are_kept_for_what_is_no_connection() -> None:
    import resource

    most = most_connections()

    assert 1 <= most < resource.getrlimit(resource.RLIMIT_NOFILE)[0]
