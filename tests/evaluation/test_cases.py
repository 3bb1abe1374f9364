"""Cases are read strictly, and dealt into halves that share no writer of a topic."""

from pathlib import Path

import pytest

from app.domain.errors import CorpusError
from app.evaluation.cases import Case, Half, Kind, chosen, half_of, read_cases

CASES = Path(__file__).parents[1] / "evals" / "cases"


def case(writer: str, topic: str = "itin-renew", language: str = "en") -> Case:
    return Case(
        text="renew?", language=language, kind=Kind.IN_SCOPE, topics=(topic,), writer=writer
    )


def test_a_case_knows_its_writer_by_the_name_of_its_file(tmp_path: Path) -> None:
    line = '{"text": "renew?", "language": "en", "kind": "in-scope", "topics": ["itin-renew"]}\n'
    (tmp_path / "ana.jsonl").write_text(line)

    assert read_cases(tmp_path) == [case("ana")]


@pytest.mark.parametrize(
    "line", ["{", '{"text": "x"}', '{"text": "x", "language": "en", "kind": "in-scope", "y": 1}']
)
def test_a_line_that_is_no_case_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "ana.jsonl").write_text(f"{line}\n")

    with pytest.raises(CorpusError, match=r"ana\.jsonl line 1"):
        read_cases(tmp_path)


def test_writers_of_one_topic_take_turns_between_the_halves() -> None:
    writers = ["ana", "ben", "first"]
    halves = [half_of(case(writer), writers) for writer in ("ana", "ben")]

    assert sorted(halves) == [Half.FINAL, Half.TUNING]


def test_cases_seen_while_the_code_was_young_are_only_tuned_on() -> None:
    assert half_of(case("first"), ["ana", "first"]) is Half.TUNING


def test_the_halves_are_all_the_cases_and_share_none() -> None:
    cases = read_cases(CASES)

    tuning, final = list(chosen(cases, Half.TUNING)), list(chosen(cases, Half.FINAL))

    assert len(tuning) + len(final) == len(cases)
    assert {c.text for c in tuning} & {c.text for c in final} == set()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_final_half_holds_every_topic_and_every_kind(language: str) -> None:
    final = list(chosen(read_cases(CASES), Half.FINAL, language))

    assert {c.kind for c in final} == set(Kind) - {Kind.OTHER_LANGUAGE}
    assert len({topic for c in final for topic in c.topics}) >= 38


def test_there_are_at_least_four_hundred_cases_in_english_and_spanish() -> None:
    assert sum(c.language in {"en", "es"} for c in read_cases(CASES)) >= 400


def test_no_case_stands_among_the_questions_that_are_learnt_from() -> None:
    corpus = Path(__file__).parents[2] / "corpus"
    learnt = "\n".join(
        path.read_text("utf-8") for path in (*corpus.glob("*/*/*.md"), *corpus.glob("examples/*"))
    )
    long = [c.text for c in read_cases(CASES) if len(c.text) > 40]

    assert [text for text in long if text in learnt] == []
