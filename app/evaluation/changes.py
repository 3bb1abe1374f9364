"""The single changes of a sentence that `mutations` makes, faithful ones and damage. Each is pure."""

import random
import re
from collections.abc import Callable, Mapping

from app.evaluation.mutation_words import Words

Change = Callable[[str, Words, random.Random], str | None]
"""A statement's text -> the changed text, or `None` where the way does not apply."""

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÁÉÍÓÚÑ¿¡])")
_NUMBER = re.compile(r"(?<![\w-])\d[\d,]*(?:\.\d+)?(?![\w-]|[.,]\d)")
_FORM = re.compile(r"\b(?:Form|Formulario|Forma) ([A-Z]{0,3}-?\d+)")
_PHONE = re.compile(r"\b\d{3}-\d{3}-\d{4}\b")


def _digit(text: str, at: int, chance: random.Random) -> str:
    other = chance.choice([d for d in "123456789" if d != text[at]])
    return text[:at] + other + text[at + 1 :]


def number(text: str, words: Words, chance: random.Random) -> str | None:
    """One digit of one number is another digit."""
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    return _digit(text, chance.choice(found).start(), chance)


def number_word(text: str, words: Words, chance: random.Random) -> str | None:
    """A number in words is another one."""
    return _swapped(text, words.numbers, chance)


def unit(text: str, words: Words, chance: random.Random) -> str | None:
    """`3 years` is `3 months`."""
    found = re.search(rf"(\d|\b{'|'.join(words.numbers)}) ({'|'.join(words.units)})\b", text)
    if not found:
        return None
    other = words.units[found[2]]
    return text[: found.start(2)] + other + text[found.end(2) :]


def month(text: str, words: Words, chance: random.Random) -> str | None:
    """A date is in another month."""
    found = list(re.finditer(rf"\b(?:{'|'.join(words.months)})\b(?= \d|,? de| 20)", text))
    if not found:
        return None
    place = chance.choice(found)
    other = chance.choice([m for m in words.months if m != place[0]])
    return text[: place.start()] + other + text[place.end() :]


def year(text: str, words: Words, chance: random.Random) -> str | None:
    """A year is another year."""
    found = list(re.finditer(r"\b20[12]\d\b", text))
    if not found:
        return None
    return _digit(text, chance.choice(found).end() - 1, chance)


def form(text: str, words: Words, chance: random.Random) -> str | None:
    """Another form."""
    found = list(_FORM.finditer(text))
    if not found:
        return None
    return _digit(text, chance.choice(found).end(1) - 1, chance)


def phone(text: str, words: Words, chance: random.Random) -> str | None:
    """Another phone number."""
    found = _PHONE.search(text)
    return _digit(text, found.end() - 1, chance) if found else None


def agency(text: str, words: Words, chance: random.Random) -> str | None:
    """Another agency did it."""
    found = list(re.finditer(r"\b(?:IRS|ICE|USCIS|DHS|SSA|TIGTA|VITA|HUD)\b", text))
    if not found:
        return None
    place = chance.choice(found)
    other = chance.choice([a for a in words.agencies if a not in text])
    return text[: place.start()] + other + text[place.end() :]


def actors(text: str, words: Words, chance: random.Random) -> str | None:
    """The two agencies of a statement changed places."""
    if not (re.search(r"\bIRS\b", text) and re.search(r"\bICE\b", text)):
        return None
    if not re.search(words.giving, text):
        return None
    return re.sub(r"\b(?:IRS|ICE)\b", lambda m: "ICE" if m[0] == "IRS" else "IRS", text)


def address(text: str, words: Words, chance: random.Random) -> str | None:
    """A link or a phone number that nobody gave."""
    return f"{text} {chance.choice(words.contacts)}"


def negated(text: str, words: Words, chance: random.Random) -> str | None:
    """What is affirmed is denied."""
    return _swapped(text, words.affirmed, chance, keep_case=False)


def affirmed(text: str, words: Words, chance: random.Random) -> str | None:
    """What is denied is affirmed."""
    return _swapped(text, words.denied, chance, keep_case=False)


def modal(text: str, words: Words, chance: random.Random) -> str | None:
    """`may` is `must`, `must` is `need not`."""
    return _swapped(text, words.modals, chance)


def turned(text: str, words: Words, chance: random.Random) -> str | None:
    """`before` is `after`, `with` is `without`."""
    return _swapped(text, words.directions, chance)


def widened(text: str, words: Words, chance: random.Random) -> str | None:
    """`some` is `all`, `usually` is `always`."""
    return _swapped(text, words.wider, chance)


def unhedged(text: str, words: Words, chance: random.Random) -> str | None:
    """`As reported` and its like are gone."""
    for hedge in words.hedges:
        found = re.search(rf"(^|,? ){hedge},?(?= )", text)
        if found:
            rest = (text[: found.start()] + text[found.end() :]).strip()
            return rest[:1].upper() + rest[1:]
    return None


def added(text: str, words: Words, chance: random.Random) -> str | None:
    """A soft claim is put behind."""
    return text.rstrip(".") + chance.choice(words.additions)


def added_before(text: str, words: Words, chance: random.Random) -> str | None:
    """A soft claim in a sentence of its own."""
    return f"{text} {chance.choice(words.sentences)}"


def promised(text: str, words: Words, chance: random.Random) -> str | None:
    """A promise is put behind."""
    return f"{text} {chance.choice(words.promises)}"


def contracted(text: str, words: Words, chance: random.Random) -> str | None:
    """`do not` is `don't`."""
    return _all_swapped(text, words.contractions)


def synonyms(text: str, words: Words, chance: random.Random) -> str | None:
    """One or two words are others that say the same."""
    once = _swapped(text, words.synonyms, chance)
    return once and (_swapped(once, words.synonyms, chance) or once)


def condition_last(text: str, words: Words, chance: random.Random) -> str | None:
    """`If X, Y.` is `Y if X.`"""
    found = re.fullmatch(rf"({words.if_}) ([^,.]+), ([^.,;:]+)\.", text)
    if not found or re.match(r"\d", found[3]):
        return None
    rest = found[3].removeprefix(words.then)
    return f"{rest[:1].upper()}{rest[1:]} {found[1].lower()} {found[2]}."


def condition_first(text: str, words: Words, chance: random.Random) -> str | None:
    """`Y if X.` is `If X, Y.`"""
    found = re.fullmatch(rf"([^.,;:]+) ({words.if_.lower()}) ([^.,;:]+)\.", text)
    if not found or len(found[1].split()) < 3:
        return None
    first = found[1] if re.match(r"[A-Z]{2}|I\b", found[1]) else found[1][:1].lower() + found[1][1:]
    return f"{found[2].capitalize()} {found[3]}, {first}."


def one_sentence(text: str, words: Words, chance: random.Random) -> str | None:
    """One of its sentences alone, when none leans on the other."""
    parts = SENTENCE.split(text)
    if len(parts) < 2 or re.search(words.leaning, text):
        return None
    return chance.choice([part for part in parts if len(part.split()) > 2] or parts)


def plain_number(text: str, words: Words, chance: random.Random) -> str | None:
    """`$25,000` is `$25000`."""
    changed = re.sub(r"(\d),(\d{3})\b", r"\1\2", text)
    return changed if changed != text else None


def led_in(text: str, words: Words, chance: random.Random) -> str | None:
    """`Note that` before it."""
    if re.match(r"[A-Z]{2,}|[\"“¿¡]", text):
        return None
    return f"{chance.choice(words.leads)} {text[:1].lower()}{text[1:]}"


def asked(text: str, words: Words, chance: random.Random) -> str | None:
    """`Call …` is `You can call …`."""
    first = text.split(" ", 1)[0]
    if first not in words.requests or SENTENCE.search(text):
        return None
    return f"{words.requests[first]} {text.split(' ', 1)[1]}"


def _swapped(
    text: str, table: Mapping[str, str], chance: random.Random, *, keep_case: bool = True
) -> str | None:
    """One word of a table, in its place another."""
    pattern = re.compile(
        rf"\b(?:{'|'.join(sorted(map(re.escape, table), key=len, reverse=True))})\b", re.IGNORECASE
    )
    found = [m for m in pattern.finditer(text) if m[0].lower() in table]
    if not found:
        return None
    place = chance.choice(found)
    other = table[place[0].lower()]
    if place[0][:1].isupper() and (keep_case or place.start() == 0):
        other = other[:1].upper() + other[1:]
    return text[: place.start()] + other + text[place.end() :]


def _all_swapped(text: str, table: Mapping[str, str]) -> str | None:
    changed = text
    for phrase, other in table.items():
        changed = re.sub(rf"\b{phrase}\b", other, changed)
    return changed if changed != text else None
