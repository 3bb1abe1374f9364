"""Personal data out of a question before anything else reads it. The first step, and the only door."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum.exceptions import ValidationError
from stdnum.us import itin, ssn

from app.domain.question import Redaction

# Between digits people put a space, a dot or some dash.
_GAP = r"[\s.\-\u2010-\u2015\u2212]?"
_NINE_DIGITS = re.compile(rf"(?<![\d$])(?<!\d[.,])\d(?:{_GAP}\d){{8}}(?!\d)")
_A_NUMBER = re.compile(
    rf"\b(?:[Aa](?:lien)?[\s-]?(?:#|[Nn]umber|[Nn][uú]mero)(?:\s+(?:is|es))?[\s:#]*|A[\s-]?(?=\d{{7,9}}\b|\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{2,3}}\b)|a-?(?=\d{{8,9}}\b))"
    rf"\d(?:{_GAP}\d){{6,8}}(?!\d)"
)
_EMAIL = re.compile(r"[\w.+%-]{1,64}\s?@\s?[\w-]+(?:\.[\w-]+)+")
# Written by people to fool machines, or by keyboards by accident: full-width digits count as digits, invisible ones as nothing.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

# A text of digits alone would make the phone matcher try each of its places.
_MOST_TRIES = 200

TOKENS = {
    "ssn": "[SSN]",
    "itin": "[ITIN]",
    "number": "[number]",
    "a-number": "[A-number]",
    "phone": "[phone]",
    "email": "[email]",
}


class Redactor:
    """Replaces SSN, ITIN, A-number, any other nine-digit number, phone and e-mail by a token such as `[ITIN]`.

    Redacting twice changes nothing more.
    """

    def __init__(self, public_phones: Iterable[str] = ()) -> None:
        """
        Args:
            public_phones: numbers of helplines, which a person may ask about and nobody needs to hide.
        """
        self._public = frozenset(_digits(phone)[-10:] for phone in public_phones)

    def redact(self, text: str) -> tuple[str, tuple[Redaction, ...]]:
        """The text without personal data, and how many pieces of each kind it held."""
        found: Counter[str] = Counter()
        clean = _INVISIBLE.sub("", text).translate(_WIDE)
        before = None
        while clean != before:
            before = clean
            clean = self._pass(clean, found)
        return clean, tuple(Redaction(kind, found[kind]) for kind in TOKENS if found[kind])

    def _pass(self, clean: str, found: Counter[str]) -> str:
        clean = self._replace(_EMAIL, lambda _: "email", clean, found)
        clean = self._replace(_A_NUMBER, lambda _: "a-number", clean, found)
        clean = self._phones(clean, found)
        return self._replace(_NINE_DIGITS, _kind_of_nine, clean, found)

    @staticmethod
    def _replace(
        pattern: re.Pattern[str], kind_of: Callable[[str], str], text: str, found: Counter[str]
    ) -> str:
        def one(match: re.Match[str]) -> str:
            kind = kind_of(match[0])
            found[kind] += 1
            return TOKENS[kind]

        return pattern.sub(one, text)

    def _phones(self, text: str, found: Counter[str]) -> str:
        for match in reversed(
            list(PhoneNumberMatcher(text, "US", leniency=Leniency.POSSIBLE, max_tries=_MOST_TRIES))
        ):
            digits = _digits(match.raw_string)
            if not 10 <= len(digits) <= 15 or digits[-10:] in self._public:
                continue
            found["phone"] += 1
            text = text[: match.start] + TOKENS["phone"] + text[match.end :]
        return text


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _kind_of_nine(text: str) -> str:
    digits = _digits(text)
    for kind, module in (("itin", itin), ("ssn", ssn)):
        try:
            module.validate(digits)
        except ValidationError:
            continue
        return kind
    return "number"
