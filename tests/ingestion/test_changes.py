"""What changed in the guidance, in words: by meaning, told once, and out of git."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from app.domain.errors import CorpusError, NotFound
from app.ingestion.change_words import telling
from app.ingestion.changes import about, brief, changes
from app.ingestion.edition import edition
from app.ingestion.history import edition_at
from app.ingestion.section_changes import Kind
from tests.fakes import TODAY

EN = "en/itin/itin-renew.md"
ES = "es/itin/itin-renew.md"
FACTS = "facts/facts.yaml"
Tell = Callable[..., str]


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def old(corpus: Path, tmp_path: Path) -> Path:
    """The corpus before; `corpus` is the one that changes."""
    return copytree(corpus, tmp_path / "old")


@pytest.fixture
def tell(corpus: Path, old: Path) -> Tell:
    """What changed, on one line, so that a test need not know where lines are broken."""

    def told(language: str = "en", *, markdown: bool = False) -> str:
        new = edition(corpus, TODAY)
        as_of = {topic: page.front.as_of for topic, page in new.pages(language).items()}
        found = changes(edition(old, TODAY), new, language)
        return " ".join(telling(found, as_of, language, markdown=markdown).split())

    return told


@pytest.fixture
def committed(corpus: Path) -> Path:
    git(corpus.parent, "init", "-q")
    git(corpus.parent, "add", "-A")
    git(corpus.parent, "commit", "-qm", "texts")
    return corpus


def test_two_equal_editions_have_no_changed_guidance(tell: Tell) -> None:
    assert tell() == "No guidance changed."


def test_a_reworded_statement_is_told_with_old_and_new_words_and_its_source(
    corpus: Path, tell: Tell
) -> None:
    edit(corpus / EN, "without use.", "of no use.")

    assert tell() == (
        'itin-renew, as of 1 November 2026: - "When does my ITIN expire?", a1, changed: '
        '"It expires after 3 years without use." -> "It expires after 3 years of no use." '
        "[26 U.S.C. § 6109(i)(3)(A)]"
    )


def test_a_change_in_every_language_is_told_once(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "without use.", "of no use.")
    edit(corpus / ES, "sin uso.", "sin que se use.")

    assert tell().count("changed:") == 1
    assert tell().endswith("; also in Spanish")


def test_a_freely_worded_translation_follows_the_english_change(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "This rule holds.", "This rule holds today.")
    edit(corpus / ES, "Esta regla vale.", "Hoy en día sigue igual lo dicho antes.")

    assert tell().count("changed:") == 1
    assert "new:" not in tell()


def test_a_change_in_a_translation_alone_is_told_with_its_language(
    corpus: Path, tell: Tell
) -> None:
    edit(corpus / ES, "Esta regla vale.", "Esta regla sí vale.")

    assert 'only in Spanish: "¿Cuándo se vence mi ITIN?", d3, changed: "Esta regla vale."' in tell()


def test_changes_can_be_told_in_another_language(corpus: Path, tell: Tell) -> None:
    edit(corpus / FACTS, "value: 3", "value: 4")

    assert "3 años -> 4 años" in tell("es")


def test_a_fact_with_a_new_value_is_told_once_with_its_source_and_where_it_shows(
    corpus: Path, tell: Tell
) -> None:
    edit(corpus / FACTS, "value: 3", "value: 4")

    assert tell() == (
        "Facts: - unused-years (Years without use): 3 years -> 4 years [26 U.S.C. § 6109]; "
        "shown in itin-renew/when"
    )


def test_a_fact_that_changes_from_a_day_on_is_told_with_that_day(
    corpus: Path, old: Path, tell: Tell
) -> None:
    edit(old / FACTS, "value: 3", "from: {2016-01-01: 3}")
    edit(corpus / FACTS, "value: 3", "from: {2016-01-01: 3, 2027-01-01: 5}")

    assert "unused-years (Years without use), from 2027-01-01: new, 5 years" in tell()


def test_a_fact_called_by_another_name_changes_nothing(corpus: Path, tell: Tell) -> None:
    edit(corpus / FACTS, "unused-years", "idle-years")
    edit(corpus / EN, "{unused-years}", "{idle-years}")
    edit(corpus / ES, "{unused-years}", "{idle-years}")

    assert tell() == "No guidance changed."


def test_statements_are_matched_by_words_not_by_place(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "- Send {form-w7}", "- Keep your letters. [@guide]\n- Send {form-w7}")

    assert 'd1, new: "Keep your letters." [Instructions (IRS)]' in tell()
    assert "Send Form" not in tell()


def test_a_statement_that_is_gone_is_told(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "- This rule holds. [@guide] {: from=2026-01-01}\n", "")

    assert 'd3, removed: "This rule holds."' in tell()


def test_other_sources_under_the_same_words_are_told(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "[@law, (i)(3)(A)]", "[@law, (i)(3)(B)]")

    assert "a1 rests on: 26 U.S.C. § 6109(i)(3)(A) -> 26 U.S.C. § 6109(i)(3)(B)" in tell()


def test_another_time_for_a_statement_is_told(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "until=2025-12-31", "until=2026-12-31")

    assert "d2 is shown: until 2025-12-31 -> until 2026-12-31" in tell()


def test_a_statement_moved_to_the_short_answer_is_told(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "- Send {form-w7} to renew it. [@law; @guide, p. 7]\n", "")
    edit(
        corpus / EN,
        "\n\n### details",
        "\n- Send {form-w7} to renew it. [@law; @guide, p. 7]\n\n### details",
    )

    assert "a2: moved from the details to the short answer" in tell()
    assert "removed" not in tell()


def test_statements_in_another_order_are_told(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "- This rule ended. [@guide] {: until=2025-12-31}\n", "")
    edit(
        corpus / EN,
        "- Send {form-w7}",
        "- This rule ended. [@guide] {: until=2025-12-31}\n- Send {form-w7}",
    )

    assert "the statements stand in another order" in tell()


def test_another_heading_under_the_same_id_is_told(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "When does my ITIN expire?", "Does my ITIN expire?")

    assert 'heading: "When does my ITIN expire?" -> "Does my ITIN expire?"' in tell()


def test_a_section_with_another_id_is_the_old_one_moved(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "{#when}", "{#when-it-expires}")
    edit(corpus / ES, "{#when}", "{#when-it-expires}")

    assert "moved: itin-renew/when -> itin-renew/when-it-expires; also in Spanish" in tell()
    assert "removed" not in tell()


def test_a_new_section_is_told_with_its_size_and_a_removed_one_with_its_heading(
    corpus: Path, tell: Tell
) -> None:
    edit(corpus / EN, "{#when}", "{#else}")
    edit(corpus / EN, "It expires after {unused-years} without use.", "Bring both papers along.")
    edit(corpus / EN, "Send {form-w7} to renew it.", "Nobody asks for a fee here.")
    edit(corpus / EN, "This rule", "Another matter entirely")

    assert 'new section "When does my ITIN expire?", 4 statements' in tell()
    assert 'section removed: "When does my ITIN expire?"' in tell()


def test_another_step_is_told(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "1. Look at your old returns.", "1. Look at your old returns first.")

    assert 's1, changed: "Look at your old returns." -> "Look at your old returns first."' in tell()


def test_another_phone_is_told_once_with_where_it_shows(corpus: Path, tell: Tell) -> None:
    edit(corpus / "contacts/national.yaml", "800-555-0100", "800-555-0199")

    assert tell() == (
        "Contacts: - clinic (A clinic), phone: 800-555-0100 -> 800-555-0199 [Instructions (IRS)]; "
        "shown in itin-renew/when"
    )


def test_a_source_read_in_another_edition_is_told(corpus: Path, tell: Tell) -> None:
    edit(corpus / "sources.yaml", "title: Instructions", "title: New instructions")

    assert "guide (New instructions (IRS)), title: Instructions -> New instructions" in tell()


def test_sources_that_were_only_checked_again_are_listed_together(corpus: Path, tell: Tell) -> None:
    edit(corpus / "sources.yaml", "checked: 2026-11-01", "checked: 2026-11-20")

    assert tell() == "Sources: - checked again on 20 November 2026: guide, law"


def test_a_source_cited_for_the_first_time_is_told(corpus: Path, tell: Tell) -> None:
    entry = "memo: {title: Memo, publisher: IRS, kind: official, read: all, checked: 2026-11-01}\n"
    edit(corpus / "sources.yaml", "law:\n", entry + "law:\n")
    edit(corpus / EN, "holds. [@guide]", "holds. [@guide; @memo]")

    assert "newly cited: Memo (IRS); shown in itin-renew/when" in tell()


def test_days_that_moved_are_told(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "as_of: 2026-11-01", "as_of: 2026-11-09")
    edit(corpus / ES, "as_of: 2026-11-01", "as_of: 2026-11-09")

    assert tell() == (
        "itin-renew, as of 9 November 2026: - law and news as of: 1 November 2026 -> 9 November 2026"
    )


def test_another_claim_that_must_never_be_said_is_told(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "never_say:\n", "never_say:\n  - Nobody checks this.\n")

    assert 'must never be said: "Nobody checks this."' in tell()


def test_another_example_question_is_no_change_of_guidance(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "- do itins expire", "- do they run out at all")

    assert tell() == "No guidance changed."


def test_a_new_page_is_told_in_one_line(old: Path, tell: Tell) -> None:
    (old / EN).unlink()
    (old / ES).unlink()

    assert 'new page "Renewing an ITIN", 1 section; also in Spanish' in tell()
    assert "It expires" not in tell()


def test_a_page_that_is_gone_is_told(corpus: Path, tell: Tell) -> None:
    (corpus / EN).unlink()
    (corpus / ES).unlink()

    assert 'page removed: "Renewing an ITIN"; also in Spanish' in tell()


def test_a_new_translation_is_told_apart_from_new_guidance(old: Path, tell: Tell) -> None:
    (old / ES).unlink()
    (old / "replies/es.yaml").unlink()

    assert tell() == "Translations: - now also in Spanish: itin-renew"


LEDGER = (
    "signatures:\n- {page: itin-renew, language: en, digest: DIGEST, reviewer: A. Lawyer, "
    "role: attorney, on: 2026-11-01, until: 2027-06-30}\n"
)


@pytest.mark.parametrize(
    ("ledger", "said"),
    [(LEDGER, "is voided, since the words changed"), ("signatures: []\n", "is taken back")],
    ids=["other words", "no line in the ledger"],
)
def test_a_signature_that_is_lost_is_told_with_the_reason(
    ledger: str, said: str, corpus: Path, old: Path, tell: Tell
) -> None:
    digest = edition(old, TODAY).library.documents["en"]["itin-renew"].digest
    (old / "reviews.yaml").write_text(LEDGER.replace("DIGEST", digest), "utf-8")
    (corpus / "reviews.yaml").write_text(ledger.replace("DIGEST", digest), "utf-8")
    edit(corpus / EN, "This rule holds.", "This rule holds today.")

    signature = "itin-renew in English: the signature of A. Lawyer, attorney, until 2027-06-30"
    assert f"{signature} {said}" in tell()


def test_a_signature_that_was_given_is_told(corpus: Path, old: Path, tell: Tell) -> None:
    digest = edition(old, TODAY).library.documents["en"]["itin-renew"].digest
    (corpus / "reviews.yaml").write_text(LEDGER.replace("DIGEST", digest), "utf-8")

    assert "itin-renew in English: signed by A. Lawyer, attorney, until 2027-06-30" in tell()


def test_the_markdown_has_the_form_of_the_changelog(corpus: Path, tell: Tell) -> None:
    edit(corpus / EN, "This rule holds.", "This rule holds today.")

    assert tell(markdown=True).startswith(
        '### Guidance - `itin-renew`, as of 1 November 2026: - "When does my ITIN expire?", d3'
    )


def test_changes_of_one_topic_leave_out_what_does_not_touch_it(corpus: Path, old: Path) -> None:
    edit(corpus / FACTS, "value: 3", "value: 4")
    found = changes(edition(old, TODAY), edition(corpus, TODAY))

    assert about(found, ["itin-renew"]) == found
    assert about(found, ["itin-who"]) == []


def test_a_language_that_was_not_there_cannot_be_told_in(corpus: Path, old: Path) -> None:
    with pytest.raises(NotFound, match="no such language: xx"):
        changes(edition(old, TODAY), edition(corpus, TODAY), "xx")


def test_the_corpus_of_a_revision_is_read_out_of_git(committed: Path) -> None:
    edit(committed / FACTS, "value: 3", "value: 4")

    found = changes(edition_at(committed, "HEAD", TODAY), edition(committed, TODAY))

    assert [(change.place, change.old, change.new) for change in found] == [
        ("unused-years", "3 years", "4 years")
    ]


@pytest.mark.parametrize("revision", ["nope", "--output=stolen", ""])
def test_a_revision_that_git_does_not_know_is_refused(revision: str, committed: Path) -> None:
    with pytest.raises(NotFound, match="no revision"):
        edition_at(committed, revision, TODAY)

    assert not (committed / "stolen").exists()


def test_a_revision_before_the_corpus_is_refused(corpus: Path) -> None:
    git(corpus.parent, "init", "-q")
    git(corpus.parent, "commit", "-qm", "nothing yet", "--allow-empty")

    with pytest.raises(NotFound, match="HEAD has no corpus"):
        edition_at(corpus, "HEAD", TODAY)


def test_outside_a_git_checkout_there_is_nothing_to_compare_with(corpus: Path) -> None:
    with pytest.raises(CorpusError, match="in no git checkout"):
        edition_at(corpus, "HEAD", TODAY)


def test_a_corpus_of_an_older_format_is_named(corpus: Path) -> None:
    edit(corpus / "sources.yaml", "kind: statute", "sort: statute")
    git(corpus.parent, "init", "-q")
    git(corpus.parent, "add", "-A")
    git(corpus.parent, "commit", "-qm", "older")

    with pytest.raises(CorpusError, match=r"of HEAD has a format .* sources.yaml: source law"):
        edition_at(corpus, "HEAD", TODAY)


def test_in_brief_other_words_for_the_same_are_only_counted(corpus: Path, old: Path) -> None:
    edit(corpus / EN, "to renew it", "to make it valid again")
    edit(corpus / EN, "This rule holds.", "This rule does not hold.")

    found = brief(changes(edition(old, TODAY), edition(corpus, TODAY)), "en")

    assert [(change.kind, change.new) for change in found] == [
        (Kind.STATEMENT, "This rule does not hold."),
        (Kind.REWORDED, "1"),
    ]
