"""The corpus as it was, read out of git."""

import io
import subprocess
import tarfile
import tempfile
from datetime import date
from pathlib import Path

from app.domain.errors import CorpusError, NotFound
from app.ingestion.edition import Edition, edition


def edition_at(folder: Path, revision: str, today: date) -> Edition:
    """The corpus of a git revision, as it reads today.

    Args:
        folder: the corpus in a git checkout.
        revision: a commit, tag or branch.
        today: decides what of it is in force.

    Raises:
        NotFound: git knows no such revision, or it has no corpus.
        CorpusError: the folder is in no git checkout, or the old corpus has a format that cannot be read any more.
    """
    archive = _archive(folder, _commit(folder, revision), revision)
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(scratch, filter="data")
        try:
            return edition(Path(scratch), today)
        except CorpusError as error:
            raise CorpusError(
                f"the corpus of {revision} has a format that this version cannot read: {error}"
            ) from error


def _commit(folder: Path, revision: str) -> str:
    if _git(folder, "rev-parse", "--is-inside-work-tree") is None:
        raise CorpusError("the corpus lies in no git checkout, so there is nothing to compare with")
    # What begins with a dash would be an option, not a revision.
    known = not revision.startswith("-")
    commit = known and _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not commit:
        raise NotFound(f"git knows no revision {revision}")
    return commit.decode().strip()


def _archive(folder: Path, commit: str, revision: str) -> bytes:
    # In a folder below the top, git packs that folder alone, with paths that begin in it.
    archive = _git(folder, "archive", "--format=tar", commit)
    if archive is None:
        raise NotFound(f"revision {revision} has no corpus")
    return archive


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git answers, or nothing if it refuses."""
    try:
        told = subprocess.run(  # noqa: S603 - our own words and a revision that cannot be an option
            ["git", *arguments],  # noqa: S607 - git lies where the operator has put it
            cwd=folder,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return told.stdout
