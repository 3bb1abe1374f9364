"""A coverage-guided fuzzer over what reads files: `python -m tests.fuzz.guided page|html|docx|pdf|markdown -max_total_time=600`.

Atheris (Google, Apache-2.0) is no dependency of the project: install it into a scratch environment beside the others. Arguments after the
target go to libFuzzer. A finding is an exception that is not one of ours, an endless loop or a crash; each is kept in `test_findings.py`.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["app.ingestion", "markdown_it", "justhtml", "pypdf"]):
    from app.domain.errors import CorpusError
    from app.ingestion.formats import _guarded
    from app.ingestion.formats.blocks import Limits, Unreadable
    from app.ingestion.pages import read_page

ROOT = Path(__file__).resolve().parent.parent.parent


def page(data: bytes) -> None:
    """A page of the corpus."""
    try:
        read_page(data.decode("utf-8", "replace"))
    except CorpusError:
        return


def foreign(suffix: str) -> Callable[[bytes], None]:
    """A file of an organisation, by its ending."""

    def one(data: bytes) -> None:
        try:
            _guarded(suffix, data, Limits())
        except Unreadable as error:
            # `_guarded` turns what a library raises into words: a fault of ours would hide behind them.
            cause = error.__context__
            if isinstance(cause, (AssertionError, NameError, UnboundLocalError)):
                raise cause from None

    return one


TARGETS: dict[str, Callable[[bytes], None]] = {
    "page": page,
    "markdown": foreign(".md"),
    "html": foreign(".html"),
    "docx": foreign(".docx"),
    "pdf": foreign(".pdf"),
}

if __name__ == "__main__":
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()
