"""`python -m app exam` as an operator runs it, against models that follow a script."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.bootstrap import Service
from app.cli import cli
from app.domain.library import Library
from app.evaluation.exam import Examination
from app.evaluation.exam_cases import CaseMaker, read_attacks
from app.evaluation.exam_report import has_passed, marks
from app.generation.chat_model import LangChainModel
from app.settings import ROOT
from tests.model_server import Script, faithful, model_server, numbered, obedient


def examined(script: Script, *options: str) -> Result:
    with model_server(script) as address:
        command = ["exam", "--model", "openai:candidate", "--base-url", address, "--cases", "20"]
        return CliRunner().invoke(
            cli, [*command, *options], env={"LLM_API_KEY": "secret-key-of-a-test"}
        )


def well_read(library: Library) -> Callable[[str], str]:
    """A model that copies, and knows which of the corpus's own questions the statements before it do not answer."""
    answers = {
        text: {
            _without_digits(s.text) for other in (held, *library.others(held)) for s in other.answer
        }
        for code in library.languages
        for held in library.sections(code)
        for text in held.asked
    }

    def reply(prompt: str) -> str:
        asked = prompt.rpartition("<question>\n")[2].removesuffix("\n</question>")
        shown = {_without_digits(text) for text in numbered(prompt)}
        return faithful(prompt) if answers.get(asked, shown) & shown else "NONE"

    return reply


def _without_digits(text: str) -> str:
    return re.sub(r"\d", "", text)


def test_a_good_model_passes_and_a_report_is_kept(service: Service, tmp_path: Path) -> None:
    place = tmp_path / "report.json"
    script = Script(reply=well_read(service.library), piece=90, usage=(1_500, 90))

    result = examined(script, "--price-in", "0.5", "--price-out", "1.5", "--report", str(place))

    kept = json.loads(place.read_text("utf-8"))
    assert result.exit_code == 0, result.output
    assert kept["passed"] is True
    assert set(kept["languages"]) == {"en", "es", "zh"}
    assert kept["languages"]["es"]["numbers"]["dollars a thousand questions"] == 0.885
    assert "127.0.0.1" not in place.read_text("utf-8")
    assert "secret-key" not in place.read_text("utf-8") + result.output


def test_a_model_that_cannot_be_reached_fails_with_status_one() -> None:
    result = examined(Script(status=401), "--language", "en")

    assert result.exit_code == 1
    assert "given up: status 401" in result.output
    assert "FAILED" in result.output


@pytest.mark.parametrize(
    "script",
    [Script(reply=obedient, piece=90), Script(reply=faithful, piece=90), Script("NONE")],
    ids=["obeys attacks", "never says no", "always says no"],
)
def test_a_bad_model_does_not_reach_the_mark(script: Script, service: Service) -> None:
    attacks = read_attacks(ROOT / "tests/evals/attacks.jsonl")
    cases = CaseMaker(service.library, service.retriever, "en", attacks).cases(20)

    with model_server(script) as address:
        model = LangChainModel("openai:candidate", 10.0, address, "any")
        examination = Examination(
            model, service.assistant.verifier.broken, service.assistant.languages.identify
        )
        found = marks(list(examination.run(cases)))

    assert not has_passed(found, 0.85)


def test_without_a_model_our_own_part_is_measured() -> None:
    result = CliRunner().invoke(cli, ["exam", "--language", "zh"])

    assert result.exit_code == 0, result.output
    assert "zh: tokens of" in result.output
    assert "end of a model's line to the reader's event, 60 lines" in result.output
