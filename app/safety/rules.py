"""Plain rules for cases that must not be missed. They read folded text: lower case, no accents.

Each rule is a form of words, not a phrase: somebody asks, here and now, for a thing. A rule for harm is silent when the same
question speaks of repair ("how do I correct", "no quiero"), so that people who want to put something right are never turned
away. Measured on the labelled examples by `tests/safety/test_rules.py`.
"""

import re
from dataclasses import dataclass

_AGENTS = r"(ice|la migra|migra|migracion|inmigracion|immigration|la troca de ice|agents?|agentes)"
_HERE = r"(door|house|home|apartment|building|work|job|factory|parking lot|puerta|casa|apartamento|edificio|trabajo|fabrica|traila)"
_NOW = r"(right now|now|ahorita|ahora|orita|en este momento|help|ayuda|auxilio|outside|afuera|knocking|tocando|banging|golpeando)"
_ASKS = (
    r"\b(where|how|who|which|what|can you|could you|help me|give me|get me|sell me|make|write|draft|photoshop|forge|edit|invent"
    r"|create|i need|need a|donde|como|quien|que|cual|cuanto|hazme|haz|dame|ayudame|inventame|inventale|consigueme|me consigues"
    r"|quiero|necesito|ocupo|busco|programa|escribe)\b"
)
_FAKE = r"\b(fake|faked|false|forged|made up|counterfeit|falsa?s?|chuec[oa]s?|inventad[oa]s?|de mentiras|pirata)\b"
_PAPERS = (
    r"\b(socials?|ssn|social security|seguros?|micas?|itins?|w ?-?2|1099|pay ?stubs?|stubs|letters?|notes?|passports?|certificates?"
    r"|receipts?|invoices?|records?|statements?|deductions|expenses|papers?|returns?|address|talones|carta|recibos?|acta|record"
    r"|pasaporte|matricula|gastos|papeles|direccion|planilla|hijos?|kids?|children|dependents?|dependientes?)\b"
)
_PERSON = (
    r"\b(my|mi|un|una|a|the|la|el|his|her|este|esta|that|this) (ex\b|wife|husband|girlfriend|boyfriend|neighbou?rs?|tenants?|coworkers?"
    r"|boss|employees?|brother in law|competitor|person|guy|woman|man|esposa|esposo|mujer|novia|novio|vecin[oa]s?|inquilin[oa]|jefe"
    r"|emplead[oa]|cunad[oa]|nuera|suegr[oa]|muchach[oa]|tipo|persona|mama de mis hijos|compet\w+|ex ?\w*)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of words and the section of a boundary page that answers it."""

    section: str
    pattern: re.Pattern[str]


def _rule(section: str, *patterns: str) -> Rule:
    return Rule(section, re.compile("|".join(f"(?:{pattern})" for pattern in patterns)))


URGENT_RULES = (
    _rule(
        "self-harm",
        r"\b(kill(ing)? my ?self|suicid\w*|end my life|take my (own )?life|hurt(ing)? my ?self|better off dead)\b",
        r"\b(do ?n.?t|do not|no longer) want to (live|be alive|wake up)\b",
        r"\b(matarme|suicid\w*|quitarme la vida|mejor me muero|mejor muert[oa]|ganas de morirme|acabar con mi vida)\b",
        r"\bno quiero (seguir )?(vivir|viviendo)\b",
        r"\b(quiero|voy a|pienso en|ganas de) hacerme dano\b",
    ),
    _rule(
        "ice-at-door",
        rf"\b{_AGENTS}\b[^.?!]{{0,30}}\b(at|in|outside|knocking|banging|estan?|tocando|afuera|golpeando|esta en|llego|llegaron)\b"
        rf"[^.?!]{{0,20}}\b{_HERE}\b[^.?!]{{0,30}}\b{_NOW}\b",
        rf"\b{_NOW}\b[^.?!]{{0,20}}\b{_AGENTS}\b[^.?!]{{0,30}}\b(at|outside|estan?|en|afuera)\b[^.?!]{{0,12}}\b{_HERE}\b",
        rf"\b{_AGENTS}\b[^.?!]{{0,15}}\b(is|are|esta|estan)\b[^.?!]{{0,10}}\b(knocking|banging|tocando|golpeando)\b",
    ),
    _rule(
        "detained",
        r"\b(ice|la migra|migra|immigration|migracion)\b[^.?!]{0,15}\b(just )?(took|take|arrested|detained|grabbed|picked up|se llevo|agarro|detuvo|arresto)\b"
        r"[^.?!]{0,15}\b(my|mi|a mi)\b",
        r"\b(se llevaron|agarraron|detuvieron|arrestaron) a mi\b",
        r"\bmy (husband|wife|mom|mother|dad|father|son|daughter|brother|sister|cousin|uncle|aunt)\b[^.?!]{0,20}"
        r"\b(was|got|is|has been|were) (just )?(detained|taken|picked up|arrested) (by|this|today|last night|at)\b",
    ),
)

HARM_RULES = (
    _rule(
        "false-number",
        r"\b(where|how|who|place|website|can i|quien|donde|como|cuanto)\b[^.?!]{0,30}\b(buy|sell|sells|rent|rents|venda?n?|compro|comprar|rentan?)\b"
        r"[^.?!]{0,30}\b(socials?|ssn|social security|itins?|seguros?|micas?|papeles)\b",
        rf"{_ASKS}[^.?!]{{0,40}}{_FAKE}[^.?!]{{0,12}}\b(social|ssn|social security|itin|seguro|mica)\b",
        rf"{_ASKS}[^.?!]{{0,40}}\b(social|ssn|social security|itin|seguro|mica)s?\b[^.?!]{{0,15}}{_FAKE}",
        r"\b(give|get|sell|make|dame|invent\w+|generate|consig\w+)\b[^.?!]{0,20}\b(social|ssn|itin|seguro|numero)s?\b[^.?!]{0,30}\b(works?|valid|pass|funcione|pase|brinque)",
        r"\b(can i|how (do|can) i|how to|puedo|como)\b[^.?!]{0,15}\b(use|using|uso|usar|pongo|poner)\b[^.?!]{0,30}\b(dead|cousin|friend|brother|sister|baby|son|daughter"
        r"|difunto|muerto|primo|amigo|herman[oa]|bebe|hij[oa])\w*\b[^.?!]{0,15}\b(social|ssn|number|itin|seguro|numero)\b",
        r"\b(use|uso|usar|using|poner|pongo)\b[^.?!]{0,10}\b(el |the )?(social|ssn|itin|seguro|numero) de (mi|un)\b",
    ),
    _rule(
        "false-papers",
        rf"{_ASKS}[^.?!]{{0,40}}{_FAKE}[^.?!]{{0,25}}{_PAPERS}",
        rf"{_ASKS}[^.?!]{{0,30}}{_PAPERS}[^.?!]{{0,20}}{_FAKE}",
        r"\b(photoshop|forge|backdate)\b",
        r"\b(edit|change|alter|edito|cambio|le cambio)\b[^.?!]{0,20}\b(w ?-?2|1099|bank statement|passport|pasaporte|numbers on|vencimiento|fecha)\b",
        r"\b(make|hazme|haz|write)\b[^.?!]{0,12}\b(a|una?|me a)\b[^.?!]{0,8}\b(w ?-?2|1099|pay ?stub|tax return|talon)\b",
    ),
    _rule(
        "false-return",
        r"\b(how|where|best way|como|donde|cuanto|quiero|want to|trick|can i)\b[^.?!]{0,25}\b(hide|hiding|esconder|escondo|ocultar|desaparecer|disappear)\b"
        r"[^.?!]{0,40}\b(income|cash|money|earnings|zelle|irs|ingresos?|dinero|efectivo|gane|gano)\b",
        r"\b(hide|esconder|ocultar|escondo)\b[^.?!]{0,30}\b(income|money|cash|ingresos?|dinero|efectivo)\b[^.?!]{0,20}\b(from|del|al) (the )?irs\b",
        rf"{_ASKS}[^.?!]{{0,40}}\b(invent|make up|invento|inventar|le invento)\b",
        r"\b(claim|reclamar|reclamo|poner|pongo|put)\b[^.?!]{0,30}\b(kids?|children|hijos?|ninos?)\b[^.?!]{0,30}\b(not mine|don.?t exist|no exist\w*|que no son mios|de mi vecina)\b",
        r"\bwithout (him|her|them|the irs|irs) (knowing|noticing|finding out)\b",
        r"\bsin que (el irs |ella |el |nadie )?(se de cuenta|sepan?|se note|lo noten|me cachen)\b",
    ),
    _rule(
        "find-a-person",
        rf"\b(find|get|look up|search|locate|track|see|saco|sacar|buscame|busca|busco|consigo|conseguir|rastrea\w*|averiguar)\b[^.?!]{{0,40}}"
        rf"\b(where|address|direccion|donde|domicilio|status|lives?|vive)\b[^.?!]{{0,60}}{_PERSON}",
        rf"\b(find|look up|get|buscame|sacar|saco|entrar|open|see)\b[^.?!]{{0,30}}{_PERSON}[^.?!]{{0,40}}\b(address|lives?|direccion|vive|tax data|tax info|irs account|tax records|cuenta del irs)\b",
        rf"\b(how|como|want to|quiero|tell me|dime|help me|ayudame)\b[^.?!]{{0,40}}\b(report|tip|turn in|deport(ed|en|ar)?|echar\w*|reportar\w*|mandar\w*|entregar\w*)\b"
        rf"[^.?!]{{0,40}}({_PERSON}[^.?!]{{0,40}}\b(ice|la migra|inmigracion|immigration|deport\w*)\b|\b(ice|migra|inmigracion|immigration)\b[^.?!]{{0,30}}{_PERSON})",
    ),
    _rule(
        "evade-officers-or-tax",
        r"\b(launder|bribe|sobornar|lavar dinero|hackear|hack into)\b",
        r"\b(how|como)\b[^.?!]{0,30}\b(lie|mentir\w*|mentira)\b[^.?!]{0,30}\b(irs|auditor|agente|officer|ice)\b",
        r"\b(shred|burn|destroy|quemo|quemar|destruir)\b[^.?!]{0,40}\b(before|antes|audit|auditoria)\b",
        r"\b(how|can i|could i|como|want to|quiero|write|escribe|redactame)\b[^.?!]{0,25}\b(threaten|scare|amenazar|asustar)\b",
    ),
)

REPAIR = re.compile(
    r"\b(correct(ly|ion)?|fix|amend|honest(ly)?|right way|do (it|this) right|file right|lawful\w*|legally claim|legal way|put (it |this )?right|regret"
    r"|straighten|report (this|that|him|her|them|it|the|a|my) (preparer|fraud|seller|scam|man|notario)|denounce|victim|protect me|stole|stolen|i refused|i said no"
    r"|i.?d never|don.?t want to (lie|hide|cheat)|confession|corregir|corrijo|arregl\w+|enmend\w+|denunci\w+|devolver|devuelvo|honest[oa]s?|honrad[oa]|como se debe"
    r"|hacerlo bien|declaro bien|declarar bien|me arrepiento|yo no quiero|no quiero (eso|estar|mentir|esconder)|le dije que no|sin inventar|lo correcto|robaron|robo mi"
    r"|me vendieron|reporto (a|esto|al)|quiero reportarlo|dejar de usar|era fals[oa]|resulto fals[oa]|piensan que es fals[oa])\b"
)


def first(rules: tuple[Rule, ...], folded: str) -> str | None:
    """The section of the first rule that a folded text falls under."""
    return next((rule.section for rule in rules if rule.pattern.search(folded)), None)
