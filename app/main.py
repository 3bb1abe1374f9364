"""The web application."""

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.telemetry import TelemetryConfig

from app import __version__
from app.api.ask import ask_router
from app.api.browse import browse_router
from app.api.health import ReadyState, health_router
from app.api.limits import BodyLimit, Shares
from app.api.openai import openai_router
from app.api.openai_schemas import ChatChunk
from app.api.problems import LastResort, describe_problems, handle_problems, language_of, refused
from app.api.schemas import Readiness
from app.api.switches import OffGate, Pause, switches_router
from app.bootstrap import Service, build_service
from app.domain.answer import Engine
from app.domain.errors import SettingsError
from app.domain.switches import Switch
from app.privacy.silence import silence
from app.settings import Settings
from app.web.headers import PrivateHeaders
from app.web.pages import Pages, static_files

MAX_BODY = 64 * 1024

DESCRIPTION = """
Answers about **taxpayer confidentiality** and **filing with an ITIN**, each statement resting on a vetted sentence that the
reader can see. Information, not legal advice. Nothing is kept: no question, no answer, no address, no cookie.

Errors are RFC 9457 `application/problem+json` in the language asked for.
"""

# FastAPI speaks OpenTelemetry by itself, and its records would hold bodies and validation errors. All of it stays off.
NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


def create_app(settings: Settings | None = None, service: Service | None = None) -> FastAPI:
    """The application, ready to serve.

    Args:
        settings: read from the environment when left out.
        service: one that has been built already.

    Raises:
        RightsError: it cannot start; the message says why.
    """
    silence()
    settings = settings or (service.settings if service else Settings.read())
    try:
        shares = Shares(settings.rate_limit)
    except ValueError:
        raise SettingsError("RATE_LIMIT: write it like 30/minute") from None
    service = service or build_service(settings)
    app = FastAPI(
        title="Know your rights: taxes, privacy, ITIN",
        version=__version__,
        summary="A self-hosted know-your-rights chatbot",
        description=DESCRIPTION,
        license_info={"name": "MIT (code), CC BY 4.0 (texts)"},
        # The usual documentation pages load scripts from somebody else's server.
        docs_url=None,
        redoc_url=None,
        telemetry=NO_TELEMETRY,
    )
    state = ReadyState()
    state.now = _readiness(service)
    pages = Pages(service.assistant, service.library, service.replies, settings.default_language)
    handle_problems(app, service.replies, pages.problem)
    app.include_router(
        ask_router(service.assistant, service.replies, shares, settings.staff_hashes)
    )
    app.include_router(
        browse_router(
            service.library,
            service.retriever,
            service.assistant.languages,
            service.redactor,
            service.replies,
            shares,
            settings.default_language,
        )
    )
    app.include_router(openai_router(service.assistant, service.library, service.replies, shares))
    switches = service.switches
    app.include_router(switches_router(switches, service.replies, shares, settings.staff_hashes))
    app.include_router(health_router(state, switches))
    app.mount("/static", static_files())
    app.include_router(pages.router(shares))
    # A page of 20 KB crosses a slow line in a quarter of the time. Streams pass through as they are.
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    app.add_middleware(
        OffGate,
        off=lambda: switches.off(Switch.SERVICE),
        refuse=Pause(service.replies, service.library.contacts, pages.paused),
    )
    app.add_middleware(
        BodyLimit,
        most=MAX_BODY,
        refuse=lambda request: refused(
            request, service.replies, language_of(request, service.replies), 413
        ),
    )
    app.add_middleware(LastResort, replies=service.replies)
    app.add_middleware(PrivateHeaders)
    describe_problems(app, [ChatChunk])
    return app


def _readiness(service: Service) -> Readiness:
    sections = {
        code: len(list(service.library.sections(code))) for code in service.library.languages
    }
    missing = [f"texts in {code}" for code, count in sections.items() if not count]
    dues = [
        document.review_due
        for code in service.library.languages
        for document in service.library.in_order(code)
    ]
    return Readiness(
        ready=not missing,
        index=service.index.name,
        sections=sections,
        engine=Engine.LLM if service.settings.llm else Engine.CORPUS,
        oldest_review_due=min(dues, default=None),
        missing=missing,
    )
