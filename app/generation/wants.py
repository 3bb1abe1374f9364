"""What kind of fact a question asks for, and whether a statement holds it: an amount, a day, a time span, a form, a place."""

import re
from enum import Enum

from app.domain.words import fold

_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_UNIT = "hours?|days?|weeks?|months?|years?|horas?|dias?|semanas?|mes(?:es)?|anos?"


class Want(Enum):
    """How a question betrays it (folded), and how a statement shows it (folded)."""

    AMOUNT = (
        (
            r"\bhow much\b|\bhow many dollars\b|\bwhat(?:.s| is| are) the (?:amount|limit|fee|fine|penalty|rate|percent)|\bcosts?\b|\bfee\b|\bpercent"
            r"|\bcuanto (?:es|cuesta|vale|cobra\w*|me|le|hay|se|tengo|dan|dinero|debo|puedo|sale|pago|gana|pide\w*|quita\w*)|\bque (?:tanto|cantidad|porcentaje|multa)|\bcuesta\b|\bmulta\b|\bde cuanto\b"
            r"|多少钱|多少|罚款|费用|金额"
        ),
        r"\$\s?\d|\d ?%",
    )
    SPAN = (
        (
            r"\bhow (?:long|many (?:days|weeks|months|years)|old)\b|\b(?:days|weeks|months|years) (?:do|does|will|can|is|are)\b|\bwait"
            r"|\bcuanto (?:tiempo|tarda\w*|dura\w*|demora\w*|falta)|\bcuantos (?:dias|meses|anos|semanas)|\btarda\w*\b|\bdemora\w*\b|\bplazo\b"
            r"|多久|多长|几天|几个?月|几年|几周"
        ),
        rf"\d[\d,]*(?: to \d+| a \d+)? (?:{_UNIT})\b|\d ?(?:年|天|周|个月|小时)",
    )
    DAY = (
        (
            r"\bwhen\b|\bwhat (?:day|date|time of)|\bdeadline|\bdue date|\bby which|\buntil\b"
            r"|\bcuando\b|\bque (?:dia|fecha)|\bfecha\b|\bhasta que\b|\bvence"
            r"|什么时候|何时|哪天|几号|截止|日期"
        ),
        rf"\b(?:{_MONTH})\b ?\d|\d+ de (?:{_MONTH})|\b(?:{_MONTH}) (?:of|de) \d|\d+月|\d{{4}}年",
    )
    FORM = (
        (
            r"\b(?:which|what) (?:form|paper|document)|\bform (?:do|is|for|to)|\bfill"
            r"|\bque (?:forma|formulario|planilla|papel|documento)|\bcual (?:forma|formulario)|\bllen[oa]"
            r"|什么表|哪个表|哪张表|填什么"
        ),
        r"\b(?:form|formulario|forma) \d|\b(?:form|formulario) [a-z]{1,2}-?\d|表\b|[\w-]+ 表",
    )
    REACH = (
        (
            r"\bwho (?:can|do i call|helps?)|\bwhere (?:do|can|should) i (?:call|report|complain)|\bphone|\bnumber to call|\bwhom\b"
            r"|\ba quien\b|\bdonde (?:llamo|reporto|denuncio|me quejo)|\btelefono\b|\bnumero para llamar"
            r"|打给谁|找谁|电话"
        ),
        r"\d{3}-\d{3}-\d{4}|\b988\b|\b911\b",
    )

    def __init__(self, asks: str, shows: str) -> None:
        self.asks = re.compile(asks)
        self.shows = re.compile(shows)


def wants(question: str) -> frozenset[Want]:
    """The kinds of fact that a question asks for; none for most questions."""
    folded = fold(question)
    return frozenset(want for want in Want if want.asks.search(folded))


def holds(statement: str, wanted: frozenset[Want]) -> bool:
    """Whether a statement holds a fact of one of the kinds wanted."""
    folded = fold(statement)
    return any(want.shows.search(folded) for want in wanted)
