"""The ledger: a signature holds for exactly the words it was given to, and nothing is signed that nobody could find again."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from app.domain.errors import CorpusError
from app.domain.section import Document, ReviewStatus
from app.ingestion.loading import load_library
from app.ingestion.reviews import read, revoke, sign
from tests.fakes import TODAY

UNTIL = date(2027, 6, 30)


def page(corpus: Path, language: str = "en") -> Document:
    return load_library(corpus, TODAY).documents[language]["itin-renew"]


def signed(corpus: Path, language: str = "en", until: date = UNTIL) -> None:
    sign(corpus, page(corpus, language), "A. Lawyer", "attorney, Texas", TODAY, until)


def edit(path: Path, before: str, after: str) -> None:
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def committed(corpus: Path) -> Path:
    git(corpus, "init", "-q")
    git(corpus, "add", "-A")
    git(corpus, "commit", "-qm", "texts")
    return corpus


def test_a_signed_page_says_by_whom_and_until_when(corpus: Path) -> None:
    signed(corpus)

    review = page(corpus).review
    assert review.status is ReviewStatus.REVIEWED
    assert (review.by, review.on, review.until) == ("A. Lawyer, attorney, Texas", TODAY, UNTIL)


def test_a_signature_is_for_one_language(corpus: Path) -> None:
    signed(corpus)

    assert page(corpus, "es").review.status is ReviewStatus.UNREVIEWED


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("en/itin/itin-renew.md", "without use", "of no use"),
        ("facts/facts.yaml", "value: 3", "value: 4"),
        ("en/itin/itin-renew.md", "(i)(3)(A)", "(i)(3)(B)"),
    ],
    ids=["words", "a fact", "a source's place"],
)
def test_an_edit_voids_the_signature(file: str, before: str, after: str, corpus: Path) -> None:
    signed(corpus)

    edit(corpus / file, before, after)

    assert page(corpus).review.status is ReviewStatus.UNREVIEWED


def test_another_example_question_does_not_void_it(corpus: Path) -> None:
    signed(corpus)

    edit(corpus / "en/itin/itin-renew.md", "- do itins expire", "- do they run out at all")

    assert page(corpus).review.status is ReviewStatus.REVIEWED


def test_signing_again_replaces_the_older_signature(corpus: Path) -> None:
    signed(corpus)
    signed(corpus, until=date(2028, 1, 1))

    assert [s.until for s in read(corpus)] == [date(2028, 1, 1)]


def test_a_signature_can_be_taken_back(corpus: Path) -> None:
    signed(corpus)
    signed(corpus, "es")

    assert revoke(corpus, "itin-renew", "en") == 1
    assert [s.language for s in read(corpus)] == ["es"]


def test_taking_back_what_was_never_given_changes_nothing(corpus: Path) -> None:
    before = (corpus / "reviews.yaml").read_text("utf-8")

    assert revoke(corpus, "itin-renew", "en") == 0
    assert (corpus / "reviews.yaml").read_text("utf-8") == before


def test_a_committed_page_can_be_signed(committed: Path) -> None:
    signed(committed)

    assert len(read(committed)) == 1


@pytest.mark.parametrize(
    "file", ["en/itin/itin-renew.md", "facts/facts.yaml", "contacts/national.yaml", "sources.yaml"]
)
def test_a_page_with_changes_that_are_not_committed_is_not_signed(
    file: str, committed: Path
) -> None:
    (committed / file).write_text((committed / file).read_text("utf-8") + "\n", "utf-8")

    with pytest.raises(CorpusError, match="not committed"):
        signed(committed)

    assert read(committed) == []


@pytest.mark.parametrize(("reviewer", "role"), [("", "attorney"), ("A. Lawyer", "  ")])
def test_a_signature_names_person_and_role(reviewer: str, role: str, corpus: Path) -> None:
    with pytest.raises(CorpusError, match="reviewer and a role"):
        sign(corpus, page(corpus), reviewer, role, TODAY, UNTIL)


def test_a_review_does_not_end_before_it_began(corpus: Path) -> None:
    with pytest.raises(CorpusError, match="ends after"):
        signed(corpus, until=TODAY)
