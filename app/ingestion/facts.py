"""Numbers, dates and names that pages call by id, told in the reader's language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.domain.answer import Contact
from app.domain.errors import CorpusError
from app.domain.words import LOCALES

FORM_WORD = {"en": "Form {}", "es": "Formulario {}", "zh": "{} 表"}

PLACEHOLDER = re.compile(r"\{([a-z0-9][a-z0-9-]*)(?:\.([a-z]+))?(?:@(\d{4}))?\}")


class Kind(StrEnum):
    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    SPAN = "span"
    FORM = "form"
    LABEL = "label"
    TEXT = "text"


Value = date | int | Decimal | str | dict[str, str]


class Fact(BaseModel):
    """One legal fact, with the dates it holds and its source."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    says: str
    kind: Kind
    unit: Literal["hour", "day", "week", "month", "year"] | None = None
    value: Value | None = None
    since: Annotated[dict[date, Value] | None, Field(alias="from")] = None
    tax_year: dict[int, Value] | None = None
    source: str
    at: str | None = None

    @model_validator(mode="after")
    def _one_value(self) -> "Fact":
        given = [v for v in (self.value, self.since, self.tax_year) if v is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of value, from, tax_year")
        if (self.kind is Kind.SPAN) != (self.unit is not None):
            raise ValueError("unit belongs to kind span, and only there")
        return self

    def on(self, today: date, tax_year: int | None) -> Value:
        """The value in force on a day, or for a tax year where it goes by that.

        Raises:
            CorpusError: nothing is in force then, or the tax year was not named.
        """
        if self.value is not None:
            return self.value
        if self.tax_year is not None:
            if tax_year is None:
                raise CorpusError("goes by tax year: name it, {fact@2026}")
            if tax_year not in self.tax_year:
                raise CorpusError(f"has no value for tax year {tax_year}")
            return self.tax_year[tax_year]
        assert self.since is not None
        begun = [day for day in self.since if day <= today]
        if not begun:
            raise CorpusError("is not in force yet")
        return self.since[max(begun)]


def told(fact: Fact, value: Value, language: str) -> str:
    """A fact's value as text, e.g. `April 7, 2025`, `90 días`, `$25,000`.

    Raises:
        CorpusError: the value does not suit the fact's kind.
    """
    locale = Locale.parse(LOCALES[language])
    match fact.kind, value:
        case Kind.DATE, date():
            return format_date(value, "long", locale=locale)
        case Kind.MONTH, str() if _MONTH.fullmatch(value):
            first = date.fromisoformat(f"{value}-01")
            return format_date(first, _MONTH_PATTERN[language], locale=locale)
        case Kind.YEAR, int():
            return str(value)
        case Kind.COUNT, int() | Decimal():
            return format_decimal(value, locale=locale)
        case Kind.MONEY, int() | Decimal():
            return _money(value, locale)
        case Kind.PERCENT, int() | Decimal():
            return format_percent(Decimal(value) / 100, locale=locale, decimal_quantization=False)
        case Kind.SPAN, int() | Decimal():
            assert fact.unit is not None
            # Chinese has one form only; CLDR files it as the short one.
            length: Literal["short", "long"] = "short" if language == "zh" else "long"
            return format_unit(value, f"duration-{fact.unit}", length, locale=locale)
        case Kind.FORM, str():
            return FORM_WORD[language].format(value)
        case Kind.LABEL, str():
            return value
        case Kind.TEXT, dict() if language in value:
            return value[language]
    raise CorpusError(f"value {value!r} does not suit kind {fact.kind} in {language}")


_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_MONTH_PATTERN = {"en": "MMMM y", "es": "MMMM 'de' y", "zh": "y年M月"}


def _money(value: int | Decimal, locale: Locale) -> str:
    whole = Decimal(value) == int(value)
    return format_decimal(value, "$#,##0" if whole else "$#,##0.00", locale=locale)


@dataclass(frozen=True)
class Filler:
    """Puts facts and contacts where a text in one language calls them."""

    facts: Mapping[str, Fact]
    contacts: Mapping[str, Contact]
    language: str
    today: date

    def fill(self, text: str) -> str:
        """The text with every placeholder replaced.

        Raises:
            CorpusError: a placeholder names nothing that exists.
        """
        filled = PLACEHOLDER.sub(self._one, text)
        if "{" in filled or "}" in filled:
            raise CorpusError(f"stray brace in: {text}")
        return filled

    def _one(self, match: re.Match[str]) -> str:
        name, attribute, year = match.groups()
        if attribute:
            return self._of_contact(name, attribute)
        fact = self.facts.get(name)
        if fact is None:
            raise CorpusError(f"no fact named {name}")
        try:
            return told(fact, fact.on(self.today, int(year) if year else None), self.language)
        except CorpusError as error:
            raise CorpusError(f"fact {name} {error}") from error

    def _of_contact(self, name: str, attribute: str) -> str:
        contact = self.contacts.get(name)
        value = getattr(contact, attribute, None)
        if attribute not in {"name", "phone", "url", "address", "hours"} or not value:
            raise CorpusError(f"no {attribute} for contact {name}")
        return str(value)
