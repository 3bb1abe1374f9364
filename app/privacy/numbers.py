"""Numbers that no word announces: by their shape, their count of digits and, where there is one, their checksum.

Every nine-digit number goes, whatever stands between its digits: SSN, ITIN, ATIN and (bare) EIN all have nine, and one that no
office would issue is a slip of the finger away from one that it would.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.us import atin, ein, itin, ssn

from app.privacy.kinds import Kind, Span
from app.privacy.views import View

_TIGHT = re.compile(r"\d+(?:[\s.\-/_~|*]{1,3}\d+)*+")
"""Groups of digits with what people put between the parts of one number."""
_WORDS = (
    "dash(?:es)? hyphen minus space spaces dot period slash point then and next"
    " guion(?:es)? raya menos espacio punto diagonal luego despues entonces y al final finally lastly last"
    " seguido de followed by traco tiret espace ponto ensuite puis depois"
).split()
_LOOSE = re.compile(
    rf"\d+(?:(?:[\s.\-/_,;:()\[\]'\"+]|杠|横|点|然后|再|最后|(?:{'|'.join(_WORDS)})(?![a-z])){{1,12}}+\d+)*+"
)
"""The same spoken or written in parts: "900, then 70, then 1234", "900 guion 70 guion 1234"."""
_DIGITS = re.compile(r"\d+")
_MONEY_BEFORE = re.compile(r"(?:[$€£¥]|usd|mxn)\s?$")
_MONEY_AFTER = re.compile(
    r"[\s.\-]?(?:\.\d\d)?\s?(?:dollars?|dolares|pesos|usd|mxn|euros?|bucks|quetzales|lempiras|reais|dolares|美元|美金|块|元|[$€])"
)
_LAW = re.compile(
    r"\birm\s?(?:\d{1,3}\.){2,7}\d{1,3}(?!\d)"  # Internal Revenue Manual
    r"|\b(?:fr|register|registro|omb|rin|wl|lexis|usc|cfr|regs?|pub|notice|aviso|proc|fr doc)\b"
    r"[\s.:#no]{0,6}\d{1,4}(?:[.\-]\d+){0,3}(?!\d)"
    r"|\b(?:cp|ltr|lt|letter|carta|forms?|formularios?)\s?\d{2,4}[a-z]?(?:[\s,/]{1,3}\d{2,4}[a-z]?(?!\d)){0,6}"
    r"|\b[a-z]{1,3}\d{4}-\d{3}(?:-\d{2,3})?(?!\d)"  # why the IRS sends an electronic return back
    r"|\b(?:19|20)\d\d-\d{5}(?=\W{1,3}(?:\d+ )?f(?:ed|r)\b)"
    r"|(?:\b(?:no|case|caso|docket|expediente)\b|案)[\s.:#no]{0,6}(?:\d:)?\d{2}-\d{2,5}(?!\d)"
)
"""Numbers of rules, notices and court cases."""
_FORMS = frozenset(
    "1040 1042 1095 1096 1098 1099 1116 1120 1065 1118 2210 2441 2553 2555 2848 3903 4137 4506 4562 4852 4868 5329 5498 5564"
    " 6103 6109 6213 6402 6654 6721 7206 7213 7216 7217 7431 7434 7525 8233 8283 8288 8332 8379 8802 8805 8812 8815 8821 8822"
    " 8829 8832 8840 8843 8857 8862 8863 8867 8879 8880 8888 8889 8892 8919 8938 8949 8958 8962 8995 9465 9003 12153 13844 13909 14039 14157 14242 1444 6419 6475".split()
)
_SSN = (3, 2, 4)
_SHAPES = (
    _SSN,
    (3, 3, 4),
    (1, 3, 3, 4),
    (4, 4, 4, 4),
    (4, 6, 5),
    (3, 3, 3),
    (3, 6),
    (3, 7),
    (6, 4),
    (3, 3, 2, 2),
    (2, 4, 4),
    (2, 2, 4, 4),
    (2, 7),
)
"""Lengths of the groups in which people write SSN, phones, cards, A-numbers and EIN; the first that fits is taken."""
_LOOSE_SHAPES = (_SSN, (3, 3, 4), (1, 3, 3, 4), (4, 4, 4, 4), (3, 6))


@dataclass(frozen=True, slots=True)
class _Group:
    start: int
    end: int
    text: str
    amount: bool = False
    law: bool = False
    """Of a rule or a court case."""

    @property
    def size(self) -> int:
        return self.end - self.start

    @property
    def barrier(self) -> bool:
        """Never a part of a longer number."""
        return self.amount or self.law

    @property
    def spoken_of(self) -> bool:
        """A year or a form: what questions are about."""
        return self.text in _FORMS or (self.size == 4 and self.text[:2] in {"19", "20"})


def numbers(looked: View) -> Iterator[Span]:
    """Every number that could be a person's."""
    text = looked.digits
    law = [match.span() for match in _LAW.finditer(text)]
    for run in _LOOSE.finditer(text):
        yield from _spoken(list(_groups(text, run, ())))
    for run in _TIGHT.finditer(text):
        if sum(map(str.isdigit, run[0])) >= 8:
            yield from _in_run(list(_groups(text, run, law)))


def _spoken(groups: list[_Group]) -> Iterator[Span]:
    at = 0
    while at < len(groups):
        taken = _shape_at(groups, at, _LOOSE_SHAPES) or _singles_at(groups, at)
        if taken:
            yield _told(groups[at : at + taken])
        at += taken or 1


def _in_run(groups: list[_Group]) -> Iterator[Span]:
    rest: list[_Group] = []
    at = 0
    while at < len(groups):
        taken = _shape_at(groups, at, _SHAPES) or _long_at(groups[at])
        if taken or groups[at].barrier:
            yield from _leftover(rest)
            rest = []
        else:
            rest.append(groups[at])
        if taken:
            yield _told(groups[at : at + taken])
        at += taken or 1
    yield from _leftover(rest)


def _leftover(groups: list[_Group]) -> Iterator[Span]:
    """Groups of no known shape: all of them when they are long enough without the years around, else any nine digits."""
    core = _without_years(groups)
    if sum(group.size for group in core) >= 9:
        yield _told(core)
        return
    at = 0
    while at < len(groups):
        taken = _nine_at(groups, at)
        if taken or (groups[at].size == 8 and not _is_day(groups[at].text)):
            yield _told(groups[at : at + (taken or 1)])
        at += taken or 1


def _told(groups: list[_Group]) -> Span:
    digits = "".join(group.text for group in groups)
    shape = tuple(group.size for group in groups)
    return Span(groups[0].start, groups[-1].end, kind_of(digits, shape))


def kind_of(digits: str, shape: tuple[int, ...] = ()) -> Kind:
    """What a number most likely is, by its digits and the lengths of its groups."""
    if len(digits) == 9:
        order = (
            ((Kind.EIN, ein),)
            if shape == (2, 7)
            else ((Kind.ATIN, atin), (Kind.ITIN, itin), (Kind.SSN, ssn))
        )
        return next((kind for kind, module in order if _valid(module, digits)), Kind.NUMBER)
    if 13 <= len(digits) <= 19 and luhn.is_valid(digits):
        return Kind.CARD
    if len(digits) in {10, 11} and shape in {
        (3, 3, 4),
        (1, 3, 3, 4),
        (3, 7),
        (3, 3, 2, 2),
        (6, 4),
        (2, 4, 4),
    }:
        return Kind.PHONE
    return Kind.NUMBER


def _valid(module: object, digits: str) -> bool:
    # stdnum takes any nine digits for an ATIN; the IRS gives them 93 in the middle (IRM 3.13.40).
    if module is atin and not (digits[0] == "9" and digits[3:5] == "93"):
        return False
    try:
        module.validate(digits)  # type: ignore[attr-defined]
    except ValidationError:
        return False
    return True


def _groups(text: str, run: re.Match[str], law: Sequence[tuple[int, int]]) -> Iterator[_Group]:
    """The groups of a run. `law`: places in the text, in order, that belong to rules and cases."""
    for found in _DIGITS.finditer(text, run.start(), run.end()):
        start, end = found.span()
        amount = bool(
            _MONEY_BEFORE.search(text[max(0, start - 4) : start]) or _MONEY_AFTER.match(text, end)
        )
        near = bisect_right(law, (start, len(text))) - 1
        yield _Group(start, end, found[0], amount, near >= 0 and end <= law[near][1])


def _shape_at(groups: list[_Group], at: int, shapes: tuple[tuple[int, ...], ...]) -> int:
    """How many groups from here on make up a known shape; 0 for none."""
    for shape in shapes:
        held = groups[at : at + len(shape)]
        if tuple(group.size for group in held) != shape:
            continue
        if shape == _SSN:
            return len(shape)
        if any(group.barrier for group in held):
            continue
        card = sum(shape) > 12 and luhn.is_valid("".join(group.text for group in held))
        if card:
            return len(shape)
        if any(group.spoken_of for group in held[:-1]) or all(group.spoken_of for group in held):
            continue
        return len(shape)
    return 0


def _long_at(group: _Group) -> int:
    """1 for a number in one piece that is too long for anything but a number of somebody's."""
    return int(group.size >= 9 and not group.amount)


def _singles_at(groups: list[_Group], at: int) -> int:
    """Nine or more single digits in a row, as one reads a number aloud."""
    count = 0
    while at + count < len(groups) and groups[at + count].size == 1:
        count += 1
    return count if count >= 9 else 0


def _nine_at(groups: list[_Group], at: int) -> int:
    """How many groups from here on have nine digits together; 0 for none, and for a form beside a year."""
    total = 0
    for count, group in enumerate(groups[at : at + 9], start=1):
        total += group.size
        if total >= 9:
            known = all(held.spoken_of for held in groups[at : at + count])
            return count if total == 9 and not known else 0
    return 0


def _without_years(groups: list[_Group]) -> list[_Group]:
    low, high = 0, len(groups)
    while low < high and groups[low].spoken_of:
        low += 1
    while high > low and groups[high - 1].spoken_of:
        high -= 1
    return groups[low:high]


def _is_day(digits: str) -> bool:
    """Whether eight digits are a date in one piece, year first or last."""
    return len(digits) == 8 and (
        (digits[:2] in {"19", "20"} and digits[4:6] <= "12" and digits[6:] <= "31")
        or (digits[4:6] in {"19", "20"} and digits[:2] <= "12" and digits[2:4] <= "31")
    )
