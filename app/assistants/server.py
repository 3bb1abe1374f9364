"""Tools for assistants by the Model Context Protocol: ask, search, read a section. The answers of the API by another wire.

Nothing is kept and nothing is logged; what an assistant sends along ends with the call.
"""

from typing import Annotated

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from app import __version__
from app.answering.ask import Assistant
from app.api.browse import Finder, section_out
from app.api.schemas import AnswerOut, QuestionText, SearchOut, SectionOut, TurnIn
from app.domain.errors import NotFound
from app.domain.library import Library
from app.domain.question import Question, Turn
from app.domain.switches import Off, Switch
from app.language.replies import Replies
from app.language.telling import told_contact
from app.privacy.redaction import Redactor
from app.retrieval.retriever import Retriever
from app.safety.switches import Switches

INSTRUCTIONS = """\
Vetted texts on United States taxpayer confidentiality (who may see what a person tells the IRS) and on filing taxes with an \
ITIN. They are information, not legal advice, and no verdict on one person's case. Show the statements in the words they come \
in, with their sources, the notice and the contacts. An outcome `urgent` is an emergency: show its statements and contacts \
first. `declined`, `out_of_scope` and `unsupported` mean that no text answers: say so, and do not fill the gap from memory. \
Do not send names, addresses or numbers of a person; they are taken out, but are better not sent."""

_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def assistant_server(
    assistant: Assistant,
    library: Library,
    retriever: Retriever,
    redactor: Redactor,
    replies: Replies,
    switches: Switches,
) -> MCPServer[object]:
    """The server with its three tools; any transport may carry it."""
    server: MCPServer[object] = MCPServer(
        "know-your-rights",
        title="Know your rights: taxes, privacy, ITIN",
        instructions=INSTRUCTIONS,
        version=__version__,
        log_level="WARNING",
    )
    door = _Door(library, replies, switches)
    finder = Finder(retriever, assistant.languages, redactor, assistant.default_language)
    codes = ", ".join(library.languages)
    language_of_texts = Field(description=f"Language of the texts, one of: {codes}.")
    language_or_auto = Field(
        description=f"Language to answer in, one of: {codes}. Left out: that of the question."
    )

    @server.tool(annotations=_READS)
    async def ask(
        question: Annotated[QuestionText, Field(description="In the person's own words.")],
        language: Annotated[str | None, language_or_auto] = None,
        history: Annotated[
            list[TurnIn] | None,
            Field(max_length=12, description="Earlier turns, oldest first. None are kept."),
        ] = None,
    ) -> AnswerOut:
        """Answer a question on taxpayer confidentiality or filing with an ITIN from vetted texts, each statement with its
        source. Information, not legal advice."""
        door.check(language)
        turns = tuple(Turn(turn.role, turn.content) for turn in history or ())
        return AnswerOut.of(await assistant.ask(Question(question, language, history=turns)))

    @server.tool(annotations=_READS)
    async def search(
        query: Annotated[QuestionText, Field(description="Words to look for.")],
        language: Annotated[str | None, language_or_auto] = None,
        limit: Annotated[int, Field(ge=1, le=50, description="Sections at most.")] = 10,
    ) -> SearchOut:
        """Find sections of the vetted texts, best match first, to read with `section`. Information, not legal advice."""
        door.check(language)
        return finder.find(query, language, limit)

    @server.tool(annotations=_READS)
    async def section(
        document: Annotated[str, Field(description="As `search` names it, such as `itin-renew`.")],
        section: Annotated[str, Field(description="As `search` names it.")],
        language: Annotated[str, language_of_texts],
    ) -> SectionOut:
        """Read one section of the vetted texts whole: statements with sources, steps, contacts, as-of date and whether a
        lawyer has reviewed it. Information, not legal advice."""
        door.check(language)
        try:
            return section_out(library.section(language, document, section), library)
        except NotFound:
            raise ToolError("no such section; search names those there are") from None

    return server


class _Door:
    """What every tool checks first."""

    def __init__(self, library: Library, replies: Replies, switches: Switches) -> None:
        self._library = library
        self._replies = replies
        self._switches = switches

    def check(self, language: str | None) -> None:
        """
        Raises:
            ToolError: the language is not offered, or the service is off.
        """
        if language is not None and language not in self._library.languages:
            raise ToolError(f"no such language; there are: {', '.join(self._library.languages)}")
        if off := self._switches.off(Switch.SERVICE):
            # A question's own language is found out by a service that is on; now all of them are told.
            codes = [language] if language else list(self._library.languages)
            raise ToolError("\n\n".join(self._paused(off, code) for code in codes))

    def _paused(self, off: Off, language: str) -> str:
        words, held = self._replies.words(language).off, self._library.contacts[language]
        lines = [told_contact(held[id]) for id in words.contacts if id in held]
        told = [words.title, words.detail, off.words.get(language, ""), *lines]
        return "\n".join(line for line in told if line)


def serve_http(server: MCPServer[object], port: int) -> None:
    """Serve by streamable HTTP at `/mcp`, to this machine alone and without sessions."""
    import uvicorn

    host = "127.0.0.1"
    app = server.streamable_http_app(stateless_http=True, host=host)
    uvicorn.run(app, host=host, port=port, log_config=None, access_log=False, server_header=False)
