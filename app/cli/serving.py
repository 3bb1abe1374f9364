"""Ways to use the service: serve, ask, search, index."""

import asyncio
from typing import Annotated

import typer

from app.cli.base import service, settings, stop
from app.domain.question import Asked, Question
from app.language.telling import told
from app.privacy.logs import set_up_logging


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    reload: Annotated[bool, typer.Option(help="Start again when a file changes.")] = False,
) -> None:
    """Serve the page and the API. Builds the index first if it is not there."""
    import uvicorn

    held = settings()
    set_up_logging(held.log_level)
    if reload:
        uvicorn.run(
            "app.main:create_app", factory=True, host=host, port=port, reload=True, log_config=None
        )
        return
    from app.main import create_app

    app = create_app(service=service(held))
    typer.echo(f"Serving on http://{host}:{port}  (Ctrl+C stops)")
    uvicorn.run(app, host=host, port=port, log_config=None, access_log=False, server_header=False)


def ask(
    question: Annotated[str, typer.Argument(help="In any language offered.")],
    language: Annotated[str | None, typer.Option(help="Answer in this language.")] = None,
) -> None:
    """Answer one question on the terminal."""
    ready = service(settings())
    if language and language not in ready.library.languages:
        stop(f"no such language: {language}")
    answer = asyncio.run(ready.assistant.ask(Question(question, language)))
    typer.echo(told(answer, ready.replies.words(answer.language)))


def search(
    query: Annotated[str, typer.Argument(help="Words to look for.")],
    language: Annotated[str, typer.Option(help="Language of the texts.")] = "en",
    limit: Annotated[int, typer.Option(help="Sections at most.")] = 5,
) -> None:
    """Show which sections match, with their scores."""
    ready = service(settings())
    if language not in ready.library.languages:
        stop(f"no such language: {language}")
    text, _ = ready.redactor.redact(query)
    asked = ready.retriever.recognise(Asked(text, language))
    found = ready.retriever.search(asked, limit)
    typer.echo(f"answerable {found.answerable:.2f}")
    for passage in found.passages:
        typer.echo(f"{passage.score:.2f}  {passage.section.key}  {passage.section.heading}")


def index() -> None:
    """Build the search index if it is not there; say what it holds and how it does on held-out examples."""
    ready = service(settings())
    typer.echo(f"index {ready.index.name}")
    for language, held in ready.index.languages.items():
        content, figures = held.content, ready.index.held_out[language]
        typer.echo(
            f"{language}: {len(content.sections)} sections, {len(content.examples)} example questions; "
            f"held out: right section first {figures['section_first']:.0%}, in three "
            f"{figures['section_in_three']:.0%}, right topic first {figures['topic_first']:.0%}"
        )
        for threshold, answered in figures["answered"].items():
            shares = ", ".join(f"{kind} {share:.0%}" for kind, share in answered.items())
            typer.echo(f"  at ANSWER_THRESHOLD {threshold} a text answers: {shares}")
