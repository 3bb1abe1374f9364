"""The command line: `python -m app serve | ask | search | index | check`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.ingestion.checks import due, problems
from app.ingestion.loading import load_library, read_corpus

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def check(what: Annotated[str, typer.Argument()] = "all") -> None:
    raw = read_corpus(Path("corpus"))
    found = list(problems(raw, date.today()))
    for p in found:
        typer.echo(p)
    typer.echo(f"{len(found)} problems")
    raise typer.Exit(bool(found))


@cli.command()
def nothing() -> None: ...
