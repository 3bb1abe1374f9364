"""The path of one question: which step stops it, what each step may see, and what happens when a model fails."""

import asyncio
from dataclasses import replace

import pytest

from app.answering.ask import Assistant
from app.domain.answer import (
    Answer,
    AnswerStatement,
    Citation,
    Contact,
    Engine,
    Event,
    Opening,
    Outcome,
)
from app.domain.question import Question, Role, Turn
from tests.fakes import (
    FakeBoundaries,
    FakeLanguages,
    FakeRedactor,
    FakeReplies,
    FakeVerdict,
    ListRetriever,
    RefusingVerifier,
    ScriptedWriter,
    passage,
    quoting,
    section,
)

RULE = section("The IRS keeps it private.", "There are exceptions.", details=["Few see it."])
OTHER = section("Another.", id="other")
CARD = section("Call now.", topic="triage-urgent", id="detained", contacts=("hotline",))
REFUSAL = section("We do not help.", topic="refuse-harm", id="false-number", sourced=False)
ELSEWHERE = section("Not ours.", topic="out-of-scope", id="chatter", sourced=False)

CONTACTS = {
    "en": {id: Contact(id, id.title(), "helps") for id in ("clinic", "hotline")},
    "es": {id: Contact(id, id.title(), "ayuda") for id in ("clinic", "hotline")},
}


def assistant(
    retriever: ListRetriever | None = None,
    boundaries: FakeBoundaries | None = None,
    languages: FakeLanguages | None = None,
    writers: tuple[ScriptedWriter, ...] = (),
) -> Assistant:
    vetted = ScriptedWriter((quoting(RULE), quoting(RULE, n=1)), engine=Engine.CORPUS)
    boundaries = boundaries or FakeBoundaries()
    return Assistant(
        redactor=FakeRedactor(),
        languages=languages or FakeLanguages(),
        retriever=retriever or ListRetriever((passage(RULE), passage(OTHER, 0.5))),
        triage=boundaries,
        scope=boundaries,
        writers=(*writers, vetted),
        verifier=RefusingVerifier(),
        replies=FakeReplies(),
        contacts=CONTACTS,
    )


def asked(held: Assistant, question: str = "Is it private?", **more: object) -> Answer:
    return asyncio.run(held.ask(Question(question, **more)))  # type: ignore[arg-type]


def told(held: Assistant, question: str = "Is it private?") -> list[Event]:
    async def gather() -> list[Event]:
        return [event async for event in held.stream(Question(question))]

    return asyncio.run(gather())


def texts(answer: Answer) -> list[str]:
    return [statement.text for statement in answer.statements]


def test_personal_data_never_reaches_language_or_retrieval() -> None:
    languages, retriever = FakeLanguages(), ListRetriever((passage(RULE),))

    answer = asked(assistant(retriever, languages=languages), "my number is secret")

    assert "secret" not in languages.seen[0] + retriever.seen[0].text
    assert answer.redactions[0].count == 1


def test_personal_data_in_the_history_is_taken_out_as_well() -> None:
    retriever = ListRetriever((passage(RULE),))

    asked(assistant(retriever), history=(Turn(Role.USER, "it is secret"),))

    assert retriever.seen[0].history[0].content == "it is [ITIN]"


def test_an_answer_cites_what_it_says_and_closes_with_steps_and_contacts() -> None:
    answer = asked(assistant())

    assert answer.outcome is Outcome.ANSWERED
    assert answer.topic == "conf-general-rule"
    assert texts(answer) == ["The IRS keeps it private.", "There are exceptions."]
    assert [s.citations for s in answer.statements] == [(1,), (2,)]
    assert answer.citations[0].quote == "The IRS keeps it private."
    assert answer.next_steps == ("Keep your papers.",)
    assert [contact.id for contact in answer.contacts] == ["clinic"]
    assert answer.follow_ups == ("What about other?",)


def test_a_question_that_no_text_answers_says_so() -> None:
    answer = asked(assistant(ListRetriever()))

    assert answer.outcome is Outcome.UNSUPPORTED
    assert texts(answer) == ["no text (en)"]
    assert answer.citations == ()


def test_a_question_that_no_text_answers_may_be_about_something_else() -> None:
    boundaries = FakeBoundaries(held_unanswered=FakeVerdict(Outcome.OUT_OF_SCOPE, ELSEWHERE))

    answer = asked(assistant(ListRetriever(), boundaries))

    assert answer.outcome is Outcome.OUT_OF_SCOPE
    assert texts(answer) == ["Not ours."]


def test_a_harmful_question_is_declined_before_anything_is_looked_up() -> None:
    retriever = ListRetriever((passage(RULE),))
    boundaries = FakeBoundaries(held_verdict=FakeVerdict(Outcome.DECLINED, REFUSAL))

    answer = asked(assistant(retriever, boundaries))

    assert (answer.outcome, answer.topic) == (Outcome.DECLINED, "refuse-harm")
    assert retriever.seen == []


def test_in_an_emergency_the_card_stands_first_and_the_answer_after_it() -> None:
    answer = asked(assistant(boundaries=FakeBoundaries(CARD)))

    assert (answer.outcome, answer.topic) == (Outcome.URGENT, "triage-urgent")
    assert texts(answer) == ["Call now.", "The IRS keeps it private.", "There are exceptions."]
    assert answer.contacts[0].id == "hotline"


def test_in_an_emergency_no_model_is_waited_for() -> None:
    model = ScriptedWriter((quoting(RULE, "Said by a model."),))

    answer = asked(assistant(boundaries=FakeBoundaries(CARD), writers=(model,)))

    assert model.seen == []
    assert answer.engine is Engine.CORPUS


def test_an_emergency_about_nothing_of_ours_gets_the_card_alone() -> None:
    boundaries = FakeBoundaries(CARD, FakeVerdict(Outcome.OUT_OF_SCOPE, ELSEWHERE))

    answer = asked(assistant(boundaries=boundaries))

    assert texts(answer) == ["Call now."]


def test_a_mere_suspicion_of_harm_is_not_told_beside_an_emergency() -> None:
    suspicion = FakeVerdict(Outcome.DECLINED, REFUSAL)

    answer = asked(assistant(ListRetriever(), FakeBoundaries(CARD, held_unanswered=suspicion)))

    assert answer.outcome is Outcome.URGENT
    assert texts(answer) == ["Call now."]


def test_harm_asked_for_in_an_emergency_is_still_declined() -> None:
    boundaries = FakeBoundaries(CARD, FakeVerdict(Outcome.DECLINED, REFUSAL))

    answer = asked(assistant(boundaries=boundaries))

    assert answer.outcome is Outcome.URGENT
    assert texts(answer) == ["Call now.", "We do not help."]


def test_a_language_we_do_not_speak_gets_standing_words_and_no_guess() -> None:
    retriever = ListRetriever((passage(RULE),))

    answer = asked(assistant(retriever, languages=FakeLanguages(None)), preferred_language="es")

    assert answer.outcome is Outcome.UNSUPPORTED
    assert [(s.text, s.language) for s in answer.statements] == [
        ("other language (es)", None),
        ("other language (fr)", "fr"),
    ]
    assert answer.next_steps == ("Ask in es.",)
    assert retriever.seen == []


def test_a_language_asked_for_is_not_second_guessed() -> None:
    languages = FakeLanguages("en")

    answer = asked(assistant(languages=languages), language="es")

    assert answer.language == "es"
    assert languages.seen == []


def test_a_models_verified_lines_are_the_answer() -> None:
    model = ScriptedWriter((quoting(RULE, "Yes, it is private."),))

    answer = asked(assistant(writers=(model,)))

    assert answer.engine is Engine.LLM
    assert texts(answer) == ["Yes, it is private."]
    assert answer.citations[0].quote == "The IRS keeps it private."


def test_a_line_that_fails_verification_is_not_shown() -> None:
    model = ScriptedWriter((quoting(RULE, "A wrong line."), quoting(RULE, "Yes, private.")))

    answer = asked(assistant(writers=(model,)))

    assert texts(answer) == ["Yes, private."]


@pytest.mark.parametrize(
    "model",
    [
        ScriptedWriter(),
        ScriptedWriter(breaks=True),
        ScriptedWriter((quoting(RULE, "wrong"),)),
        ScriptedWriter(tuple(quoting(RULE, f"wrong {n}") for n in range(9))),
    ],
    ids=["silent", "away", "wrong", "always wrong"],
)
def test_when_the_model_fails_the_corpus_answers(model: ScriptedWriter) -> None:
    answer = asked(assistant(writers=(model,)))

    assert answer.engine is Engine.CORPUS
    assert texts(answer) == ["The IRS keeps it private.", "There are exceptions."]


def test_a_model_that_breaks_off_is_finished_by_the_corpus_without_repetition() -> None:
    model = ScriptedWriter((quoting(RULE, "Yes, private."),), breaks=True)

    answer = asked(assistant(writers=(model,)))

    assert answer.engine is Engine.LLM
    assert texts(answer) == ["Yes, private.", "There are exceptions."]


def test_the_stream_opens_first_and_tells_a_citation_before_its_statement() -> None:
    kinds = [type(event) for event in told(assistant())]

    assert kinds == [Opening, Citation, AnswerStatement, Citation, AnswerStatement, Answer]


def test_nothing_that_was_told_is_taken_back() -> None:
    model = ScriptedWriter((quoting(RULE, "Yes, private."), quoting(RULE, "wrong")), breaks=True)

    *events, whole = told(assistant(writers=(model,)))

    assert isinstance(whole, Answer)
    assert tuple(e for e in events if isinstance(e, AnswerStatement)) == whole.statements
    assert tuple(e for e in events if isinstance(e, Citation)) == whole.citations


def test_the_opening_names_the_engine_that_is_heard() -> None:
    model = ScriptedWriter((quoting(RULE, "wrong"), quoting(RULE, "Yes, private.")))

    opening = told(assistant(writers=(model,)))[0]

    assert isinstance(opening, Opening)
    assert opening.engine is Engine.LLM


def test_contacts_that_a_language_does_not_hold_are_left_out() -> None:
    lost = replace(RULE, contacts=("clinic", "unheard-of"))
    writer = ScriptedWriter((quoting(lost),))

    answer = asked(assistant(ListRetriever((passage(lost),)), writers=(writer,)))

    assert [contact.id for contact in answer.contacts] == ["clinic"]
