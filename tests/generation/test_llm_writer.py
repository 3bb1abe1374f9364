"""The llm engine's draft: numbered statements in, cited lines out, nothing of the request taken for an instruction."""

import asyncio
from contextlib import nullcontext, suppress
from dataclasses import replace

import pytest

from app.domain.errors import ModelUnavailable
from app.domain.question import Asked, Role, Turn
from app.domain.section import Line, Quote, Section
from app.domain.usage import Usage
from app.generation.llm_writer import LlmWriter
from app.generation.prompt import request
from tests.fakes import passage, section
from tests.generation.models import SayingModel

RULE = section("The IRS keeps it private.", "There are exceptions.", details=["Few see it."])


ASKED = Asked("Is it?", "en")


def written_by(
    model: SayingModel, asked: Asked = ASKED, about: Section = RULE
) -> list[Line | Usage]:
    """What a writer hands over until it ends or breaks off."""
    events: list[Line | Usage] = []

    async def gather() -> None:
        async for event in LlmWriter(model).write(asked, (passage(about),)):
            events.append(event)  # noqa: PERF401 - what came before a failure counts

    with suppress(type(model.fails)) if model.fails else nullcontext():
        asyncio.run(gather())
    return events


def written(text: str) -> list[Line]:
    return [event for event in written_by(SayingModel(text)) if isinstance(event, Line)]


def usages(model: SayingModel) -> list[Usage]:
    return [event for event in written_by(model) if isinstance(event, Usage)]


def test_a_line_carries_the_statements_that_its_marks_name() -> None:
    (line,) = written("Yes, with exceptions [1][2].")

    assert line.text == "Yes, with exceptions."
    assert [quote.statement for quote in line.quotes] == list(RULE.answer)


def test_a_number_that_no_statement_has_is_remembered_as_unknown() -> None:
    (line,) = written("Yes. [1][9]")

    assert line.unknown == (9,)


@pytest.mark.parametrize("marks", ["[1][2]", "[1, 2]", "[1], [2].", "【1】【2】"])
def test_marks_are_read_as_models_write_them(marks: str) -> None:
    (line,) = written(f"Yes, with exceptions {marks}")

    assert [quote.statement for quote in line.quotes] == list(RULE.answer)


def test_marks_within_a_line_count_when_it_ends_with_one() -> None:
    (line,) = written("It is private [1], but there are exceptions [2].")

    assert line.text == "It is private, but there are exceptions."
    assert len(line.quotes) == 2


def test_bullets_and_empty_lines_are_put_aside() -> None:
    lines = written("- Yes. [1]\n\n2) Few see it. [3]\n")

    assert [line.text for line in lines] == ["Yes.", "Few see it."]


def test_none_means_that_there_is_no_line_and_nothing_after_it_is_read() -> None:
    assert written("NONE\nThe IRS keeps it private. [1]") == []


@pytest.mark.parametrize("text", ["Here is the answer:", "Statement [1] says that it is private."])
def test_a_line_that_does_not_end_with_marks_rests_on_nothing(text: str) -> None:
    (line,) = written(text)

    assert line.quotes == ()


def test_a_line_without_an_end_is_given_up() -> None:
    with pytest.raises(ModelUnavailable):
        written("word " * 400)


def test_an_answer_without_an_end_is_given_up() -> None:
    with pytest.raises(ModelUnavailable):
        written("Yes. [1]\n" * 40)


def test_the_request_numbers_the_statements_and_fences_the_question() -> None:
    quotes = [Quote(RULE, statement) for statement in RULE.statements]

    text = request(Asked("Is it private?", "en"), quotes)

    assert "[1] The IRS keeps it private.\n[2] There are exceptions.\n[3] Few see it." in text
    assert text.endswith("<question>\nIs it private?\n</question>")


def test_earlier_turns_stand_in_a_fence_of_their_own_and_are_shortened() -> None:
    history = (Turn(Role.USER, "long " * 500), Turn(Role.ASSISTANT, "short"))

    text = request(Asked("And my wife?", "en", history), [])

    assert "<earlier>\nPERSON: long" in text
    assert len(text) < 1_000


def test_usage_is_the_providers_count_where_there_is_one() -> None:
    assert usages(SayingModel("Yes. [1]", (Usage(300, 9),)))[-1] == Usage(300, 9)


def test_usage_is_estimated_while_the_provider_has_not_counted() -> None:
    first, *_, last = usages(SayingModel("Yes, it keeps it private. [1]"))

    assert first.tokens_in == last.tokens_in > 300
    assert first.tokens_out == 0 < last.tokens_out


def test_usage_is_told_before_a_model_breaks_off() -> None:
    held = usages(SayingModel("Yes. [1]", (Usage(300, 9),), ModelUnavailable("status 500")))

    assert held[-1] == Usage(300, 9)


def test_what_understanding_took_is_not_there_for_writing() -> None:
    model = SayingModel("Yes. [1]")

    written_by(model, replace(ASKED, waited=2.5))

    assert model.seen[0][2] == 9.5


def test_a_phone_is_a_placeholder_for_the_model() -> None:
    model = SayingModel("Call {phone-a}. [1]")
    phone = section("Call 800-829-1040.")

    (line,) = [e for e in written_by(model, ASKED, phone) if isinstance(e, Line)]

    assert "800-829-1040" not in model.seen[0][1]
    assert line.text == line.quotes[0].statement.text == "Call {phone-a}."
