"""Measure the answers, or a part of what leads to them."""

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.base import service, settings, stop
from app.cli.redacting import evaluate_redaction
from app.cli.verifying import evaluate_verifier
from app.domain.components import Component
from app.domain.errors import RightsError
from app.evaluation.cases import Half, chosen, read_cases
from app.evaluation.metrics import changed, table
from app.evaluation.perturb import Way
from app.evaluation.runner import Runner, last_run, report, write_run
from app.ingestion.facts import Filler
from app.ingestion.loading import read_corpus
from app.settings import ROOT


class Measured(StrEnum):
    """What is measured."""

    ANSWERS = "answers"
    VERIFIER = "verifier"
    REDACTION = "redaction"


_PARTS = {Measured.VERIFIER: evaluate_verifier, Measured.REDACTION: evaluate_redaction}


def evaluate(
    what: Annotated[Measured, typer.Argument(help="What to measure.")] = Measured.ANSWERS,
    half: Annotated[Half | None, typer.Option(help="Only this half of the cases.")] = None,
    language: Annotated[str | None, typer.Option(help="Only this language.")] = None,
    without: Annotated[
        list[Component] | None, typer.Option(help="Leave a component out, to see its worth.")
    ] = None,
    way: Annotated[Way | None, typer.Option(help="Ask as a phone or a hurry would.")] = None,
    cases: Annotated[Path, typer.Option(help="Folder of the cases.")] = ROOT / "tests/evals/cases",
    results: Annotated[Path, typer.Option(help="Folder of the runs.")] = ROOT / "var/evals",
) -> None:
    """Ask every evaluation case, judge every mutation, or redact every made-up text, and print what became of them, with confidence."""
    if part := _PARTS.get(what):
        part(language, results)
        return
    held = settings()
    left_out = frozenset(without or ())
    ready = service(held, left_out)
    try:
        asked = list(chosen(read_cases(cases), half, language))
        facts = read_corpus(held.corpus).facts
    except RightsError as error:
        stop(str(error))
    contacts = ready.library.contacts
    tell = {code: Filler(facts, contacts[code], code, date.today()) for code in contacts}
    runner = Runner(ready.assistant, ready.retriever, tell)
    with typer.progressbar(runner.run(asked, way), len(asked), label="asking") as running:
        found = list(running)
    shares = table(found)
    for line in report(found, shares):
        typer.echo(line)
    config = {
        "index": ready.index.name,
        "embeddings": held.embeddings,
        "half": half or "both",
        "without": ", ".join(sorted(left_out)),
        "language": language or "all",
        "way": way or "as written",
    }
    for line in changed(shares, last_run(results, config)):
        typer.echo(f"changed  {line}")
    place = results / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    write_run(place, config, found, shares)
    typer.echo(f"written: {place.name}")
