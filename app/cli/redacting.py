"""Measure what personal data the redactor lets through, and what it takes that is nobody's."""

import json
from pathlib import Path

import typer

from app.bootstrap import build_redactor
from app.cli.base import library, stop
from app.evaluation.redaction import (
    Measured,
    generated,
    measure,
    misses_of,
    read_innocent,
    read_private,
    report,
)
from app.settings import ROOT

_BY_HAND = ROOT / "tests/evals/redaction"


def evaluate_redaction(language: str | None, results: Path) -> None:
    """Redact the made-up texts and those written by hand; ends with an error when a bar is not met."""
    held = library()
    redactor = build_redactor(held)
    phones = {c.phone for named in held.contacts.values() for c in named.values() if c.phone}
    personal, harmless = generated(sorted(phone for phone in phones if len(phone) > 6))
    by_rule = measure(
        redactor,
        [made for made in personal if language in (None, made.language)],
        [plain for plain in harmless if language in (None, plain.language)],
    )
    by_hand = measure(
        redactor,
        [t for t in read_private(_BY_HAND / "private.jsonl") if language in (None, t.language)],
        [t for t in read_innocent(_BY_HAND / "innocent.jsonl") if language in (None, t.language)],
    )
    for title, measured in (("made by rule", by_rule), ("written by hand", by_hand)):
        typer.echo(f"-- {title}")
        for line in report(measured):
            typer.echo(line)
    typer.echo(f"misses written: {_write(by_rule, by_hand, results).name}")
    if failed := by_rule.failed():
        stop("\n".join(failed))


def _write(by_rule: Measured, by_hand: Measured, results: Path) -> Path:
    """The misses as JSON lines. The texts are made up, so that they may be kept."""
    results.mkdir(parents=True, exist_ok=True)
    place = results / "redaction-misses.jsonl"
    lines = [json.dumps(miss, ensure_ascii=False) for miss in misses_of(by_rule, by_hand)]
    place.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return place
