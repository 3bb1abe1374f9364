"""Dates of birth. Other dates stay: a question about a deadline is nothing without its day."""

import re
from collections.abc import Iterator

from app.privacy.kinds import Kind, Span
from app.privacy.views import View

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|ene|abr|ago|dic"
    "|janeiro|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro|dezembro"
    "|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    "|janvye|fevriye|avril|jiye|septanm|oktob|novanm|desanm"
    "|январ\\w|феврал\\w|марта?|апрел\\w|ма[яй]|июн\\w|июл\\w|август\\w?|сентябр\\w|октябр\\w|ноябр\\w|декабр\\w"
    "|يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر"
)
_MONTH = rf"(?:{_MONTHS})(?![a-z])"
_SPOKEN = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth"
    "|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|thirty|twenty|nineteen|hundred|thousand|two|ten|eleven|twelve|thirteen"
    "|fourteen|fifteen|sixteen|seventeen|eighteen|forty|fifty|sixty|seventy|eighty|ninety|one|three|four|five|six|seven|eight|nine|oh"
    "|primero|mil|novecientos|dos|uno|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciseis|diecisiete"
    "|dieciocho|diecinueve|veinte|veinti\\w{3,7}|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa"
)
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th|o|º|ero?)?)"
_DATE = (
    r"(?:\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日号일]?"
    r"|\d{4}[\s./\-]{1,3}\d{1,2}[\s./\-]{1,3}\d{1,2}(?!\d)"
    rf"|\d{{1,2}}[\s./\-]{{1,3}}(?:{_MONTH}[\s./\-]{{1,3}}|\d{{1,2}}[\s./\-]{{1,3}})(?:\d{{4}}|\d{{2}})(?!\d)"
    rf"|{_MONTH}\.?\s(?:the\s)?{_DAY}(?:,?\s(?:of\s)?(?:\d{{4}}|'?\d{{2}}))?(?!\d)"
    rf"|{_DAY}\s(?:of\s|de\s|du\s|thang\s)?(?:{_MONTH}|\d{{1,2}})(?:,?\s(?:of\s|de\s|del\s|nam\s)*(?:\d{{4}}|'?\d{{2}}))?(?!\d)"
    r"|\d{8}(?!\d)"
    rf"|(?:(?:{_SPOKEN})(?:\s(?:y|and|de|of|the))?\s){{0,3}}{_MONTH}(?:[\s,.\-]{{1,2}}(?:(?:{_SPOKEN}|de|del|of|y|and|the)(?![a-z])|\d{{1,4}}(?!\d))){{1,8}})"
)
_LABEL = (
    r"(?:(?<![a-z])(?:born|birth ?(?:day|date)s?|date of birth|birth|d\.?o\.?b\.?|bday|b-day"
    r"|nac(?:i|io|ida|ido|imos|ieron|imiento)|cumple(?:anos)?|f\.? ?n\.?|fdn"
    r"|nasc(?:i|eu|ida|ido|imento)|naissance|nee?(?= )|ne\(e\)|fet|dat nesans|nesans|sinh(?: ngay| nam)?|ngay sinh)(?![a-z])"
    r"|出生|生日|生于|생년월일|생일|태어|الميلاد|ميلاد(?:ي)?|ولدت|родил(?:ся|ась)|рождения)"
)
_BETWEEN = r"(?:[^\d.!?\n]|\.(?=\s?[\d:])){0,32}?"
_AFTER_LABEL = re.compile(rf"{_LABEL}{_BETWEEN}(?<![a-z\d])({_DATE})")
_BEFORE_LABEL = re.compile(rf"(?<![\w$])({_DATE})(?:[^\d.!?\n]{{0,24}}?){_LABEL}")


def births(looked: View) -> Iterator[Span]:
    """Days near a word for being born; a year alone stays."""
    text = looked.folded
    for form in (_AFTER_LABEL, _BEFORE_LABEL):
        for match in form.finditer(text):
            yield Span(match.start(1), match.end(1), Kind.BIRTH)
