"""The command line: `python -m app …`; `--help` lists the commands."""

import typer

from app.cli.checking import check
from app.cli.examining import exam
from app.cli.guidance import corpus, import_, review
from app.cli.measuring import evaluate
from app.cli.operating import mcp, off, on
from app.cli.serving import ask, index, search, serve

__all__ = ["cli"]

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    # A traceback with local variables could show a question.
    pretty_exceptions_enable=False,
    help="Know your rights about taxes: answers from vetted texts.",
)
for command in (serve, ask, search, index, mcp, off, on):
    cli.command()(command)
cli.command("import")(import_)
cli.add_typer(review, name="review")
cli.add_typer(corpus, name="corpus")
cli.command()(check)
cli.command("eval")(evaluate)
cli.command()(exam)
