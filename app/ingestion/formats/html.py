"""HTML -> blocks. Only what a reader of the page would see: no scripts, no hidden or struck-out text, no menus."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from justhtml import JustHTML
from justhtml.dom import Node

from app.ingestion.formats.blocks import Block, Kind, visible

_SKIPPED = frozenset(
    "head script style template noscript noframes iframe frame object embed applet svg canvas audio video "
    "select datalist button input textarea nav dialog del s strike".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table td th tr ul".split()
)
_HIDING = re.compile(
    r"display:none|visibility:(hidden|collapse)|(opacity|font-size):0(\.0*)?(px|pt|em|rem|%)?(;|!|$)|mso-hide:all"
)
_CSS_NOISE = re.compile(r"/\*.*?\*/|\s+", re.DOTALL)
_LONGEST_STYLE = 5_000  # more is no style but an attempt to keep the pattern busy
_LINK = re.compile(r"(https?|mailto|tel|sms):", re.IGNORECASE)
_LINE_END = "\v"  # what a `br` leaves behind
# Inside a table these say that it only arranges the page: it is read like running text then.
_ARRANGED = frozenset({*_HEADINGS, "table", "ul", "ol"})


class _Step(Enum):
    OPEN = auto()
    TEXT = auto()
    CLOSE = auto()


def read_html(markup: str) -> tuple[Block, ...]:
    """The text of a page in its order."""
    # Sanitising is for HTML that is shown again; nothing but text leaves this function.
    root = JustHTML(markup, sanitize=False).root
    gathered = _Gathered()
    for step, node in _walk(root):
        if step is _Step.TEXT:
            gathered.parts.append(_data(node))
        elif step is _Step.OPEN:
            gathered.open(node)
        else:
            gathered.close(node.name)
    gathered.flush()
    return tuple(gathered.blocks)


def _walk(root: Node) -> Iterator[tuple[_Step, Node]]:
    """What can be seen, in document order. A loop and no recursion: pages nest as deep as they like."""
    waiting: list[tuple[_Step, Node]] = [(_Step.OPEN, root)]
    while waiting:
        step, node = waiting.pop()
        if step is _Step.OPEN and node.name == "#text":
            yield _Step.TEXT, node
        elif step is _Step.CLOSE:
            yield step, node
        elif _shown(node):
            yield step, node
            if node.name == "table" and _is_data(node):
                continue
            waiting.append((_Step.CLOSE, node))
            waiting.extend((_Step.OPEN, child) for child in reversed(_children(node)))


def _children(node: Node) -> list[Any]:
    return node.children or []


def _data(node: Node) -> str:
    return str(node.data or "")


def _shown(node: Node) -> bool:
    if node.name == "#document":
        return True
    attributes = node.attrs or {}
    style = _CSS_NOISE.sub("", (attributes.get("style") or "")[:_LONGEST_STYLE].lower())
    return not (
        node.name in _SKIPPED
        or node.name.startswith(("#", "!", "?"))
        or "hidden" in attributes
        or (attributes.get("aria-hidden") or "").lower() == "true"
        or _HIDING.search(style)
    )


@dataclass
class _Gathered:
    """Text as it comes by, closed into a block wherever a reader sees a new one begin."""

    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    items: int = 0

    def open(self, node: Node) -> None:
        name = node.name
        if name in _BLOCKS:
            self.flush()
        if name == "table" and _is_data(node):
            self.blocks += _rows(node)
        elif name in _HEADINGS:
            self.headings.append(_HEADINGS[name])
        elif name == "li":
            self.items += 1
        elif name == "a":
            self.links += _target(node)
        elif name == "br":
            self._break()

    def _break(self) -> None:
        """A line ends inside a paragraph; two ends in a row are how old pages part paragraphs."""
        seen = (part for part in reversed(self.parts) if part == _LINE_END or part.strip())
        if next(seen, "") == _LINE_END:
            self.flush()
        else:
            self.parts.append(_LINE_END)

    def close(self, name: str) -> None:
        if name in _BLOCKS:
            self.flush()
        if name in _HEADINGS:
            self.headings.pop()
        elif name == "li":
            self.items -= 1

    def flush(self) -> None:
        text, links = visible("".join(self.parts)), tuple(self.links)
        self.parts, self.links = [], []
        if not text:
            return
        if self.headings:
            self.blocks.append(Block(Kind.HEADING, text, self.headings[-1], links))
        else:
            kind = Kind.ITEM if self.items else Kind.PARAGRAPH
            self.blocks.append(Block(kind, text, links=links))


def _target(node: Node) -> list[str]:
    address = visible((node.attrs or {}).get("href") or "")
    return [address] if _LINK.match(address) else []


def _is_data(table: Node) -> bool:
    """Whether a table holds rows of several cells, and nothing that reads as a text of its own."""
    widest = 0
    waiting = list(reversed(_children(table)))
    while waiting:
        node = waiting.pop()
        if node.name in _ARRANGED:
            return False
        if node.name == "tr":
            widest = max(widest, sum(child.name in {"td", "th"} for child in _children(node)))
        waiting.extend(reversed(_children(node)))
    return widest > 1


@dataclass
class _Row:
    cells: list[list[str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    is_head: bool = True

    @property
    def texts(self) -> list[str]:
        return [visible("".join(cell)) for cell in self.cells]


def _rows(table: Node) -> Iterator[Block]:
    """One item a row. Under a head row each cell is named by its column; else the first cell names the others."""
    before, rows = _cells(table)
    head = rows.pop(0).texts if len(rows) > 1 and rows[0].is_head else []
    if caption := visible(before):
        yield Block(Kind.PARAGRAPH, caption)
    for row in rows:
        texts = row.texts
        named = head if len(head) == len(texts) else []
        text = _by_column(named, texts) if named else _by_first(texts)
        if text:
            yield Block(Kind.ITEM, text, links=tuple(row.links))


def _cells(table: Node) -> tuple[str, list[_Row]]:
    before: list[str] = []
    rows: list[_Row] = []
    for child in _children(table):
        for step, node in _walk(child):
            if step is _Step.OPEN and node.name == "tr":
                rows.append(_Row())
            elif step is _Step.OPEN and node.name in {"td", "th"} and rows:
                rows[-1].cells.append([])
                rows[-1].is_head &= node.name == "th"
            elif step is _Step.OPEN and node.name == "a" and rows:
                rows[-1].links += _target(node)
            elif node.name in _BLOCKS or node.name == "br" or step is _Step.TEXT:
                into = rows[-1].cells[-1] if rows and rows[-1].cells else before
                into.append(_data(node) if step is _Step.TEXT else " ")
    return "".join(before), rows


def _by_column(head: Iterable[str], texts: Iterable[str]) -> str:
    pairs = zip(head, texts, strict=True)
    return _joined(f"{name.rstrip(': ')}: {text}" if name else text for name, text in pairs if text)


def _by_first(texts: Iterable[str]) -> str:
    first, *others = [text for text in texts if text] or [""]
    if not others:
        return first
    return f"{first}{' ' if first[-1] in ':?!.' else ': '}{_joined(others)}"


def _joined(texts: Iterable[str]) -> str:
    joined = ""
    for text in texts:
        joined += ("" if not joined else " " if joined[-1] in ".!?;" else "; ") + text
    return joined
