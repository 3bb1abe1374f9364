"""An organisation's own text -> a draft page to finish: `drafts/<language>/<name>.md` in the corpus. It is never served from there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from app.domain.errors import DraftError
from app.domain.topics import ALL_TOPICS
from app.domain.words import fold
from app.ingestion.formats import Block, Kind, Limits, read_blocks, shown_name
from app.ingestion.loading import DRAFTS

_LONGEST_NAME = 50  # letters; a file's name has room for 255 bytes
_LIST_NUMBER = re.compile(r"^([0-9]{1,9})[.)](?= |$)")
_LIST_MARK = re.compile(r"^([-+*]|#{1,6}) ")
_NO_TOPIC = "choose-a-topic"
_HEAD = """\
---
topic: {topic}  # a slug from the list in corpus/README.md; the finished file is named after it
{title}
as_of: 2000-01-01  # fill in: the day up to which the law and news here were established
revised: {today}
review_due: {today}  # fill in: when to look again
never_say: []  # fill in: claims that would harm here
---
"""
_FOLLOWS = (
    "translates: {today}  # fill in: the `revised` of the English page that this one follows\n"
)


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section to be: its id, heading and details, as they stand in the draft."""

    id: str
    heading: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A page that waits to be finished.

    Attributes:
        place: where it goes, under the corpus.
        text: the file.
        links: addresses that its text was linked to.
    """

    place: Path
    text: str
    sections: tuple[DraftSection, ...]
    links: tuple[str, ...]


def read_drafts(
    paths: Sequence[Path],
    language: str,
    topic: str | None,
    today: date,
    limits: Limits | None = None,
) -> list[Draft]:
    """A draft of each file. Nothing is written.

    Args:
        paths: the files; their endings say what they are.
        language: of the corpus, in which the files are written.
        topic: the slug all of them belong to, if it is known yet.
        today: the day they are revised.

    Raises:
        DraftError: a file cannot be read, two would become the same draft, or there is no such topic.
    """
    if topic is not None and topic not in ALL_TOPICS:
        raise DraftError(f"no such topic: {topic}; corpus/README.md lists them")
    drafts: dict[Path, tuple[Path, Draft]] = {}
    for path in paths:
        draft = draft_of(path.stem, read_blocks(path, limits), language, topic, today)
        if draft.place in drafts:
            names = f"{shown_name(drafts[draft.place][0])} and {shown_name(path)}"
            raise DraftError(f"{names} would become the same draft; rename one")
        drafts[draft.place] = path, draft
    return [draft for _, draft in drafts.values()]


def draft_of(
    stem: str, blocks: Sequence[Block], language: str, topic: str | None, today: date
) -> Draft:
    """The page that a file's blocks make, as `read_blocks` gives them. `read_page` finds its details as they are here."""
    blocks = [_inert(block) for block in blocks]
    name = _file_name(stem)
    heads = [block.text for block in blocks if block.kind is Kind.HEADING and block.level == 1]
    title = heads[0] if heads else name.replace("-", " ").capitalize()
    sections = tuple(_sections(blocks, title))
    links = tuple(dict.fromkeys(link for block in blocks for link in block.links))
    return Draft(
        place=Path(DRAFTS, language, f"{name}.md"),
        text=_page(title, sections, topic, language, today),
        sections=sections,
        links=links,
    )


def write_drafts(corpus: Path, drafts: Sequence[Draft], replace: bool) -> None:
    """Write all drafts or, when one cannot be written, none.

    Raises:
        DraftError: a draft exists already and is not to be replaced, or the folder cannot be written to.
    """
    for draft in drafts:
        target = corpus / draft.place
        if target.is_dir() or (not replace and (target.exists() or target.is_symlink())):
            raise DraftError(
                f"{draft.place} exists already; move it away, or overwrite it with --replace"
            )
    beside = [(_beside(corpus / draft.place), corpus / draft.place) for draft in drafts]
    try:
        for draft, (new, _) in zip(drafts, beside, strict=True):
            new.parent.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)  # left by a crash, or a link that somebody laid
            with new.open("x", encoding="utf-8", newline="\n") as file:
                file.write(draft.text)
        for new, target in beside:
            new.replace(target)
    except OSError as error:
        _remove([new for new, _ in beside])
        where = draft.place.parent
        raise DraftError(
            f"cannot write to {where}: {error.strerror}; nothing was written"
        ) from None


def _beside(target: Path) -> Path:
    """Where a draft is written before it takes its place in one step. No reader looks at files of that kind."""
    return target.with_name(f".{target.name}.new")


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink()


def _inert(block: Block) -> Block:
    """The block with a text in which nothing is a marker of a page: a page knows no way to escape one.

    Braces would call a fact, an id or a time; `[@` a source; a number sign, dash or number in front would open
    a heading or a list. What stands in for such a sign reads the same.
    """
    text = block.text.replace("{", "(").replace("}", ")").replace("[@", "[ @")
    text = _LIST_NUMBER.sub(r"(\1)", text)
    while marked := _LIST_MARK.match(text):
        text = marked[1] + text[marked.end() :]
    return Block(block.kind, text, block.level, block.links)


def _sections(blocks: Sequence[Block], title: str) -> Iterator[DraftSection]:
    """One for each heading. The title opens one only if text follows it before the next heading."""
    ids: dict[str, int] = {}
    grouped: list[tuple[str, list[str]]] = [(title, [])]
    titled = False
    for block in blocks:
        if block.kind is not Kind.HEADING:
            grouped[-1][1].append(block.text)
        elif titled or block.level != 1 or grouped != [(title, [])]:
            grouped.append((block.text, []))
        else:
            titled = True
    for heading, details in grouped[0 if grouped[0][1] else 1 :]:
        yield DraftSection(_free_id(heading, ids), heading, tuple(details))


def _free_id(heading: str, taken: dict[str, int]) -> str:
    """An id of its words that no section has yet. `taken` counts how often each was wanted, and learns of this one."""
    words = re.findall(r"[a-z0-9]+", fold(heading))
    id = free = "-".join(words[:8]) or "section"
    while free in taken:
        taken[id] += 1
        free = f"{id}-{taken[id]}"
    taken[free] = 1
    return free


def _file_name(stem: str) -> str:
    words = re.findall(r"[^\W_]+", stem.lower())
    return "-".join(words)[:_LONGEST_NAME].strip("-") or "draft"


def _page(
    title: str, sections: Sequence[DraftSection], topic: str | None, language: str, today: date
) -> str:
    # The dumper quotes whatever YAML would read as more than a text.
    told = yaml.safe_dump({"title": title}, allow_unicode=True, width=float("inf")).strip("\n")
    head = _HEAD.format(topic=topic or _NO_TOPIC, title=told, today=today)
    if language != "en":
        head = head.removesuffix("---\n") + _FOLLOWS.format(today=today) + "---\n"
    return head + "".join(map(_section, sections))


def _section(section: DraftSection) -> str:
    details = "".join(f"- {detail}\n" for detail in section.details)
    return (
        f"\n## {section.heading} {{#{section.id}}}\n\n### answer\n\n### details\n\n{details}"
        "\n### contacts\n\n### asked\n"
    )
