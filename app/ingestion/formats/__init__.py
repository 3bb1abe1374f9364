"""An organisation's own text -> blocks. One small reader a format; the file is judged here before any of them sees it."""

import codecs
import re
import signal
import stat
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

from app.domain.errors import DraftError
from app.ingestion.formats.blocks import Block, Kind, Limits, Unreadable, visible
from app.ingestion.formats.docx import read_docx
from app.ingestion.formats.html import read_html
from app.ingestion.formats.pdf import read_pdf

__all__ = ["Block", "Kind", "Limits", "read_blocks", "shown_name", "visible"]

KNOWN = ".md, .markdown, .html, .htm, .pdf, .docx"
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_FRONT_MATTER = re.compile(r"\A---\r?\n(.{0,10000}?)\n---[ \t]*\r?(?:\n|\Z)", re.DOTALL)
_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}charset|\?xml[^>]{0,200}encoding)\s*=\s*[\"']?\s*([\w.:-]+)",
    re.IGNORECASE,
)
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# What pages are written in. Python knows more codecs, and some of them are no encodings of text.
_ENCODINGS = {
    "utf-8",
    "ascii",
    "cp1252",
    "iso8859-15",
    "gb18030",
    "gbk",
    "gb2312",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
}
_ENCODINGS |= {"iso8859-2", "cp1250", "cp1251", "koi8-r"}


def read_blocks(path: Path, limits: Limits | None = None) -> tuple[Block, ...]:
    """The text of a file: headings, paragraphs and items in their order, at least one of which is not a heading.

    Raises:
        DraftError: it cannot be read; the message names the file and says what to do.
    """
    limits = limits or Limits()
    try:
        return _with_words(_guarded(path.suffix.lower(), _bytes(path, limits), limits))
    except Unreadable as error:
        raise DraftError(f"{shown_name(path)} {error}") from None


def shown_name(path: Path) -> str:
    """A file's name as a message can show it: any terminal can print it, and nothing in it steers one."""
    return visible(str(path).encode("utf-8", "replace").decode()) or "(a file without a name)"


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Unreadable("is a folder; name the files in it")
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("is no file")
        with path.open("rb") as file:
            data = file.read(limits.size + 1)
    except FileNotFoundError:
        raise Unreadable("does not exist; look at the spelling") from None
    except PermissionError:
        raise Unreadable("may not be read by this user; change its permissions") from None
    except (OSError, ValueError) as error:  # a loop of links, a name that no file can have
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise Unreadable(f"cannot be opened: {reason}") from None
    if not data:
        raise Unreadable("is empty")
    if len(data) > limits.size:
        raise Unreadable(
            f"is larger than {limits.size // 10**6} MB; split it, or leave out pictures"
        )
    return data


def _guarded(suffix: str, data: bytes, limits: Limits) -> tuple[Block, ...]:
    """What the reader of a format says; whatever its library trips over is `Unreadable`."""
    try:
        with warnings.catch_warnings(), _within(limits.seconds):
            warnings.simplefilter("ignore")
            return _read(suffix, data, limits)
    except Unreadable:
        raise
    except _TooLong:
        raise Unreadable("takes too long to read; split it, or save it anew") from None
    except RecursionError:
        raise Unreadable("is nested too deep to be read; save it anew in a simpler form") from None
    except Exception as error:  # noqa: BLE001 - a broken file makes its library raise anything at all
        reason = f"is damaged ({type(error).__name__}); save it anew from the program that made it"
        raise Unreadable(reason) from None


class _TooLong(BaseException):
    """No `Exception`: a library that mends what it can would swallow that and go on."""


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Break off what runs longer. No library here has a bound on time, and some texts make theirs grow with the square."""
    if not hasattr(signal, "setitimer") or threading.current_thread() != threading.main_thread():
        yield  # the command line of Linux and macOS is what needs it
        return

    def ring(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _read(suffix: str, data: bytes, limits: Limits) -> tuple[Block, ...]:
    match suffix:
        case ".md" | ".markdown":
            return read_html(_MARKDOWN.render(_without_front_matter(_text(data))))
        case ".html" | ".htm":
            return read_html(_page(data))
        case ".pdf" if b"%PDF-" in data[:1024]:
            return read_pdf(data, limits)
        case ".pdf":
            raise Unreadable("is no PDF, whatever its name says; save it as PDF anew")
        case ".docx":
            return read_docx(data, limits)
    raise Unreadable(f"is of no kind that can be read ({KNOWN}); save it as one of them")


def _with_words(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Without rules and ornaments, which have no letter and no digit."""
    kept = tuple(block for block in blocks if any(char.isalnum() for char in block.text))
    if all(block.kind is Kind.HEADING for block in kept):
        raise Unreadable("holds no text that a reader would see")
    return kept


def _text(data: bytes) -> str:
    encoding = next((name for bom, name in _BOMS.items() if data.startswith(bom)), None)
    encoding = encoding or _declared(data) or "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("is not in UTF-8, nor in an encoding it names; save it as UTF-8") from None
    if "\0" in text or text.startswith(("%PDF-", "{\\rtf")):
        raise Unreadable("is no text, whatever its name says; give it the ending of its kind")
    return text


def _declared(data: bytes) -> str | None:
    """The encoding that a page says it is in, if pages may be in it."""
    match = _DECLARED.search(data[:4096])
    try:
        name = codecs.lookup(match[1].decode("ascii", "replace")).name if match else ""
    except LookupError:
        return None
    # Browsers read Latin-1 as its Windows edition, and so do the people who write it.
    name = "cp1252" if name in {"iso8859-1", "ascii"} else name
    return name if name in _ENCODINGS else None


def _page(data: bytes) -> str:
    text = _text(data)
    if not re.search(r"<[a-zA-Z!]", text):
        raise Unreadable("holds no HTML; if it is plain text, give it the ending .md")
    return text


def _without_front_matter(text: str) -> str:
    match = _FRONT_MATTER.match(text)
    try:
        is_front = match is not None and isinstance(yaml.safe_load(match[1]), dict)
    except (ValueError, yaml.YAMLError):
        is_front = False
    return text[match.end() :] if match and is_front else text
