"""Packets: pages of the corpus as HTML to be printed, read and signed on paper by a lawyer.

Nothing in a packet comes from the clock: the same words give the same bytes, so a packet that differs has other words in it.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.domain.errors import CorpusError, NotFound
from app.domain.library import Library
from app.domain.section import Document
from app.domain.topics import ALL_TOPICS
from app.ingestion.loading import RawCorpus
from app.ingestion.packet_layout import Layout, Packet


def export(
    folder: Path,
    raw: RawCorpus,
    library: Library,
    today: date,
    topics: Sequence[str] = (),
    languages: Sequence[str] = (),
) -> list[Packet]:
    """Write a packet for each page asked for, and `index.html`, which lists them. Files of the same name are replaced.

    Args:
        folder: where to; made if it is missing.
        raw: the corpus as written.
        library: the same corpus as it reads today, every page of it.
        today: decides which facts are in force.
        topics: only these; none means all.
        languages: only these; none means all.

    Raises:
        NotFound: no such topic or language, or no such page.
        CorpusError: the folder lies inside the corpus or cannot be written, or a fact rests on a source that is not there.
    """
    if folder.resolve().is_relative_to(raw.folder.resolve()):
        raise CorpusError("packets are not texts: choose a folder outside the corpus")
    layout = Layout(raw, library, today)
    packets = [layout.packet(document) for document in _chosen(library, topics, languages)]
    pages = {packet.name: _render("packet.html", packet=packet) for packet in packets}
    pages["index.html"] = _render("packet_index.html", packets=packets)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            _write(folder / name, text)
    except OSError as error:
        raise CorpusError(f"cannot write the packets: {error.strerror}") from error
    return packets


def _chosen(
    library: Library, topics: Sequence[str], languages: Sequence[str]
) -> tuple[Document, ...]:
    for topic in topics:
        if topic not in ALL_TOPICS:
            raise NotFound(f"no such topic: {topic}")
    for language in languages:
        if language not in library.languages:
            raise NotFound(f"no such language: {language}")
    chosen = tuple(
        document
        for language in library.languages
        if not languages or language in languages
        for document in library.in_order(language)
        if not topics or document.topic in topics
    )
    if missing := set(topics) - {document.topic for document in chosen}:
        raise NotFound(f"no page written yet: {', '.join(sorted(missing))}")
    if not chosen:
        raise NotFound(f"no page written yet in {', '.join(languages)}")
    return chosen


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(str(Path(__file__).parent)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _render(template: str, **values: object) -> str:
    return _templates().get_template(template).render(**values)


def _write(path: Path, text: str) -> None:
    building = path.with_name(f"{path.name}.new")
    building.write_text(text, "utf-8")
    building.replace(path)
