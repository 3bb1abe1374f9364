"""Street addresses and post boxes. A city, a state or a ZIP code alone stays: questions need them."""

import re
from collections.abc import Iterator

from app.privacy.kinds import Kind, Span
from app.privacy.views import View

# USPS Publication 28, appendix C1, as people write it. The second list is also everyday words.
_SUFFIX = (
    "street|str|avenue|ave|av|boulevard|blvd|bulevar|road|rd|drive|dr|lane|ln|terrace|ter|highway|hwy|parkway|pkwy|turnpike|tpke"
    "|expressway|expy|crossing|alley|aly|crescent|cres|heights|hts|plaza|plz|freeway|fwy|st|cir|trl|sq|pl|ct|xing|broadway|esplanade"
)
_EVERYDAY = "way|court|place|circle|trail|square|loop|park|row|run|path|point|walk|pass|ridge|hill|view|bend|cove|mews|commons|circle"
_STATE = (
    "al|ak|az|ar|ca|co|ct|de|fl|ga|hi|id|il|in|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|ny|nc|nd|oh|ok|or|pa|ri|sc|sd|tn|tx"
    "|ut|vt|va|wa|wv|wi|wy|dc|pr|alabama|arizona|california|colorado|florida|georgia|illinois|texas|nevada|new york|new jersey|oregon"
    "|washington|virginia|maryland|north carolina|utah|tennessee|massachusetts|michigan|ohio|minnesota"
)
_UNIT = (
    r"(?:[\s,]{1,3}(?:(?:apt|apartment|unit|suite|ste|room|rm|floor|fl|trailer|trlr|lot|space|spc|bldg|building|apto|apartamento|depto|dpto|departamento"
    r"|piso|int|interior|cuarto|edificio|edif|lote|casa|manzana|mz)\.?\s?#?|#)\s?[a-z]?-?\d{0,5}-?[a-z]?(?![a-z]))"
)
_ZIP = r"\d{5}(?:-\d{4})?(?!\d)"
_TAIL = rf"{_UNIT}{{0,2}}(?:(?:[\s,]{{1,3}}[^\W\d_]{{2,15}}){{0,3}}?[\s,]{{1,3}}(?:{_STATE})(?![a-z])\.?[\s,]{{1,3}}{_ZIP}|[\s,]{{1,3}}{_ZIP})?"

_NO_STREET = (
    "years?|yrs?|months?|weeks?|days?|hours?|minutes?|people|persons?|kids?|children|dependents?|dollars?|percent|forms?|agents?|officers?"
    "|of|in|to|and|or|for|from|by|at|on|is|are|was|were|the|my|a|an|that|who|with|but|if|when|miles?|blocks?|times?|jobs?|w|tax|taxes|returns?"
    "|itins?|copies|pages?|anos?|meses|dias|semanas|horas|personas|hijos|hijas|dolares|agentes|de|del|y|o|en|con|para|por|que|mi|el|la|los"
    "|usc|cfr|u|c|am|pm|nr|sr|ss|thousand|hundred|mil|law|such|this|that|these|same|any|some|another|other|what|which|no|not|also|go|all|every|each|more|over|under|after|before|different|law|court|courts|federal|district|cases|judges?|states|i|we|they|he|she|it|can|did|do|does|will|would|should"
)
_HOUSE = r"(?<![\w$#.\-/])(?!\d{1,3} s\.? ?ct\.? )\d{1,6}[a-z]?(?:-\d{1,4})?(?:\s1/2)?"
_STREET_WORD = (
    rf"(?:[nsew]\.?|(?!(?:{_NO_STREET})(?![\w']))[^\W\d_][\w'.\-]{{0,20}}|\d{{1,3}}(?:st|nd|rd|th))"
)
_US = re.compile(
    rf"{_HOUSE},?\s(?:{_STREET_WORD}\s){{1,4}}?(?:{_SUFFIX})(?![\w])\.?(?:\s[nsew][ew]?(?!\w)\.?)?{_TAIL}"
)
_US_EVERYDAY = re.compile(
    rf"{_HOUSE},?\s((?:{_STREET_WORD}\s){{1,3}}?(?:{_EVERYDAY}))(?!\w){_TAIL}"
)
_US_BARE = re.compile(
    rf"{_HOUSE}\s(?:[nsew]\.?\s|north |south |east |west )?(?:broadway|avenue [a-z]|\d{{1,3}}(?:st|nd|rd|th)(?!\w)(?!\s(?:of|day|circuit|grade|century|amendment))){_TAIL}"
)
_HIGHWAY = re.compile(
    rf"(?<![\w$])\d{{2,6}}\s(?:[nsew]\.?\s)?(?:state |us |county )?(?:hwy|highway|route|rt|road|county road|cr|fm|sr)\s\d{{1,4}}(?!\d){_TAIL}"
)

_BOX = re.compile(
    r"(?<![a-z])(?:p\.?\s?o\.?\s?b(?:ox|\.)?|post office box|apartado(?: postal)?|apdo\.?|casilla postal|caixa postal|boite postale|邮政信箱|信箱)"
    rf"\s?(?:#|no\.?|numero|num\.?|number)?\s?\d{{1,7}}(?!\d){_TAIL}"
)

_KIND_ES = (
    "calle|c/|avenida|avda?\\.?|av\\.|bulevar|blvd\\.?|carretera|carr\\.|camino|calzada|privada|callejon|pasaje|paseo|prolongacion"
    "|cerrada|circuito|andador|jiron|carrera|cra\\.?|transversal|diagonal|rua|avenue|rue"
)
_PLAIN_KIND_ES = "calle|avenida|avda?\\.?|av\\.|bulevar|blvd\\.?|carretera|calzada|callejon|rua|rue"
"""Those that are no everyday word: "mi dirección es privada" names no street."""
_AREA_ES = "colonia|col\\.|fraccionamiento|fracc\\.|barrio|urbanizacion|urb\\.|residencial|unidad habitacional"
_NO_CALLE = (
    "y|e|o|con|sin|a|me|se|no|ni|pero|porque|cuando|donde|desde|hace|para|por|que|si|en|mi|su|es|esta|estoy|sola|solo|tengo|fue|hay|nos|le|los"
    "|and|or|with|without|because|since|so|but|hasta|como|ahora|todavia|ya|puedo|debo|pagar|federal|al|un|una|sobre|estan|andan|son|ayer|hoy"
)
_WORD_ES = rf"(?!(?:{_NO_CALLE})(?!\w))[\w'.\-]{{1,20}}"
_NUMBER_ES = r"(?:,\s?|\s|(?=#))(?:#|no\.?|num\.?|nro\.?|numero|n\.)?\s?\d{1,6}[a-z]?(?![\w/])"
_ES = re.compile(
    rf"(?<!\w)(?:{_KIND_ES})\s(?:(?:de(?: la| los| las|l)?|la|las|los|el)\s)?(?:{_WORD_ES}\s(?:de(?: la| los| las|l)?\s)?){{0,4}}?{_WORD_ES}{_NUMBER_ES}"
    rf"(?:,?\s(?:{_AREA_ES})\s{_WORD_ES}(?:\s{_WORD_ES}){{0,2}})?{_TAIL}"
)
_ES_NUMBERED = re.compile(
    rf"(?<!\w)(?:calle|avenida|av\.|carrera|rua)\s\d{{1,3}}(?!\d)(?:\s?(?:#|no\.?|numero|con|y|-)\s?\d{{1,4}}(?:-\d{{1,4}})?)?{_UNIT}?"
)
_LIVES = (
    r"(?:vivo|vivimos|vive|viven|vivia|vivo ahora|domicilio|direccion|me mude|nos mudamos|queda|moro|moramos|i live|we live|lives|live|living|staying|stay|moved|address|住在|住|地址|搬到|habite|adresse|mwen rete|endereco)"
    r"(?:[\s:,]{1,2}(?:en|es|a|at|on|in|to|is|its|over|esta|queda|de mi casa|completa|postal|my|home|current|mailing|new|actual|nueva|na|no|au|se|nan)(?!\w)){0,4}[\s:,]{0,2}"
)
_LIVES_CALLE = re.compile(
    rf"(?<!\w){_LIVES}(?:la |el |las |los )?((?:{_PLAIN_KIND_ES}|{_AREA_ES})\s(?:(?:de(?: la| los| las|l)?|la|las|los|el)\s)?{_WORD_ES}(?:\s(?:(?:de(?: la| los| las|l)?)\s)?(?:[\w.]{{0,3}}\d+\w{{0,2}}|(?!de\s){_WORD_ES})(?=[\s,.;?!]|$)){{0,2}}{_TAIL})"
)
_LIVES_NUMBER = re.compile(
    rf"(?<!\w){_LIVES}(?:el |the )?((?!(?:19|20)\d\d(?!\w))\d{{1,6}}[a-z]?,?\s(?:{_STREET_WORD}(?=[\s,.;?!]|$)\s?){{1,3}}{_TAIL})"
)
_LIVES_STREET = re.compile(
    rf"(?<!\w){_LIVES}(?:el |the )?((?:{_STREET_WORD}\s){{1,3}}?(?:street|avenue|ave|boulevard|blvd|road|rd|drive|lane|ln|highway|parkway|terrace)(?!\w)\.?(?:\s#?\d{{1,6}})?{_TAIL})"
)

_ZH = re.compile(
    r"(?:[\u3400-\u9fff]{2,8}[省市区县镇州]){0,4}[\u3400-\u9fff\w]{1,10}(?:路|街|大道|巷|胡同|弄|道)\s?\d{1,6}\s?[号號]?"
    r"(?:[\u3400-\u9fff]{0,4}\d{1,4}\s?(?:室|楼|单元|栋|层|号)){0,3}"
)

_FORMS = (_US, _US_BARE, _HIGHWAY, _BOX, _ES, _ES_NUMBERED, _ZH)
_AFTER_LIVING = (_LIVES_CALLE, _LIVES_NUMBER, _LIVES_STREET)


def places(looked: View) -> Iterator[Span]:
    """Addresses in English, Spanish and Chinese forms, and streets behind "I live on" and its kin."""
    text = looked.folded
    for form in _FORMS:
        for match in form.finditer(text):
            yield Span(*_trimmed(text, *match.span()), Kind.ADDRESS)
    for match in _US_EVERYDAY.finditer(text):
        # "10 days in court" and "1200 Sunset Way" differ by their capitals alone.
        words = looked.plain[slice(*match.span(1))].split()
        if not words[0][0].islower() and words[-1][0].isupper():
            yield Span(*_trimmed(text, *match.span()), Kind.ADDRESS)
    for form in _AFTER_LIVING:
        for match in form.finditer(text):
            yield Span(*_trimmed(text, *match.span(1)), Kind.ADDRESS)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the blanks and commas at the end."""
    while end > start and text[end - 1] in " ,\n":
        end -= 1
    return start, end
