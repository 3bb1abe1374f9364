"""Each rule that a machine can prove about the corpus, broken once in the tiny corpus and named in words."""

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from app.ingestion.checks import due, problems
from app.ingestion.loading import load_library, read_corpus
from tests.fakes import EN_PAGE, ES_PAGE, TODAY

EN = "en/itin/itin-renew.md"
ES = "es/itin/itin-renew.md"
FACTS = "facts/facts.yaml"
STEP = "1. Look at your old returns.\n"
ANSWER = "- It expires after {unused-years} without use. [@law, (i)(3)(A)]\n"
SECOND = dedent(EN_PAGE).split("---\n")[2]


def edit(corpus: Path, name: str, old: str, new: str) -> None:
    """Replace one piece of one file."""
    path = corpus / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def found(corpus: Path, today: date = TODAY) -> list[str]:
    """The problems of a corpus."""
    return list(problems(read_corpus(corpus), today))


def add_boundary(corpus: Path, statement: str) -> None:
    """A boundary page in both languages whose short answer is the statement given."""
    for language, page in {"en": EN_PAGE, "es": ES_PAGE}.items():
        head, _, rest = dedent(page).partition("### answer\n\n")
        _, _, tail = rest.partition("\n")
        text = f"{head}### answer\n\n- {statement}\n{tail}".replace("itin-renew", "out-of-scope")
        path = corpus / language / "boundaries" / "out-of-scope.md"
        path.parent.mkdir()
        path.write_text(text, "utf-8")


def test_the_tiny_corpus_has_no_problem(corpus: Path) -> None:
    assert found(corpus) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param(
            "never_say:\n  - Your expired ITIN means you cannot file.",
            "never_say: []",
            "never_say is empty",
            id="never-say",
        ),
        pytest.param(
            "review_due: 2027-03-31",
            "review_due: 2026-11-10",
            "review_due is not after revised",
            id="review-due",
        ),
        pytest.param(
            "as_of: 2026-11-01", "as_of: 2026-11-11", "as_of is after revised", id="as-of"
        ),
        pytest.param(
            "revised: 2026-11-10",
            "revised: 2026-11-23",
            "revised lies in the future",
            id="revised",
        ),
    ],
)
def test_a_fault_in_the_front_matter_is_named(
    corpus: Path, old: str, new: str, problem: str
) -> None:
    edit(corpus, EN, old, new)

    assert f"en/itin-renew: {problem}" in found(corpus)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param(
            f"### steps\n\n{STEP}\n### contacts\n\n- clinic\n",
            f"### contacts\n\n- clinic\n\n### steps\n\n{STEP}",
            "parts stand in the order answer, details, steps, contacts, asked",
            id="order",
        ),
        pytest.param(ANSWER, "", "0 entries in answer, not 1 to 3", id="no-answer"),
        pytest.param(ANSWER, ANSWER * 4, "4 entries in answer, not 1 to 3", id="long-answer"),
        pytest.param(
            "- This rule ended. [@guide] {: until=2025-12-31}\n- This rule holds. [@guide] {: from=2026-01-01}\n",
            "",
            "1 entries in details, not 2 to 8",
            id="few-details",
        ),
        pytest.param(
            "- This rule ended.",
            "- More. [@law]\n" * 6 + "- This rule ended.",
            "9 entries in details, not 2 to 8",
            id="many-details",
        ),
        pytest.param("- clinic\n", "", "0 entries in contacts, not 1 to 4", id="no-contact"),
        pytest.param(
            "- clinic\n", "- clinic\n" * 5, "5 entries in contacts, not 1 to 4", id="many-contacts"
        ),
        pytest.param(STEP, STEP * 6, "more than 5 steps", id="steps"),
        pytest.param(
            "Send {form-w7}", "Send Form 7", "a digit outside facts and contacts: ", id="digit"
        ),
        pytest.param(
            "Look at your", "Look at 2", "a digit outside facts and contacts: ", id="digit-in-step"
        ),
        pytest.param(
            "does my ITIN expire?",
            "did the 2016 ITIN expire?",
            "a digit outside facts and contacts: ",
            id="digit-in-heading",
        ),
        pytest.param("Send {form-w7}", "**Send** {form-w7}", "markup or a link: ", id="bold"),
        pytest.param("Send {form-w7}", "__Send__ {form-w7}", "markup or a link: ", id="underline"),
        pytest.param("Send {form-w7}", "`Send` {form-w7}", "markup or a link: ", id="code"),
        pytest.param("Send {form-w7}", "[Send](x) {form-w7}", "markup or a link: ", id="link"),
        pytest.param("Send {form-w7}", "See https://irs.gov", "markup or a link: ", id="address"),
        pytest.param("Send {form-w7}", "<b>Send</b> {form-w7}", "markup or a link: ", id="html"),
        pytest.param("- do itins expire\n", "", "7 example questions, fewer than 8", id="asked"),
    ],
)
def test_a_fault_in_a_section_is_named(corpus: Path, old: str, new: str, problem: str) -> None:
    edit(corpus, EN, old, new)

    assert f"en/itin-renew: section when: {problem}" in "\n".join(found(corpus))


def test_a_section_id_that_comes_twice_is_named(corpus: Path) -> None:
    (corpus / EN).write_text((corpus / EN).read_text("utf-8") + SECOND, "utf-8")

    assert "en/itin-renew: section id when comes twice" in found(corpus)


def test_a_statement_without_a_source_is_named_by_its_line(corpus: Path) -> None:
    edit(corpus, EN, " [@law, (i)(3)(A)]", "")
    lines = (corpus / EN).read_text("utf-8").splitlines()
    line = lines.index("- It expires after {unused-years} without use.") + 1

    assert f"en/itin-renew: section when: line {line}: no source" in found(corpus)


def test_a_boundary_page_may_speak_without_a_source(corpus: Path) -> None:
    add_boundary(corpus, "Call {clinic.phone}.")

    assert not [problem for problem in found(corpus) if "source" in problem]


def test_a_boundary_page_that_states_a_fact_needs_a_source(corpus: Path) -> None:
    add_boundary(corpus, "It lasts {unused-years}.")

    named = [problem for problem in found(corpus) if "states a fact without a source" in problem]

    assert [problem.partition(":")[0] for problem in named] == [
        "en/out-of-scope",
        "es/out-of-scope",
    ]


@pytest.mark.parametrize("repeated", ["is my itin still good", "Is my ITIN still GOOD?!"])
def test_a_question_that_two_places_ask_is_named(corpus: Path, repeated: str) -> None:
    second = SECOND.replace("{#when}", "{#again}").replace("- when does my itin expire", "- new")
    for word in ("itin", "number"):
        second = second.replace(f" {word}", f" other {word}")
    second = second.replace("- is my other itin still good", f"- {repeated}")
    (corpus / EN).write_text((corpus / EN).read_text("utf-8") + second, "utf-8")

    problem = "en: two places ask 'is my itin still good': itin-renew/when, itin-renew/again"

    assert problem in found(corpus)


def test_a_page_that_was_not_translated_is_named(corpus: Path) -> None:
    (corpus / ES).unlink()

    assert "es: no page for itin-renew" in found(corpus)


def test_a_translation_of_nothing_is_named(corpus: Path) -> None:
    (corpus / EN).unlink()

    assert "es/itin-renew: no English page" in found(corpus)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param("translates: 2026-11-10\n", "", "translates is missing", id="translates"),
        pytest.param(
            "translates: 2026-11-10",
            "translates: 2026-11-02",
            "follows the English of 2026-11-02, which was revised 2026-11-10",
            id="behind",
        ),
        pytest.param(
            "as_of: 2026-11-01", "as_of: 2026-11-02", "as_of differs from the English page", id="as"
        ),
        pytest.param(
            "review_due: 2027-03-31",
            "review_due: 2027-04-30",
            "review_due differs from the English page",
            id="due",
        ),
        pytest.param(
            "{#when}",
            "{#cuando}",
            "other sections than the English page, or in another order",
            id="sections",
        ),
        pytest.param(
            "- Esta regla vale. [@guide] {: from=2026-01-01}\n",
            "",
            "section when: 2 statements in details, English has 3",
            id="statements",
        ),
        pytest.param(
            "(i)(3)(A)",
            "(i)(3)(B)",
            "section when: answer 1: other sources or dates than the English statement",
            id="sources",
        ),
        pytest.param(
            "from=2026-01-01",
            "from=2026-02-01",
            "section when: details 3: other sources or dates than the English statement",
            id="dates",
        ),
        pytest.param(
            "el {form-w7}",
            "el papel",
            "section when: details 1: other facts than the English statement",
            id="facts",
        ),
        pytest.param(
            "1. Mire sus declaraciones viejas.",
            "1. Mire.\n2. Llame.",
            "section when: 2 steps, English has 1",
            id="steps",
        ),
        pytest.param(
            "- clinic",
            "- clinic\n- clinic",
            "section when: other contacts than the English section",
            id="contacts",
        ),
    ],
)
def test_a_translation_that_says_something_else_is_named(
    corpus: Path, old: str, new: str, problem: str
) -> None:
    edit(corpus, ES, old, new)

    assert f"es/itin-renew: {problem}" in found(corpus)


def test_a_corpus_that_cannot_be_put_together_is_a_problem_not_a_crash(corpus: Path) -> None:
    edit(corpus, EN, "{form-w7}", "{form-x}")

    assert "en/itin-renew: no fact named form-x" in found(corpus)


def test_a_fact_whose_value_does_not_suit_its_kind_is_a_problem_not_a_crash(corpus: Path) -> None:
    edit(corpus, FACTS, "kind: form", "kind: month")

    assert "fact form-w7 value 'W-7' does not suit kind month" in "\n".join(found(corpus))


@pytest.mark.parametrize(("words", "named"), [(60, False), (61, True)])
def test_a_short_answer_has_at_most_sixty_words(corpus: Path, words: int, named: bool) -> None:
    edit(corpus, EN, ANSWER, f"- {'word ' * (words - 2)}{{unused-years}} [@law, (i)(3)(A)]\n")

    problem = f"en/itin-renew/when: short answer has {words} words, not 60"

    assert (problem in found(corpus)) is named


def test_a_source_that_nothing_rests_on_is_named(corpus: Path) -> None:
    spare = "spare: {title: T, publisher: P, kind: press, read: today, checked: 2026-11-01}\n"
    with (corpus / "sources.yaml").open("a", encoding="utf-8") as sources:
        sources.write(spare)

    assert found(corpus) == ["sources.yaml: spare is used nowhere"]


@pytest.mark.parametrize("name", [FACTS, "contacts/national.yaml"])
def test_a_fact_or_contact_without_a_known_source_is_named(corpus: Path, name: str) -> None:
    edit(corpus, name, "source: guide", "source: gone")

    assert found(corpus) == ["a fact or contact rests on gone, which is not in sources.yaml"]


def test_a_fact_that_no_page_calls_is_named(corpus: Path) -> None:
    with (corpus / FACTS).open("a", encoding="utf-8") as facts:
        facts.write("spare: {says: Nothing, kind: count, value: 1, source: law}\n")

    assert found(corpus) == ["facts: spare is used nowhere"]


@pytest.mark.parametrize(
    ("place", "call"),
    [
        pytest.param("title: Renewing an ITIN", 'title: "Renewing {spare}"', id="title"),
        pytest.param("## When does my ITIN", "## When does my {spare}", id="heading"),
        pytest.param("1. Look at your", "1. Look at {spare}", id="step"),
    ],
)
def test_a_fact_called_outside_a_statement_is_used(corpus: Path, place: str, call: str) -> None:
    with (corpus / FACTS).open("a", encoding="utf-8") as facts:
        facts.write("spare: {says: Nothing, kind: count, value: 1, source: law}\n")
    edit(corpus, EN, place, call)

    assert found(corpus) == []


@pytest.mark.parametrize(
    ("today", "named"),
    [
        (date(2027, 3, 30), []),
        (
            date(2027, 3, 31),
            ["en/itin-renew: due since 2027-03-31", "es/itin-renew: due since 2027-03-31"],
        ),
    ],
)
def test_a_page_whose_time_for_another_look_has_come_is_due(
    corpus: Path, today: date, named: list[str]
) -> None:
    library = load_library(corpus, today)

    assert list(due(library, today)) == named


def test_a_page_that_is_due_is_no_fault_of_the_files(corpus: Path) -> None:
    assert found(corpus, date(2028, 1, 1)) == []


def test_a_language_that_says_so_may_lack_pages(corpus: Path) -> None:
    (corpus / ES).unlink()
    edit(corpus, "replies/es.yaml", "direction: ltr", "direction: ltr\npartial: true")

    assert found(corpus) == []


def test_a_partial_language_still_has_every_boundary(corpus: Path) -> None:
    add_boundary(corpus, "We do not know about that.")
    (corpus / "es/boundaries/out-of-scope.md").unlink()
    edit(corpus, "replies/es.yaml", "direction: ltr", "direction: ltr\npartial: true")

    assert "es: no page for out-of-scope" in found(corpus)


def test_a_contact_that_nobody_is_sent_to_is_named(corpus: Path) -> None:
    path = corpus / "contacts/national.yaml"
    path.write_text(path.read_text("utf-8") + path.read_text("utf-8").replace("clinic:", "lost:"))

    assert "contacts: lost is used nowhere" in found(corpus)


def test_a_labelled_question_that_stands_on_another_page_is_named(corpus: Path) -> None:
    (corpus / "examples").mkdir()
    (corpus / "examples/en.jsonl").write_text(
        '{"text": "Do ITINs expire", "topic": "itin-who"}\n{"text": "do itins expire?", "topic": "itin-renew"}\n'
    )

    assert "examples/en.jsonl: 'do itins expire?' is itin-renew here, itin-who elsewhere" in found(
        corpus
    )
