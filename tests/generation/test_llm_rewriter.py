"""Follow-ups that stand alone: what a model may put in a question's place, and what it may not."""

import asyncio

import pytest

from app.domain.errors import ModelUnavailable
from app.domain.question import Asked, Rewrite, Role, Turn
from app.domain.usage import Usage
from app.generation.llm_rewriter import LlmRewriter, stands_for
from tests.generation.models import SayingModel

HISTORY = (
    Turn(Role.USER, "Can I file with an ITIN if I work for cash in Texas?"),
    Turn(Role.ASSISTANT, "Yes. You report it on Schedule C."),
)
FOLLOW_UP = Asked("and my wife?", "en", HISTORY)


def rewritten(model: SayingModel, asked: Asked = FOLLOW_UP) -> Rewrite:
    return asyncio.run(LlmRewriter(model, 3.0).rewrite(asked))


def test_a_follow_up_is_made_to_stand_alone() -> None:
    alone = "Can my wife file with an ITIN if she works for cash in Texas?"
    model = SayingModel(alone, (Usage(80, 15),))

    rewrite = rewritten(model)

    assert rewrite.text == alone
    assert rewrite.usage == Usage(80, 15)
    assert model.seen[0][2] == 3.0


def test_thinking_is_no_part_of_a_question() -> None:
    assert (
        rewritten(SayingModel("<think>hm</think>\nCan my wife file?")).text == "Can my wife file?"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Can my wife file?\nYes, she can.",
        "Can my wife file in 2019?",
        "Can Maria file with an ITIN?",
        "Can my wife file in California?",
        "Can my wife file within three years?",
        "Can my wife file Form 8843?",
        "Can my wife ask USCIS?",
        "my wife " * 100,
    ],
)
def test_what_nobody_mentioned_is_refused(text: str) -> None:
    assert rewritten(SayingModel(text)).text is None


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("¿Puede mi esposa declarar con ITIN?", True),
        ("¿Puede Lupita declarar con ITIN?", False),
        ("¿Puede mi esposa declarar tres años?", False),
    ],
)
def test_the_same_holds_in_spanish(text: str, stands: bool) -> None:
    asked = Asked("y mi esposa?", "es", (Turn(Role.USER, "¿Puedo declarar con ITIN?"),))

    assert stands_for(text, asked) is stands


@pytest.mark.parametrize(
    ("text", "stands"),
    [("我的妻子可以用 ITIN 报税吗？", True), ("你们公司的总裁叫什么名字？", False)],
)
def test_a_chinese_rewrite_keeps_to_the_words_that_were_said(text: str, stands: bool) -> None:
    asked = Asked("那我妻子呢？", "zh", (Turn(Role.USER, "我可以用 ITIN 报税吗？"),))

    assert stands_for(text, asked) is stands


def test_a_model_that_is_away_leaves_the_question_as_it_is() -> None:
    rewrite = rewritten(SayingModel(fails=ModelUnavailable("status 500")))

    assert rewrite.text is None


def test_a_model_without_an_end_is_not_listened_to() -> None:
    assert rewritten(SayingModel("my wife " * 2_000)).text is None
