"""Names as people introduce themselves and others, and full names that stand alone. A lone first name stays."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from enum import IntEnum

from app.privacy.kinds import Kind, Span
from app.privacy.name_words import (
    GIVEN,
    GROUPS,
    HAN_NEXT,
    HAN_SURNAMES,
    OTHER,
    PARTICLES,
    SURNAMES,
)
from app.privacy.views import FOLDED, View


class _Trust(IntEnum):
    """How much an introduction says about the word that follows it."""

    NONE = 0
    """Nothing: only a given name and a family name make a name."""
    GIVEN = 1
    """A given name makes a name: "for Ana"."""
    CAPITAL = 2
    """A capital makes a name: "mi esposo Xóchitl"."""
    STRANGE = 3
    """So do two words that no text of ours uses: "soy yaretzi quiej"."""
    FULL = 4
    """Whatever is no everyday word is a name: "me llamo yaretzi"."""


_RELATIONS = (
    "husband|wife|spouse|son|daughter|brother|sister|mother|father|mom|mum|dad|mama|papa|uncle|aunt|cousin|nephew|niece|grandmother|grandfather|grandson"
    "|granddaughter|friend|neighbou?r|boss|co-?worker|roommate|client|partner|boyfriend|girlfriend|fiancee?|landlord|landlady|employer|preparer|lawyer|attorney"
    "|accountant|kid|child|baby|patient|student|caller|father-in-law|mother-in-law|brother-in-law|sister-in-law|stepson|stepdaughter|stepfather|supervisor|manager|notary"
    "|espos[oa]|marido|mujer|pareja|hij[oa]|herman[oa]|madre|padre|mami|papi|ti[oa]|prim[oa]|sobrin[oa]|abuel[oa]|niet[oa]|amig[oa]|vecin[oa]|jef[ea]|patron|patrona"
    "|companer[oa]|client[ea]|novi[oa]|prometid[oa]|duen[oa]|casero|empleador|preparador[a]?|abogad[oa]|contador[a]?|bebe|cunad[oa]|sueg[ra]|suegr[oa]|yerno|nuera|notari[oa]|companerito"
    "|menor|comadre|compadre|padrino|madrina|hijastr[oa]|conyuge"
)
_OWNERS = "my|our|his|her|their|your|the|a|mi|mis|nuestr[oa]|su|tu|el|la|un|una|of|de|del|for|para|con|with"
_LINKS = r"(?:(?:\s?[,:(\-]\s?|\s)(?:is|es|was|era|named|called|llamad[oa]|que se llama|se llama|whose name is|name is|cuyo nombre es|mr|mrs|ms|sr|sra|don|dona)(?![\w'])\.?){0,2}[\s,:(\"'\-]{1,3}"
_OWN_NAME = (
    r"(?:my (?:full |legal |real |first |last )?name(?:'s| is| was)|name\s?:|me llamo|mi nombre(?: completo| legal| real)?(?: es(?!\w)|:)|nombre(?: completo)?\s?:"
    r"|me dicen|yo me llamo|(?:first|last|full) name\s?:|apellidos?\s?:|me chamo|meu nome e|chamo-me|je m'appelle|mon nom est|mwen rele|non mwen se"
    r"|toi ten la|ten toi la|ten (?:cua )?toi la|меня зовут|мое имя|اسمي|제 이름은|이름은)[\s:\"']{0,3}"
)
_SOMEBODY = (
    r"(?:(?:his|her|their|whose|the|your|[a-z]{2,12}'s) (?:full |legal )?name(?:'s| is| was)|(?:su|cuyo) nombre(?: completo)?(?: es(?!\w)|:)|se llaman?|named|llamad[oa]s?|soy|yo soy|somos"
    r"|i am|i'm|im|we are|this is|(?:habla|le habla|escribe|soy el|soy la|de parte de|a nombre de|on behalf of|in the name of)|firma(?:do)?|signed|sou|je suis"
    r"|mr|mrs|ms|miss|sr|sra|srta|senor|senora|senorita|dona|lic|licenciad[oa]|ing|attn|atencion)(?![\w'])(?:(?<=[rscg])\.)?[\s:\"',]{1,3}(?:(?:el |la )?(?:senor|senora|sr|sra|mr|mrs|ms)\.?\s)?"
)
_TRIGGERS: tuple[tuple[_Trust, str], ...] = (
    (_Trust.FULL, _OWN_NAME),
    (_Trust.STRANGE, _SOMEBODY),
    (
        _Trust.CAPITAL,
        rf"(?:{_OWNERS})\s(?:ex[- ]?|late |older |younger |oldest |best |new )?(?:{_RELATIONS})(?!\w){_LINKS}",
    ),
    (
        _Trust.GIVEN,
        r"(?:this is|it's|me nombran|don|con|call me|they call me|known as|dear|hola soy|aqui|for|para|client|cliente|caller|patient|taxpayer|contribuyente)[\s:\"',]{1,3}",
    ),
)
_INTRODUCTIONS = tuple((trust, re.compile(rf"(?<![\w'])(?:{words})")) for trust, words in _TRIGGERS)
_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*")
_VERBAL = tuple("s ed ing aba ando iendo aron ieron ado ido".split())
"""How many verbs end; behind a relation they are likelier than a name: "my husband overstayed visas"."""
_DOING = ("ing", "ando", "iendo")
_NEXT = re.compile(r" ([^\W\d_]+)")
_SPACE = re.compile(r"\.?[ \t]{1,2}|\.(?=[^\W\d_])")
_COMMA = re.compile(r",[ \t]{0,2}")
_MOST_WORDS = 5
_PEOPLES = ("ese", "stani", "eshi", "ian", "ean", "ish", "teca", "teco")
"""How the names of many peoples end: "I am Bolivian"."""
_OFFICIAL = re.compile(
    r"(?:judge|justice|president|presidente|secretary|secretari[oa]|commissioner|comisionad[oa]|governor|gobernador[a]?|mayor|alcalde|senator|senador[a]?|juez[a]?|magistrad[oa]"
    r"|jue[sz]|v\.|vs\.?|san|santa|attorney general)\s$"
)
_STREET = re.compile(
    r"\s(?:st|street|ave|avenue|rd|road|blvd|drive|dr|lane|ln|school|escuela|park|center|centro|v\.|vs)(?!\w)"
)
_ROLE = re.compile(
    rf",\s(?:who is |is |es |que es )?(?:my|our|mi|nuestr[oa])\s(?:{_RELATIONS})(?!\w)"
)
_BEFORE_ROLE = re.compile(r"(?:[A-Z][\w'\-]{1,20}\s){1,3}[A-Z][\w'\-]{1,20}\Z")
"""A name that its role follows: "Anthony Marsh, my boss"."""
_CLOSING = re.compile(
    r"(?:thanks|thank you|thx|gracias|sincerely|regards|best|yours|atentamente|atte|saludos|bendiciones|cordialmente|hugs|cheers|att)[\s,.!\-:]{1,6}"
    r"(?=[^\d,.!?;:]{2,40}[.\s]{0,3}\Z)"
)


class Names:
    """Finds people's names. Public officials and the parties of court cases stay."""

    def __init__(self, ordinary: Collection[str] = ()) -> None:
        """
        Args:
            ordinary: folded words that are nobody's name, beside those listed here; see `ordinary_words`.
        """
        self._ordinary = frozenset(ordinary)

    def find(self, looked: View) -> Iterator[Span]:
        """Names behind an introduction or above a signature, and full names anywhere."""
        shouted = _shouted(looked.plain)
        for trust, form in (*_INTRODUCTIONS, (_Trust.CAPITAL, _CLOSING)):
            for match in form.finditer(looked.folded):
                if not _official(looked.folded, match.start()):
                    yield from self._name_at(looked, match.end(), trust, shouted)
        for match in _WORD.finditer(looked.folded):
            if match[0] in GIVEN and not _official(looked.folded, match.start()):
                yield from self._name_at(looked, match.start(), _Trust.NONE, shouted)
        yield from _before_role(looked)
        yield from _chinese(looked.plain)

    def _name_at(self, looked: View, at: int, trust: _Trust, shouted: bool) -> Iterator[Span]:
        """The name that begins here, if one does."""
        words = self._words(looked, at, trust, shouted)
        if not words:
            return
        start, end = words[0].start(), words[-1].end()
        family = any(_is_family(word[0]) for word in words[1:])
        given = words[0][0] in GIVEN
        if trust is _Trust.NONE and not (given and family):
            return
        if (trust is _Trust.GIVEN and not given) or _STREET.match(looked.folded, end):
            return
        yield Span(start, end, Kind.NAME)

    def _words(self, looked: View, at: int, trust: _Trust, shouted: bool) -> list[re.Match[str]]:
        """The words of a name, particles included, from here on."""
        held: list[re.Match[str]] = []
        waiting: list[re.Match[str]] = []
        while len(held) + len(waiting) < _MOST_WORDS and (word := _WORD.match(looked.folded, at)):
            capital = _capital(looked.plain[slice(*word.span())], shouted)
            if held and word[0] in PARTICLES and not (capital and word[0] in GIVEN):
                waiting.append(word)
            elif self._fits(looked, word, capital, trust, len(held)):
                held += [*waiting, word]
                waiting = []
            else:
                break
            gap = _SPACE.match(looked.folded, word.end())
            if not gap and len(held) == 1 and _is_family(word[0]):
                gap = _COMMA.match(looked.folded, word.end())
            if not gap or ("." in gap[0] and word.end() - word.start() > 1):
                break
            at = gap.end()
        return held

    def _fits(
        self, looked: View, word: re.Match[str], capital: bool, trust: _Trust, place: int
    ) -> bool:
        """Whether a word can stand at a place of a name."""
        known = _known(word[0])
        if (word[0] in OTHER or word[0] in GROUPS) and not (capital and known and place):
            return False
        if place:
            strange = trust is not _Trust.NONE and place <= 2 and word[0] not in self._ordinary
            return known or capital or (strange and len(word[0]) > 1)
        if known or len(word[0]) == 1:
            return known
        if capital:
            return trust >= _Trust.CAPITAL and not word[0].endswith(_PEOPLES)
        if trust is _Trust.FULL:
            return word[0] not in self._ordinary
        return self._strange_pair(looked.folded, word, trust)

    def _strange_pair(self, text: str, word: re.Match[str], trust: _Trust) -> bool:
        """Whether a word in small letters that no text of ours uses stands before a name, or before another such word."""
        following = _NEXT.match(text, word.end())
        if not following or not self._strange(word[0]):
            return False
        if trust >= _Trust.CAPITAL and _known(following[1]) and following[1] not in OTHER:
            return True
        if word[0].endswith(_DOING):
            return False
        verbal = word[0].endswith(_VERBAL) or following[1].endswith("s")
        return (
            trust >= _Trust.CAPITAL
            and self._strange(following[1])
            and (trust >= _Trust.STRANGE or not verbal)
        )

    def _strange(self, word: str) -> bool:
        return (
            bool(self._ordinary) and len(word) > 2 and word not in self._ordinary | OTHER | GROUPS
        )


def ordinary_words(texts: Iterable[str]) -> frozenset[str]:
    """Words written small at least twice in texts that hold no names: what follows "I am" there is no name either."""
    counts = Counter(
        word.translate(FOLDED) for text in texts for word in _WORD.findall(text) if word.islower()
    )
    return frozenset(word for word, count in counts.items() if count > 1)


def _before_role(looked: View) -> Iterator[Span]:
    for role in _ROLE.finditer(looked.folded):
        low = max(0, role.start() - 60)
        name = _BEFORE_ROLE.search(looked.plain[low : role.start()])
        words = _WORD.findall(name[0].translate(FOLDED)) if name else []
        if name and not any(
            word in OTHER or word in GROUPS for part in words for word in part.split("'")
        ):
            yield Span(low + name.start(), role.start(), Kind.NAME)


def _official(text: str, at: int) -> bool:
    return bool(_OFFICIAL.search(text[max(0, at - 20) : at]))


def _capital(written: str, shouted: bool) -> bool:
    """Whether a capital says something: FOIA is no name, and in a shouted text every word has one."""
    return written[0].isupper() and not shouted and (len(written) == 1 or not written.isupper())


def _known(word: str) -> bool:
    return any(part in GIVEN or _is_family(part) for part in re.split(r"['\-]", word))


def _is_family(word: str) -> bool:
    return (
        word in SURNAMES
        or (len(word) > 4 and word.endswith("ez") and word not in OTHER)
        or ("-" in word and any(_is_family(part) for part in word.split("-")))
    )


def _shouted(text: str) -> bool:
    """Whether a text is written in capitals, which then say nothing."""
    upper = sum(map(str.isupper, text))
    lower = sum(map(str.islower, text))
    return upper > 8 and upper > lower


_HAN = r"\u3400-\u9fff"
_HAN_FAMILY = "丈夫|老公|妻子|老婆|太太|先生|爱人|儿子|女儿|爸爸|妈妈|父亲|母亲|哥哥|弟弟|姐姐|妹妹|朋友|老板|客户|邻居|男友|女友|男朋友|女朋友|同事|雇主|室友|孩子|律师|会计"
_HAN_FULL = re.compile(
    rf"(?:我叫做?|我的名字[是叫]|我名叫|我姓名|姓名[:：是]|名字[:：是叫]|[他她]叫|名叫|(?:{_HAN_FAMILY})(?:的名字)?叫)\s?"
    rf"((?:欧阳|司马|诸葛|上官|夏侯|东方|尉迟)?[{_HAN}][{_HAN}]?(?:(?![{HAN_NEXT}])[{_HAN}])?)"
)
_HAN_SOME = re.compile(
    rf"(?:我是|这是|(?:我|我的|他的|她的|他|她)(?:{_HAN_FAMILY})(?:是)?|(?:客户|朋友|同事|邻居)是?)\s?"
    rf"(?!程序|华人|高中|应届|公民|安全|国[税内外]|文员|金额|家庭|何时|常常|时候)([{HAN_SURNAMES}](?![{HAN_NEXT}])[{_HAN}](?:(?![{HAN_NEXT}])[{_HAN}])?)(?=[^{_HAN}]|[{HAN_NEXT}]|\Z)"
)
_HAN_LATIN = re.compile(
    rf"(?:我叫做?|我的名字[是叫]|名字[:：是叫]|[他她]叫|我是|我(?:的)?(?:{_HAN_FAMILY})(?:叫|是)?)\s?([A-Z][a-z]+(?:\s[A-Z][a-z]+){{1,3}})"
)


def _chinese(text: str) -> Iterator[Span]:
    """Names behind 我叫 and its kin: a family name of one character, a given name of one or two."""
    for form in (_HAN_FULL, _HAN_SOME, _HAN_LATIN):
        for match in form.finditer(text):
            if match[1][0] not in "我什啥谁这那他她你不否错对":
                yield Span(match.start(1), match.end(1), Kind.NAME)
