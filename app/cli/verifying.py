"""Measure the verifier."""

from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import typer

from app.bootstrap import build_verifier
from app.cli.base import library, settings, stop
from app.domain.errors import RightsError
from app.evaluation.mutations import mutations
from app.evaluation.verifying import Verdict, judge, read_pairs, summary, table, vetted
from app.settings import ROOT

PAIRS = ROOT / "tests/evals/mutations"


def evaluate_verifier(language: str | None, results: Path) -> None:
    """Judge every mutation and print the table by kind and language."""
    held = library()
    try:
        verifier = build_verifier(settings(), held)
        found: list[Verdict] = []
        started = process_time()
        for code in [language] if language else list(held.languages):
            pairs = [*read_pairs(PAIRS, code), *mutations(vetted(held, code), code)]
            with typer.progressbar(judge(pairs, verifier, held, code), len(pairs), code) as run:
                found += run
    except RightsError as error:
        stop(str(error))
    for line in table(found):
        typer.echo(line)
    if found:
        spent = (process_time() - started) / len(found) * 1000
        typer.echo(f"{len(found)} pairs, {spent:.1f} ms of one core each")
    place = results / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}-verifier"
    place.mkdir(parents=True, exist_ok=True)
    (place / "verifier.json").write_text(summary(found) + "\n", "utf-8")
    typer.echo(f"written: {place.name}")
