"""Numbers spelled in words, or half in words and half in digits: "nine hundred, seventy, one two three four"."""

import re
from collections.abc import Iterator

from app.privacy.kinds import Kind, Span
from app.privacy.views import View

_ONES = (
    "zero oh nought naught one two three four five six seven eight nine"
    " cero uno una un dos tres cuatro cinco seis siete ocho nueve"
    " um dois duas quatro sete oito nove"
    " deux trois quatre cinq sept huit neuf youn de twa kat senk sis set uit nef"
    " khong hai bon bay tam chin"
    " ноль один два три четыре пять шесть семь восемь девять"
    " صفر واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة"
).split()
_TENS = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    " twenty thirty forty fourty fifty sixty seventy eighty ninety"
    " diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve"
    " veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
    " treinta cuarenta cincuenta sesenta setenta ochenta noventa"
).split()
_HUNDREDS = (
    "cien ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
).split()
_SIZES = {
    **dict.fromkeys(_ONES, 1),
    **dict.fromkeys(_TENS, 2),
    **dict.fromkeys(_HUNDREDS, 3),
    "hundred": 2,
    "double": 1,
    "triple": 2,
    "doble": 1,
}
"""Word -> how many digits it stands for at most."""
_JOINERS = frozenset(
    "and y e dash hyphen guion raya dot punto point menos minus space espacio then luego".split()
)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_BETWEEN = re.compile(r"[\s,.;:\-/]{0,4}")
_AMOUNTS = frozenset(
    "thousand mil million millon millones dollars dolares pesos percent cents".split()
)
_LEAST_DIGITS = 9
_LEAST_SINGLE_WORDS = 7
"""So many digits read out one by one are a phone without its area code."""
_KOREAN = re.compile(r"(?:[공영일이삼사오육륙칠팔구][\s\-,]{0,2}){8,}")


def spelled(looked: View) -> Iterator[Span]:
    """Runs of number words that hold as many digits as somebody's number would."""
    text = looked.folded
    for match in _KOREAN.finditer(text):
        yield Span(match.start(), match.end(), Kind.NUMBER)
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        known = word[0] in _SIZES or word[0] in _JOINERS or word[0].isdigit()
        if known and (not run or _BETWEEN.fullmatch(text, run[-1].end(), word.start())):
            run.append(word)
            continue
        if word[0] not in _AMOUNTS:
            yield from _told(run)
        run = [word] if known else []
    yield from _told(run)


def _told(run: list[re.Match[str]]) -> Iterator[Span]:
    while run and run[0][0] in _JOINERS:
        run = run[1:]
    while run and run[-1][0] in _JOINERS:
        run = run[:-1]
    words = [word[0] for word in run if word[0] in _SIZES]
    digits = sum(_SIZES.get(word[0], len(word[0]) * word[0].isdigit()) for word in run)
    singles = sum(_SIZES[word] == 1 for word in words)
    if words and (singles >= _LEAST_SINGLE_WORDS or (digits >= _LEAST_DIGITS and len(words) >= 2)):
        yield Span(run[0].start(), run[-1].end(), Kind.NUMBER)
