"""PDF -> blocks. A PDF knows glyphs and places only; lines, paragraphs and headings are told by where and how large they stand."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import hypot
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError

from app.ingestion.formats.blocks import Block, Kind, Limits, Unreadable, visible

_BULLET = re.compile(r"^(?:[•▪■●◦‣·–*-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_MARK = re.compile(r"^[•▪■●◦‣·–*-]\s+")
_PAGE_NUMBER = re.compile(r"(page|página)?\s*\d{1,4}(\s*(/|of|de)\s*\d{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-$")
_ENDS = re.compile(r"""[.!?:;…。！？"”’')\]]$""")
_LARGER = 1.15
_LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    bold: bool
    page: int
    y: float


def read_pdf(data: bytes, limits: Limits) -> tuple[Block, ...]:
    """The text layer of a PDF in its order, without running heads and page numbers.

    Raises:
        Unreadable: it is locked, has no text or too many pages, or unpacks to too much.
    """
    # It warns of every flaw it mends, in words of the file.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with apply_configuration(
        zlib_maximum_output_length=limits.stream,
        lzw_maximum_output_length=limits.stream,
        run_length_maximum_output_length=limits.stream,
        array_based_stream_maximum_output_length=limits.stream,
    ):
        try:
            lines = _without_running(list(_lines(data, limits)))
        except LimitReachedError:
            raise Unreadable(
                "unpacks to more than text needs; save it anew without pictures"
            ) from None
    if not lines:
        raise Unreadable(
            "has no text, only pictures of it; run text recognition (OCR) over it first"
        )
    return tuple(_blocks(lines))


def _lines(data: bytes, limits: Limits) -> Iterator[_Line]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise Unreadable("is locked with a password or against copying; save it without")
    if len(reader.pages) > limits.pages:
        raise Unreadable(f"has more than {limits.pages} pages; take out the ones you need")
    for number, page in enumerate(reader.pages):
        yield from _page_lines(page, number)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    size: float
    bold: bool
    y: float


def _page_lines(page: PageObject, number: int) -> Iterator[_Line]:
    pieces: list[list[_Piece]] = [[]]

    def keep(text: str, page_at: Any, text_at: Any, font: Any, size: float) -> None:
        first, *others = text.split("\n")
        piece = _piece(page_at, text_at, font, size)
        pieces[-1].append(_Piece(first, *piece))
        pieces.extend([_Piece(other, *piece)] for other in others)

    page.extract_text(visitor_text=keep)
    for line in pieces:
        text = visible("".join(piece.text for piece in line))
        if text:
            most = max(line, key=lambda piece: len(piece.text.strip()))
            bold = all(piece.bold for piece in line if piece.text.strip())
            yield _Line(text, most.size, bold, number, most.y)


def _piece(page_at: Any, text_at: Any, font: Any, size: float) -> tuple[float, bool, float]:
    """Size as seen, whether bold, and height on the page."""
    seen = float(size) * hypot(text_at[2], text_at[3]) * hypot(page_at[2], page_at[3])
    name = str((font or {}).get("/BaseFont", "")).lower()
    y = text_at[4] * page_at[1] + text_at[5] * page_at[3] + page_at[5]
    return round(abs(seen), 1), "bold" in name or "black" in name, float(y)


def _without_running(lines: list[_Line]) -> list[_Line]:
    """Without page numbers, and without heads and feet that come back on most pages."""
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    edges = [line for page in pages for line in {id(e): e for e in (page[0], page[-1])}.values()]
    counted = Counter(_DIGITS.sub("#", line.text) for line in edges)
    running = {
        id(line)
        for line in edges
        if _PAGE_NUMBER.fullmatch(line.text)
        or counted[_DIGITS.sub("#", line.text)] > max(2, len(pages) / 2)
    }
    return [line for line in lines if id(line) not in running]


@dataclass(frozen=True, slots=True)
class _Layout:
    """What most of a document looks like; headings and beginnings are told by how they differ.

    Attributes:
        size, bold: of the running text.
        step: from one line of a paragraph to the next, in sizes of its type.
        width: of the longest line, in characters.
    """

    size: float
    bold: bool
    step: float
    width: int

    def is_heading(self, line: _Line) -> bool:
        stands_out = line.size > self.size * _LARGER or (line.bold and not self.bold)
        return stands_out and len(line.text) <= _LONGEST_HEADING and not _BULLET.match(line.text)

    def begins(self, before: _Line, line: _Line) -> bool:
        """Whether a line begins a block of its own, and does not go on from the one before."""
        is_heading, ended = self.is_heading(line), bool(_ENDS.search(before.text))
        if _BULLET.match(line.text) or self.is_heading(before) != is_heading:
            return True
        if is_heading and (before.size, before.bold) != (line.size, line.bold):
            return True
        if before.page != line.page or line.y > before.y:  # a new page or column
            return is_heading or ended
        broke_off = ended and len(before.text) < self.width * 0.75
        return broke_off or before.y - line.y > self.step * line.size * 1.3


def _layout(lines: list[_Line]) -> _Layout:
    characters: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        characters[line.size, line.bold] += len(line.text)
    steps = Counter(
        round((a.y - b.y) / b.size, 1)
        for a, b in pairwise(lines)
        if a.page == b.page and a.y > b.y and a.size == b.size > 0
    )
    # Of two that are as common, the smaller is inside paragraphs and the larger between them.
    step = min(steps, key=lambda found: (-steps[found], found), default=0)
    return _Layout(*characters.most_common(1)[0][0], step, max(len(line.text) for line in lines))


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    layout = _layout(lines)
    styles = {(-line.size, not line.bold) for line in lines if layout.is_heading(line)}
    levels = {style: level for level, style in enumerate(sorted(styles), start=1)}
    held: list[_Line] = []
    for line in lines:
        if held and layout.begins(held[-1], line):
            yield _block(held, levels if layout.is_heading(held[0]) else {})
            held = []
        held.append(line)
    yield _block(held, levels if layout.is_heading(held[0]) else {})


def _block(lines: list[_Line], levels: dict[tuple[float, bool], int]) -> Block:
    text = lines[0].text
    for line in lines[1:]:
        cut = line.text[:1].islower() and _HYPHENATED.search(text)
        text = text[:-1] + line.text if cut else f"{text} {line.text}"
    if levels:
        return Block(Kind.HEADING, text, levels[-lines[0].size, not lines[0].bold])
    kind = Kind.ITEM if _BULLET.match(text) else Kind.PARAGRAPH
    return Block(kind, _MARK.sub("", text))
