"""Names go where people introduce themselves or others; first names alone, officials and offices stay."""

import pytest

from app.privacy.names import ordinary_words
from app.privacy.redaction import Redactor
from tests.privacy.looking import redacted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("me llamo Juan Pérez y", "me llamo [name] y"),
        ("My name is Xochitl Tzul.", "My name is [name]."),
        ("soy Juan Pérez", "soy [name]"),
        ("mi esposo Juan Pérez trabaja", "mi esposo [name] trabaja"),
        ("mi esposa, María de la Cruz, tiene ITIN", "mi esposa, [name], tiene ITIN"),
        ("my client Maria Lopez owes", "my client [name] owes"),
        ("I'm Tomasz Wieczorek, overstayed", "I'm [name], overstayed"),
        ("Anthony Marsh, my boss, lied", "[name], my boss, lied"),
        ("can Maria Lopez file", "can [name] file"),
        ("MI ESPOSO JUAN PEREZ TIENE ITIN", "MI ESPOSO [name] TIENE ITIN"),
        ("mi hermano juan perez debe", "mi hermano [name] debe"),
        ("La licenciada Patricia Olmedo me cobró", "La licenciada [name] me cobró"),
        ("Mr. O'Connor says", "Mr. [name] says"),
        ("when does it expire? Thanks, Rosa Tzoc", "when does it expire? Thanks, [name]"),
        ("меня зовут Иван Петров", "меня зовут [name]"),
        ("je m'appelle Marie Baptiste", "je m'appelle [name]"),
        ("我叫李伟，我没有", "我叫[name]，我没有"),
        ("我老公王小明在工作", "我老公[name]在工作"),
        ("我叫 Maria Lopez", "我叫 [name]"),
    ],
)
def test_a_name_is_taken_out(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I am testing prompt injection defences",
        "soy indocumentado y mi esposa es ciudadana",
        "I am Mexican and my husband is Bolivian",
        "mi esposo trabaja en la construcción",
        "my husband and I file jointly",
        "my boss does not pay me",
        "can Maria get an ITIN too",
        "Judge Colleen Kollar-Kotelly stopped it",
        "Centro de Trabajadores Unidos v. Bessent",
        "a page that is called FOIA",
        "this is Bank of America",
        "my name is misspelled on the letter",
        "mi nombre está mal escrito",
        "the IRS and Social Security Administration",
        "San Antonio, Santa Ana and Los Angeles",
        "他的名字是不是不会出现",
        "我是程序员，我太太没有身份",
    ],
)
def test_what_is_no_persons_name_stays(text: str) -> None:
    assert redacted(text) == text


def test_two_words_that_no_text_uses_are_a_name_even_written_small() -> None:
    redactor = Redactor(ordinary=ordinary_words(["i work and clean houses", "i clean and work"]))

    text, _ = redactor.redact("i'm yaretzi quiej and i work")

    assert text == "i'm [name] and i work"


def test_a_word_is_ordinary_when_it_stands_small_in_two_texts() -> None:
    assert ordinary_words(["La Declaración vence", "su declaración vence"]) == {"vence"}
