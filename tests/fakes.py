"""Small classes that obey a port and remember what they saw, and a corpus of two pages to build anything from."""

from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from textwrap import dedent

from app.domain.answer import Engine, Outcome
from app.domain.errors import ModelUnavailable
from app.domain.question import Asked, Redaction, Rewrite
from app.domain.section import (
    Line,
    Passage,
    Quote,
    Reference,
    Review,
    Section,
    Source,
    Statement,
)
from app.domain.usage import Usage

TODAY = date(2026, 11, 22)

LAW = Source(
    id="law",
    title="26 U.S.C. § 6103 - Confidentiality",
    publisher="House",
    kind="statute",
    read="today",
    checked=TODAY,
    url="https://example.gov/6103",
    cite="26 U.S.C. § 6103",
)


def statement(
    text: str, id: str = "conf-general-rule/private#a1", sourced: bool = True
) -> Statement:
    """A statement, by default with a source."""
    return Statement(id, text, (Reference(LAW, "(a)"),) if sourced else ())


def section(
    *answer: str,
    details: Iterable[str] = (),
    topic: str = "conf-general-rule",
    id: str = "private",
    language: str = "en",
    steps: tuple[str, ...] = ("Keep your papers.",),
    contacts: tuple[str, ...] = ("clinic",),
    sourced: bool = True,
) -> Section:
    """A section with the statements given."""
    prefix = f"{topic}/{id}"
    return Section(
        topic=topic,
        id=id,
        language=language,
        title="A page",
        heading=f"What about {id}?",
        answer=tuple(
            statement(t, f"{prefix}#a{n}", sourced) for n, t in enumerate(answer, start=1)
        ),
        details=tuple(
            statement(t, f"{prefix}#d{n}", sourced) for n, t in enumerate(details, start=1)
        ),
        steps=steps,
        contacts=contacts,
        asked=(),
        as_of=TODAY,
        review_due=date(2027, 6, 30),
        review=Review(),
    )


def passage(of: Section, score: float = 0.9) -> Passage:
    """A passage whose statements all fit alike."""
    return Passage(of, score, tuple(0.5 for _ in of.statements))


def quoting(of: Section, text: str | None = None, n: int = 0) -> Line:
    """A line that rests on the n-th statement of a section; in its own words when a text is given."""
    held = of.statements[n]
    return Line(text or held.text, (Quote(of, held),))


class FakeRedactor:
    """Takes out the word `secret`."""

    def redact(self, text: str) -> tuple[str, tuple[Redaction, ...]]:
        count = text.count("secret")
        found = (Redaction("itin", count),) if count else ()
        return text.replace("secret", "[ITIN]"), found


@dataclass
class FakeLanguages:
    """Always finds the same language."""

    found: str | None = "en"
    seen: list[str] = field(default_factory=list)

    def identify(self, text: str, preferred: str | None = None) -> str | None:
        self.seen.append(text)
        return self.found


@dataclass
class ListRetriever:
    """Returns the passages it was given and remembers the questions."""

    passages: tuple[Passage, ...] = ()
    seen: list[Asked] = field(default_factory=list)

    def recognise(self, asked: Asked) -> Asked:
        return asked

    def retrieve(self, asked: Asked) -> tuple[Passage, ...]:
        self.seen.append(asked)
        return self.passages


@dataclass
class FakeVerdict:
    outcome: Outcome
    section: Section


@dataclass
class FakeBoundaries:
    """Gives the card and the verdicts it was given."""

    held_card: Section | None = None
    held_verdict: FakeVerdict | None = None
    held_unanswered: FakeVerdict | None = None

    def card(self, asked: Asked) -> Section | None:
        return self.held_card

    def verdict(self, asked: Asked) -> FakeVerdict | None:
        return self.held_verdict

    def unanswered(self, asked: Asked) -> FakeVerdict | None:
        return self.held_unanswered


@dataclass
class ScriptedWriter:
    """Writes the lines it was given; then, if told so, breaks off."""

    lines: tuple[Line | Usage, ...] = ()
    breaks: bool = False
    engine: Engine = Engine.LLM
    seen: list[Asked] = field(default_factory=list)

    async def write(
        self, asked: Asked, passages: tuple[Passage, ...]
    ) -> AsyncGenerator[Line | Usage, None]:
        self.seen.append(asked)
        for line in self.lines:
            yield line
        if self.breaks:
            raise ModelUnavailable("scripted")


@dataclass
class ScriptedRewriter:
    """Puts the text it was given in a question's place."""

    text: str | None
    seen: list[Asked] = field(default_factory=list)

    async def rewrite(self, asked: Asked) -> Rewrite:
        self.seen.append(asked)
        return Rewrite(self.text, Usage(80, 15), 1.5)


class RefusingVerifier:
    """Supports every line that does not say `wrong`."""

    def supported(self, line: Line, asked: Asked) -> bool:
        return self.broken(line, asked) is None

    def broken(self, line: Line, asked: Asked) -> str | None:
        return "meaning" if "wrong" in line.text else None


@dataclass(frozen=True)
class FakeStanding:
    statements: tuple[str, ...]
    steps: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


class FakeReplies:
    """Standing words one can recognise."""

    def unsupported(self, language: str) -> FakeStanding:
        return FakeStanding((f"no text ({language})",), ("Ask again.",), ("clinic",))

    def unknown_language(self, language: str) -> dict[str, FakeStanding]:
        return {
            code: FakeStanding((f"other language ({code})",), (f"Ask in {code}.",), ("clinic",))
            for code in (language, "fr")
        }

    def notice(
        self, language: str, sections: Iterable[Section], redactions: Iterable[Redaction]
    ) -> str:
        used = ", ".join(sorted(section.key for section in sections))
        return f"notice {language} [{used}] {sum(r.count for r in redactions)}"


EN_PAGE = """\
    ---
    topic: itin-renew
    title: Renewing an ITIN
    as_of: 2026-11-01
    revised: 2026-11-10
    review_due: 2027-03-31
    never_say:
      - Your expired ITIN means you cannot file.
    ---

    ## When does my ITIN expire? {#when}

    ### answer

    - It expires after {unused-years} without use. [@law, (i)(3)(A)]

    ### details

    - Send {form-w7} to renew it. [@law; @guide, p. 7]
    - This rule ended. [@guide] {: until=2025-12-31}
    - This rule holds. [@guide] {: from=2026-01-01}

    ### steps

    1. Look at your old returns.

    ### contacts

    - clinic

    ### asked

    - when does my itin expire
    - is my itin still good
    - havent used my itin since 2022
    - itin dead?
    - does the number run out
    - how many years does an itin last
    - my itin is old, does it work
    - do itins expire
    """

ES_PAGE = """\
    ---
    topic: itin-renew
    title: Renovar el ITIN
    as_of: 2026-11-01
    revised: 2026-11-10
    translates: 2026-11-10
    review_due: 2027-03-31
    never_say:
      - Con el ITIN vencido no puede declarar.
    ---

    ## ¿Cuándo se vence mi ITIN? {#when}

    ### answer

    - Se vence después de {unused-years} sin uso. [@law, (i)(3)(A)]

    ### details

    - Mande el {form-w7} para renovarlo. [@law; @guide, p. 7]
    - Esta regla terminó. [@guide] {: until=2025-12-31}
    - Esta regla vale. [@guide] {: from=2026-01-01}

    ### steps

    1. Mire sus declaraciones viejas.

    ### contacts

    - clinic

    ### asked

    - cuando se vence mi itin
    - mi itin todavia sirve?
    - no uso mi itin desde 2022
    - ya se murio mi itin
    - se acaba el numero ese
    - cuantos años dura el itin
    - mi itin es viejo, funciona?
    - los itin se vencen o no
    """

FACTS = """\
    unused-years: {says: Years without use, kind: span, unit: year, value: 3, source: law}
    form-w7: {says: The application, kind: form, value: W-7, source: guide}
    """

SOURCES = """\
    law:
      title: "26 U.S.C. § 6109 - Numbers"
      publisher: House
      url: https://example.gov/6109
      cite: "26 U.S.C. § 6109"
      kind: statute
      read: today
      checked: 2026-11-01
    guide:
      title: Instructions
      publisher: IRS
      kind: official
      read: today
      checked: 2026-11-01
    """

CONTACTS = """\
    clinic:
      name: {en: A clinic, es: Una clínica}
      does: {en: Helps, es: Ayuda}
      phone: 800-555-0100
      source: guide
      checked: 2026-11-01
    """


def tiny_corpus(folder: Path) -> Path:
    """A whole corpus of one page in two languages, with the standing words of the real one."""
    real = Path(__file__).parent.parent / "corpus"
    files = {
        "en/itin/itin-renew.md": EN_PAGE,
        "es/itin/itin-renew.md": ES_PAGE,
        "facts/facts.yaml": FACTS,
        "sources.yaml": SOURCES,
        "contacts/national.yaml": CONTACTS,
        "reviews.yaml": "signatures: []\n",
        "replies/en.yaml": (real / "replies/en.yaml").read_text("utf-8"),
        "replies/es.yaml": (real / "replies/es.yaml").read_text("utf-8"),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text) if not name.startswith("replies") else text, "utf-8")
    return folder
