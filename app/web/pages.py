"""The pages people see: ask and read, browse, one section. Server-rendered; nothing needs JavaScript."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Annotated, Protocol

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.answering.ask import Assistant
from app.domain.answer import Answer, Contact
from app.domain.errors import TooManyQuestions
from app.domain.library import Library
from app.domain.question import Question, Role, Turn
from app.domain.section import Section
from app.domain.topics import BOUNDARIES, URGENT, Area, area_of
from app.language.negotiation import wanted_languages
from app.language.replies import Replies, told_date

_HERE = files("app.web")
_LONGEST = 2_000
_EXIT_TO = "https://www.weather.gov/"
"""Where leaving leads: a page that anybody could be looking at, and that opens fast."""
_EARLIER = 6
"""Earlier questions that a page without JavaScript carries along in its form."""
_COMMON = (
    "conf-ice-requests/address",
    "conf-litigation/where-it-stands",
    "conf-should-i-file/weigh",
    "conf-general-rule/is-it-private",
    "itin-what-is/what-is",
    "itin-apply/package",
    "itin-renew/when-it-expires",
    "itin-credits/child-tax-credit",
)


@dataclass(frozen=True, slots=True)
class Hotline:
    """An emergency as people name it, and whom to call first in it."""

    section: Section
    contact: Contact | None


class Reachable:
    """Makes the phones and links of known contacts in a text work at a touch. What is not in `contacts/` stays text."""

    def __init__(self, phones: Iterable[str], urls: Iterable[str]) -> None:
        longest_first = sorted({*phones, *urls}, key=len, reverse=True)
        self.links = [Markup(self._linked(escape(entry))) for entry in longest_first]  # noqa: S704 - escaped
        """Every known phone and link as a link, for a page that is filled in by its script."""
        known = "|".join(re.escape(str(escape(entry))) for entry in longest_first)
        self._known = re.compile(rf"(?<![\w-])(?:{known})(?![\w-])") if known else None

    def __call__(self, text: str) -> Markup:
        """The text escaped, with its phones and links as links."""
        escaped = str(escape(text))
        linked = self._known.sub(self._link, escaped) if self._known else escaped
        return Markup(linked)  # noqa: S704 - escaped above; the links are made of known contacts

    @classmethod
    def _link(cls, match: re.Match[str]) -> str:
        return cls._linked(match[0])

    @staticmethod
    def _linked(shown: str) -> str:
        if shown.startswith("http"):
            return f'<a href="{shown}" rel="noreferrer external">{shown}</a>'
        digits = shown.replace("-", "")
        return f'<a href="tel:{digits if len(digits) < 7 else "+1" + digits}">{shown}</a>'


@dataclass(frozen=True)
class Pages:
    """Renders every page from the library and the standing words."""

    assistant: Assistant
    library: Library
    replies: Replies
    default_language: str

    def __post_init__(self) -> None:
        environment = Environment(
            loader=FileSystemLoader(str(_HERE / "templates")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        held = [contact for held in self.library.contacts.values() for contact in held.values()]
        reachable = Reachable({c.phone for c in held if c.phone}, {c.url for c in held if c.url})
        environment.filters["reachable"] = reachable
        environment.globals.update(reachable=reachable.links, exit_to=_EXIT_TO)
        object.__setattr__(self, "_templates", environment)

    def router(self, shares: "Takes") -> APIRouter:
        """The page's routes; they stay out of the API's description."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

        @router.get("/")
        async def start(request: Request) -> Response:
            return RedirectResponse(f"/{self._preferred(request)}", 307)

        for code in self.library.languages:
            router.include_router(self._in(code, shares), prefix=f"/{code}")
        return router

    def _in(self, language: str, shares: "Takes") -> APIRouter:
        """The pages in one language. A prefix of its own, so that they never stand in the way of another address."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

        @router.get("")
        async def home() -> Response:
            return self._page("home.html", language, common=self._common(language))

        @router.post("")
        async def ask(
            request: Request,
            question: Annotated[str, Form()] = "",
            earlier: Annotated[list[str], Form()] = [],  # noqa: B006 - FastAPI copies it
        ) -> Response:
            text = question.replace(
                "\r\n", "\n"
            ).strip()  # browsers count a break as one character and send two
            if not text:
                return self._page("home.html", language, common=self._common(language))
            if len(text) > _LONGEST:
                return self.problem(language, 413, question=text)
            try:
                shares.take(request)
            except TooManyQuestions as error:
                wait = {"Retry-After": str(error.retry_after)}
                return self.problem(language, 429, wait, text, seconds=error.retry_after)
            turns = tuple(Turn(Role.USER, t[:_LONGEST]) for t in earlier[-_EARLIER:] if t.strip())
            asked = Question(text, preferred_language=language, history=turns)
            answer = await self.assistant.ask(asked)
            return self._answer(answer, text, [turn.content for turn in turns])

        @router.get("/topics")
        async def topics() -> Response:
            documents = [d for d in self.library.in_order(language) if d.topic not in BOUNDARIES]
            areas = {
                area: [d for d in documents if area_of(d.topic) is area]
                for area in (Area.CONFIDENTIALITY, Area.ITIN)
            }
            return self._page("topics.html", language, areas=areas)

        @router.get("/exit")
        async def leaving() -> Response:
            return self._page("exit.html", language, leaving=self.replies.words(language).leaving)

        @router.get("/{topic}/{section}")
        async def section(topic: str, section: str) -> Response:
            found = self.library.section(language, topic, section)
            return self._page(
                "section.html",
                language,
                section=found,
                contacts=[self.library.contacts[language][id] for id in found.contacts],
                others=self.library.others(found),
                siblings=[
                    s for s in self.library.documents[language][topic].sections if s != found
                ],
            )

        return router

    def problem(
        self,
        language: str,
        status: int,
        headers: Mapping[str, str] | None = None,
        question: str = "",
        **values: object,
    ) -> HTMLResponse:
        """An error as a page: what to do next, the hotlines, and the text typed, so that it is not lost."""
        words = self.replies.problem(language, status)
        return self._page(
            "problem.html",
            language,
            status,
            headers,
            title=words.title,
            detail=words.detail.format(**values) if values else words.detail,
            question=question,
        )

    def paused(self, language: str, added: str, hotlines: tuple[Contact, ...]) -> HTMLResponse:
        """The page while the service is off: who helps meanwhile, and an operator's own words if there are any."""
        words = self.replies.words(language).off
        return self._page(
            "paused.html",
            language,
            503,
            title=words.title,
            detail=words.detail,
            added=added,
            contacts=hotlines,
        )

    def _answer(self, answer: Answer, question: str, earlier: list[str]) -> HTMLResponse:
        language = answer.language
        cited = {citation.n: citation for citation in answer.citations}
        return self._page(
            "answer.html",
            language,
            answer=answer,
            cited=cited,
            question=question,
            # Carried in the form of the next question and nowhere else.
            earlier=[*earlier, question][-_EARLIER:],
        )

    def _page(
        self,
        template: str,
        language: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: object,
    ) -> HTMLResponse:
        environment: Environment = self._templates  # type: ignore[attr-defined]
        text = environment.get_template(template).render(
            words=self.replies.words(language).page,
            language=self.library.languages[language],
            languages=self.library.languages.values(),
            day=lambda day: self._day(day, language),
            urgent=self._urgent(language),
            **values,
        )
        return HTMLResponse(text, status, headers={"Content-Language": language, **(headers or {})})

    @staticmethod
    def _day(day: date, language: str) -> str:
        return told_date(day, language)

    def _urgent(self, language: str) -> list[Hotline]:
        document = self.library.documents[language].get(URGENT)
        contacts = self.library.contacts[language]
        return [
            Hotline(section, contacts[section.contacts[0]] if section.contacts else None)
            for section in (document.sections if document else ())
        ]

    def _common(self, language: str) -> list[Section]:
        held = {section.key: section for section in self.library.sections(language)}
        return [held[key] for key in _COMMON if key in held]

    def _preferred(self, request: Request) -> str:
        wanted = wanted_languages(request.headers.get("accept-language", ""))
        return next(
            (code for code in wanted if code in self.library.languages), self.default_language
        )


class Takes(Protocol):
    """What the pages need of the fair shares: `app.api` and `app.web` are strangers."""

    def take(self, request: Request) -> None:
        """Count one question.

        Raises:
            TooManyQuestions: the share is used up.
        """
        ...


def static_files() -> StaticFiles:
    """Style sheet and script."""
    return StaticFiles(directory=str(_HERE / "static"))
