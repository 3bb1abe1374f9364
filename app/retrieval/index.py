"""The search index: built from the corpus in seconds, thrown away at will.

It lies in a folder named by the fingerprint of everything that went in, so that a folder either is the right index or is not
there. It is built beside its final place and moved there in one step; a crash leaves the old one or the new one.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.errors import IndexUnavailable
from app.domain.library import Library
from app.domain.section import Section
from app.domain.topics import BOUNDARIES, URGENT
from app.retrieval.chroma_index import ChromaIndex
from app.retrieval.embeddings import Embedder, Vectors
from app.retrieval.fusion import (
    NEAREST_QUESTIONS,
    NEAREST_SECTIONS,
    SIGNALS,
    Fusion,
    Weights,
    best_per_section,
    fit_of,
    nearest_only,
    relative,
    saturated,
    standing_out,
)
from app.retrieval.lexical import Lexical
from app.retrieval.text import bare, fold, question_tokenizer, tokenizer
from app.retrieval.topics import Probabilities, TopicModel

FORMAT = 2
"""Raise it when the meaning of a file in the folder changes."""

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
    # A heading is the question as an editor heard it; it stands among the examples.
    examples = [
        (text, row)
        for row, section in enumerate(sections)
        for text in (section.heading, *section.asked)
    ]
    taught: dict[str, tuple[str, str]] = {}
    for section in every:
        label = section.key if section.topic in BOUNDARIES else section.topic
        for text in (section.heading, *section.asked):
            taught.setdefault(fold(text), (text, label))
    for example in library.examples:
        # A boundary's examples teach its sections; those that no section lists would teach a label of their own.
        if example.language == language and example.label not in BOUNDARIES:
            taught.setdefault(fold(example.text), (example.text, example.label))
    return Content(
        language=language,
        sections=sections,
        examples=tuple(text for text, _ in examples),
        owners=np.array([row for _, row in examples], dtype=np.int64),
        taught=tuple(taught.values()),
    )


def fingerprint(contents: Sequence[Content], embedding: str) -> str:
    """Sixteen hex digits that change when anything in the index would."""
    went_in: list[Any] = [FORMAT, embedding, [f"{name} {version(name)}" for name in _LIBRARIES]]
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


class Index:
    """An index, opened."""

    def __init__(self, folder: Path, contents: Sequence[Content], embedder: Embedder) -> None:
        """
        Args:
            folder: an index built from these contents.
            contents: one a language.
            embedder: the embedding it was built with.

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


def open_or_build(folder: Path, library: Library, embedder: Embedder, embedding: str) -> Index:
    """The index for a library; built when it is not there or cannot be read.

    Args:
        folder: where indexes lie, one subfolder each.
        library: what is indexed.
        embedder: makes the vectors.
        embedding: the embedding's name, part of the fingerprint.

    Raises:
        IndexUnavailable: it can neither be read nor built.
    """
    contents = [content_of(library, language) for language in library.languages]
    place = folder / fingerprint(contents, embedding)
    if place.exists():
        try:
            return Index(place, contents, embedder)
        except IndexUnavailable:
            shutil.rmtree(place, ignore_errors=True)
    try:
        _build(place, contents, embedder)
    except OSError as error:
        raise IndexUnavailable(f"cannot write the index in {folder}: {error.strerror}") from error
    return Index(place, contents, embedder)


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


def _build(place: Path, contents: Sequence[Content], embedder: Embedder) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix="building-", dir=place.parent))
    try:
        chroma = ChromaIndex(building / "chroma")
        fusion = {c.language: _build_language(building, c, chroma, embedder) for c in contents}
        counts = {
            c.language: {"sections": len(c.sections), "examples": len(c.examples)} for c in contents
        }
        manifest = {
            "format": FORMAT,
            "signals": SIGNALS,
            "fusion": fusion,
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
    for other in place.parent.iterdir():
        if other != place and not other.name.startswith("building-"):
            shutil.rmtree(other, ignore_errors=True)


def _build_language(
    folder: Path, content: Content, chroma: ChromaIndex, embedder: Embedder
) -> dict[str, object]:
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
    return _learn_fusion(content, words, example_words, vectors, taught, held_out).as_dict()


def _learn_fusion(
    content: Content,
    words: Lexical,
    example_words: Lexical,
    vectors: tuple[Vectors, Vectors],
    taught: Vectors,
    topics: Probabilities,
) -> Fusion:
    """Weigh the signals on the corpus's own examples, each with itself taken out of every list it could be found in.

    Args:
        content: what is indexed.
        words: BM25 over the sections.
        example_words: BM25 over the examples.
        vectors: of the sections, and of the examples.
        taught: vectors of the taught questions.
        topics: their probabilities by a model that has not seen them.
    """
    sections = len(content.sections)
    labels = [label for _, label in content.taught]
    columns = sorted(set(labels))
    column = np.array([columns.index(section.topic) for section in content.sections])
    row_of = {text: row for row, text in enumerate(content.examples)}
    held = {section.topic for section in content.sections}
    section_vectors, example_vectors = vectors
    every, right, known = [], [], []
    for (text, label), vector, probabilities in zip(content.taught, taught, topics, strict=True):
        own = row_of.get(text)
        example_scores, cosines = example_words.scores(text), example_vectors @ vector
        if own is not None:
            example_scores[own] = cosines[own] = 0.0
        every.append(
            signals(
                words.scores(text),
                best_per_section(example_scores, content.owners, sections),
                nearest_only(section_vectors @ vector, NEAREST_SECTIONS),
                best_per_section(
                    nearest_only(cosines, NEAREST_QUESTIONS), content.owners, sections
                ),
                probabilities[column].astype(np.float32),
            )
        )
        right.append(content.owners[own] if own is not None else -1)
        known.append(label in held)
    where = np.array(right)
    cases = np.stack(every)
    listed = (where >= 0) | ~np.array(known)
    answer = where[:, None] == np.arange(sections)
    section = Weights.learn(cases[listed].reshape(-1, len(SIGNALS)), answer[listed].ravel())
    fits = [
        fit_of(p, dict(zip(columns, row, strict=True)), content.sections[int(p.argmax())].topic)
        for p, row in zip(map(section.probability, cases), topics, strict=True)
    ]
    asks = ~np.array([label.startswith(URGENT) for label in labels])
    # Balanced: far more examples are ours than not, and people's questions need not be.
    answerable = Weights.learn(np.stack(fits)[asks], np.array(known)[asks], balanced=True)
    return Fusion(section, answerable)


def signals(
    section_words: NDArray[np.float32],
    example_words: NDArray[np.float32],
    section_meaning: NDArray[np.float32],
    example_meaning: NDArray[np.float32],
    topic: NDArray[np.float32],
) -> NDArray[np.float32]:
    """The signals of every section for one question, in the order of `SIGNALS`."""
    columns = [
        saturated(section_words),
        standing_out(section_words),
        saturated(example_words),
        standing_out(example_words),
        section_meaning,
        relative(section_meaning),
        example_meaning,
        relative(example_meaning),
        np.sqrt(topic),
        np.log(topic + 1e-3),
    ]
    return np.stack(columns, axis=1).astype(np.float32)
