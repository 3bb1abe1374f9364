"""A question that asks for a fact is known by it, and so is the statement that holds one."""

import pytest

from app.generation.wants import Want, holds, wants


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("How much is the fine?", Want.AMOUNT),
        ("cuanto cobran por mandar dinero", Want.AMOUNT),
        ("罚款多少钱", Want.AMOUNT),
        ("how long does it take", Want.SPAN),
        ("¿Cuánto tiempo tarda el ITIN?", Want.SPAN),
        ("要等多久", Want.SPAN),
        ("when are taxes due", Want.DAY),
        ("¿Hasta qué fecha tengo?", Want.DAY),
        ("which form do i send", Want.FORM),
        ("que planilla lleno", Want.FORM),
        ("a quien le reporto", Want.REACH),
    ],
)
def test_a_question_shows_what_it_asks_for(question: str, want: Want) -> None:
    assert want in wants(question)


@pytest.mark.parametrize("question", ["Is my return private?", "tengo miedo", "什么是ITIN"])
def test_most_questions_ask_for_no_such_fact(question: str) -> None:
    assert wants(question) == frozenset()


@pytest.mark.parametrize(
    ("statement", "want"),
    [
        ("The fine is up to $25,000.", Want.AMOUNT),
        ("El impuesto es de 1%.", Want.AMOUNT),
        ("The IRS says 7 weeks.", Want.SPAN),
        ("Se vence después de 3 años sin uso.", Want.SPAN),
        ("The day is April 15, 2026.", Want.DAY),
        ("Venció el 15 de abril de 2026.", Want.DAY),
        ("Send Form W-7.", Want.FORM),
        ("Mande el Formulario 4868.", Want.FORM),
        ("Call 800-829-1040.", Want.REACH),
    ],
)
def test_a_statement_shows_what_it_holds(statement: str, want: Want) -> None:
    assert holds(statement, frozenset({want}))


def test_a_statement_without_the_fact_wanted_does_not_hold_it() -> None:
    assert not holds("Your return is private.", frozenset(Want))
