"""Texts with personal data in them, made up by rule: kinds times ways of writing times languages, the same at every run."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from stdnum import luhn

from app.evaluation import personal_words as words

_SEED = 20261122
_EACH = 80
"""Texts of a kind in English and in Spanish; other languages have fewer."""
_OTHERS = 16

LANGUAGES = tuple(words.LEADS)
FULL = ("en", "es")


@dataclass(frozen=True, slots=True)
class Personal:
    """A text, and what in it must not survive."""

    text: str
    language: str
    kind: str
    secrets: tuple[str, ...]
    form: str = ""
    """How the secret is written."""


def personal_texts() -> list[Personal]:
    """All of them, in order."""
    return [
        made
        for language in LANGUAGES
        for maker in (_numbers, _announced, _phones)
        for made in maker(language)
    ] + [
        made
        for language in (*FULL, "zh")
        for maker in (_emails, _links, _names, _addresses, _births)
        for made in maker(language)
    ]


def _told(rng: Random, language: str, sentence: str, secret: str) -> str:
    lead = rng.choice(words.LEADS[language])
    return lead + sentence.format(secret) + rng.choice(words.TAILS[language])


def _digits(rng: Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def _ssn(rng: Random) -> tuple[str, ...]:
    area = rng.choice([n for n in range(1, 900) if n not in {0, 666}])
    return f"{area:03}", f"{rng.randint(1, 99):02}", f"{rng.randint(1, 9999):04}"


def _itin(rng: Random) -> tuple[str, ...]:
    middle = rng.choice([*range(50, 66), *range(70, 89), 90, 91, 92, *range(94, 100)])
    return f"9{_digits(rng, 2)}", f"{middle:02}", _digits(rng, 4)


def _card(rng: Random) -> tuple[str, ...]:
    body = rng.choice("45") + _digits(rng, 14)
    whole = body + luhn.calc_check_digit(body)
    return whole[:4], whole[4:8], whole[8:12], whole[12:]


def _routing(rng: Random) -> tuple[str, ...]:
    """ABA: 3, 7, 1 weights, a sum that ten divides."""
    body = f"{rng.randint(1, 12):02}" + _digits(rng, 6)
    total = sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 1) * 3, strict=False))
    return (body + str(-total % 10),)


SELF_EVIDENT: dict[str, Callable[[Random], tuple[str, ...]]] = {
    "ssn": _ssn,
    "itin": _itin,
    "atin": lambda rng: (f"9{_digits(rng, 2)}", "93", _digits(rng, 4)),
    "ein": lambda rng: (rng.choice(["12", "36", "47", "83", "95"]), _digits(rng, 7)),
    "ptin": lambda rng: ("P" + f"0{_digits(rng, 7)}",),
    "a-number": lambda rng: ("A" + _digits(rng, 3), _digits(rng, 3), _digits(rng, 3)),
    "receipt": lambda rng: (
        rng.choice(["IOE", "WAC", "EAC", "LIN", "MSC"]),
        f"2{_digits(rng, 1)}",
        _digits(rng, 3),
        _digits(rng, 5),
    ),
    "card": _card,
}
"""Kinds whose own form tells them: nothing needs to announce them."""
NEEDS_WORDS: dict[str, Callable[[Random], tuple[str, ...]]] = {
    "passport": lambda rng: (rng.choice(["G", "E", "AB", "", "N"]) + _digits(rng, 8),),
    "consular-id": lambda rng: (_digits(rng, rng.choice([7, 8])),),
    "licence": lambda rng: rng.choice(
        [
            (rng.choice("DFYN") + _digits(rng, 7),),
            (_digits(rng, 8),),
            (f"S{_digits(rng, 3)}", _digits(rng, 3), _digits(rng, 2), _digits(rng, 3), "0"),
        ]
    ),
    "account": lambda rng: (_digits(rng, rng.choice([7, 8, 10, 12])),),
    "routing": _routing,
}

_WIDE = {ord(char): chr(ord(char) + 0xFEE0) for char in "0123456789-"}
_ARABIC = {ord("0") + n: chr(0x0660 + n) for n in range(10)}
_HAN = dict(zip(map(ord, "0123456789"), "零一二三四五六七八九", strict=True))


def _sprinkled(rng: Random, text: str) -> str:
    return "".join(char + rng.choice(["", "\u200b", "\u2060"]) for char in text) + "\u200d"


WRITINGS: dict[str, Callable[[Random, tuple[str, ...]], str]] = {
    "dashes": lambda _, g: "-".join(g),
    "plain": lambda _, g: "".join(g),
    "spaces": lambda _, g: " ".join(g),
    "dots": lambda _, g: ".".join(g),
    "slashes": lambda _, g: "/".join(g),
    "en dashes": lambda _, g: "\u2013".join(g),
    "hard spaces": lambda _, g: "\u00a0".join(g),
    "spaced dashes": lambda _, g: " - ".join(g),
    "full width": lambda _, g: "-".join(g).translate(_WIDE),
    "zero width": lambda rng, g: _sprinkled(rng, "-".join(g)),
    "digit by digit": lambda _, g: " ".join("".join(g)),
    "broken lines": lambda _, g: "\n".join(g),
}
_FOR_WORDS = ("plain", "dashes", "spaces", "full width", "zero width")
_SPELLABLE = frozenset({"ssn", "itin", "atin"})


def _numbers(language: str) -> Iterator[Personal]:
    rng = Random(f"{_SEED} numbers {language}")
    for kind, maker in SELF_EVIDENT.items():
        ways = list(WRITINGS)
        if language == "ar":
            ways.append("Arabic digits")
        if language == "zh":
            ways.append("Chinese digits")
        if language in FULL and kind in _SPELLABLE:
            ways += ["spelled", "spelled in groups", "split by words"] * 2
        if len(maker(rng)) == 1:
            ways = [way for way in ways if way not in {"broken lines", "spaced dashes"}]
        for number in range(_EACH if language in FULL else _OTHERS):
            groups, way = maker(rng), ways[number % len(ways)]
            secret = _written(rng, language, groups, way)
            text = _told(rng, language, rng.choice(words.BARE[language]), secret)
            yield Personal(text, language, kind, (secret,), way)


def _written(rng: Random, language: str, groups: tuple[str, ...], way: str) -> str:
    if way == "Arabic digits":
        return "-".join(groups).translate(_ARABIC)
    if way == "Chinese digits":
        return "".join(groups).translate(_HAN)
    if way == "spelled":
        return " ".join(words.SPELLED[language][int(digit)] for digit in "".join(groups))
    if way == "spelled in groups":
        return ", ".join(_in_words(language, group) for group in groups)
    if way == "split by words":
        return rng.choice(words.BETWEEN[language]).join(groups)
    return WRITINGS[way](rng, groups)


def _in_words(language: str, group: str) -> str:
    """As one reads a group aloud: "nine hundred", "seventy eight", and four digits one by one."""
    ones, tens, decades = (held[language] for held in (words.SPELLED, words.TENS, words.DECADES))
    if len(group) == 3 and group.endswith("00") and group[0] != "0":
        return words.HUNDREDS[language][int(group[0]) - 1]
    if len(group) == 2 and group[0] == "1":
        return tens[int(group[1])]
    if len(group) == 2 and group[0] != "0":
        joiner = " y " if language == "es" else "-"
        decade = decades[int(group[0]) - 2]
        return decade if group[1] == "0" else decade + joiner + ones[int(group[1])]
    return " ".join(ones[int(digit)] for digit in group)


def _announced(language: str) -> Iterator[Personal]:
    rng = Random(f"{_SEED} announced {language}")
    for kind, maker in NEEDS_WORDS.items():
        sentences = words.ANNOUNCED[kind].get(language, ())
        for number in range((_EACH if language in FULL else _OTHERS) * bool(sentences)):
            way = _FOR_WORDS[number % len(_FOR_WORDS)]
            secret = WRITINGS[way](rng, maker(rng))
            yield Personal(
                _told(rng, language, rng.choice(sentences), secret), language, kind, (secret,), way
            )


def _phones(language: str) -> Iterator[Personal]:
    rng = Random(f"{_SEED} phones {language}")
    forms = (
        "{a}-{b}-{c}", "({a}) {b}-{c}", "{a}.{b}.{c}", "{a} {b} {c}", "{a}{b}{c}", "+1 {a} {b} {c}", "+1 ({a}) {b}-{c}", "1-{a}-{b}-{c}",
        "{a}/{b}-{c}", "({a}){b}-{c}", "+52 55 {c} {d}", "+52 1 {a} {b} {c}", "+502 {c} {d}", "+503 {c}-{d}", "011 52 {a} {b} {c}",
        "{a} - {b} - {c}", "{a}-{b}{c}", "+86 138 {c} {d}", "{a}-{b}-{c} ext 12",
    )  # fmt: skip
    for number in range(_EACH if language in FULL else _OTHERS):
        form = forms[number % len(forms)]
        held = {
            "a": f"{rng.choice('2345679')}{_digits(rng, 2)}",
            "b": f"{rng.choice('23456789')}{_digits(rng, 2)}",
            "c": _digits(rng, 4),
            "d": _digits(rng, 4),
        }
        secret = form.format(**held)
        if number % 5 == 4:
            secret = secret.translate(_WIDE)
        sentence = rng.choice(words.BARE[language])
        yield Personal(_told(rng, language, sentence, secret), language, "phone", (secret,), form)


def _emails(language: str) -> Iterator[Personal]:
    rng = Random(f"{_SEED} emails {language}")
    at, dot = ("at", "dot") if language == "en" else ("arroba", "punto")
    forms: dict[str, Callable[[str], str]] = {
        "plain": str,
        "spaced": lambda made: made.replace("@", " @ "),
        "said": lambda made: (
            made.replace("@", f" {at} ")
            .replace(".com", f" {dot} com")
            .replace(".org", f" {dot} org")
        ),
        "bracketed": lambda made: made.replace("@", f" [{at}] ").replace(".", f" ({dot}) "),
        "full width": lambda made: made.replace("@", "＠"),
        "capitals": str.upper,
        "zero width": lambda made: _sprinkled(rng, made),
    }
    for number in range(_EACH if language in FULL else _OTHERS):
        form = list(forms)[number % len(forms)]
        secret = forms[form](f"{rng.choice(words.USERS)}@{rng.choice(words.HOSTS)}")
        sentence = (
            rng.choice(words.BARE[language]).replace("número", "correo").replace("number", "email")
        )
        yield Personal(_told(rng, language, sentence, secret), language, "email", (secret,), form)


def _links(language: str) -> Iterator[Personal]:
    rng = Random(f"{_SEED} links {language}")
    for number in range(_EACH // 2 if language in FULL else _OTHERS):
        token = "".join(rng.choices("0123456789abcdef", k=24))
        secret = words.LINKS[number % len(words.LINKS)].replace("{hex}", token)
        yield Personal(_told(rng, language, "{}", secret), language, "link", (token,), "link")


def _names(language: str) -> Iterator[Personal]:
    rng = Random(f"{_SEED} names {language}")
    if language == "zh":
        for sentence in words.ZH_NAMED:
            for name in words.ZH_NAMES:
                yield Personal(
                    _told(rng, language, sentence, name), language, "name", (name,), sentence
                )
        return
    for case, spoken in (
        ("proper", str),
        ("proper", str),
        ("proper", str),
        ("small", str.lower),
        ("capitals", str.upper),
    ):
        for sentence in words.NAMED[language] * 2:
            name = f"{rng.choice(words.GIVEN)} {rng.choice(words.FAMILY)}"
            if rng.random() < 0.25:
                name += f" {rng.choice(words.FAMILY)}"
            text = _told(rng, language, sentence, name)
            if case != "proper":
                name, text = spoken(name), spoken(text)
            yield Personal(text, language, "name", (name,), case)


def _addresses(language: str) -> Iterator[Personal]:
    rng = Random(f"{_SEED} addresses {language}")
    if language == "zh":
        for sentence in words.ZH_LIVES:
            for place in words.ZH_PLACES:
                yield Personal(
                    _told(rng, language, sentence, place),
                    language,
                    "address",
                    (place[-6:],),
                    sentence,
                )
        return
    for number in range(_EACH * 2):
        kind, secret = _place(rng, language, number)
        sentence = rng.choice(words.LIVES[language])
        place = secret + rng.choice(["", "", f", {rng.choice(words.TOWNS)}"]) * (
            kind != "calle alone"
        )
        text = _told(rng, language, sentence, place)
        if number % 4 == 3:
            text, secret = text.lower(), secret.lower()
        yield Personal(text, language, "address", (secret,), kind)


def _place(rng: Random, language: str, number: int) -> tuple[str, str]:
    house = str(
        rng.choice([rng.randint(1, 99), rng.randint(100, 9999), rng.randint(10_000, 19_999)])
    )
    unit = rng.choice(
        ["", "", f" Apt {rng.randint(1, 40)}", f" #{rng.randint(1, 40)}{rng.choice('AB')}"]
    )
    street = f"{house} {rng.choice(['', 'N ', 'W. ', 'South '])}{rng.choice(words.STREETS)} {rng.choice(words.SUFFIXES)}{unit}"
    if number % 8 == 7:
        return (
            "box",
            f"{rng.choice(['PO Box', 'P.O. Box', 'P O Box', 'po box'])} {rng.randint(10, 99999)}",
        )
    if number % 8 == 6 and language == "en":
        return (
            "everyday suffix",
            f"{house} {rng.choice(words.STREETS)} {rng.choice(words.EVERYDAY_SUFFIXES)}{unit}",
        )
    if language == "es" and number % 8 in {0, 1, 2, 3}:
        sign = rng.choice([" ", " #", " No. ", ", número "])
        return "calle", f"{rng.choice(words.CALLE_KINDS)} {rng.choice(words.CALLES)}{sign}{house}"
    return "street", street


def _births(language: str) -> Iterator[Personal]:
    rng = Random(f"{_SEED} births {language}")
    for number in range(_EACH if language in FULL else _OTHERS):
        year, month, day = rng.randint(1950, 2022), rng.randint(1, 12), rng.randint(1, 28)
        forms = [
            f"{month}/{day}/{year}",
            f"{month:02}-{day:02}-{year}",
            f"{month}/{day}/{year % 100:02}",
            f"{year}-{month:02}-{day:02}",
            f"{day}.{month}.{year}",
        ]
        if language == "zh":
            forms = [f"{year}年{month}月{day}日", f"{year}-{month}-{day}"]
        elif language == "en":
            forms += [
                f"{words.MONTHS['en'][month - 1]} {day}, {year}",
                f"{day} {words.MONTHS['en'][month - 1]} {year}",
            ]
        else:
            forms += [
                f"{day} de {words.MONTHS['es'][month - 1]} de {year}",
                f"{day} de {words.MONTHS['es'][month - 1]} del {year}",
            ]
        secret = forms[number % len(forms)]
        text = _told(rng, language, rng.choice(words.BORN[language]), secret)
        yield Personal(text, language, "birth", (secret,), re.sub(r"\d", "9", secret))
