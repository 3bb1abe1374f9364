"""The search index: built from the corpus in seconds, thrown away at will.

It lies in a folder named by the fingerprint of everything that went in, so that a folder either is the right index or is not
there. It is built beside its final place and moved there in one step; a crash leaves the old one or the new one.
"""

import hashlib
import json
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.components import NONE, Components
from app.domain.errors import IndexUnavailable
from app.domain.library import Library
from app.domain.section import Section
from app.domain.topics import BOUNDARIES
from app.domain.words import fold
from app.retrieval.chroma_index import ChromaIndex
from app.retrieval.embeddings import Embedder
from app.retrieval.fusion import SIGNALS, Fusion
from app.retrieval.learning import HeldOut, learn_fusion
from app.retrieval.lexical import Lexical
from app.retrieval.text import bare, question_tokenizer, tokenizer
from app.retrieval.topics import TopicModel

FORMAT = 6
"""Raise it when the meaning of a file in the folder changes."""

_BUILDING = 3600
"""Seconds for which a folder under construction is left alone."""
_LIBRARIES = ("bm25s", "chromadb", "numpy", "scikit-learn", "PyStemmer", "wordllama")


@dataclass(frozen=True)
class Content:
    """What goes into the index of one language, in a fixed order."""

    language: str
    sections: tuple[Section, ...]
    examples: tuple[str, ...]
    owners: NDArray[np.int64]
    """Row of the section each example belongs to."""
    taught: tuple[tuple[str, str], ...]
    """`(question, label)` for the topic model: examples of all pages, boundaries too, and the labelled ones."""

    @cached_property
    def asked(self) -> dict[str, int]:
        """Example questions without case, accents and punctuation -> row of their section."""
        return {bare(text): int(row) for text, row in zip(self.examples, self.owners, strict=True)}

    @property
    def texts(self) -> list[str]:
        return [section_text(section) for section in self.sections]


def section_text(section: Section) -> str:
    """The words a section is found by: its question twice, since that is what people echo."""
    statements = " ".join(statement.text for statement in section.statements)
    return f"{section.title} {section.heading} {section.heading} {statements}"


def content_of(library: Library, language: str) -> Content:
    """Everything that is indexed in one language."""
    every = tuple(library.sections(language))
    sections = tuple(section for section in every if section.topic not in BOUNDARIES)
    beside: dict[str, list[str]] = defaultdict(list)
    for example in library.examples:
        if example.language == language and example.section:
            beside[f"{example.label}/{example.section}"].append(example.text)
    # A heading is the question as an editor heard it; it stands among the examples.
    examples = [
        (text, row)
        for row, section in enumerate(sections)
        for text in (section.heading, *section.asked, *beside[section.key])
    ]
    taught: dict[str, tuple[str, str]] = {}
    for section in every:
        label = section.key if section.topic in BOUNDARIES else section.topic
        for text in (section.heading, *section.asked, *beside[section.key]):
            taught.setdefault(fold(text), (text, label))
    for example in library.examples:
        if example.language == language:
            taught.setdefault(fold(example.text), (example.text, example.label))
    return Content(
        language=language,
        sections=sections,
        examples=tuple(text for text, _ in examples),
        owners=np.array([row for _, row in examples], dtype=np.int64),
        taught=tuple(taught.values()),
    )


def fingerprint(contents: Sequence[Content], embedding: str, without: Components = NONE) -> str:
    """Sixteen hex digits that change when anything in the index would."""
    went_in: list[Any] = [
        FORMAT,
        embedding,
        sorted(without),
        [f"{name} {version(name)}" for name in _LIBRARIES],
    ]
    for content in contents:
        keys = [section.key for section in content.sections]
        went_in.append([content.language, keys, content.texts, content.examples, content.taught])
    return hashlib.sha256(json.dumps(went_in).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class LanguageIndex:
    """What answers a query in one language."""

    content: Content
    section_words: Lexical
    example_words: Lexical
    topics: TopicModel
    fusion: Fusion
    place: dict[str, int]
    """Section key -> row."""

    def on_topic(self, topics: Mapping[str, float]) -> NDArray[np.float64]:
        """Per section the probability of its topic."""
        return np.array([topics.get(section.topic, 0.0) for section in self.content.sections])


class Index:
    """An index, opened."""

    def __init__(
        self,
        folder: Path,
        contents: Sequence[Content],
        embedder: Embedder,
        without: Components = NONE,
    ) -> None:
        """
        Args:
            folder: an index built from these contents.
            contents: one a language.
            embedder: the embedding it was built with.
            without: components it was built without.

        Raises:
            IndexUnavailable: the folder is damaged.
        """
        try:
            manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
            _whole(folder, manifest["files"])
            self.languages = {
                content.language: self._open(folder / content.language, content, manifest)
                for content in contents
            }
        except (OSError, ValueError, LookupError, EOFError, UnpicklingError) as error:
            raise IndexUnavailable(f"the index {folder.name} is damaged") from error
        self.vectors = ChromaIndex(folder / "chroma")
        self.embedder = embedder
        self.name = folder.name
        self.without = without
        self.held_out: dict[str, Any] = manifest["held out"]
        """Language -> what `learning.HeldOut` holds."""

    @staticmethod
    def _open(folder: Path, content: Content, manifest: dict[str, Any]) -> LanguageIndex:
        return LanguageIndex(
            content=content,
            section_words=Lexical.load(folder / "sections", tokenizer(content.language)),
            example_words=Lexical.load(folder / "examples", question_tokenizer(content.language)),
            topics=TopicModel.load(folder / "topics.joblib"),
            fusion=Fusion.from_dict(manifest["fusion"][content.language]),
            place={section.key: row for row, section in enumerate(content.sections)},
        )


def open_or_build(
    folder: Path, library: Library, embedder: Embedder, embedding: str, without: Components = NONE
) -> Index:
    """The index for a library; built when it is not there or cannot be read.

    Args:
        folder: where indexes lie, one subfolder each.
        library: what is indexed.
        embedder: makes the vectors.
        embedding: the embedding's name, part of the fingerprint.
        without: components to leave out.

    Raises:
        IndexUnavailable: it can neither be read nor built.
    """
    contents = [content_of(library, language) for language in library.languages]
    place = folder / fingerprint(contents, embedding, without)
    if place.exists():
        try:
            return Index(place, contents, embedder, without)
        except IndexUnavailable:
            shutil.rmtree(place, ignore_errors=True)
    try:
        _build(place, contents, embedder, without)
    except OSError as error:
        raise IndexUnavailable(f"cannot write the index in {folder}: {error.strerror}") from error
    return Index(place, contents, embedder, without)


def _whole(folder: Path, sizes: dict[str, int]) -> None:
    """Raises `ValueError` when a file is missing or cut. What came on top, such as a journal of Chroma's, does not matter."""
    held = _sizes(folder)
    if any(held.get(name) != size for name, size in sizes.items()):
        raise ValueError("files are missing or cut")


def _sizes(folder: Path) -> dict[str, int]:
    """Every file but the manifest, with its size: Chroma opens a damaged folder as an empty one."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def _build(
    place: Path, contents: Sequence[Content], embedder: Embedder, without: Components
) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix="building-", dir=place.parent))
    try:
        chroma = ChromaIndex(building / "chroma")
        learnt = {
            c.language: _build_language(building, c, chroma, embedder, without) for c in contents
        }
        counts = {
            c.language: {"sections": len(c.sections), "examples": len(c.examples)} for c in contents
        }
        manifest = {
            "format": FORMAT,
            "signals": SIGNALS,
            "fusion": {code: fusion.as_dict() for code, (fusion, _) in learnt.items()},
            "held out": {code: asdict(measured) for code, (_, measured) in learnt.items()},
            "counts": counts,
            "files": _sizes(building),
        }
        (building / "manifest.json").write_text(json.dumps(manifest, indent=1), "utf-8")
        building.rename(place)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        # Another process may have put the same index there first; it is as good as ours.
        if not place.exists():
            raise
    _tidy(place)


def _tidy(place: Path) -> None:
    """Remove other indexes, and what a killed build left behind an hour ago or more."""
    for other in place.parent.iterdir():
        building = other.name.startswith("building-")
        if other != place and not (building and time.time() - other.stat().st_mtime < _BUILDING):
            shutil.rmtree(other, ignore_errors=True)


def _build_language(
    folder: Path,
    content: Content,
    chroma: ChromaIndex,
    embedder: Embedder,
    without: Components,
) -> tuple[Fusion, HeldOut]:
    place = folder / content.language
    place.mkdir()
    words = Lexical.build(content.texts, tokenizer(content.language))
    example_words = Lexical.build(content.examples, question_tokenizer(content.language))
    words.save(place / "sections")
    example_words.save(place / "examples")
    sections = embedder.vectors(content.texts)
    examples = embedder.vectors(list(content.examples))
    chroma.build(f"sections-{content.language}", sections)
    chroma.build(f"questions-{content.language}", examples)
    texts, labels = [t for t, _ in content.taught], [label for _, label in content.taught]
    taught = embedder.vectors(texts)
    topics, held_out = TopicModel.train(texts, labels, content.language, taught)
    topics.save(place / "topics.joblib")
    vectors = (sections, examples)
    return learn_fusion(content, words, example_words, vectors, taught, held_out, without)
