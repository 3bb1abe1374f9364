"""The command line: answers, searches, checks, and says in one line what is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.bootstrap import Service
from app.cli import cli
from app.domain.switches import Switch
from app.safety.switches import Switches


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), env=environment)


def test_a_question_is_answered_with_sources_steps_and_notice(service: Service) -> None:
    result = run("ask", "¿Puede ICE obtener mi dirección del IRS?")

    words = service.replies.words("es")
    assert result.exit_code == 0
    assert words.cli["sources"] in result.output
    assert words.cli["steps"] in result.output
    assert "[1] 26 U.S.C. § 6103(i)(2)" in result.output
    assert words.notice.base in result.output


def test_an_answer_can_be_asked_for_in_another_language(service: Service) -> None:
    result = run("ask", "When does my ITIN expire?", "--language", "es")

    assert service.replies.words("es").notice.base in result.output


def test_a_language_that_is_not_offered_is_refused(service: Service) -> None:
    result = run("ask", "Hello?", "--language", "xx")

    assert result.exit_code == 1
    assert "no such language: xx" in result.output


def test_a_search_shows_sections_with_scores(service: Service) -> None:
    result = run("search", "renew itin", "--limit", "2")

    assert result.exit_code == 0
    assert "itin-renew/" in result.output


def test_the_index_command_says_what_the_index_holds(service: Service) -> None:
    result = run("index")

    assert f"index {service.index.name}" in result.output


def test_the_check_of_the_corpus_passes_and_counts(service: Service) -> None:
    result = run("check", "corpus")

    assert result.exit_code == 0
    assert "es: 38 pages" in result.output


def test_the_check_of_a_broken_corpus_names_what_is_broken(corpus: Path) -> None:
    (corpus / "es/itin/itin-renew.md").unlink()

    result = run("check", "corpus", CORPUS=str(corpus))

    assert result.exit_code == 1
    assert "es: no page for itin-renew" in result.output


def test_a_check_that_does_not_exist_is_refused() -> None:
    result = run("check", "spelling")

    assert result.exit_code == 1
    assert "no such check: spelling" in result.output


def test_pages_are_exported_as_packets_for_a_lawyer(corpus: Path, tmp_path: Path) -> None:
    result = run("review", "export", str(tmp_path / "desk"), "--language", "es", CORPUS=str(corpus))

    assert result.exit_code == 0
    assert result.output.startswith("packets: 1; begin with ")
    assert (tmp_path / "desk/itin-renew.es.html").exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [("--topic", "itin-party"), ("--language", "xx")],
    ids=["topic", "language"],
)
def test_packets_of_what_does_not_exist_are_refused_in_one_line(
    option: str, value: str, corpus: Path, tmp_path: Path
) -> None:
    result = run("review", "export", str(tmp_path / "desk"), option, value, CORPUS=str(corpus))

    assert result.exit_code == 1
    assert result.output == f"no such {option[2:]}: {value}\n"


@pytest.fixture
def committed(corpus: Path) -> Path:
    """The tiny corpus in a git checkout, with a fact changed since."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    subprocess.run(["git", "init", "-q"], cwd=corpus, check=True)
    subprocess.run(["git", "add", "-A"], cwd=corpus, check=True)
    subprocess.run(["git", *identity, "commit", "-qm", "texts"], cwd=corpus, check=True)
    facts = corpus / "facts/facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("value: 3", "value: 4"), "utf-8")
    return corpus


def test_changed_guidance_is_said_in_words(committed: Path) -> None:
    result = run("corpus", "diff", "HEAD", CORPUS=str(committed))

    assert result.exit_code == 0
    assert "3 years -> 4 years" in result.output


def test_changed_guidance_is_said_in_the_form_of_the_changelog(committed: Path) -> None:
    result = run("corpus", "diff", "HEAD", "--markdown", CORPUS=str(committed))

    assert result.output.startswith("### Guidance")


def test_two_revisions_can_be_compared(committed: Path) -> None:
    result = run("corpus", "diff", "HEAD", "--to", "HEAD", CORPUS=str(committed))

    assert result.output == "No guidance changed.\n"


def test_changes_of_another_topic_are_left_out(committed: Path) -> None:
    result = run("corpus", "diff", "HEAD", "--topic", "itin-who", CORPUS=str(committed))

    assert result.output == "No guidance changed.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope"], "git knows no revision nope"),
        (["HEAD", "--topic", "itin-party"], "no such topic: itin-party"),
        (["HEAD", "--language", "xx"], "no such language: xx"),
    ],
    ids=["revision", "topic", "language"],
)
def test_a_comparison_that_cannot_be_made_is_refused_in_one_line(
    arguments: list[str], said: str, committed: Path
) -> None:
    result = run("corpus", "diff", *arguments, CORPUS=str(committed))

    assert result.exit_code == 1
    assert result.output == f"{said}\n"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LOG_LEVEL", "chatty", "LOG_LEVEL"),
        ("DEFAULT_LANGUAGE", "xx", "DEFAULT_LANGUAGE"),
        ("CORPUS", "/nowhere", "no language"),
    ],
)
def test_a_wrong_setting_stops_with_one_line(name: str, value: str, said: str) -> None:
    result = run("ask", "Hello?", **{name: value})

    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


def test_texts_of_ones_own_become_drafts_and_the_rest_is_said(corpus: Path, tmp_path: Path) -> None:
    texts = (tmp_path / "a.md", tmp_path / "b.html")
    texts[0].write_text("# Rent\n\nPay by May 5.")
    texts[1].write_text("<p>Call 800-829-1040.")

    result = run("import", *map(str, texts), "--language", "es", CORPUS=str(corpus))

    assert result.exit_code == 0
    assert "written: drafts/es/a.md" in result.output
    assert "  - make facts of these numbers: 5\n" in result.output
    assert "  - make contacts of these phones and links: 800-829-1040\n" in result.output
    assert "- Pay by May 5.\n" in (corpus / "drafts/es/a.md").read_text("utf-8")
    assert run("check", "corpus", CORPUS=str(corpus)).output.count("drafts") == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["b.pdf"], "b.pdf is no PDF"),
        (["a.md", "--language", "../en"], "no such language: ../en"),
        (["a.md", "--topic", "taxes"], "no such topic: taxes"),
    ],
)
def test_an_import_that_cannot_work_changes_nothing(
    arguments: list[str],
    said: str,
    corpus: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("Text.")
    Path("b.pdf").write_text("Text.")

    result = run("import", "a.md", *arguments, CORPUS=str(corpus))

    assert result.exit_code == 1
    assert said in result.output
    assert len(result.output.splitlines()) == 1
    assert not (corpus / "drafts").exists()


def test_a_server_does_not_load_the_readers_of_foreign_formats() -> None:
    loaded = "import sys, app.cli, app.main; print(*sys.modules)"

    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True).stdout

    assert not {b"pypdf", b"mammoth", b"justhtml", b"mcp"} & set(modules.split())


def test_a_page_whose_words_moved_since_it_was_printed_is_not_signed(corpus: Path) -> None:
    signing = ["review", "sign", "itin-renew", "--language", "en", "--reviewer", "A. Lawyer"]
    signing += ["--role", "attorney", "--until", "2099-01-01"]

    result = run(*signing, "--digest", "000000000000", CORPUS=str(corpus))

    assert result.exit_code == 1
    assert "are not those on the packet" in result.output
    assert "A. Lawyer" not in (corpus / "reviews.yaml").read_text("utf-8")


def test_a_switch_is_turned_off_and_on_for_every_worker(tmp_path: Path) -> None:
    off = run("off", "service", "--reason", "moving", "--words", "es=Volvemos.", DATA=str(tmp_path))
    worker = Switches(tmp_path / "switches.json")
    while_off = worker.off(Switch.SERVICE)
    on = run("on", "service", DATA=str(tmp_path))

    assert off.output == "model: on\nservice: off, moving\n"
    assert while_off is not None
    assert while_off.words == {"es": "Volvemos."}
    assert on.output == "model: on\nservice: on\n"
    assert worker.all_off() == {}


def test_what_a_setting_turned_off_is_turned_on(tmp_path: Path) -> None:
    result = run("on", "model", DATA=str(tmp_path), MODEL_OFF="not examined yet")

    assert result.output == "model: on\nservice: on\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["service", "--reason", " "], "a reason of 1 to 200 characters is needed"),
        (["service", "--reason", "a", "--words", "xx=Hello"], "--words: write LANGUAGE=TEXT"),
        (["service", "--reason", "a", "--words", "en"], "--words: write LANGUAGE=TEXT"),
    ],
)
def test_a_switch_that_cannot_be_turned_so_says_why(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    result = run("off", *arguments, DATA=str(tmp_path))

    assert result.exit_code == 1
    assert said in result.output
    assert not (tmp_path / "switches.json").exists()


def test_a_switch_file_that_cannot_be_written_stops_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "switches.json").mkdir()

    result = run("off", "model", "--reason", "slow", DATA=str(tmp_path))

    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 1
    assert "switches.json" in result.output
