"""Put on a process's path, writes down what it opens for writing and whom it calls, and refuses calls to strangers.

Python imports this module by its name before anything else. WITNESS names the file to write to, WITNESS_ALLOWED the ports on
loopback that may be called.
"""

import json
import os
import sys
from typing import Any

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def _watch() -> None:
    record = os.open(os.environ["WITNESS"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    allowed = {int(port) for port in os.environ["WITNESS_ALLOWED"].split(",") if port}
    # uvloop calls from C, where no audit sees it; without it uvicorn takes Python's own loop.
    sys.modules["uvloop"] = None  # type: ignore[assignment]

    def note(kind: str, what: object) -> None:
        os.write(record, (json.dumps([kind, str(what)]) + "\n").encode())

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if isinstance(path, str | bytes | os.PathLike) and (
                (isinstance(mode, str) and set(mode) & set("wax+")) or (flags or 0) & _WRITING
            ):
                note("write", os.fsdecode(path))
        elif event == "sqlite3.connect":
            note("write", arguments[0])
        elif event in {"socket.connect", "socket.sendto"}:
            address = arguments[1]
            if isinstance(address, tuple) and not (
                address[0] in _LOOPBACK and int(address[1]) in allowed
            ):
                note("call", address)
                raise ConnectionRefusedError("not configured")
        elif event == "socket.getaddrinfo" and arguments[0] not in {*_LOOPBACK, None}:
            note("call", arguments[0])
            raise ConnectionRefusedError("not configured")

    sys.addaudithook(audit)


if "WITNESS" in os.environ:
    _watch()
