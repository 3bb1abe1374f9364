"""What every format is read into: a list of blocks of plain text, and the bounds that every reader keeps."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import DraftError

# Letters and marks that show nothing; the rest of what cannot be seen is told by its category.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


class Kind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or an item of a list or row of a table.

    Attributes:
        text: one line, never empty, without invisible characters.
        level: of a heading, from 1.
        links: addresses that the text was linked to, as written.
    """

    kind: Kind
    text: str
    level: int = 0
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Past these a file is no text to put on a page, but a mistake or an attack."""

    size: int = 20_000_000
    unpacked: int = 200_000_000
    # Parsed XML takes some thirty times its size in memory.
    xml: int = 20_000_000
    pages: int = 500
    stream: int = 20_000_000
    seconds: float = 120


class Unreadable(DraftError):
    """Why a file's content cannot be read, without the file's name: the caller, who knows it, puts it before."""


def visible(text: str) -> str:
    """The text in one line, without control characters and others that nobody sees."""
    line = " ".join(text.split())
    kept = "".join(char for char in line if unicodedata.category(char) not in _UNSEEN)
    return " ".join(_BLANK.sub("", kept).split())
