"""A follow-up with a model at hand: when it is given other words, whose they are, and what they may not bring in."""

import asyncio
from dataclasses import dataclass, replace

import pytest

from app.answering.ask import Assistant
from app.domain.answer import Answer, Outcome
from app.domain.question import Question, Role, Turn
from app.domain.section import Line
from app.domain.usage import Usage
from tests.answering.test_ask import CARD, REFUSAL, RULE, assistant, texts
from tests.fakes import (
    FakeBoundaries,
    FakeLanguages,
    FakeVerdict,
    ListRetriever,
    ScriptedRewriter,
    ScriptedWriter,
    passage,
    quoting,
)

HISTORY = (Turn(Role.USER, "Can I file with an ITIN?"),)
ALONE = "Can my wife file with an ITIN?"


@dataclass
class KnownLanguages(FakeLanguages):
    """Finds Spanish where there is `¿`."""

    def identify(self, text: str, preferred: str | None = None) -> str | None:
        return "es" if "¿" in text else "en"


@pytest.fixture
def retriever() -> ListRetriever:
    return ListRetriever((passage(RULE),))


def asked(
    held: Assistant, rewriter: ScriptedRewriter, history: tuple[Turn, ...] = HISTORY
) -> Answer:
    held = replace(held, rewriter=rewriter, languages=KnownLanguages())
    return asyncio.run(held.ask(Question("and my wife?", history=history)))


def test_the_words_of_the_model_stand_in_the_questions_place(retriever: ListRetriever) -> None:
    asked(assistant(retriever), ScriptedRewriter(ALONE))

    assert retriever.seen[0].text == ALONE
    assert retriever.seen[0].history == ()


def test_the_writer_learns_how_long_the_reader_has_waited() -> None:
    writer = ScriptedWriter((quoting(RULE),))

    asked(assistant(writers=(writer,)), ScriptedRewriter(ALONE))

    assert writer.seen[0].waited == 1.5


@pytest.mark.parametrize(
    "text", [None, "", "Can my wife, secret, file?", "¿Puede declarar mi esposa?"]
)
def test_private_data_another_language_or_nothing_leave_the_question_to_the_rules(
    text: str | None, retriever: ListRetriever
) -> None:
    asked(assistant(retriever), ScriptedRewriter(text))

    assert retriever.seen[0].text == "and my wife?"
    assert retriever.seen[0].history == HISTORY


def test_a_question_without_a_history_is_not_rewritten() -> None:
    rewriter = ScriptedRewriter(ALONE)

    asked(assistant(), rewriter, ())

    assert rewriter.seen == []


def test_in_an_emergency_no_model_is_asked_for_words() -> None:
    rewriter = ScriptedRewriter(ALONE)

    answer = asked(assistant(boundaries=FakeBoundaries(held_card=CARD)), rewriter)

    assert rewriter.seen == []
    assert answer.outcome is Outcome.URGENT


def test_a_request_to_do_harm_is_not_given_other_words() -> None:
    rewriter = ScriptedRewriter(ALONE)
    verdict = FakeVerdict(Outcome.DECLINED, REFUSAL)

    answer = asked(assistant(boundaries=FakeBoundaries(held_verdict=verdict)), rewriter)

    assert rewriter.seen == []
    assert answer.outcome is Outcome.DECLINED


def test_the_answer_tells_what_understanding_and_writing_took() -> None:
    writer = ScriptedWriter((Usage(900, 10), quoting(RULE), Usage(900, 40)))

    answer = asked(assistant(writers=(writer,)), ScriptedRewriter(ALONE))

    assert answer.usage == Usage(980, 55)


def test_a_preamble_is_put_aside_without_ending_the_answer() -> None:
    chatter = tuple(Line(f"wrong {n}") for n in range(5))
    writer = ScriptedWriter((*chatter, quoting(RULE)))

    answer = asyncio.run(assistant(writers=(writer,)).ask(Question("Is it private?")))

    assert texts(answer) == ["The IRS keeps it private."]


def test_a_placeholder_that_its_statement_does_not_have_is_not_shown() -> None:
    invented = replace(quoting(RULE, "Call {phone-a}."), blanks=(("{phone-a}", "202-555-0143"),))
    writer = ScriptedWriter((invented, quoting(RULE)))

    answer = asyncio.run(assistant(writers=(writer,)).ask(Question("Is it private?")))

    assert texts(answer) == ["The IRS keeps it private."]
