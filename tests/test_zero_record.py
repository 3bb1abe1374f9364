"""A thousand marked conversations through a real server; then the marks are looked for in every place a process can leave them."""

import json
import re
import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from tests.conversations import DOORS, Conversation, conversations
from tests.loud import LOUD
from tests.model_server import Script, faithful, model_server
from tests.served import Server, served

pytestmark = pytest.mark.slow

COUNT = 1_000
GENEROUS = {
    "RATE_LIMIT": "100000/minute",
    "MODEL_DAILY_ANSWERS": "100000",
    "MODEL_DAILY_SHARE": "100000",
    "LLM_TIMEOUT": "2",
}


def helpful(prompt: str) -> str:
    """A model that copies what it is shown, and has a question ready when it is asked to make one."""
    return faithful(prompt) or "When does my ITIN expire?"


MOODS: tuple[dict[str, Any], ...] = (
    {"reply": helpful},
    {"reply": helpful},
    {"reply": helpful},
    {"reply": helpful},
    {"reply": lambda prompt: prompt[-300:] + " [1]"},
    {"status": 500},
    {"pause_before": 3.0},
    {"text": "Half a line and then nothing [1]", "pause_within": 3.0},
    {"raw": b'data: {"choices": [{"delta": {"content": "brok'},
    {"endless": True},
)
"""What the model does: well, for a while; then an echo of the question, errors, silence, a crash half way, no end.

After a failure the service leaves a model alone for some seconds, so most of the later conversations end without it.
"""


@dataclass(frozen=True)
class Left:
    """What a server left behind after the conversations."""

    server: Server
    asked: tuple[Conversation, ...]
    shown: str
    """Everything the model was sent."""
    reports: str
    """What the server says about itself."""
    model_port: int


@pytest.fixture(scope="module")
def left(service: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """The conversations, over and done. `service` has built the index."""
    script, asked = Script(), tuple(conversations(COUNT))
    folder = tmp_path_factory.mktemp("zero")
    with model_server(script) as model, served(folder, model, **LOUD, **GENEROUS) as server:
        share = COUNT // len(MOODS)
        for number, mood in enumerate(MOODS):
            become(script, mood)
            talk(server, asked[number * share : (number + 1) * share])
        reports = "".join(
            map(server.get, ("/metrics", "/readyz", "/livez", "/openapi.json", "/en"))
        )
        shown = json.dumps(script.asked, ensure_ascii=False)
        yield Left(server, asked, shown, reports, int(urlsplit(model).port or 0))


def become(script: Script, mood: dict[str, Any]) -> None:
    """Change a model's mood, and keep what it has heard."""
    fresh = Script(**mood)
    fresh.asked = script.asked
    vars(script).update(vars(fresh))


def talk(server: Server, held: tuple[Conversation, ...]) -> None:
    """Eight at a time, each through the next door."""
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda c: DOORS[c.number % len(DOORS)](server, c), held))


def words(asked: tuple[Conversation, ...]) -> re.Pattern[bytes]:
    """Every marked word. They begin alike, so that one pattern finds any."""
    assert all(c.word.startswith("zqword") for c in asked)
    return re.compile(rb"zqword\d{4}")


def identifiers(asked: tuple[Conversation, ...]) -> set[str]:
    """Every identifier, as it was written and as its digits alone."""
    written = {c.identifier for c in asked}
    return written | {re.sub(r"\D", "", text) for text in written if "@" not in text}


def holding(folder: Path, pattern: re.Pattern[bytes], marks: set[str]) -> list[str]:
    """Files below a folder that hold a marked word or an identifier."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if found(path.read_bytes(), pattern, marks)]


def found(content: bytes, pattern: re.Pattern[bytes], marks: set[str]) -> bool:
    """Whether a text holds a mark. Identifiers are compared as whole runs of what they are made of: an index is full of digits."""
    runs = set(re.findall(r"[\w()@.+-]+(?: \d{3}-\d{4})?", content.decode("utf-8", "replace")))
    return bool(pattern.search(content) or marks & runs)


@pytest.mark.parametrize(
    "trace", ["zqword0007", "call (312) 555-0003 now", "reason=900700001", "900-70-0001"]
)
def test_a_trace_would_be_found(trace: str, tmp_path: Path) -> None:
    marks = {"(312) 555-0003", "900-70-0001", "900700001"}
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/file").write_bytes(b"\x00\xff" + trace.encode() + b"\x00")

    assert holding(tmp_path, words(()), marks)


def test_every_conversation_was_had(left: Left) -> None:
    assert left.server.log.count('"event": "answered"') > COUNT // 4
    assert left.shown.count("zqword") > COUNT // 10


def test_no_file_holds_a_word_or_an_identifier(left: Left) -> None:
    assert holding(left.server.folder, words(left.asked), identifiers(left.asked)) == []


def test_no_log_line_holds_a_word_or_an_identifier_at_the_most_talkative_level(left: Left) -> None:
    log = left.server.log

    assert "zq" not in log
    assert [mark for mark in identifiers(left.asked) if mark in log] == []


def test_no_report_of_the_server_about_itself_holds_one(left: Left) -> None:
    assert "zqword" not in left.reports
    assert [mark for mark in identifiers(left.asked) if mark in left.reports] == []


def test_the_model_sees_words_but_no_identifier(left: Left) -> None:
    assert "zqword" in left.shown
    assert [mark for mark in identifiers(left.asked) if mark in left.shown] == []


def test_a_file_is_written_nowhere_but_in_the_folders_given(left: Left) -> None:
    inside = (str(left.server.folder), "/dev/")
    outside = [path for path in left.server.noted("write") if not path.startswith(inside)]

    assert [path for path in outside if ".pyc." not in path and path != ":memory:"] == []


def test_nobody_is_called_but_the_model(left: Left) -> None:
    own = int(urlsplit(left.server.url).port or 0)
    strangers = [
        held
        for held in left.server.process.net_connections("inet")
        if held.laddr.port != own and held.raddr and held.raddr.port != left.model_port
    ]

    assert left.server.noted("call") == []
    assert strangers == []


def test_a_crash_would_leave_no_image_of_the_memory(left: Left) -> None:
    assert left.server.process.rlimit(resource.RLIMIT_CORE) == (0, 0)


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream", "/api/search"])
def test_a_question_in_an_address_is_refused(client: TestClient, path: str) -> None:
    response = client.get(path, params={"question": "zqword", "query": "zqword"})

    assert response.status_code == 405


def test_a_page_takes_no_question_from_an_address(client: TestClient) -> None:
    assert "zqword" not in client.get("/en", params={"question": "zqword"}).text
