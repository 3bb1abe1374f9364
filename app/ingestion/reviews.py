"""The ledger `reviews.yaml`: signing a page, and taking a signature back. Vetting is a fact in this file, never a claim."""

import subprocess
from datetime import date
from pathlib import Path

import yaml

from app.domain.errors import CorpusError
from app.domain.section import Document
from app.domain.topics import area_of
from app.ingestion.loading import Signature

_HEAD = """\
# Who signed which words, until when. A page without a line here has not been reviewed, and every answer says so.
# A signature: page, language, digest (of what a reader sees; an edit to the page or to a fact in it voids it), reviewer, role, on, until.
"""


def sign(
    folder: Path, document: Document, reviewer: str, role: str, on: date, until: date
) -> Signature:
    """Write a signature for the words of a page as they are now. An older one for the same page and language is replaced.

    Args:
        folder: the corpus.
        document: what was reviewed.
        reviewer: the person.
        role: what makes them fit to review, e.g. `attorney, State Bar of Texas`.
        on: the day of the review.
        until: the day it ends.

    Raises:
        CorpusError: the page has changes that are not committed, or a value makes no sense.
    """
    if not reviewer.strip() or not role.strip():
        raise CorpusError("a signature needs a reviewer and a role")
    if until <= on:
        raise CorpusError("a review ends after the day it was made")
    place = Path(document.language) / area_of(document.topic) / f"{document.topic}.md"
    if changed := dirty(folder, place):
        raise CorpusError(
            f"not committed yet, so nobody could say later what was signed: {changed}"
        )
    signature = Signature(
        page=document.topic,
        language=document.language,
        digest=document.digest,
        reviewer=reviewer.strip(),
        role=role.strip(),
        on=on,
        until=until,
    )
    others = [s for s in read(folder) if not _same(s, document.topic, document.language)]
    _write(folder, [*others, signature])
    return signature


def revoke(folder: Path, topic: str, language: str) -> int:
    """Take back the signatures of a page in one language.

    Returns:
        How many there were.
    """
    held = read(folder)
    kept = [s for s in held if not _same(s, topic, language)]
    if len(kept) < len(held):
        _write(folder, kept)
    return len(held) - len(kept)


def read(folder: Path) -> list[Signature]:
    """The ledger as it stands, signatures of other words included."""
    held = yaml.load(_ledger(folder).read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes strings only
    return [Signature.model_validate(entry) for entry in held["signatures"] or []]


def dirty(folder: Path, place: Path) -> str:
    """What is not committed among a page and the facts, contacts and sources it draws on; empty outside a git checkout."""
    paths = [str(place), "facts", "contacts", "sources.yaml"]
    command = ["git", "status", "--porcelain", "--", *paths]
    try:
        told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return ""
    return ", ".join(line[3:] for line in told.stdout.splitlines())


def _same(signature: Signature, topic: str, language: str) -> bool:
    return (signature.page, signature.language) == (topic, language)


def _write(folder: Path, signatures: list[Signature]) -> None:
    entries = [signature.model_dump(mode="json") for signature in signatures]
    text = yaml.safe_dump({"signatures": entries}, allow_unicode=True, sort_keys=False)
    building = _ledger(folder).with_suffix(".new")
    building.write_text(_HEAD + text, "utf-8")
    building.replace(_ledger(folder))


def _ledger(folder: Path) -> Path:
    return folder / "reviews.yaml"
