"""A page's Markdown, read into its parts. Knows the form of a page, nothing of what it says."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel, ConfigDict

from app.domain.errors import CorpusError

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_HEADING_ID = re.compile(r"\s*\{#([a-z0-9]+(?:-[a-z0-9]+)*)\}\s*$")
_CITED = re.compile(
    r"^(?P<text>.*?)\s*(?:\[(?P<marks>@[^\[\]]+)\])?\s*(?:\{:(?P<attributes>[^{}]*)\})?$", re.DOTALL
)
# Headings and lists are all the Markdown a page has; the text in them is read here, not by the library.
_MARKDOWN = MarkdownIt("zero").enable(["heading", "list"]).disable(["inline", "text_join"])
_ATTRIBUTE = re.compile(r"(from|until)=(\d{4}-\d{2}-\d{2})")


class Part(StrEnum):
    """The parts of a section, in their order."""

    ANSWER = "answer"
    DETAILS = "details"
    STEPS = "steps"
    CONTACTS = "contacts"
    ASKED = "asked"


class FrontMatter(BaseModel):
    """The keys a page must and may have."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: str
    title: str
    as_of: date
    revised: date
    review_due: date
    never_say: list[str]
    translates: date | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One citation of a statement: a source's id and the place in it."""

    source: str
    pinpoint: str | None


@dataclass(frozen=True, slots=True)
class RawStatement:
    """A statement as written: placeholders not yet filled."""

    text: str
    marks: tuple[Mark, ...]
    since: date | None
    until: date | None
    line: int

    def holds(self, today: date) -> bool:
        """Whether it is in force on a day."""
        return (self.since is None or self.since <= today) and (
            self.until is None or today <= self.until
        )


@dataclass(slots=True)
class RawSection:
    """A section as written."""

    id: str
    heading: str
    line: int
    parts: dict[Part, list[str]] = field(default_factory=dict)
    lines: dict[Part, list[int]] = field(default_factory=dict)

    def statements(self, part: Part) -> list[RawStatement]:
        """The statements of `answer` or `details`.

        Raises:
            CorpusError: a marker cannot be read.
        """
        return [
            read_statement(text, line)
            for text, line in zip(self.parts.get(part, []), self.lines.get(part, []), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as written."""

    front: FrontMatter
    sections: tuple[RawSection, ...]


def read_page(text: str) -> RawPage:
    """Read one page.

    Raises:
        CorpusError: the text is not a page; the message says where and why.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        raise CorpusError("front matter between two --- lines is missing")
    try:
        front = FrontMatter.model_validate(yaml.load(match[1], Loader=yaml.CSafeLoader))
    except (ValueError, yaml.YAMLError) as error:  # a 13th month is a bare ValueError
        raise CorpusError(f"front matter: {error}") from error
    offset = match[1].count("\n") + 4  # lines are counted from one
    sections = _read_sections(_MARKDOWN.parse(match[2]), offset)
    if not sections:
        raise CorpusError("no section")
    for section in sections:
        for part in (Part.ANSWER, Part.DETAILS):
            section.statements(part)
    return RawPage(front, tuple(sections))


def _read_sections(tokens: list[Token], offset: int) -> list[RawSection]:
    sections: list[RawSection] = []
    part: Part | None = None
    for position, token in enumerate(tokens):
        if token.type != "inline":
            continue
        opener, line = tokens[position - 1], _line(token, offset)
        if opener.type == "heading_open" and opener.tag == "h2":
            sections.append(_open_section(token.content, line))
            part = None
        elif opener.type == "heading_open" and opener.tag == "h3":
            part = _open_part(sections, token.content.strip(), line)
        elif opener.type == "paragraph_open" and token.level >= 3 and sections and part:
            sections[-1].parts[part].append(" ".join(token.content.split()))
            sections[-1].lines[part].append(line)
        else:
            raise CorpusError(f"line {line}: text outside a list of a section's part")
    return sections


def _line(token: Token, offset: int) -> int:
    return (token.map[0] if token.map else 0) + offset


def _open_section(content: str, line: int) -> RawSection:
    match = _HEADING_ID.search(content)
    if not match:
        raise CorpusError(f"line {line}: a section's heading ends with its id, {{#like-this}}")
    return RawSection(match[1], _HEADING_ID.sub("", content).strip(), line)


def _open_part(sections: list[RawSection], name: str, line: int) -> Part:
    if not sections:
        raise CorpusError(f"line {line}: a part before the first section")
    try:
        part = Part(name)
    except ValueError:
        raise CorpusError(f"line {line}: no part is called {name!r}") from None
    if part in sections[-1].parts:
        raise CorpusError(f"line {line}: part {name} comes twice")
    sections[-1].parts[part] = []
    sections[-1].lines[part] = []
    return part


def read_statement(content: str, line: int) -> RawStatement:
    """One bullet: its text, its marks, the time it holds.

    Raises:
        CorpusError: the marker or an attribute cannot be read.
    """
    match = _CITED.match(content)
    assert match is not None
    text, marks = match["text"], match["marks"]
    if "[@" in text or not text:
        raise CorpusError(f"line {line}: sources stand once, at the end: [@source, place; @source]")
    since, until = _times(match["attributes"], line)
    return RawStatement(
        text=text,
        marks=tuple(_mark(mark, line) for mark in marks.split(";")) if marks else (),
        since=since,
        until=until,
        line=line,
    )


def _times(attributes: str | None, line: int) -> tuple[date | None, date | None]:
    if attributes is None:
        return None, None
    times = [_ATTRIBUTE.fullmatch(word) for word in attributes.split()]
    try:
        days = {time[1]: date.fromisoformat(time[2]) for time in times if time}
    except ValueError:
        days = {}
    if not days or len(days) != len(times):
        raise CorpusError(f"line {line}: a time is written {{: from=2026-01-01 until=2026-12-31}}")
    return days.get("from"), days.get("until")


def _mark(text: str, line: int) -> Mark:
    name, _, pinpoint = text.strip().partition(",")
    if not name.startswith("@") or not name[1:].strip():
        raise CorpusError(f"line {line}: not a source: {text.strip()!r}")
    return Mark(name[1:].strip(), pinpoint.strip() or None)
