"""Every kind of fact is told as its readers write it, in force on the day asked, and an impossible one is refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.domain.answer import Contact
from app.domain.errors import CorpusError
from app.ingestion.facts import Fact, Filler, Value, told
from tests.fakes import TODAY


def fact(kind: str, unit: str | None = None, **value: Any) -> Fact:
    """A fact as its file gives it."""
    return Fact.model_validate(
        {"says": "A fact", "kind": kind, "unit": unit, "source": "law", **value}
    )


FACTS = {
    "signed": fact("date", value=date(2025, 4, 7)),
    "form-w7": fact("form", value="W-7"),
    "credit": fact("money", tax_year={2025: 2000, 2026: 2200}),
    "limit": fact("count", None, **{"from": {date(2016, 1, 1): 3, date(2026, 1, 1): 5}}),
    "broken": fact("money", value="much"),
}
CLINIC = Contact(
    "clinic",
    "A clinic",
    "Helps",
    phone="800-555-0100",
    url="https://example.org",
    hours="day and night",
)


def filler(language: str = "en", today: date = TODAY) -> Filler:
    """What fills a text in one language on one day."""
    return Filler(FACTS, {"clinic": CLINIC}, language, today)


@pytest.mark.parametrize(
    ("kind", "value", "english", "spanish"),
    [
        ("date", date(2025, 4, 7), "April 7, 2025", "7 de abril de 2025"),
        ("month", "2025-04", "April 2025", "abril de 2025"),
        ("year", 2025, "2025", "2025"),
        ("count", 47289, "47,289", "47,289"),
        ("count", Decimal("1.5"), "1.5", "1.5"),
        ("money", 25000, "$25,000", "$25,000"),
        ("money", Decimal("1.5"), "$1.50", "$1.50"),
        ("percent", 20, "20%", "20%"),
        ("percent", Decimal("7.65"), "7.65%", "7.65%"),
        ("form", "W-7", "Form W-7", "Formulario W-7"),
        ("label", "911", "911", "911"),
        ("text", {"en": "a day", "es": "un día", "zh": "一天"}, "a day", "un día"),
    ],
)
def test_every_kind_of_fact_is_told_as_its_readers_write_it(
    kind: str, value: Value, english: str, spanish: str
) -> None:
    held = fact(kind, value=value)

    assert told(held, value, "en") == english
    assert told(held, value, "es") == spanish


@pytest.mark.parametrize(
    ("unit", "value", "english", "spanish"),
    [
        ("hour", 24, "24 hours", "24 horas"),
        ("day", 1, "1 day", "1 día"),
        ("day", 90, "90 days", "90 días"),
        ("week", 7, "7 weeks", "7 semanas"),
        ("month", 1, "1 month", "1 mes"),
        ("month", 6, "6 months", "6 meses"),
        ("year", 3, "3 years", "3 años"),
    ],
)
def test_a_span_of_time_is_told_with_its_unit(
    unit: str, value: int, english: str, spanish: str
) -> None:
    held = fact("span", unit, value=value)

    assert told(held, value, "en") == english
    assert told(held, value, "es") == spanish


# No page is in Chinese yet, but `facts.py` names it, so it has to work on the day one is.
@pytest.mark.parametrize(
    ("kind", "value", "chinese"),
    [
        ("date", date(2025, 4, 7), "2025年4月7日"),
        ("month", "2025-04", "2025年4月"),
        ("year", 2025, "2025"),
        ("count", 47289, "47,289"),
        ("count", Decimal("1.5"), "1.5"),
        ("money", 25000, "$25,000"),
        ("money", Decimal("1.5"), "$1.50"),
        ("percent", 20, "20%"),
        ("percent", Decimal("7.65"), "7.65%"),
        ("form", "W-7", "W-7 表"),
        ("label", "911", "911"),
        ("text", {"en": "a day", "es": "un día", "zh": "一天"}, "一天"),
    ],
)
def test_a_fact_is_told_in_chinese_too(kind: str, value: Value, chinese: str) -> None:
    assert told(fact(kind, value=value), value, "zh") == chinese


@pytest.mark.parametrize(
    ("unit", "value", "chinese"),
    [
        ("hour", 24, "24小时"),
        ("day", 1, "1天"),
        ("day", 90, "90天"),
        ("week", 7, "7周"),
        ("month", 1, "1个月"),
        ("month", 6, "6个月"),
        ("year", 3, "3年"),
    ],
)
def test_a_span_of_time_is_told_in_chinese_too(unit: str, value: int, chinese: str) -> None:
    assert told(fact("span", unit, value=value), value, "zh") == chinese


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "soon"),
        ("month", 4),
        ("month", "2025-13"),
        ("month", "April"),
        ("year", "last year"),
        ("count", "many"),
        ("money", "much"),
        ("percent", "all"),
        ("form", 1040),
        ("label", 911),
        ("text", "a day"),
        ("text", {"es": "un día"}),
    ],
)
def test_a_value_that_does_not_suit_its_kind_is_refused(kind: str, value: Value) -> None:
    held = fact(kind, value=value)

    with pytest.raises(CorpusError, match=f"does not suit kind {kind} in en"):
        told(held, value, "en")


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"value": 3, "tax_year": {2026: 3}},
        {"value": 3, "from": {date(2026, 1, 1): 3}},
        {"from": {date(2026, 1, 1): 3}, "tax_year": {2026: 3}},
    ],
)
def test_a_fact_has_exactly_one_kind_of_value(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="exactly one of value, from, tax_year"):
        fact("count", **values)


@pytest.mark.parametrize(("kind", "unit"), [("span", None), ("count", "day")])
def test_a_unit_belongs_to_a_span_and_only_there(kind: str, unit: str | None) -> None:
    with pytest.raises(ValidationError, match="unit belongs to kind span"):
        fact(kind, unit, value=3)


@pytest.mark.parametrize(
    "stray", [{"unknown": 1}, {"kind": "guess"}, {"unit": "decade"}, {"source": None}]
)
def test_a_fact_with_a_stray_or_impossible_key_is_refused(stray: dict[str, object]) -> None:
    fields: dict[str, object] = {
        "says": "A fact",
        "kind": "span",
        "unit": "day",
        "value": 3,
        "source": "law",
    }

    with pytest.raises(ValidationError):
        Fact.model_validate(fields | stray)


@pytest.mark.parametrize(
    ("today", "text"),
    [
        (date(2016, 1, 1), "3"),
        (date(2025, 12, 31), "3"),
        (date(2026, 1, 1), "5"),
        (date(2030, 1, 1), "5"),
    ],
)
def test_a_fact_that_changes_by_date_is_told_as_it_is_on_the_day(today: date, text: str) -> None:
    assert filler(today=today).fill("{limit}") == text


def test_a_fact_that_has_not_begun_is_refused() -> None:
    with pytest.raises(CorpusError, match="fact limit is not in force yet"):
        filler(today=date(2015, 12, 31)).fill("{limit}")


@pytest.mark.parametrize(("year", "text"), [(2025, "$2,000"), (2026, "$2,200")])
def test_a_yearly_amount_is_told_for_the_year_it_is_called_with(year: int, text: str) -> None:
    assert filler().fill(f"Up to {{credit@{year}}}.") == f"Up to {text}."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{credit}", "fact credit goes by tax year"),
        ("{credit@2024}", "fact credit has no value for tax year 2024"),
        ("{nobody}", "no fact named nobody"),
        ("{broken}", "fact broken value 'much' does not suit kind money"),
        ("{nobody.phone}", "no phone for contact nobody"),
        ("{clinic.address}", "no address for contact clinic"),
        ("{clinic.does}", "no does for contact clinic"),
        ("{clinic.id}", "no id for contact clinic"),
        ("{Signed}", "stray brace"),
        ("{form_w7}", "stray brace"),
        ("{ signed }", "stray brace"),
        ("{signed", "stray brace"),
        ("signed}", "stray brace"),
    ],
)
def test_a_call_that_names_nothing_is_refused_with_its_name(text: str, reason: str) -> None:
    with pytest.raises(CorpusError, match=reason):
        filler().fill(f"Look at {text} first.")


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{clinic.name}", "A clinic"),
        ("{clinic.phone}", "800-555-0100"),
        ("{clinic.url}", "https://example.org"),
        ("{clinic.hours}", "day and night"),
    ],
)
def test_a_text_calls_a_contact_by_name(text: str, filled: str) -> None:
    assert filler().fill(text) == filled


def test_a_text_may_call_several_facts_and_one_twice() -> None:
    text = "{form-w7} since {signed}: {form-w7}."

    assert filler("es").fill(text) == "Formulario W-7 since 7 de abril de 2025: Formulario W-7."


@given(st.text(st.characters(exclude_characters="{}")))
def test_a_text_that_calls_nothing_is_left_as_it_is(text: str) -> None:
    assert filler().fill(text) == text
