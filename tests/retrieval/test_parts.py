"""Two questions in one message are told apart; one question stays one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.retrieval.parts import questions


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Can ICE see my address? And does an ITIN expire?",
            ["Can ICE see my address?", "does an ITIN expire?"],
        ),
        (
            "how do i renew my itin and can i get the child credit",
            ["how do i renew my itin", "can i get the child credit"],
        ),
        (
            "My boss gave me no W-2. Also my refund is late, why?",
            ["My boss gave me no W-2", "my refund is late, why?"],
        ),
        (
            "¿Cuánto tarda el ITIN? Y otra cosa, ¿puedo pedir un EIN?",
            ["Cuánto tarda el ITIN?", "puedo pedir un EIN?"],
        ),
        (
            "como saco el itin y cuanto cobran por mandar dinero",
            ["como saco el itin", "cuanto cobran por mandar dinero"],
        ),
        (
            "我的税号会过期吗？报税会被移民局知道吗？",
            ["我的税号会过期吗？", "报税会被移民局知道吗？"],
        ),
    ],
)
def test_two_questions_are_told_apart(text: str, parts: list[str]) -> None:
    assert questions(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "When does my ITIN expire?",
        "My mother sells food from home. Must she file?",
        "can my wife and my kids be on my return",
        "trabajo y vivo con mi esposa, ¿declaramos juntos?",
        "hola buenas tardes",
    ],
)
def test_one_question_stays_one(text: str) -> None:
    assert len(questions(text)) <= 1


def test_what_is_told_before_a_question_belongs_to_it() -> None:
    assert questions("My mother sells food from home. Must she file?") == [
        "My mother sells food from home. Must she file?"
    ]


def test_who_asks_many_things_gets_the_first_three() -> None:
    assert len(questions("Is it safe to file? " * 6)) == 3


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    assert len(questions(text)) <= 3
