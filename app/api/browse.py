"""Reading and searching the library: languages, topics, sections, search."""

import html
import re
from dataclasses import dataclass

from fastapi import APIRouter, Request

from app.answering.ports import Languages
from app.api.ask import PROBLEMS
from app.api.limits import Shares
from app.api.problems import accepted, check_offered
from app.api.schemas import (
    ContactOut,
    Hit,
    LanguageOut,
    OtherLanguage,
    Problem,
    SearchIn,
    SearchOut,
    SectionOut,
    SourcedOut,
    TopicOut,
    review_out,
)
from app.domain.errors import NotFound
from app.domain.library import Library
from app.domain.question import Asked
from app.domain.section import Passage, Section
from app.domain.words import fold
from app.language.replies import Replies
from app.privacy.redaction import Redactor
from app.retrieval.retriever import Retriever
from app.retrieval.text import tokenizer

_LEAST_SCORE = 0.01


def browse_router(
    library: Library,
    retriever: Retriever,
    languages: Languages,
    redactor: Redactor,
    replies: Replies,
    shares: Shares,
    default_language: str,
) -> APIRouter:
    """The calls that need no question."""
    not_found: dict[int | str, dict[str, object]] = {
        404: {"model": Problem, "description": "There is no such text."}
    }
    router = APIRouter(prefix="/api", tags=["browse"])
    finder = Finder(retriever, languages, redactor, default_language)

    @router.get("/languages", summary="Languages that answers are offered in")
    async def offered() -> list[LanguageOut]:
        """Each with its own name, how many sections it has and how many of them a lawyer has signed."""
        return [
            LanguageOut.of(language, list(library.sections(code)))
            for code, language in library.languages.items()
        ]

    @router.get("/topics", summary="Topics with their sections", responses=not_found)
    async def topics(language: str = default_language) -> list[TopicOut]:
        """In the order of the topic map."""
        if language not in library.languages:
            raise NotFound("no such language")
        return [TopicOut.of(document) for document in library.in_order(language)]

    @router.get("/sections/{document}/{section}", summary="One vetted section", responses=not_found)
    async def section(document: str, section: str, language: str = default_language) -> SectionOut:
        """Text, sources, as-of date, review, and the same section in other languages."""
        found = library.section(language, document, section)
        return section_out(found, library)

    @router.post(
        "/search",
        summary="Sections that match",
        responses={s: p for s, p in PROBLEMS.items() if s != 401},
    )
    async def search(request: Request, body: SearchIn) -> SearchOut:
        """Scored, with the matching words marked. For staff and for browsing."""
        request.state.body = {"language": body.language}
        check_offered(body.language, replies)
        shares.take(request)
        preferred = next((c for c in accepted(request) if c in library.languages), None)
        language = None if body.language == "auto" else body.language
        return finder.find(body.query, language, body.limit, preferred)

    return router


@dataclass(frozen=True, slots=True)
class Finder:
    """Searches the library for words, which are made safe to look at first."""

    retriever: Retriever
    languages: Languages
    redactor: Redactor
    default_language: str

    def find(
        self, query: str, language: str | None, limit: int, preferred: str | None = None
    ) -> SearchOut:
        """Sections that match, best first.

        Args:
            query: what to look for.
            language: of the texts; `None` lets the query decide.
            limit: sections at most.
            preferred: what the reader's device asks for, if the query does not show its language.
        """
        text, _ = self.redactor.redact(query)
        found = language or self.languages.identify(text, preferred)
        told = found or preferred or self.default_language
        held = self.retriever.search(self.retriever.recognise(Asked(text, told)), limit)
        hits = [_hit(passage, text) for passage in held.passages if passage.score >= _LEAST_SCORE]
        return SearchOut(language=told, hits=hits)


def section_out(found: Section, library: Library) -> SectionOut:
    """A section as JSON."""
    held = library.contacts[found.language]
    return SectionOut(
        document=found.topic,
        section=found.id,
        language=found.language,
        title=found.title,
        heading=found.heading,
        answer=[SourcedOut.of(statement) for statement in found.answer],
        details=[SourcedOut.of(statement) for statement in found.details],
        steps=list(found.steps),
        contacts=[ContactOut.model_validate(held[id]) for id in found.contacts],
        as_of=found.as_of,
        review_due=found.review_due,
        review=review_out(found.review),
        page=found.page,
        languages=[
            OtherLanguage(language=other.language, heading=other.heading, page=other.page)
            for other in library.others(found)
        ],
    )


def _hit(passage: Passage, query: str) -> Hit:
    section = passage.section
    best = max(range(len(passage.relevance)), key=lambda n: passage.relevance[n])
    return Hit(
        document=section.topic,
        section=section.id,
        heading=section.heading,
        page=section.page,
        score=round(passage.score, 4),
        snippet=highlighted(section.statements[best].text, query, section.language),
    )


def highlighted(text: str, query: str, language: str) -> str:
    """A text as HTML, with `<mark>` around the words that the query shares with it."""
    terms = tokenizer(language)
    wanted = set(terms(query))

    def one(match: re.Match[str]) -> str:
        word = html.escape(match[0])
        return f"<mark>{word}</mark>" if wanted & set(terms(fold(match[0]))) else word

    parts = re.split(r"(\w+)", text)
    return "".join(
        re.sub(r"\w+", one, part) if n % 2 else html.escape(part) for n, part in enumerate(parts)
    )
