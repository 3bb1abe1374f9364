"""Texts full of numbers and names that are nobody's: forms, years, amounts, laws, cases, helplines, offices. Made up by rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random

_SEED = 20261122
_EACH = 56


@dataclass(frozen=True, slots=True)
class Harmless:
    """A text that must come through whole."""

    text: str
    language: str
    kind: str


FORMS = "1040,1040-NR,1040-SR,W-7,W-7(SP),W-2,1099-NEC,1099-K,8843,2848,8821,8822,843,I-485,I-130,I-797C,AR-11,G-28,SS-4,9465,4506-T,1095-A,EOIR-26,I-9,W-4,W-8BEN,13844,14039,8962".split(",")  # fmt: skip
LAWS = (
    "26 U.S.C. § 6103(i)(2)|26 USC 6103(c)|IRC 7431|26 CFR 301.6109-1(d)(3)|Treas. Reg. § 301.6103(n)-1|8 U.S.C. 1306|section 6103(l)(7)|IRM 3.21.263.5.3"
    "|IRM 21.1.3.2|Pub. L. 119-21|INA 287(g)|31 CFR 10.21|18 U.S.C. § 1001|Rev. Proc. 2025-23|Notice 2025-12|Publication 1915|Pub 519|90 Fed. Reg. 12345"
    "|§ 6103(i)(1)(A)|T.D. 9363|E.O. 14161|art. 24 (b)"
).split("|")
CASES = (
    "25-cv-677|1:25-cv-00677|No. 25-5181|1:25-cv-00457 (D.D.C.)|25-cv-00943-CKK|case 25-5181|No. 24-1234 (9th Cir. 2025)|24-cv-9429"
    "|Centro de Trabajadores Unidos v. Bessent|Public Citizen v. IRS, No. 25-cv-457|573 U.S. 149 (2014)|145 S. Ct. 2635"
).split("|")
AMOUNTS = "$1,200|$25,000|$1,234,567.89|$600|1,500.50|$ 10,000|25000|$2,200 per child|$73.45|US$500|$1.2 million|3,000|12,550|$400-$600".split(
    "|"
)
DATES = (
    "04/15/2026|April 15, 2026|2026-06-15|15 April|10/15|Jan 31|December 31, 2025|1/20/2025".split(
        "|"
    )
)
FECHAS = "15 de abril de 2026|15/4/2026|31 de enero|15 de octubre|31 de diciembre de 2025|20-1-2025".split(
    "|"
)
PLACES = "Texas|California|New York|Chicago|Houston|El Paso|Georgia|North Carolina|Los Angeles|Miami|60614|77081|Queens|San Antonio|Santa Ana|Las Vegas|Puerto Rico".split("|")  # fmt: skip
OFFICES = "IRS|ICE|USCIS|DHS|the Social Security Administration|Taxpayer Advocate Service|TIGTA|Walmart|H&R Block|TurboTax|Bank of America|the Mexican consulate|Legal Aid Society|EOIR|VITA".split("|")  # fmt: skip
ALONE = "Maria Juan Pedro Ana Kevin Lupita Carlos Rosa".split()

EN = {
    "forms": ("Do I need form {form} or {form2} for {year}?", "I sent {form} with {form2} in {year}, was that wrong", "what is a {form}", "line 12 of Form {form}, box 2 and schedule C?", "{form} {year} late"),
    "years": ("I did not file from {year} to {year2}", "for {year}, {year2} and 2024", "taxes {year} {year2} 2023", "my ITIN was not used since {year}", "{year}-{year2} returns, 3 years late, I am 42 years old"),
    "amounts": ("I earned {amount} in {year} and paid {amount2}", "refund of {amount}, they kept {amount2}", "my boss paid me {amount} cash every 2 weeks", "penalty is 5% or {amount}? I owe {amount2}", "rent {amount} a month, 3 kids, 2 jobs"),
    "laws": ("what does {law} say about my address", "is {law} still in force in {year}", "{law} and {law2}: can they share?", "The letter cites {law}.", "my lawyer said {law}, page 14"),
    "cases": ("what happened in {case}", "did {case} stop the agreement of April 7, 2025?", "The judge in {case} ruled on {date}", "Is {case} about the IRS and ICE?", "status of {case}"),
    "phones": ("I called {phone} and waited 2 hours", "is {phone} really the IRS", "should I call {phone} or 911", "They told me: call {phone} before {date}", "who answers at {phone}?"),
    "dates": ("the deadline is {date}, I mailed it 3 weeks ago", "my hearing is on {date} at 9:30", "letter dated {date} gives me 30 days", "I came to the US on {date}", "notice CP2000 from {date}, 60 days"),
    "places": ("I live in {place} with my 2 kids", "do I owe state tax in {place}", "we moved to {place} in {year}", "is there free help in {place}?", "my address changed, I am in {place} now"),
    "offices": ("does {office} share with {office2}", "I got a letter from {office}", "I work for {office2} since {year}", "can my preparer call {office}?", "{office} and {office2} have my name and address"),
    "people": ("can {alone} get an ITIN too", "I am undocumented and my husband is a citizen", "I'm Mexican, my wife is from Honduras", "my client owes back taxes for {year}", "my son was born here in {year}, my daughter is 7", "this is about my boss who does not pay me", "my name is misspelled on the letter", "I am single with two kids and I work at {office2}"),
    "numbers": ("what does the 9 at the start of an ITIN mean", "how many digits has an SSN, 9?", "box 2 says 0.00 and box 1 says 18,450.25", "one W-2 and two 1099s, three jobs", "I have 2 or 3 kids, 1 wife, 4 cars, 10 dollars", "my number starts with 9, is it valid", "twenty five thousand dollars in two thousand twenty four", "page 2 of 5, line 16, code 570"),
}  # fmt: skip
ES = {
    "forms": ("¿Necesito la forma {form} o la {form2} para {year}?", "mandé la {form} con la {form2} en {year}", "que es la {form}", "línea 12 del formulario {form}, casilla 2", "{form} {year} tarde"),
    "years": ("no declaré de {year} a {year2}", "para {year}, {year2} y 2024", "taxes {year} {year2} 2023", "no uso mi ITIN desde {year}", "tengo 42 años y debo {year}-{year2}, 3 años"),
    "amounts": ("gané {amount} en {year} y pagué {amount2}", "reembolso de {amount}, se quedaron {amount2}", "el patrón me paga {amount} cada 2 semanas", "la multa es 5% o {amount}? debo {amount2}", "renta {amount} al mes, 3 hijos, 2 trabajos"),
    "laws": ("qué dice {law} de mi dirección", "sigue valiendo {law} en {year}", "{law} y {law2}: ¿pueden compartir?", "La carta dice {law}.", "mi abogado dijo {law}, página 14"),
    "cases": ("qué pasó en {case}", "¿{case} paró el acuerdo del 7 de abril de 2025?", "El juez de {case} decidió el {date}", "¿{case} es sobre el IRS e ICE?", "cómo va {case}"),
    "phones": ("llamé al {phone} y esperé 2 horas", "el {phone} es de verdad del IRS?", "llamo al {phone} o al 911", "Me dijeron: llame al {phone} antes del {date}", "quién contesta en el {phone}?"),
    "dates": ("la fecha límite es el {date}, lo mandé hace 3 semanas", "mi cita es el {date} a las 9:30", "la carta del {date} me da 30 días", "llegué a Estados Unidos el {date}", "aviso CP2000 del {date}, 60 días"),
    "places": ("vivo en {place} con mis 2 hijos", "debo impuestos del estado en {place}", "nos mudamos a {place} en {year}", "hay ayuda gratis en {place}?", "cambié de dirección, ahora estoy en {place}"),
    "offices": ("{office} comparte con {office2}?", "me llegó carta de {office}", "trabajo en {office2} desde {year}", "mi preparador puede llamar a {office}?", "{office} y {office2} tienen mi nombre y dirección"),
    "people": ("{alone} también puede sacar ITIN?", "soy indocumentado y mi esposa es ciudadana", "Soy hondureña, mi esposo es de México", "mi esposo trabaja en la construcción y yo limpio casas", "mi hijo nació aquí en {year}, mi hija tiene 7", "vivo en la calle y no tengo dirección", "mi nombre está mal escrito en la carta", "soy madre soltera con dos hijos y trabajo en {office2}"),
    "numbers": ("qué significa el 9 al principio del ITIN", "cuántos dígitos tiene el seguro social, 9?", "la casilla 2 dice 0.00 y la 1 dice 18,450.25", "una W-2 y dos 1099, tres trabajos", "tengo 2 o 3 hijos, 1 esposa, 4 carros, 10 dólares", "mi número empieza con 9, sirve?", "veinticinco mil dólares en dos mil veinticuatro", "página 2 de 5, línea 16, código 570"),
}  # fmt: skip
ZH = {
    "forms": ("{year}年要填{form}还是{form2}表？", "我{year}年寄了{form}表", "{form}是什么"),
    "amounts": ("我{year}年赚了{amount}，交了{amount2}", "退税{amount}什么时候到"),
    "laws": ("{law}怎么说", "{law}还有效吗"),
    "phones": ("我打了{phone}等了2个小时", "{phone}是国税局吗"),
    "people": (
        "我是中国人，我太太没有身份",
        "我老公在餐馆打工，我儿子5岁",
        "我住在纽约，没有社安号",
    ),
    "dates": ("截止日期是2026年4月15日吗", "信上写{year}年6月15日"),
}


def harmless_texts(phones: Sequence[str]) -> list[Harmless]:
    """All of them. `phones`: helplines of the corpus."""
    rng = Random(_SEED)
    return [
        Harmless(sentence.format(**_filling(rng, language, phones)), language, kind)
        for language, kinds in (("en", EN), ("es", ES), ("zh", ZH))
        for kind, sentences in kinds.items()
        for sentence in islice(
            cycle(sentences),
            _EACH * (2 if language != "zh" and kind in {"laws", "cases", "forms"} else 1),
        )
    ]


def _filling(rng: Random, language: str, phones: Sequence[str]) -> dict[str, str]:
    year = rng.randint(2012, 2025)
    return {
        "form": rng.choice(FORMS),
        "form2": rng.choice(FORMS),
        "year": str(year),
        "year2": str(year + rng.randint(1, 2)),
        "amount": rng.choice(AMOUNTS),
        "amount2": rng.choice(AMOUNTS),
        "law": rng.choice(LAWS),
        "law2": rng.choice(LAWS),
        "case": rng.choice(CASES),
        "phone": rng.choice(phones),
        "date": rng.choice(FECHAS if language == "es" else DATES),
        "place": rng.choice(PLACES),
        "office": rng.choice(OFFICES),
        "office2": rng.choice(OFFICES),
        "alone": rng.choice(ALONE),
    }
