"""Prove what a machine can."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from app.cli.base import settings, stop
from app.domain.errors import RightsError
from app.domain.library import Library
from app.ingestion.checks import due, problems
from app.ingestion.loading import load_library, read_corpus
from app.language.plain import too_hard
from app.language.replies import Replies
from app.settings import ROOT


def check(
    what: Annotated[
        str, typer.Argument(help="all, or one of: format, lint, types, layers, corpus, tests.")
    ] = "all",
    without: Annotated[str, typer.Option(help="One that is left out.")] = "",
) -> None:
    """Prove what a machine can: format, lint, types, import layers, corpus, tests."""
    if what not in {"all", *_CHECKS} or without not in {"", *_CHECKS}:
        stop(f"no such check: {without if what in {'all', *_CHECKS} else what}")
    wanted = [name for name in _CHECKS if what in ("all", name) and name != without]
    failed = [name for name in wanted if not _passes(name)]
    if failed:
        stop(f"failed: {', '.join(failed)}")
    typer.echo("all is well")


_CHECKS: dict[str, Sequence[str]] = {
    "format": ("ruff", "format", "--check", "--quiet", "app", "tests"),
    "lint": ("ruff", "check", "--quiet", "app", "tests"),
    "types": ("mypy", "app", "tests"),
    "layers": ("importlinter",),
    "corpus": (),
    "tests": ("pytest", "--quiet"),
}


def _passes(name: str) -> bool:
    typer.echo(f"== {name}")
    if name == "corpus":
        return _corpus_passes()
    module, *arguments = _CHECKS[name]
    if module == "importlinter":
        command = [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
        ]
    else:
        command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0  # noqa: S603 - our own commands


def _corpus_passes() -> bool:
    folder = settings().corpus
    today = date.today()
    try:
        raw = read_corpus(folder)
        found = list(problems(raw, today))
        library = load_library(folder, today, raw=raw)
        Replies(library.replies, today)
    except RightsError as error:
        typer.echo(str(error))
        return False
    found += _too_hard(library)
    for line in found:
        typer.echo(line)
    for line in due(library, today):
        typer.echo(f"note: {line}")
    for language in library.languages:
        sections = list(library.sections(language))
        statements = sum(len(section.statements) for section in sections)
        questions = sum(len(section.asked) for section in sections)
        typer.echo(
            f"{language}: {len(library.documents[language])} pages, {len(sections)} sections, "
            f"{statements} statements, {questions} example questions"
        )
    return not found


def _too_hard(library: Library) -> list[str]:
    try:
        return list(too_hard(library))
    except ModuleNotFoundError:
        typer.echo("note: reading level not measured; `make check` installs what it takes")
        return []
