"""Numbers of documents that show by their own form what they are: letters before digits, with or without a checksum."""

import re
from collections.abc import Iterator

from stdnum.mx import curp, rfc

from app.privacy.kinds import Kind, Span
from app.privacy.views import View

_GAP = r"[\s.\-_/#]{0,2}"
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    # USCIS receipt: three letters and ten digits (uscis.gov, "Case Status Online"). Centres named in lower case too.
    (Kind.RECEIPT, re.compile(rf"(?<![A-Za-z0-9])[A-Z]{{3}}{_GAP}\d(?:{_GAP}\d){{9}}(?!\d)")),
    (
        Kind.RECEIPT,
        re.compile(
            rf"(?i:(?<![a-z0-9])(?:ioe|wac|eac|lin|src|msc|nbc|ysc|vsc|csc|tsc|nsc){_GAP}\d(?:{_GAP}\d){{9}})(?!\d)"
        ),
    ),
    # Receipt with its letters apart: "I O E 0 9 ...".
    (
        Kind.RECEIPT,
        re.compile(rf"(?<![A-Za-z0-9])[A-Z][\s\-][A-Z][\s\-][A-Z]{_GAP}\d(?:{_GAP}\d){{9}}(?!\d)"),
    ),
    # A-number: A and seven to nine digits (8 CFR 1.2 calls it the alien registration number).
    (Kind.A_NUMBER, re.compile(rf"(?<![A-Za-z0-9'])A{_GAP}\d(?:{_GAP}\d){{6,8}}(?!\d)")),
    (Kind.A_NUMBER, re.compile(r"(?<![A-Za-z0-9'])a-?#?\d(?:[.\-]?\d){6,8}(?!\d)")),
    (
        Kind.A_NUMBER,
        re.compile(r"(?<![A-Za-z0-9'])a[\s#]{1,2}\d{3}[\s.\-]?\d{3}[\s.\-]?\d{3}(?!\d)"),
    ),
    # PTIN: P and eight digits (stdnum.us.ptin; IRS, "PTIN requirements").
    (Kind.PTIN, re.compile(rf"(?i:(?<![a-z0-9])p{_GAP}\d(?:[\s.\-]?\d){{7}})(?!\d)")),
    # Passports and licences of many places: one to three letters and six to twelve digits in one piece.
    (Kind.IDENTITY, re.compile(r"(?i:(?<![a-z0-9_/.\-])[a-z]{1,3}-?\d{6,14})(?![a-z0-9])")),
    # Licences written in groups behind one letter: S123-456-78-901-0.
    (Kind.LICENCE, re.compile(r"(?i:(?<![a-z0-9])[a-z]\d{3}(?:[\s-]\d{2,4}){2,4})(?!\d)")),
)
_FOREIGN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-zÑñ&]{3,4}[\s-]?\d{6}[\s-]?[A-Za-z0-9]{3,8}(?![A-Za-z0-9])"
)
_CHINESE_IDENTITY = re.compile(r"(?<!\d)\d{17}[xX](?![A-Za-z0-9])")
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?(?![A-Za-z0-9])"
)


def documents(looked: View) -> Iterator[Span]:
    """Receipts, A-numbers, PTIN, CURP, RFC, IBAN, and whatever looks like the number of a passport or licence."""
    text = looked.plain
    for kind, form in _FORMS:
        for match in form.finditer(text):
            yield Span(match.start(), match.end(), kind)
    for match in _FOREIGN.finditer(text):
        bare = re.sub(r"[\s-]", "", match[0])
        if curp.is_valid(bare) or rfc.is_valid(bare) or len(bare) == 18:
            yield Span(match.start(), match.end(), Kind.IDENTITY)
    for kind, form in ((Kind.IDENTITY, _CHINESE_IDENTITY), (Kind.ACCOUNT, _IBAN)):
        for match in form.finditer(text):
            if any(char.isdigit() for char in match[0]):
                yield Span(match.start(), match.end(), kind)
