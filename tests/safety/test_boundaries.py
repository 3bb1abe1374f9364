"""Where a question is stopped, and where an emergency card stands, for topic probabilities made by hand."""

from collections.abc import Mapping
from datetime import date

import pytest

from app.domain.answer import Outcome
from app.domain.library import Language, Library
from app.domain.question import Asked
from app.domain.section import Document, Review, Section
from app.domain.topics import HARM, OUT_OF_SCOPE, URGENT
from app.safety.boundaries import Boundaries, Thresholds
from tests.fakes import TODAY, section

SECTIONS = {
    URGENT: ("detained", "ice-at-door", "self-harm", "violence"),
    HARM: ("false-number", "false-papers"),
    OUT_OF_SCOPE: ("asylum", "weather"),
}
AT = Thresholds(
    urgent=0.4,
    section=0.3,
    self_harm=0.6,
    harm=0.5,
    out_of_scope=0.5,
    unanswered_out_of_scope=0.2,
)


def document(topic: str, language: str, ids: tuple[str, ...]) -> Document:
    sections = tuple(section("Words.", topic=topic, id=id, language=language) for id in ids)
    day = date(2026, 1, 1)
    return Document(topic, language, topic, day, day, TODAY, None, (), sections, Review(), "digest")


def library(pages: Mapping[str, tuple[str, ...]]) -> Library:
    """A library of boundary pages alone, in English and Spanish."""
    return Library(
        languages={code: Language(code, code, "ltr") for code in ("en", "es")},
        documents={
            code: {topic: document(topic, code, ids) for topic, ids in pages.items()}
            for code in ("en", "es")
        },
        contacts={},
        replies={},
        examples=(),
    )


BOUNDARIES = Boundaries(library(SECTIONS), AT)
NO_PAGES = Boundaries(library({}), AT)


def asked(
    topics: Mapping[str, float] | None = None, text: str = "words", language: str = "en"
) -> Asked:
    return Asked(text, language, topics=topics or {})


def key(found: Section | None) -> str | None:
    return found.key if found else None


def verdict(topics: Mapping[str, float]) -> tuple[Outcome, str] | None:
    found = BOUNDARIES.verdict(asked(topics))
    return (found.outcome, found.section.key) if found else None


@pytest.mark.parametrize("probability", [0.4, 0.7, 1.0])
def test_a_likely_emergency_gets_its_card(probability: float) -> None:
    card = BOUNDARIES.card(asked({f"{URGENT}/detained": probability}))

    assert key(card) == f"{URGENT}/detained"


@pytest.mark.parametrize("probability", [0.0, 0.2, 0.39])
def test_an_unlikely_emergency_gets_no_card(probability: float) -> None:
    assert BOUNDARIES.card(asked({f"{URGENT}/detained": probability})) is None


def test_sections_of_the_emergency_page_add_up() -> None:
    card = BOUNDARIES.card(asked({f"{URGENT}/detained": 0.31, f"{URGENT}/violence": 0.1}))

    assert key(card) == f"{URGENT}/detained"


def test_diffuse_fear_gives_no_card() -> None:
    fear = {f"{URGENT}/{id}": 0.2 for id in SECTIONS[URGENT]}

    assert BOUNDARIES.card(asked(fear)) is None


def test_self_harm_needs_more_than_another_emergency() -> None:
    assert BOUNDARIES.card(asked({f"{URGENT}/self-harm": 0.59})) is None
    assert BOUNDARIES.card(asked({f"{URGENT}/violence": 0.59})) is not None


def test_a_likely_wish_to_die_gets_its_card() -> None:
    assert key(BOUNDARIES.card(asked({f"{URGENT}/self-harm": 0.6}))) == f"{URGENT}/self-harm"


@pytest.mark.parametrize("topics", [{}, {"itin-renew": 1.0}], ids=["no topics", "ours"])
def test_a_rule_gives_the_card_whatever_the_topics(topics: dict[str, float]) -> None:
    card = BOUNDARIES.card(asked(topics, "ICE is at my door right now"))

    assert key(card) == f"{URGENT}/ice-at-door"


def test_capitals_and_accents_do_not_hide_an_emergency() -> None:
    card = BOUNDARIES.card(asked({}, "¡LA MIGRA ESTÁ EN MI CASA AHORITA!", "es"))

    assert key(card) == f"{URGENT}/ice-at-door"


def test_a_card_is_in_the_language_of_the_question() -> None:
    card = BOUNDARIES.card(asked({f"{URGENT}/detained": 0.9}, language="es"))

    assert card is not None
    assert card.language == "es"


def test_a_question_about_a_topic_of_ours_passes() -> None:
    topics = {"itin-renew": 1.0}

    assert BOUNDARIES.card(asked(topics)) is None
    assert verdict(topics) is None


@pytest.mark.parametrize(
    ("topic", "id", "outcome"),
    [
        (HARM, "false-number", Outcome.DECLINED),
        (HARM, "false-papers", Outcome.DECLINED),
        (OUT_OF_SCOPE, "asylum", Outcome.OUT_OF_SCOPE),
        (OUT_OF_SCOPE, "weather", Outcome.OUT_OF_SCOPE),
    ],
)
def test_a_likely_boundary_ends_the_question_with_its_section(
    topic: str, id: str, outcome: Outcome
) -> None:
    assert verdict({f"{topic}/{id}": 0.5, "itin-renew": 0.3}) == (outcome, f"{topic}/{id}")


@pytest.mark.parametrize("topic", [HARM, OUT_OF_SCOPE])
def test_a_boundary_below_its_threshold_lets_the_question_pass(topic: str) -> None:
    assert verdict({f"{topic}/{SECTIONS[topic][0]}": 0.49, "itin-renew": 0.1}) is None


@pytest.mark.parametrize("topic", [HARM, OUT_OF_SCOPE])
def test_sections_of_a_boundary_add_up_and_the_likeliest_speaks(topic: str) -> None:
    one, other = SECTIONS[topic]

    found = BOUNDARIES.verdict(asked({f"{topic}/{one}": 0.2, f"{topic}/{other}": 0.35}))

    assert found is not None
    assert found.section.id == other


@pytest.mark.parametrize("topic", [HARM, OUT_OF_SCOPE])
def test_the_sum_of_a_boundary_counts_and_not_one_likelier_topic_of_ours(topic: str) -> None:
    one, other = SECTIONS[topic]

    found = verdict({f"{topic}/{one}": 0.25, f"{topic}/{other}": 0.3, "itin-renew": 0.45})

    assert found is not None
    assert found[1] == f"{topic}/{other}"


def test_who_wants_to_put_something_right_is_not_declined_for_words_of_fraud() -> None:
    topics = {f"{HARM}/false-number": 0.6, "itin-renew": 0.4}
    text = "I used a false number and want to fix it the right way"

    assert BOUNDARIES.verdict(asked(topics, text)) is None


def test_harm_goes_before_another_subject() -> None:
    found = verdict({f"{HARM}/false-number": 0.5, f"{OUT_OF_SCOPE}/asylum": 0.5})

    assert found == (Outcome.DECLINED, f"{HARM}/false-number")


def test_a_rule_for_harm_declines_whatever_the_topics() -> None:
    found = BOUNDARIES.verdict(asked({"itin-what-is": 1.0}, "WHERE can I BUY a Social?"))

    assert found is not None
    assert found.outcome is Outcome.DECLINED
    assert found.section.id == "false-number"


def test_a_question_of_repair_passes_the_rules() -> None:
    text = "I bought a social, how do I fix it, where can I buy time"

    assert BOUNDARIES.verdict(asked({"itin-to-ssn": 1.0}, text)) is None


def test_a_question_of_repair_is_still_declined_when_it_is_surely_harm() -> None:
    topics = {f"{HARM}/false-papers": 0.9}

    found = BOUNDARIES.verdict(asked(topics, "fix my fake papers so that they pass"))

    assert found is not None
    assert found.outcome is Outcome.DECLINED


def test_an_unanswered_question_that_may_be_another_subject_is_told_so() -> None:
    found = BOUNDARIES.unanswered(asked({f"{OUT_OF_SCOPE}/weather": 0.2, "itin-renew": 0.8}))

    assert found is not None
    assert found.outcome is Outcome.OUT_OF_SCOPE
    assert found.section.id == "weather"


def test_an_unanswered_question_of_ours_is_not_another_subject() -> None:
    topics = {f"{OUT_OF_SCOPE}/weather": 0.19, "itin-renew": 0.81}

    assert BOUNDARIES.unanswered(asked(topics)) is None


def test_an_unanswered_question_that_may_ask_for_harm_is_declined() -> None:
    found = BOUNDARIES.unanswered(asked({f"{HARM}/false-number": 0.2}))

    assert found is not None
    assert found.outcome is Outcome.DECLINED


def test_without_topics_nothing_is_stopped() -> None:
    plain = asked()

    assert BOUNDARIES.card(plain) is None
    assert BOUNDARIES.verdict(plain) is None
    assert BOUNDARIES.unanswered(plain) is None


@pytest.mark.parametrize("text", ["words", "ICE is at my door right now", "how do I launder money"])
def test_a_boundary_whose_page_is_not_served_lets_the_question_pass(text: str) -> None:
    topics = {f"{t}/{SECTIONS[t][0]}": 0.9 for t in (HARM, URGENT, OUT_OF_SCOPE)}
    held = asked(topics, text)

    assert NO_PAGES.card(held) is None
    assert NO_PAGES.verdict(held) is None
    assert NO_PAGES.unanswered(held) is None
