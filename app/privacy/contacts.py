"""Ways to reach a person: e-mail, phone, and links that open somebody's own page."""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from app.privacy.kinds import Kind, Span
from app.privacy.views import View

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}\s?(?:@|[\[({<]\s?(?:at|arroba|@)\s?[\])}>])\s?"
    r"[\w-]{1,63}(?:\s?(?:\.|[\[({<]\s?(?:dot|punto|\.)\s?[\])}>])\s?[\w-]{1,63}){1,4}"
)
_PROVIDERS = "gmail|hotmail|yahoo|outlook|icloud|live|msn|aol|proton|protonmail|gmx|qq|163|126|mail|ymail"
_SPOKEN_EMAIL = re.compile(
    rf"(?<![\w.+%-])(?:[\w.+%-]{{1,64}}|\w{{1,30}} (?:dot|punto|underscore|guion bajo) \w{{1,30}})\s(?:at|arroba|aroba|en|a)\s(?:{_PROVIDERS}|[\w-]{{1,40}})"
    rf"\s?(?:dot|punto|point|ponto|\.)\s?(?:com|net|org|edu|mx|es|us|gov|cn|io|me)(?:\s?(?:dot|punto|\.)\s?(?:mx|us|gt|sv|hn|br|cn))?(?!\w)"
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

_MOST_TRIES = 200
"""A text of digits alone would make the phone matcher try each of its places."""
_PART = 4_000
"""The matcher's time grows faster than the text; a phone number never needs more than this around it."""


class Contacts:
    """Finds e-mail addresses, phones and private links."""

    def __init__(self, public: frozenset[str]) -> None:
        """
        Args:
            public: the last ten digits of helplines.
        """
        self._public = public

    @staticmethod
    def emails(looked: View) -> Iterator[Span]:
        """Addresses as machines read them, and as people say them: "ana arroba gmail punto com"."""
        for form in (_EMAIL, _SPOKEN_EMAIL, _CLIPPED_EMAIL):
            for match in form.finditer(looked.folded):
                yield Span(match.start(), match.end(), Kind.EMAIL)

    @staticmethod
    def links(looked: View) -> Iterator[Span]:
        """Links that open something of one person's: with a token, a name, or a long random part."""
        for match in _LINK.finditer(looked.folded):
            found = match[0].rstrip(".,;:!?)'")
            random = any(re.search(r"\d", p[1]) and re.search(r"[a-z]", p[1]) for p in _LONG_PART.finditer(found))
            if random or _SECRET.search(found):
                yield Span(match.start(), match.start() + len(found), Kind.LINK)

    def phones(self, looked: View) -> Iterator[Span]:
        """Phones of ten to fifteen digits that are not a helpline's; `labels` knows shorter ones by the words before them."""
        text = looked.folded
        for start in range(0, len(text), _PART):
            part = text[start : start + _PART + 60]
            matcher = PhoneNumberMatcher(part, "US", leniency=Leniency.POSSIBLE, max_tries=_MOST_TRIES)
            for match in matcher:
                digits = re.sub(r"\D", "", match.raw_string)
                if 10 <= len(digits) <= 15 and not self._spoken_of(match.raw_string, digits):
                    yield Span(start + match.start, start + match.end, Kind.PHONE)

    def _spoken_of(self, written: str, digits: str) -> bool:
        """A helpline, or a row of years and form numbers."""
        if digits[-10:] in self._public:
            return True
        groups = re.findall(r"\d+", written)
        years = sum(len(g) == 4 and g[:2] in {"10", "19", "20"} for g in groups)
        return "+" not in written and years > 0 and (years > 1 or len(groups[-1]) != 4 or groups[0] == groups[-1])
