"""Ways to reach a person: e-mail, phone, and links that open somebody's own page."""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from app.privacy.kinds import Kind, Span
from app.privacy.views import View

_BRACKETED_DOT = r"\s?[\[({<]\s?(?:dot|punto|\.)\s?[\])}>]\s?"
_EMAIL = re.compile(
    rf"(?<![\w.+%-])[\w.+%-]{{1,64}}(?:{_BRACKETED_DOT}[\w.+%-]{{1,40}}){{0,4}}\s?(?:@|[\[({{<]\s?(?:at|arroba|@)\s?[\])}}>])\s?"
    rf"[\w-]{{1,63}}(?:(?:\s?\.\s?|{_BRACKETED_DOT})[\w-]{{1,63}}){{1,4}}"
)
_PROVIDERS = (
    "gmail|hotmail|yahoo|outlook|icloud|live|msn|aol|proton|protonmail|gmx|qq|163|126|mail|ymail"
)
_USER = r"(?<![\w.+%-])(?:\w{1,30} (?:dot|punto|underscore|guion bajo|dash|guion) \w{1,30}|[\w.+%-]{1,64})"
_END = r"(?:com|net|org|edu|mx|es|us|gov|cn|io|me)(?:\s?(?:dot|punto|\.)\s?(?:mx|us|gt|sv|hn|br|cn))?(?!\w)"
_DOT = r"\s?(?:dot|punto|point|ponto|\.)\s?"
_SPOKEN_EMAIL = re.compile(
    rf"{_USER}\s(?:(?:at|arroba|aroba|arobas?|en)\s(?:{_PROVIDERS}){_DOT}|(?:arroba|aroba)\s[\w.-]{{1,40}}{_DOT}|at\s[\w.-]{{1,40}}\s(?:dot|punto)\s){_END}"
)
_CLIPPED_EMAIL = re.compile(rf"(?<![\w.+%-])[\w.+%-]{{1,64}}\s?@\s?(?:{_PROVIDERS})(?!\w)")

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"，。）]{3,2000}"
    r"|(?<![\w@.])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}\.(?:com|org|net|gov|us|mx|io|app|me|co|cn|ly|gl|info)/[^\s<>\"，。）]{1,2000}"
)
_SECRET = re.compile(
    r"[?&#;](?:[\w.\-]{0,40}(?:token|key|sig|auth|session|sid|code|secret|pass|pwd|email|mail|user|uid|name|phone|ssn|itin|id|jwt|invite))=[^&#\s]+"
    r"|[?&#;=][^&#=\s]{0,40}=?(?=[^&#\s]{0,80}\d)[^&#\s]{6,}"
    r"|//[^/\s]*@|@"
    r"|(?:facebook|instagram|tiktok|linkedin|twitter|x|wa|t|venmo|paypal)\.(?:com|me)/(?:in/)?\w"
    r"|/d/|/invite|/share"
)
_LONG_PART = re.compile(r"[/=]([\w\-.~%]{16,})")

_EXTENSION = re.compile(r"[\s,]{0,2}(?:ext|extension|x|anexo)\.?\s?\d{1,5}(?!\d)")
_MOST_TRIES = 200
"""A text of digits alone would make the phone matcher try each of its places."""
_PART = 4_000
"""The matcher's time grows faster than the text; a phone number never needs more than this around it."""


def emails(looked: View) -> Iterator[Span]:
    """Addresses as machines read them, and as people say them: "ana arroba gmail punto com"."""
    for form in (_EMAIL, _SPOKEN_EMAIL, _CLIPPED_EMAIL):
        for match in form.finditer(looked.folded):
            yield Span(match.start(), match.end(), Kind.EMAIL)


def links(looked: View) -> Iterator[Span]:
    """Links that open something of one person's: with a token, a name, or a long random part."""
    for match in _LINK.finditer(looked.folded):
        found = match[0].rstrip(".,;:!?)'")
        if _SECRET.search(found) or any(_random(part[1]) for part in _LONG_PART.finditer(found)):
            yield Span(match.start(), match.start() + len(found), Kind.LINK)


def _random(part: str) -> bool:
    return bool(re.search(r"\d", part) and re.search(r"[a-z]", part))


def phones(looked: View) -> Iterator[Span]:
    """Phones of ten to fifteen digits; `labels` knows shorter ones by the words before them."""
    text = looked.folded
    for start in range(0, len(text), _PART):
        part = text[start : start + _PART + 60]
        matcher = PhoneNumberMatcher(part, "US", leniency=Leniency.POSSIBLE, max_tries=_MOST_TRIES)
        for match in matcher:
            digits = sum(map(str.isdigit, match.raw_string))
            if 10 <= digits <= 15 and not _years(match.raw_string):
                end = start + match.end
                extension = _EXTENSION.match(text, end)
                yield Span(start + match.start, extension.end() if extension else end, Kind.PHONE)


def _years(written: str) -> bool:
    """A row of years and form numbers, not a phone."""
    groups = re.findall(r"\d+", re.split(r"[a-z]", written)[0])
    years = sum(len(group) == 4 and group[:2] in {"10", "19", "20"} for group in groups)
    return "+" not in written and (years > 1 or (years == 1 and len(groups[-1]) != 4))
