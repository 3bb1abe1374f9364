"""A question's language is found, however people type it; surely another language is nobody's guess."""

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.language.identify import Identifier

EXAMPLES = Path(__file__).parents[2] / "corpus" / "examples"


@cache
def identifier() -> Identifier:
    """What tells English from Spanish; its model takes a second to read."""
    return Identifier(["en", "es"])


def share_identified(language: str) -> float:
    """The share of the example questions in a language that are identified as being in it."""
    lines = (EXAMPLES / f"{language}.jsonl").read_text("utf-8").splitlines()
    found = [identifier().identify(json.loads(line)["text"]) for line in lines]
    return found.count(language) / len(found)


@pytest.mark.parametrize("language", ["en", "es"])
def test_nearly_every_question_is_answered_in_its_language(language: str) -> None:
    assert share_identified(language) >= 0.99


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Can ICE see my tax return?", "en"),
        ("CAN ICE SEE MY TAX RETURN?", "en"),
        ("do i need papers 4 taxes", "en"),
        ("hello", "en"),
        ("¿La migra puede ver mis taxes?", "es"),
        ("LA MIGRA PUEDE VER MIS TAXES", "es"),
        ("como saco el itin pa mi nene", "es"),
        ("me dan el child tax credit?", "es"),
        ("¿Qué pasa con el head of household y el earned income tax credit?", "es"),
        ("hola", "es"),
    ],
)
def test_the_grammar_decides_and_not_the_tax_terms_or_the_capitals(
    text: str, language: str
) -> None:
    assert identifier().identify(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "我的报税信息会给移民局吗",
        "报税",
        "세금 신고를 해야 하나요?",
        "Могу ли я подать декларацию с ITIN?",
        "هل يمكنني تقديم الإقرار الضريبي؟",
        "क्या मैं ITIN के साथ टैक्स भर सकता हूँ?",
        "Πώς δηλώνω φόρους;",
        "ฉันยื่นภาษีได้ไหม",
        "Posso declarar imposto com o ITIN mesmo sem papéis de imigração?",
        "Puis-je déclarer mes impôts sans papiers ?",
        "Mwen pa gen papye, eske mwen ka peye taks?",
        "Tôi có thể khai thuế bằng số ITIN không?",
        "Maaari ba akong mag-file ng buwis gamit ang ITIN?",
    ],
)
@pytest.mark.parametrize("preferred", [None, "en", "es"])
def test_another_language_is_not_taken_for_ours_whatever_the_device_wishes(
    text: str, preferred: str | None
) -> None:
    assert identifier().identify(text, preferred) is None


@pytest.mark.parametrize("text", ["itin", "ITIN W-7", "1040", "taxes?", "", "???"])
@pytest.mark.parametrize("preferred", ["en", "es"])
def test_the_wish_of_the_device_settles_doubt(text: str, preferred: str) -> None:
    assert identifier().identify(text, preferred) == preferred


@pytest.mark.parametrize(
    ("text", "preferred", "language"),
    [
        ("Can ICE see my tax return?", "es", "en"),
        ("¿La migra puede ver mis taxes?", "en", "es"),
        ("hola", "en", "es"),
    ],
)
def test_the_wish_of_the_device_does_not_outweigh_the_question(
    text: str, preferred: str, language: str
) -> None:
    assert identifier().identify(text, preferred) == language


@pytest.mark.parametrize("preferred", ["zh", "xx", ""])
def test_a_wish_for_a_language_that_is_not_offered_counts_for_nothing(preferred: str) -> None:
    assert identifier().identify("itin", preferred) == identifier().identify("itin")


def test_a_language_is_found_as_soon_as_it_is_offered() -> None:
    wider = Identifier(["en", "es", "zh"])

    assert wider.identify("我的报税信息会给移民局吗") == "zh"
    assert wider.identify("Can ICE see my tax return?") == "en"
    assert wider.identify("¿La migra puede ver mis taxes?") == "es"


def test_a_language_that_is_not_offered_is_never_found_by_its_small_words() -> None:
    only_english = Identifier(["en"])

    assert only_english.identify("¿La migra puede ver mis taxes este año?") is None


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from([None, "en", "es"]))
def test_any_text_is_in_a_language_offered_or_in_none(text: str, preferred: str | None) -> None:
    assert identifier().identify(text, preferred) in {None, "en", "es"}


@pytest.mark.parametrize(
    "text",
    [
        "我的ITIN过期了怎么办",
        "ICE 可以跟 IRS 要我的 address 吗",
        "報稅會不會被移民局知道",
        "税号",
    ],
)
def test_chinese_is_known_by_its_script_where_it_is_offered(text: str) -> None:
    assert Identifier(["en", "es", "zh"]).identify(text) == "zh"


@pytest.mark.parametrize("text", ["税金の番号はどこでもらえますか", "세금 번호는 어디서 받나요"])
def test_japanese_and_korean_are_not_taken_for_chinese(text: str) -> None:
    assert Identifier(["en", "es", "zh"]).identify(text) is None


def test_a_question_with_one_chinese_name_stays_english() -> None:
    assert Identifier(["en", "es", "zh"]).identify("can my boss 李 see my tax return") == "en"
