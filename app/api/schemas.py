"""JSON in and out. The contract of the HTTP API, field by field."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.api.switch_schemas import OffOut
from app.domain import answer as domain
from app.domain.library import Language
from app.domain.question import Audience, Question, Redaction, Role, Turn
from app.domain.section import Document, Review, Section, Statement
from app.domain.switches import Switch


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


QuestionText = Annotated[
    str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)
]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^(auto|[a-z]{2,3}(-[A-Za-z]{2,8})?)$")]
# The states, the district and the territories, by their postal codes.
STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC"
    " SD TN TX UT VT VA WA WV WI WY DC PR GU VI AS MP".split()
)


# Written out, so that the description of the API says exactly what is accepted.
_STATE = "|".join(f"[{s[0]}{s[0].lower()}][{s[1]}{s[1].lower()}]" for s in sorted(STATES))
StateCode = Annotated[str, StringConstraints(pattern=f"^({_STATE})$", to_upper=True)]


class TurnIn(_In):
    """An earlier turn. The server keeps none; the caller sends them along."""

    role: Role
    content: Annotated[str, StringConstraints(max_length=4_000)]


class AskIn(_In):
    """A question."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        json_schema_extra={
            "examples": [
                {"question": "Can ICE get my address from the IRS?"},
                {"question": "¿Cuándo vence mi ITIN?", "language": "es"},
            ]
        },
    )

    question: Annotated[QuestionText, Field(description="What the person typed.")]
    language: Annotated[
        LanguageCode, Field(description="`auto`, or a code from `GET /api/languages` to answer in.")
    ] = "auto"
    history: Annotated[
        list[TurnIn], Field(max_length=12, description="Earlier turns, oldest first.")
    ] = []
    audience: Annotated[
        Audience, Field(description="`hotline` gives more depth and needs a staff key.")
    ] = Audience.PUBLIC
    state: Annotated[StateCode | None, Field(description="Two-letter US state.")] = None

    def question_for(self, preferred: str | None) -> Question:
        """As the path takes it."""
        return Question(
            text=self.question,
            language=None if self.language == "auto" else self.language,
            preferred_language=preferred,
            history=tuple(Turn(turn.role, turn.content) for turn in self.history),
            audience=self.audience,
            state=self.state,
        )


class StatementOut(_Out):
    """One statement, with the numbers of its citations."""

    text: str
    citations: tuple[int, ...]
    language: str | None = Field(
        None, description="Set where a statement is in another language than the answer."
    )


class ReviewOut(_Out):
    """Whether a lawyer has signed exactly these words."""

    status: str
    by: str | None = None
    on: date | None = None
    until: date | None = None


class SourceOut(_Out):
    """A text that a statement rests on, with the place in it."""

    title: str
    citation: str
    url: str | None = None


class CitationOut(_Out):
    """Where a statement comes from. `quote` is verbatim; `page` is the section's own page on this server."""

    n: int
    document: str
    section: str
    title: str
    quote: str
    as_of: date
    page: str
    review: ReviewOut
    sources: list[SourceOut]

    @classmethod
    def of(cls, citation: domain.Citation) -> Self:
        section = citation.section
        return cls(
            n=citation.n,
            document=section.topic,
            section=section.id,
            title=section.heading,
            quote=citation.quote,
            as_of=section.as_of,
            page=section.page,
            review=review_out(section.review),
            sources=[SourceOut(title=t, citation=c, url=u) for t, c, u in citation.sources],
        )


def review_out(review: Review) -> ReviewOut:
    return ReviewOut(status=review.status, by=review.by, on=review.on, until=review.until)


class ContactOut(_Out):
    """Who can help."""

    name: str
    phone: str | None = None
    url: str | None = None
    hours: str | None = None
    languages: tuple[str, ...] = ()
    cost: str | None = None
    does: str = ""
    address: str | None = None


class RedactionOut(_Out):
    """How many pieces of one kind of personal data were taken out."""

    kind: str
    count: int


class AnswerOut(BaseModel):
    """The answer, 200 for every well-formed question whatever the outcome."""

    outcome: domain.Outcome
    topic: str | None
    language: str
    answer: list[StatementOut]
    answer_markdown: str
    citations: list[CitationOut]
    next_steps: list[str]
    contacts: list[ContactOut]
    follow_ups: list[str]
    engine: domain.Engine
    redactions: list[RedactionOut]
    notice: str

    @classmethod
    def of(cls, answer: domain.Answer) -> Self:
        return cls(
            outcome=answer.outcome,
            topic=answer.topic,
            language=answer.language,
            answer=[StatementOut.model_validate(s) for s in answer.statements],
            answer_markdown=markdown(answer),
            citations=[CitationOut.of(c) for c in answer.citations],
            next_steps=list(answer.next_steps),
            contacts=[ContactOut.model_validate(c) for c in answer.contacts],
            follow_ups=list(answer.follow_ups),
            engine=answer.engine,
            redactions=redactions_out(answer.redactions),
            notice=answer.notice,
        )


def redactions_out(redactions: tuple[Redaction, ...]) -> list[RedactionOut]:
    return [RedactionOut.model_validate(redaction) for redaction in redactions]


def markdown(answer: domain.Answer) -> str:
    """The answer ready to show: a paragraph a statement, `[n]` markers, steps as a list."""
    told = [s.text + "".join(f" [{n}]" for n in s.citations) for s in answer.statements]
    steps = [f"{n}. {step}" for n, step in enumerate(answer.next_steps, start=1)]
    return "\n\n".join([*told, "\n".join(steps)] if steps else told)


class OpeningOut(_Out):
    """First event of a stream."""

    outcome: domain.Outcome
    topic: str | None
    language: str
    redactions: list[RedactionOut]
    engine: domain.Engine


class LanguageOut(BaseModel):
    """A language that answers are offered in."""

    code: str
    name: str
    direction: Literal["ltr", "rtl"]
    sections: int
    reviewed: int

    @classmethod
    def of(cls, language: Language, sections: list[Section]) -> Self:
        reviewed = sum(section.review.status == "reviewed" for section in sections)
        return cls.model_validate(
            {
                "code": language.code,
                "name": language.name,
                "direction": language.direction,
                "sections": len(sections),
                "reviewed": reviewed,
            }
        )


class SectionLink(BaseModel):
    """A section, to browse to."""

    section: str
    heading: str
    page: str


class TopicOut(BaseModel):
    """A topic with its sections."""

    topic: str
    title: str
    as_of: date
    sections: list[SectionLink]

    @classmethod
    def of(cls, document: Document) -> Self:
        return cls(
            topic=document.topic,
            title=document.title,
            as_of=document.as_of,
            sections=[
                SectionLink(section=s.id, heading=s.heading, page=s.page) for s in document.sections
            ],
        )


class SourcedOut(BaseModel):
    """A vetted statement with its sources."""

    text: str
    sources: list[SourceOut]

    @classmethod
    def of(cls, statement: Statement) -> Self:
        return cls(
            text=statement.text,
            sources=[
                SourceOut(title=r.source.title, citation=r.citation, url=r.source.url)
                for r in statement.references
            ],
        )


class OtherLanguage(BaseModel):
    """The same section in another language."""

    language: str
    heading: str
    page: str


class SectionOut(BaseModel):
    """One vetted section."""

    document: str
    section: str
    language: str
    title: str
    heading: str
    answer: list[SourcedOut]
    details: list[SourcedOut]
    steps: list[str]
    contacts: list[ContactOut]
    as_of: date
    review_due: date
    review: ReviewOut
    page: str
    languages: list[OtherLanguage]


class SearchIn(_In):
    """What to look for. A POST, since what people look for never stands in a URL."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"query": "ICE address", "language": "en"}]}
    )

    query: QuestionText
    language: LanguageCode = "auto"
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class Hit(BaseModel):
    """A section that matches. `snippet` marks the words of the query with `<mark>`; everything else in it is escaped."""

    document: str
    section: str
    heading: str
    page: str
    score: Annotated[float, Field(ge=0, le=1)]
    snippet: str


class SearchOut(BaseModel):
    """Matches, best first."""

    language: str
    hits: list[Hit]


class Health(BaseModel):
    """Alive."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Whether questions can be answered, and what is missing if not."""

    ready: bool
    index: str | None = None
    sections: dict[str, int] = {}
    engine: domain.Engine | None = None
    oldest_review_due: date | None = None
    missing: list[str] = []
    off: dict[Switch, OffOut] = {}
    """What is turned off, and why. The service stays ready: readers get the hotlines from here, not a proxy's error."""


class FieldProblem(BaseModel):
    """A field that is wrong, and why."""

    field: str
    message: str


class Problem(BaseModel):
    """RFC 9457 problem details, in the language asked for."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
    contacts: list[ContactOut] | None = None
    """Who helps while the service is off."""
