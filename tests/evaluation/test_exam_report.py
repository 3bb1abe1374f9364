"""What an examination found: shares, the pass mark, money, and a report that says nothing of questions or the machine."""

import json

import pytest

from app.domain.question import Asked
from app.domain.usage import Usage
from app.evaluation.exam import ExamCase, Sheet, Task
from app.evaluation.exam_report import Prices, has_passed, marks, report, table
from tests.fakes import passage, quoting, section

RULE = section("The IRS keeps it private.", "There are exceptions.")


def sheet(passes: bool = True, task: Task = Task.ANSWER, language: str = "en") -> Sheet:
    """A case that copies the short answer, or breaks off."""
    case = ExamCase(task, Asked("a private question", language), (passage(RULE),))
    line = quoting(RULE)
    return Sheet(
        case,
        supported=(line,) if passes else (),
        dropped=() if passes else ((line, "number"),),
        first=0.25 if passes else None,
        seconds=1.0,
        usage=Usage(1_000, 100),
        failure="" if passes else "out of time",
    )


def test_marks_are_kept_by_language() -> None:
    held = marks([sheet(), sheet(passes=False), sheet(language="es")])

    assert held["en"].passed.hits == 1
    assert held["en"].passed.cases == 2
    assert held["es"].passed.share == 1.0


@pytest.mark.parametrize(
    ("sheets", "passed"),
    [
        ([sheet()] * 9 + [sheet(passes=False)], True),
        ([sheet()] * 8 + [sheet(passes=False)] * 2, False),
        ([sheet()] * 20 + [sheet(passes=False, language="es")], False),
        ([sheet()] * 20 + [sheet(passes=True, task=Task.REFUSE)], False),
        ([], False),
    ],
    ids=["enough", "too few", "one language", "one task", "nothing"],
)
def test_the_mark_is_to_be_reached_in_every_language_and_half_of_it_in_every_task(
    sheets: list[Sheet], passed: bool
) -> None:
    assert has_passed(marks(sheets), 0.9) is passed


def test_measures_are_counted_over_what_they_speak_of() -> None:
    shares = marks([sheet(), sheet(passes=False)])["en"].shares()

    assert (shares["statements supported"].hits, shares["statements supported"].cases) == (1, 2)
    assert (shares["short answers covered"].hits, shares["short answers covered"].cases) == (1, 4)
    assert shares["wrongly given up"].hits == 1


def test_money_is_told_when_prices_are_given() -> None:
    numbers = marks([sheet(), sheet()])["en"].numbers(Prices(0.5, 1.5))

    assert numbers["tokens in"] == 1_000
    assert numbers["dollars a thousand questions"] == 0.65
    assert "dollars a thousand questions" not in marks([sheet()])["en"].numbers()


def test_the_table_names_every_rule_that_dropped_a_line_and_ends_with_the_verdict() -> None:
    lines = list(table(marks([sheet(passes=False)]), 0.85))

    assert any(line.strip().startswith("dropped: number") for line in lines)
    assert any("given up: out of time" in line for line in lines)
    assert lines[-1].endswith("FAILED")


def test_the_report_can_be_written_and_holds_no_words_of_question_or_answer() -> None:
    text = json.dumps(report("openai:x", marks([sheet(), sheet(passes=False)]), 0.85))

    assert "private question" not in text
    assert "keeps it private" not in text
    assert json.loads(text)["languages"]["en"]["dropped"] == {"number": 1}
