"""Tools for assistants, with the SDK's own client: in memory, by pipes to a real process, and over HTTP."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from fastapi.testclient import TestClient
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from app.assistants.server import assistant_server
from app.bootstrap import Service
from app.domain.switches import Switch
from app.safety.switches import Switches
from app.settings import ROOT
from tests.loopback import served

T = TypeVar("T")
ADDRESS = "Can ICE get my address from the IRS?"
MARK = "xyzzymark"


def server_of(service: Service, switches: Switches | None = None) -> Any:
    """The door of a service."""
    return assistant_server(
        service.assistant,
        service.library,
        service.retriever,
        service.redactor,
        service.replies,
        switches or service.switches,
    )


def using(server: Any, use: Callable[[Client], Awaitable[T]]) -> T:
    """What a client does with a server, or with the address or command of one."""

    async def connected() -> T:
        async with Client(server) as client:
            return await use(client)

    return asyncio.run(connected())


def called(server: Any, tool: str, **arguments: object) -> CallToolResult:
    """What a tool gives."""

    async def call(client: Client) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    return using(server, call)


def text_of(result: CallToolResult) -> str:
    return "\n".join(part.text for part in result.content if isinstance(part, TextContent))


def test_three_tools_are_offered_and_say_that_they_give_no_legal_advice(service: Service) -> None:
    tools = using(server_of(service), lambda client: client.list_tools()).tools

    assert [tool.name for tool in tools] == ["ask", "search", "section"]
    assert ["Information, not legal advice." in (t.description or "") for t in tools] == [True] * 3
    assert [bool(tool.output_schema) for tool in tools] == [True] * 3
    assert [t.annotations.read_only_hint for t in tools if t.annotations] == [True] * 3
    assert "en, es" in str(tools[0].input_schema)


def test_asking_gives_what_the_api_gives(service: Service, client: TestClient) -> None:
    result = called(server_of(service), "ask", question=ADDRESS)

    assert result.structured_content == client.post("/api/ask", json={"question": ADDRESS}).json()
    assert "not legal advice" in text_of(result)


def test_asking_in_another_language_and_with_a_history(
    service: Service, client: TestClient
) -> None:
    history = [{"role": "user", "content": "When does my ITIN expire?"}]
    asked = {"question": "and how do I renew it?", "language": "es", "history": history}

    result = called(server_of(service), "ask", **asked)

    assert result.structured_content == client.post("/api/ask", json=asked).json()


def test_searching_gives_what_the_api_gives(service: Service, client: TestClient) -> None:
    wanted = {"query": "renew itin", "language": "en", "limit": 3}

    result = called(server_of(service), "search", **wanted)

    assert result.structured_content == client.post("/api/search", json=wanted).json()


def test_reading_a_section_gives_what_the_api_gives(service: Service, client: TestClient) -> None:
    result = called(
        server_of(service),
        "section",
        document="itin-renew",
        section="when-it-expires",
        language="es",
    )

    same = client.get("/api/sections/itin-renew/when-it-expires", params={"language": "es"})
    assert result.structured_content == same.json()


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": MARK, "language": "xx"}, "no such language; there are: en, es, zh"),
        ("search", {"query": MARK, "language": "xx"}, "no such language"),
        ("section", {"document": "itin-renew", "section": MARK, "language": "en"}, "no such section"),
        ("section", {"document": "itin-renew", "section": MARK, "language": "xx"}, "no such language"),
        ("ask", {"question": ""}, "question"),
        ("ask", {"question": "a" * 2_001}, "question"),
        ("ask", {"question": "Hi", "history": [{"role": "user", "content": "Hi"}] * 13}, "history"),
        ("search", {"query": "itin", "limit": 51}, "limit"),
        ("sing", {}, "sing"),
    ],
)  # fmt: skip
def test_a_call_that_cannot_be_answered_says_why(
    service: Service, tool: str, arguments: dict[str, object], said: str
) -> None:
    result = called(server_of(service), tool, **arguments)

    assert result.is_error
    assert said in text_of(result)


def test_a_number_of_the_person_is_taken_out(service: Service) -> None:
    result = called(server_of(service), "ask", question=f"My ITIN is 900-70-0000. {ADDRESS}")

    assert (result.structured_content or {})["redactions"] == [{"kind": "itin", "count": 1}]
    assert "900-70-0000" not in text_of(result)


def test_while_the_service_is_off_every_tool_gives_the_hotlines(
    service: Service, tmp_path: Path
) -> None:
    switches = Switches(tmp_path / "switches.json")
    switches.turn_off(Switch.SERVICE, "hush", {"es": "Volvemos el lunes."})
    server = server_of(service, switches)

    calls = {
        "ask": {"question": ADDRESS, "language": "es"},
        "search": {"query": "itin", "language": "es"},
        "section": {"document": "itin-renew", "section": "when-it-expires", "language": "es"},
    }
    results = [called(server, tool, **arguments) for tool, arguments in calls.items()]

    wanted = [service.replies.words("es").off.title, "Volvemos el lunes.", ": 911"]
    assert [result.is_error for result in results] == [True] * 3
    assert [w for w in wanted for result in results if w not in text_of(result)] == []
    assert [result for result in results if "hush" in text_of(result)] == []


def test_the_hotlines_are_told_in_every_language_when_none_was_named(
    service: Service, tmp_path: Path
) -> None:
    switches = Switches(tmp_path / "switches.json", {Switch.SERVICE: "hush"})

    result = called(server_of(service, switches), "ask", question=ADDRESS)

    titles = [service.replies.words(code).off.title for code in service.library.languages]
    assert [title for title in titles if title not in text_of(result)] == []


def test_a_real_process_answers_by_pipes_and_logs_no_word(service: Service, tmp_path: Path) -> None:
    log = tmp_path / "log"
    environment = {**os.environ, "LOG_LEVEL": "DEBUG", "HOME": str(tmp_path)}
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "app", "mcp"], cwd=ROOT, env=environment
    )

    async def use(client: Client) -> list[CallToolResult]:
        return [
            await client.call_tool("ask", {"question": f"{MARK} {ADDRESS}"}),
            await client.call_tool("ask", {"question": MARK, "language": MARK}),
            await client.call_tool("search", {"query": MARK, "limit": MARK}),
        ]

    with log.open("w") as errors:
        answered, refused, wrong = using_process(command, errors, use)

    assert (answered.structured_content or {})["outcome"] == "answered"
    assert (refused.is_error, wrong.is_error) == (True, True)
    assert MARK not in log.read_text("utf-8")
    assert '"event"' in log.read_text("utf-8")


def using_process(
    command: StdioServerParameters, log: Any, use: Callable[[Client], Awaitable[T]]
) -> T:
    """As `using`, with a process whose error stream goes to a file."""
    from mcp.client.stdio import stdio_client

    return using(stdio_client(command, errlog=log), use)


def test_the_tools_are_served_over_http_without_sessions(service: Service) -> None:
    app = server_of(service).streamable_http_app(stateless_http=True)

    with served(app) as url:
        result = called(f"{url}/mcp", "ask", question=ADDRESS)

    assert (result.structured_content or {})["outcome"] == "answered"
