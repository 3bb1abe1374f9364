"""The verifier is measured on damage that is damage, and on faithful lines that are faithful; the bars hold."""

from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.bootstrap import Service
from app.cli import cli
from app.domain.errors import CorpusError
from app.evaluation.cases import Half
from app.evaluation.mutation_words import WORDS
from app.evaluation.mutations import GROUPS, Group, Kind, Pair, Vetted, mutations
from app.evaluation.verifying import Verdict, judge, read_pairs, shares, table, vetted
from app.safety.verification.forbidden import claims
from app.safety.verifier import Verifier
from app.settings import ROOT

PAIRS = ROOT / "tests/evals/mutations"
BARS = {
    Group.FACT: (0.995, 1.0),
    Group.FLIP: (0.95, 1.0),
    Group.SOFT: (0.85, 1.0),
    Group.FAITHFUL: (0.0, 0.08),
}
STATEMENTS = (
    Vetted("itin-renew/when#a1", "If you do not use it, it expires after 3 years."),
    Vetted("itin-renew/when#d1", "The IRS may send Form W-7 to ICE before March 3, 2026."),
    Vetted("itin-renew/when#d2", "As reported, some offices must ask for it. Call 800-829-1040."),
)


@pytest.fixture(scope="module")
def verdicts(service: Service) -> dict[str, list[Verdict]]:
    """A quarter of what `eval verifier` judges, and all that was written by hand."""
    library = service.library
    verifier = Verifier(claims(library))
    found = {}
    for language in WORDS:
        pairs = [*read_pairs(PAIRS, language), *mutations(vetted(library, language), language, 60)]
        found[language] = list(judge(pairs, verifier, library, language))
    return found


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("group", BARS)
def test_the_bar_is_met(verdicts: dict[str, list[Verdict]], language: str, group: Group) -> None:
    low, high = BARS[group]

    share = shares(verdicts[language])[language][group].share

    assert low <= share <= high


@pytest.mark.parametrize("language", ["en", "es"])
def test_enough_is_written_by_hand_in_both_halves(language: str) -> None:
    counted = Counter(pair.kind is Kind.FAITHFUL for pair in read_pairs(PAIRS, language))

    assert counted[True] >= 150
    assert counted[False] >= 150


def test_the_corpus_gives_at_least_four_thousand_pairs(service: Service) -> None:
    made = [
        pair
        for language in WORDS
        for pair in mutations(vetted(service.library, language), language)
    ]

    assert len(made) >= 4000
    assert {pair.kind for pair in made} == set(Kind)


def test_the_same_statements_give_the_same_pairs() -> None:
    assert list(mutations(STATEMENTS, "en")) == list(mutations(STATEMENTS, "en"))


def test_no_pair_is_its_own_statement() -> None:
    alone = [pair for pair in mutations(STATEMENTS, "en") if len(pair.cited) == 1]

    assert [p for p in alone if p.text == p.cited[0].text and p.kind is not Kind.CITATION] == []


@pytest.mark.parametrize(
    ("way", "text"),
    [
        ("condition_last", "It expires after 3 years if you do not use it."),
        ("actors", "The ICE may send Form W-7 to IRS before March 3, 2026."),
        ("turned", "The IRS may send Form W-7 to ICE after March 3, 2026."),
        ("contracted", "If you don't use it, it expires after 3 years."),
        ("unhedged", "Some offices must ask for it. Call 800-829-1040."),
    ],
)
def test_a_way_does_what_it_says(way: str, text: str) -> None:
    made = {pair.text for pair in mutations(STATEMENTS, "en") if pair.way == way}

    assert text in made


def test_a_language_without_words_has_no_pairs() -> None:
    assert list(mutations(STATEMENTS, "zh")) == []


def test_every_kind_has_a_group() -> None:
    assert set(GROUPS) == set(Kind)


def test_a_hand_written_pair_is_in_one_half_and_a_rule_made_one_in_none() -> None:
    by_hand = Verdict(read_pairs(PAIRS, "en")[0], "en", None)
    by_rule = Verdict(next(iter(mutations(STATEMENTS, "en"))), "en", None)

    assert by_hand.half in set(Half)
    assert by_rule.half is None


def test_the_table_tells_share_interval_and_rules() -> None:
    pair = Pair(STATEMENTS[:1], "It expires after 4 years.", Kind.NUMBER, "number")

    lines = list(table([Verdict(pair, "en", "fact"), Verdict(pair, "en", None)]))

    assert lines[0] == "en"
    assert "50.0%" in lines[1]
    assert lines[-1].endswith("fact 1")


def test_a_line_that_is_no_pair_is_named(tmp_path: Path) -> None:
    (tmp_path / "en.jsonl").write_text('{"text": "x"}\n', "utf-8")

    with pytest.raises(CorpusError, match="line 1: not a pair"):
        read_pairs(tmp_path, "en")


@pytest.mark.slow
def test_eval_verifier_prints_and_writes_the_table(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        cli, ["eval", "verifier", "--language", "zh", "--results", str(tmp_path)]
    )

    assert result.exit_code == 0
    assert list(tmp_path.glob("*-verifier/verifier.json"))
