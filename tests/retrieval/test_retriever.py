"""What a question finds, over the real corpus."""

from collections.abc import Callable
from datetime import date

import pytest

from app.bootstrap import Service
from app.domain.question import Asked, Role, Turn
from app.domain.section import Passage, Section
from app.domain.topics import TOPICS
from app.domain.words import fold
from app.ingestion.loading import load_library
from app.retrieval.retriever import Retriever
from app.settings import Settings

LANGUAGES = ("en", "es")
EVERY = 9
"""One section in nine, each with one of its examples."""
HEADINGS_FOUND = 0.95
"""Least share of the topics whose first heading finds that very topic first."""

LIBRARY = load_library(Settings().corpus, date.today())


def ours(language: str) -> list[Section]:
    return [section for section in LIBRARY.sections(language) if section.topic in TOPICS]


SAMPLE = [
    pytest.param(section, section.asked[n % len(section.asked)], id=f"{language}-{section.key}")
    for language in LANGUAGES
    for n, section in enumerate(ours(language)[::EVERY])
]

TYPED: dict[str, Callable[[str], str]] = {
    "word for word": str,
    "in capitals": str.upper,
    "without accents": fold,
    "with other punctuation": lambda text: f"¡¿ {text.strip('¿?.')}, ...?!",
    "with other spacing": lambda text: f"  {text.replace(' ', '   ')}\n",
}


def asked(text: str, language: str, *earlier: str) -> Asked:
    history = tuple(Turn(Role.USER, question) for question in earlier)
    return Asked(text, language, history)


def found(service: Service, question: Asked) -> tuple[Passage, ...]:
    return service.retriever.retrieve(service.retriever.recognise(question))


def keys(service: Service, question: Asked) -> list[str]:
    return [passage.section.key for passage in found(service, question)]


def heading_share(service: Service, language: str) -> float:
    """Share of topics whose first heading finds its own topic first."""
    pages = [LIBRARY.documents[language][topic] for topic in TOPICS]
    right = [keys(service, asked(page.sections[0].heading, language))[:1] for page in pages]
    return sum(
        key[0].startswith(f"{page.topic}/") for key, page in zip(right, pages, strict=True) if key
    ) / len(pages)


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED.keys())
@pytest.mark.parametrize(("section", "example"), SAMPLE)
def test_an_example_finds_its_own_section_first(
    service: Service, section: Section, example: str, typed: Callable[[str], str]
) -> None:
    first, *_ = keys(service, asked(typed(example), section.language))

    assert first == section.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_heading_of_a_topic_finds_that_topic_first(
    service: Service, language: str
) -> None:
    assert heading_share(service, language) >= HEADINGS_FOUND


@pytest.mark.parametrize(("section", "example"), SAMPLE[::5])
def test_passages_come_best_first(service: Service, section: Section, example: str) -> None:
    scores = [p.score for p in found(service, asked(f"{example} please", section.language))]

    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(("section", "example"), SAMPLE[::5])
def test_scores_and_relevances_lie_between_zero_and_one(
    service: Service, section: Section, example: str
) -> None:
    found = service.retriever.search(
        service.retriever.recognise(asked(example, section.language)), 300
    )
    values = [found.answerable, *(v for p in found.passages for v in (p.score, *p.relevance))]

    assert min(values) >= 0
    assert max(values) <= 1


@pytest.mark.parametrize(("section", "example"), SAMPLE[::5])
def test_every_statement_of_a_passage_has_its_relevance(
    service: Service, section: Section, example: str
) -> None:
    passages = found(service, asked(example, section.language))

    assert [len(p.relevance) for p in passages] == [len(p.section.statements) for p in passages]


@pytest.mark.parametrize(("section", "example"), SAMPLE[::5])
def test_passages_are_in_the_language_asked_for(
    service: Service, section: Section, example: str
) -> None:
    passages = found(service, asked(example, section.language))

    assert {p.section.language for p in passages} == {section.language}


@pytest.mark.parametrize(("section", "example"), SAMPLE[::5])
def test_the_same_question_finds_the_same_passages_ten_times(
    service: Service, section: Section, example: str
) -> None:
    question = asked(f"hello, {example}", section.language)

    times = {found(service, question) for _ in range(10)}

    assert len(times) == 1


def test_no_more_sections_are_returned_than_were_asked_for(service: Service) -> None:
    retriever = Retriever(service.index, threshold=0.0, least_score=0.0, most=2)

    assert len(retriever.retrieve(retriever.recognise(asked("my itin", "en")))) == 2


def test_no_boundary_page_is_ever_a_passage(service: Service) -> None:
    found = service.retriever.search(asked("kill myself ICE at the door fake", "en"), 1_000)

    assert {p.section.topic for p in found.passages} == set(TOPICS)


@pytest.mark.parametrize(
    ("language", "earlier", "follow_up"),
    [
        ("en", "when does my itin expire", "why is that?"),
        ("en", "when does my itin expire", "are you sure?"),
        ("es", "cuando se vence mi itin", "por que?"),
        ("es", "cuando se vence mi itin", "dime mas"),
    ],
)
def test_a_follow_up_reads_the_question_before_it(
    service: Service, language: str, earlier: str, follow_up: str
) -> None:
    alone = keys(service, asked(follow_up, language))
    after = keys(service, asked(follow_up, language, "hello", earlier))

    assert alone == []
    assert after[0].startswith("itin-renew/")


def test_a_follow_up_does_not_read_our_own_words(service: Service) -> None:
    question = Asked("why is that?", "en", (Turn(Role.ASSISTANT, "when does my itin expire"),))

    assert keys(service, question) == []


@pytest.mark.parametrize(("section", "example"), SAMPLE[::5])
def test_a_whole_question_is_not_swayed_by_the_one_before_it(
    service: Service, section: Section, example: str
) -> None:
    earlier = "what is a notario" if section.language == "en" else "que es un notario"

    alone = keys(service, asked(example, section.language))
    after = keys(service, asked(example, section.language, earlier))

    assert after == alone


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "asdf qwer zxcv lkj",
        "zzzz qqqq xxxx",
        "123",
        "?",
        "...",
        "😀😀😀",
        "lorem ipsum dolor sit amet",
        "税号什么时候过期",
        "\x00",
        "x" * 2_000,
    ],
)
def test_nonsense_finds_nothing(service: Service, language: str, text: str) -> None:
    assert keys(service, asked(text, language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_of_which_redaction_leaves_nothing_finds_nothing(
    service: Service, language: str
) -> None:
    text, _ = service.redactor.redact("\u200b\u200d")

    assert keys(service, asked(text, language)) == []


@pytest.mark.parametrize(("section", "example"), SAMPLE[::5])
def test_topics_of_a_question_sum_to_one(service: Service, section: Section, example: str) -> None:
    topics = service.retriever.recognise(asked(example, section.language)).topics

    assert sum(topics.values()) == pytest.approx(1.0)
    assert min(topics.values()) >= 0


def test_recognising_changes_nothing_else_of_a_question(service: Service) -> None:
    question = asked("when does my itin expire", "en", "hello")

    recognised = service.retriever.recognise(question)

    assert recognised.about({}) == question


@pytest.mark.parametrize(
    ("language", "before", "now", "topic"),
    [
        (
            "en",
            "Can ICE get my address from the IRS if I have a removal order?",
            "and my wife?",
            "conf-ice-requests",
        ),
        (
            "es",
            "¿puede ICE pedir mi dirección al IRS si tengo orden de deportación?",
            "y mi esposa?",
            "conf-ice-requests",
        ),
        ("en", "how long does the W-7 application take", "and by mail?", "itin-processing"),
    ],
)
def test_half_a_question_is_read_behind_the_one_before_it(
    language: str, before: str, now: str, topic: str, service: Service
) -> None:
    asked = Asked(now, language, history=(Turn(Role.USER, before),))

    found = service.retriever.retrieve(service.retriever.recognise(asked))

    assert found[0].section.topic == topic
