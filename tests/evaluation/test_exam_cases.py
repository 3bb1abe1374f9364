"""Examination cases out of the real corpus: of every task, spread over the topics, the same each time."""

from pathlib import Path

import pytest

from app.bootstrap import Service
from app.domain.errors import CorpusError
from app.domain.topics import BOUNDARIES, area_of
from app.evaluation.exam import ExamCase, Task
from app.evaluation.exam_cases import CaseMaker, other_number, read_attacks, with_number
from app.settings import ROOT
from tests.fakes import section


@pytest.fixture(scope="module", params=["en", "es", "zh"])
def maker(service: Service, request: pytest.FixtureRequest) -> CaseMaker:
    attacks = read_attacks(ROOT / "tests/evals/attacks.jsonl")
    return CaseMaker(service.library, service.retriever, request.param, attacks)


@pytest.fixture(scope="module")
def cases(maker: CaseMaker) -> list[ExamCase]:
    return maker.cases(30)


def of(cases: list[ExamCase], task: Task) -> list[ExamCase]:
    found = [case for case in cases if case.task is task]
    assert found
    return found


def test_every_task_is_examined_in_every_language(cases: list[ExamCase]) -> None:
    assert {case.task for case in cases} == set(Task)


def test_the_same_corpus_gives_the_same_cases(maker: CaseMaker, cases: list[ExamCase]) -> None:
    assert maker.cases(30) == cases


def test_the_right_section_stands_first_and_is_no_boundary(cases: list[ExamCase]) -> None:
    for case in of(cases, Task.ANSWER):
        best = case.passages[0].section
        assert case.asked.text in best.asked
        assert best.topic not in BOUNDARIES


def test_a_changed_number_stands_in_the_short_answer_and_the_old_one_nowhere(
    cases: list[ExamCase],
) -> None:
    for case in of(cases, Task.COPY):
        best = case.passages[0].section
        assert any(case.given in statement.text for statement in best.answer)
        assert case.given != case.remembered


def test_an_unanswerable_question_comes_with_a_page_of_the_other_area(
    service: Service, maker: CaseMaker, cases: list[ExamCase]
) -> None:
    areas = {
        text: area_of(held.topic)
        for held in service.library.sections(maker.language)
        for text in held.asked
    }

    for case in of(cases, Task.REFUSE):
        assert area_of(case.passages[0].section.topic) is not areas[case.asked.text]


def test_a_question_in_another_language_wants_its_answer_in_this_one(
    maker: CaseMaker, cases: list[ExamCase]
) -> None:
    for case in of(cases, Task.LANGUAGE):
        assert case.asked.language == case.passages[0].section.language == maker.language
        assert case.asked.text not in case.passages[0].section.asked


@pytest.mark.parametrize(
    ("number", "other"), [("47,289", "70,512"), ("90", "23"), ("72", "45"), ("1040", "4373")]
)
def test_another_number_has_the_same_form(number: str, other: str) -> None:
    assert other_number(number) == other


def test_a_number_is_changed_throughout_and_within_no_other() -> None:
    held = section("It took 90 days, not 190 or 90.5.", details=["After 90, call."])

    changed = with_number(held, "90", "23")

    assert [s.text for s in changed.statements] == [
        "It took 23 days, not 190 or 90.5.",
        "After 23, call.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"text": "x"}',
        '{"text": "x", "language": "en", "kind": "link", "history": [{"role": "x"}]}',
    ],
)
def test_a_line_that_is_no_attack_is_named(line: str, tmp_path: Path) -> None:
    place = tmp_path / "attacks.jsonl"
    place.write_text(line, "utf-8")

    with pytest.raises(CorpusError, match=r"attacks.jsonl line 1"):
        read_attacks(place)
