"""Run it: off switches, and the door for assistants."""

from typing import Annotated

import typer

from app.cli.base import service, settings, stop
from app.domain.errors import RightsError
from app.domain.switches import Switch
from app.ingestion.loading import read_replies
from app.privacy.logs import set_up_logging
from app.safety.switches import Switches
from app.settings import Settings

_Which = Annotated[
    Switch,
    typer.Argument(help="`model`: the corpus answers. `service`: readers get the hotlines."),
]


def off(
    switch: _Which,
    reason: Annotated[
        str, typer.Option(help="For operators: stands in the log and in /readyz, never on a page.")
    ],
    words: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LANGUAGE=TEXT",
            help="For readers: shown under the standing words; may be repeated.",
        ),
    ] = None,
) -> None:
    """Turn the model or the service off while it runs. Every worker hears of it at once."""
    held = settings()
    told = dict(_told(entry, _languages(held)) for entry in words or ())
    switches = _switches(held)
    try:
        switches.turn_off(switch, reason, told)
    except ValueError as error:
        stop(str(error))
    except OSError as error:
        stop(f"{held.switch_file}: {error.strerror}")
    _show(switches)


def on(switch: _Which) -> None:
    """Turn the model or the service on again."""
    held = settings()
    switches = _switches(held)
    try:
        switches.turn_on(switch)
    except OSError as error:
        stop(f"{held.switch_file}: {error.strerror}")
    _show(switches)


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Streamable HTTP on loopback, not stdin and stdout.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port, with --http.")] = 8765,
) -> None:
    """Serve assistants by the Model Context Protocol: tools to ask, to search and to read."""
    # Only this command needs the SDK, which takes a second to load.
    from app.assistants.server import assistant_server, serve_http

    held = settings()
    # Standard output belongs to the protocol. The SDK's own messages may hold arguments; the formatter drops them.
    set_up_logging(held.log_level)
    ready = service(held)
    server = assistant_server(
        ready.assistant,
        ready.library,
        ready.retriever,
        ready.redactor,
        ready.replies,
        ready.switches,
    )
    if http:
        serve_http(server, port)
    else:
        server.run()


def _switches(held: Settings) -> Switches:
    return Switches(held.switch_file, held.off_at_start)


def _languages(held: Settings) -> list[str]:
    try:
        return list(read_replies(held.corpus))
    except RightsError as error:
        stop(str(error))


def _told(entry: str, languages: list[str]) -> tuple[str, str]:
    language, _, text = entry.partition("=")
    if language not in languages or not text.strip():
        stop(f"--words: write LANGUAGE=TEXT with one of {', '.join(languages)}")
    return language, text


def _show(switches: Switches) -> None:
    off_now = switches.all_off()
    for switch in Switch:
        typer.echo(
            f"{switch}: off, {off_now[switch].reason}" if switch in off_now else f"{switch}: on"
        )
