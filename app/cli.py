"""The command line: `python -m app serve | ask | search | index | import | review | corpus | check`."""

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.bootstrap import Service, build_service
from app.domain.answer import Answer
from app.domain.errors import RightsError
from app.domain.library import Library
from app.domain.question import Asked, Question
from app.domain.topics import ALL_TOPICS
from app.ingestion.change_words import telling
from app.ingestion.changes import about, changes
from app.ingestion.checks import due, problems
from app.ingestion.edition import edition
from app.ingestion.history import edition_at
from app.ingestion.loading import load_library, read_corpus, read_replies
from app.ingestion.packets import export
from app.ingestion.reviews import revoke, sign
from app.language.plain import too_hard
from app.language.replies import Replies
from app.privacy.logs import set_up_logging
from app.settings import ROOT, Settings

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    # A traceback with local variables could show a question.
    pretty_exceptions_enable=False,
    help="Know your rights about taxes: answers from vetted texts.",
)


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    reload: Annotated[bool, typer.Option(help="Start again when a file changes.")] = False,
) -> None:
    """Serve the page and the API. Builds the index first if it is not there."""
    import uvicorn

    settings = _settings()
    set_up_logging(settings.log_level)
    if reload:
        uvicorn.run(
            "app.main:create_app", factory=True, host=host, port=port, reload=True, log_config=None
        )
        return
    from app.main import create_app

    app = create_app(service=_service(settings))
    typer.echo(f"Serving on http://{host}:{port}  (Ctrl+C stops)")
    uvicorn.run(app, host=host, port=port, log_config=None, access_log=False, server_header=False)


@cli.command()
def ask(
    question: Annotated[str, typer.Argument(help="In any language offered.")],
    language: Annotated[str | None, typer.Option(help="Answer in this language.")] = None,
) -> None:
    """Answer one question on the terminal."""
    service = _service(_settings())
    if language and language not in service.library.languages:
        _stop(f"no such language: {language}")
    answer = asyncio.run(service.assistant.ask(Question(question, language)))
    typer.echo(told(answer, service.replies))


@cli.command()
def search(
    query: Annotated[str, typer.Argument(help="Words to look for.")],
    language: Annotated[str, typer.Option(help="Language of the texts.")] = "en",
    limit: Annotated[int, typer.Option(help="Sections at most.")] = 5,
) -> None:
    """Show which sections match, with their scores."""
    service = _service(_settings())
    if language not in service.library.languages:
        _stop(f"no such language: {language}")
    text, _ = service.redactor.redact(query)
    asked = service.retriever.recognise(Asked(text, language))
    passages, answerable = service.retriever.search(asked, limit)
    typer.echo(f"answerable {answerable:.2f}")
    for passage in passages:
        typer.echo(f"{passage.score:.2f}  {passage.section.key}  {passage.section.heading}")


@cli.command()
def index() -> None:
    """Build the search index if it is not there; say what it holds and how it does on held-out examples."""
    service = _service(_settings())
    typer.echo(f"index {service.index.name}")
    for language, held in service.index.languages.items():
        content, figures = held.content, service.index.held_out[language]
        typer.echo(
            f"{language}: {len(content.sections)} sections, {len(content.examples)} example questions; "
            f"held out: right section first {figures['section_first']:.0%}, in three "
            f"{figures['section_in_three']:.0%}, right topic first {figures['topic_first']:.0%}"
        )
        for threshold, answered in figures["answered"].items():
            shares = ", ".join(f"{kind} {share:.0%}" for kind, share in answered.items())
            typer.echo(f"  at ANSWER_THRESHOLD {threshold} a text answers: {shares}")


@cli.command("import")
def import_(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Markdown, HTML, PDF with text, or DOCX.")
    ],
    language: Annotated[str, typer.Option(help="Language the files are in.")] = "en",
    topic: Annotated[str | None, typer.Option(help="Slug of the page they belong to.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite drafts.")] = False,
) -> None:
    """Make draft pages of your own texts, and say what is left to do. A draft is never served."""
    # The readers of foreign formats are of no use to a server, and take a moment to load.
    from app.ingestion.drafts import read_drafts, write_drafts
    from app.ingestion.todo import to_do

    corpus = _settings().corpus
    try:
        if language not in read_replies(corpus):
            _stop(f"no such language: {language}")
        drafts = read_drafts([Path(file) for file in files], language, topic, date.today())
        write_drafts(corpus, drafts, replace)
    except RightsError as error:
        _stop(str(error))
    for draft in drafts:
        typer.echo(f"written: {draft.place}")
        for line in to_do(draft):
            typer.echo(f"  - {line}")


review = typer.Typer(no_args_is_help=True, help="The ledger: which texts a lawyer has signed.")
cli.add_typer(review, name="review")


@review.command("list")
def review_list() -> None:
    """Every page with its review and the day it is due for another look."""
    library = _library()
    for language in library.languages:
        for document in library.in_order(language):
            held = document.review
            signed = f"{held.by}, until {held.until}" if held.by else ""
            typer.echo(
                f"{language}  {document.topic:26} {held.status:11} due {document.review_due}  {signed}"
            )


@review.command("sign")
def review_sign(
    topic: Annotated[str, typer.Argument(help="The page's slug.")],
    language: Annotated[str, typer.Option(help="Its language.")],
    reviewer: Annotated[str, typer.Option(help="Who has read it.")],
    role: Annotated[str, typer.Option(help="What makes them fit to, e.g. `attorney, Texas`.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Day the review ends.")],
) -> None:
    """Sign the words of a page as they are now. Refuses a page with changes that are not committed."""
    settings = _settings()
    document = _library().documents.get(language, {}).get(topic)
    if document is None:
        _stop(f"no such page: {language}/{topic}")
    try:
        sign(settings.corpus, document, reviewer, role, date.today(), until.date())
    except RightsError as error:
        _stop(str(error))
    typer.echo(f"signed: {language}/{topic} by {reviewer}, until {until.date()}")


@review.command("revoke")
def review_revoke(
    topic: Annotated[str, typer.Argument(help="The page's slug.")],
    language: Annotated[str, typer.Option(help="Its language.")],
) -> None:
    """Take a signature back."""
    count = revoke(_settings().corpus, topic, language)
    if not count:
        _stop(f"not signed: {language}/{topic}")
    typer.echo(f"revoked: {language}/{topic}")


@review.command("export")
def review_export(
    folder: Annotated[Path, typer.Argument(help="Where to, outside the corpus.")],
    topic: Annotated[
        list[str] | None, typer.Option(help="Only this page; may be repeated.")
    ] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only this language.")] = None,
) -> None:
    """Print pages as packets that a lawyer reads and signs on paper: one HTML file a page and language."""
    try:
        held = edition(_settings().corpus, date.today())
        packets = export(folder, held.raw, held.library, held.today, topic or (), language or ())
    except RightsError as error:
        _stop(str(error))
    typer.echo(f"packets: {len(packets)}; begin with {folder / 'index.html'}")


corpus = typer.Typer(no_args_is_help=True, help="The texts themselves.")
cli.add_typer(corpus, name="corpus")


@corpus.callback()
def _corpus() -> None:
    """The texts themselves."""


@corpus.command("diff")
def corpus_diff(
    revision: Annotated[str, typer.Argument(help="Git revision to compare with.")],
    to: Annotated[
        str | None, typer.Option(help="Later revision; else the files as they are.")
    ] = None,
    topic: Annotated[
        list[str] | None, typer.Option(help="Only this page; may be repeated.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language to tell the changes in.")] = "en",
    markdown: Annotated[bool, typer.Option("--markdown", help="As in CHANGELOG.md.")] = False,
) -> None:
    """Say in words which guidance changed since a git revision."""
    folder, today = _settings().corpus, date.today()
    if unknown := set(topic or ()) - ALL_TOPICS:
        _stop(f"no such topic: {', '.join(sorted(unknown))}")
    try:
        old = edition_at(folder, revision, today)
        new = edition_at(folder, to, today) if to else edition(folder, today)
        found = changes(old, new, language)
    except RightsError as error:
        _stop(str(error))
    as_of = {name: page.front.as_of for name, page in new.pages(language).items()}
    typer.echo(telling(about(found, topic) if topic else found, as_of, language, markdown=markdown))


@cli.command()
def check(
    what: Annotated[
        str, typer.Argument(help="all, or one of: format, lint, types, layers, corpus, tests.")
    ] = "all",
    without: Annotated[str, typer.Option(help="One that is left out.")] = "",
) -> None:
    """Prove what a machine can: format, lint, types, import layers, corpus, tests."""
    if what not in {"all", *_CHECKS} or without not in {"", *_CHECKS}:
        _stop(f"no such check: {without if what in {'all', *_CHECKS} else what}")
    wanted = [name for name in _CHECKS if what in ("all", name) and name != without]
    failed = [name for name in wanted if not _passes(name)]
    if failed:
        _stop(f"failed: {', '.join(failed)}")
    typer.echo("all is well")


_CHECKS: dict[str, Sequence[str]] = {
    "format": ("ruff", "format", "--check", "--quiet", "app", "tests"),
    "lint": ("ruff", "check", "--quiet", "app", "tests"),
    "types": ("mypy", "app", "tests"),
    "layers": ("importlinter",),
    "corpus": (),
    "tests": ("pytest", "--quiet"),
}


def _passes(name: str) -> bool:
    typer.echo(f"== {name}")
    if name == "corpus":
        return _corpus_passes()
    module, *arguments = _CHECKS[name]
    if module == "importlinter":
        command = [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
        ]
    else:
        command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0  # noqa: S603 - our own commands


def _corpus_passes() -> bool:
    settings = _settings()
    today = date.today()
    try:
        raw = read_corpus(settings.corpus)
        found = list(problems(raw, today))
        library = load_library(settings.corpus, today, raw=raw)
        Replies(library.replies, today)
    except RightsError as error:
        typer.echo(str(error))
        return False
    found += _too_hard(library)
    for line in found:
        typer.echo(line)
    for line in due(library, today):
        typer.echo(f"note: {line}")
    for language in library.languages:
        sections = list(library.sections(language))
        statements = sum(len(section.statements) for section in sections)
        questions = sum(len(section.asked) for section in sections)
        typer.echo(
            f"{language}: {len(library.documents[language])} pages, {len(sections)} sections, "
            f"{statements} statements, {questions} example questions"
        )
    return not found


def _too_hard(library: Library) -> list[str]:
    try:
        return list(too_hard(library))
    except ModuleNotFoundError:
        typer.echo("note: reading level not measured; `make check` installs what it takes")
        return []


def told(answer: Answer, replies: Replies) -> str:
    """An answer as plain text for a terminal."""
    words = replies.words(answer.language).cli
    lines = [
        statement.text + "".join(f" [{n}]" for n in statement.citations)
        for statement in answer.statements
    ]
    if answer.next_steps:
        lines += ["", words["steps"]]
        lines += [f"  {n}. {step}" for n, step in enumerate(answer.next_steps, start=1)]
    if answer.contacts:
        lines += ["", words["contacts"]]
        for contact in answer.contacts:
            reach = ", ".join(
                part for part in (contact.phone, contact.url, contact.address) if part
            )
            lines.append(f"  - {contact.name}: {reach}")
    if answer.citations:
        lines += ["", words["sources"]]
        for citation in answer.citations:
            cited = "; ".join(source[1] for source in citation.sources)
            lines.append(f"  [{citation.n}] {cited}")
    if answer.follow_ups:
        lines += ["", words["follow_ups"]]
        lines += [f"  - {question}" for question in answer.follow_ups]
    return "\n".join([*lines, "", answer.notice])


def _settings() -> Settings:
    try:
        return Settings.read()
    except RightsError as error:
        _stop(str(error))


def _library() -> Library:
    try:
        return load_library(_settings().corpus, date.today())
    except RightsError as error:
        _stop(str(error))


def _service(settings: Settings) -> Service:
    try:
        return build_service(settings)
    except RightsError as error:
        _stop(str(error))


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
