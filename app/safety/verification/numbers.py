"""Numbers and dates out of words and digits: `eleven weeks`, `1.28 million`, `February 26, 2026`, `26 de febrero`."""

import re
from dataclasses import dataclass

from app.safety.verification.lexicon import Lexicon

_AMOUNT = re.compile(r"(\$?)(\d[\d,]*(?:\.\d+)?)(%?)(?:st|nd|rd|th|[oa])?")
_SPAN = re.compile(r"(\d+)-(\w+)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it stands: its value, and its unit if it is part of it."""

    value: float
    unit: str = ""


def amount(word: str, words: Lexicon) -> Amount | None:
    """The number that a folded word is; `None` for a code such as `w-7`, or for no number."""
    if span := _SPAN.fullmatch(word):
        unit = words.units.get((span[2],))
        return Amount(float(span[1]), unit) if unit else None
    if found := _AMOUNT.fullmatch(word):
        unit = "dollar" if found[1] else "percent" if found[3] else ""
        return Amount(float(found[2].replace(",", "")), unit)
    if word in words.numbers:
        return Amount(float(words.numbers[word]))
    return None


def written(value: float) -> str:
    """One way to write a value, whatever way it was written."""
    return f"{value:.6g}" if value < 1e6 else f"{value:.0f}"


def date_at(folded: list[str], at: int, words: Lexicon) -> tuple[str, int] | None:
    """A date that begins at a place: its parts as `year-month-day`, `0` for one not told, and its length in words."""
    if words.language == "es":
        return _day_first(folded, at, words)
    month = words.months.get(folded[at])
    if month is None:
        return None
    day, after = _day(folded, at + 1)
    year, end = _year(folded, after + 1 if _is(folded, after, ",") else after)
    if not year:
        end = after
    if not day and not year and folded[at] in {"may", "march"}:
        return None
    return f"{year}-{month}-{day}", end - at


def _day_first(folded: list[str], at: int, words: Lexicon) -> tuple[str, int] | None:
    day, after = _day(folded, at)
    if day and _is(folded, after, "de"):
        after += 1
    elif day:
        return None
    month = words.months.get(folded[after]) if after < len(folded) else None
    if month is None:
        return None
    end = after + 1
    joined = end + 1 if _is(folded, end, "de") or _is(folded, end, "del") else end
    year, past = _year(folded, joined)
    return f"{year}-{month}-{day}", (past if year else end) - at


def _is(folded: list[str], at: int, word: str) -> bool:
    return at < len(folded) and folded[at] == word


def _day(folded: list[str], at: int) -> tuple[int, int]:
    if at < len(folded) and re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", folded[at]):
        return int(re.sub(r"\D", "", folded[at])), at + 1
    return 0, at


def _year(folded: list[str], at: int) -> tuple[int, int]:
    if at < len(folded) and re.fullmatch(r"(?:19|20)\d\d", folded[at]):
        return int(folded[at]), at + 1
    return 0, at
