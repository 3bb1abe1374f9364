"""Work on the texts: import drafts, review, say what changed."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.base import library, settings, stop
from app.domain.errors import RightsError
from app.domain.topics import ALL_TOPICS
from app.ingestion.change_words import telling
from app.ingestion.changes import about, brief, changes
from app.ingestion.edition import edition
from app.ingestion.history import edition_at
from app.ingestion.loading import read_replies
from app.ingestion.packets import export
from app.ingestion.reviews import revoke, sign


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

    folder = settings().corpus
    try:
        if language not in read_replies(folder):
            stop(f"no such language: {language}")
        drafts = read_drafts([Path(file) for file in files], language, topic, date.today())
        write_drafts(folder, drafts, replace)
    except RightsError as error:
        stop(str(error))
    for draft in drafts:
        typer.echo(f"written: {draft.place}")
        for line in to_do(draft):
            typer.echo(f"  - {line}")


review = typer.Typer(no_args_is_help=True, help="The ledger: which texts a lawyer has signed.")


@review.command("list")
def review_list() -> None:
    """Every page with its review and the day it is due for another look."""
    held = library()
    for language in held.languages:
        for document in held.in_order(language):
            review_of = document.review
            signed = f"{review_of.by}, until {review_of.until}" if review_of.by else ""
            typer.echo(
                f"{language}  {document.topic:26} {review_of.status:11} due {document.review_due}  {signed}"
            )


@review.command("sign")
def review_sign(
    topic: Annotated[str, typer.Argument(help="The page's slug.")],
    language: Annotated[str, typer.Option(help="Its language.")],
    reviewer: Annotated[str, typer.Option(help="Who has read it.")],
    role: Annotated[str, typer.Option(help="What makes them fit to, e.g. `attorney, Texas`.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Day the review ends.")],
    digest: Annotated[
        str,
        typer.Option(help="As printed on the packet that was read; refused if the words moved."),
    ] = "",
) -> None:
    """Sign the words of a page as they are now. Refuses a page with changes that are not committed."""
    document = library().documents.get(language, {}).get(topic)
    if document is None:
        stop(f"no such page: {language}/{topic}")
    if not document.digest.startswith(digest.strip().lower()):
        stop(f"the words of {language}/{topic} are not those on the packet; export it again")
    try:
        sign(settings().corpus, document, reviewer, role, date.today(), until.date())
    except RightsError as error:
        stop(str(error))
    typer.echo(f"signed: {language}/{topic} by {reviewer}, until {until.date()}")


@review.command("revoke")
def review_revoke(
    topic: Annotated[str, typer.Argument(help="The page's slug.")],
    language: Annotated[str, typer.Option(help="Its language.")],
) -> None:
    """Take a signature back."""
    count = revoke(settings().corpus, topic, language)
    if not count:
        stop(f"not signed: {language}/{topic}")
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
        held = edition(settings().corpus, date.today())
        packets = export(folder, held.raw, held.library, held.today, topic or (), language or ())
    except RightsError as error:
        stop(str(error))
    typer.echo(f"packets: {len(packets)}; begin with {folder / 'index.html'}")


corpus = typer.Typer(no_args_is_help=True, help="The texts themselves.")


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
    short: Annotated[
        bool, typer.Option("--brief", help="Only what is new, gone or says another number.")
    ] = False,
) -> None:
    """Say in words which guidance changed since a git revision."""
    folder, today = settings().corpus, date.today()
    if unknown := set(topic or ()) - ALL_TOPICS:
        stop(f"no such topic: {', '.join(sorted(unknown))}")
    try:
        old = edition_at(folder, revision, today)
        new = edition_at(folder, to, today) if to else edition(folder, today)
        found = changes(old, new, language)
    except RightsError as error:
        stop(str(error))
    if short:
        found = brief(found, language)
    as_of = {name: page.front.as_of for name, page in new.pages(language).items()}
    typer.echo(telling(about(found, topic) if topic else found, as_of, language, markdown=markdown))
