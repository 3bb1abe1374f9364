"""A run asks every case through the path, keeps what came of it, and knows the run before."""

import json
from datetime import date
from pathlib import Path

from app.bootstrap import Service
from app.domain.answer import Outcome
from app.evaluation.cases import Case, Kind
from app.evaluation.metrics import table
from app.evaluation.perturb import Way
from app.evaluation.runner import Runner, last_run, report, write_run
from app.ingestion.facts import Filler
from app.ingestion.loading import read_corpus

RENEW = Case(
    text="when does my itin expire",
    language="en",
    kind=Kind.IN_SCOPE,
    topics=("itin-renew",),
    sections=("itin-renew/when-it-expires",),
    facts=("itin-unused-years",),
)
CONFIG = {"half": "both", "language": "all", "way": "as written"}


def runner(service: Service) -> Runner:
    """A runner over the real path."""
    facts = read_corpus(service.settings.corpus).facts
    contacts = service.library.contacts
    tell = {code: Filler(facts, contacts[code], code, date.today()) for code in contacts}
    return Runner(service.assistant, service.retriever, tell)


def test_a_case_is_asked_and_judged(service: Service) -> None:
    [result] = runner(service).run([RENEW])

    assert result.outcome is Outcome.ANSWERED
    assert result.topic == "itin-renew"
    assert result.sections[0] == "itin-renew/when-it-expires"
    assert result.facts == ("itin-unused-years",)
    assert result.facts_first


def test_a_case_can_be_asked_another_way(service: Service) -> None:
    [result] = runner(service).run([RENEW], Way.SHOUTED)

    assert result.topic == "itin-renew"


def test_a_case_in_a_language_that_is_not_offered_is_only_asked(service: Service) -> None:
    case = Case(text="Quando vence o meu número?", language="pt", kind=Kind.OTHER_LANGUAGE)

    [result] = runner(service).run([case])

    assert result.sections == ()


def test_a_run_is_written_and_found_again(service: Service, tmp_path: Path) -> None:
    results = list(runner(service).run([RENEW]))
    shares = table(results)

    write_run(tmp_path / "one", CONFIG, results, shares)

    rows = (tmp_path / "one/answers.jsonl").read_text("utf-8").splitlines()
    assert json.loads(rows[0])["misses"] == []
    assert last_run(tmp_path, CONFIG)["en"]["right topic first"] == 1.0


def test_a_run_over_other_cases_is_not_compared_with(service: Service, tmp_path: Path) -> None:
    results = list(runner(service).run([RENEW]))
    write_run(tmp_path / "one", {**CONFIG, "half": "final"}, results, table(results))

    assert last_run(tmp_path, CONFIG) == {}


def test_a_report_tells_shares_with_intervals(service: Service) -> None:
    results = list(runner(service).run([RENEW]))

    lines = list(report(results, table(results)))

    assert any("right topic first" in line and "1 of 1" in line for line in lines)
