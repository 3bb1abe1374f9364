"""The index is built once for what went in, opened without building, rebuilt when damaged, and never half there."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from app.bootstrap import Service
from app.domain.errors import IndexUnavailable
from app.domain.library import Example, Library
from app.domain.question import Asked
from app.domain.topics import BOUNDARIES
from app.retrieval.embeddings import Embedder, Vectors, load_embedder
from app.retrieval.index import Index, content_of, fingerprint, open_or_build, section_text
from app.retrieval.retriever import Retriever
from app.retrieval.text import bare
from tests.retrieval.libraries import smaller

TOPICS = ("itin-renew", "conf-general-rule")
NAME = "wordllama"


class CountingEmbedder(Embedder):
    """The default, counting how often it is asked."""

    def __init__(self) -> None:
        self.real = load_embedder(NAME)
        self.calls = 0

    def vectors(self, texts: list[str]) -> Vectors:
        self.calls += 1
        return self.real.vectors(texts)


class BreakingEmbeddings(Embeddings):
    """Works a few times; then the machine goes down."""

    def __init__(self, times: int, error: BaseException) -> None:
        self.left = times
        self.error = error

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if not self.left:
            raise self.error
        self.left -= 1
        return [[float(len(text)), 1.0] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


@pytest.fixture(scope="module")
def library(service: Service) -> Library:
    return smaller(service.library, *TOPICS)


@pytest.fixture(scope="module")
def built(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index in it. To be copied, not changed."""
    folder = tmp_path_factory.mktemp("built")
    open_or_build(folder, library, load_embedder(NAME), NAME)
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy that may be broken."""
    return Path(shutil.copytree(built, tmp_path / "index"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def place(folder: Path) -> Path:
    """The only index in a folder."""
    (held,) = folder.iterdir()
    return held


def first_found(index: Index, library: Library) -> str:
    """What the first example of the first section finds."""
    section = next(library.sections("en"))
    retriever = Retriever(index, threshold=0.0, least_score=0.0)
    asked = retriever.recognise(Asked(section.asked[0], "en"))
    return retriever.retrieve(asked)[0].section.key


def first_key(library: Library) -> str:
    return next(library.sections("en")).key


def changed(library: Library) -> Library:
    """The same library with one word more in one statement."""
    page = library.documents["en"][TOPICS[0]]
    section = page.sections[0]
    statement = replace(section.answer[0], text=section.answer[0].text + " Again.")
    section = replace(section, answer=(statement, *section.answer[1:]))
    page = replace(page, sections=(section, *page.sections[1:]))
    return replace(library, documents={"en": {**library.documents["en"], TOPICS[0]: page}})


def test_an_index_lies_in_a_folder_named_by_its_fingerprint(built: Path, library: Library) -> None:
    expected = fingerprint([content_of(library, "en")], NAME)

    assert names(built) == [expected]


def test_an_index_is_opened_again_without_building(folder: Path, library: Library) -> None:
    embedder = CountingEmbedder()

    index = open_or_build(folder, library, embedder, NAME)

    assert embedder.calls == 0
    assert first_found(index, library) == first_key(library)


def test_opening_again_changes_no_file_of_ours(folder: Path, library: Library) -> None:
    manifest = place(folder) / "manifest.json"
    before = manifest.stat().st_mtime_ns

    open_or_build(folder, library, load_embedder(NAME), NAME)

    assert manifest.stat().st_mtime_ns == before


def test_building_makes_missing_folders(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "var" / "index"

    index = open_or_build(folder, library, load_embedder(NAME), NAME)

    assert names(folder) == [index.name]


def test_the_same_corpus_gives_the_same_name(library: Library) -> None:
    one, other = (fingerprint([content_of(library, "en")], NAME) for _ in range(2))

    assert one == other
    assert len(one) == 16


def test_another_text_gives_another_name(library: Library) -> None:
    before, after = content_of(library, "en"), content_of(changed(library), "en")

    assert fingerprint([before], NAME) != fingerprint([after], NAME)


def test_another_example_gives_another_name(library: Library) -> None:
    more = replace(library, examples=(*library.examples, Example("so dead?", "en", TOPICS[0])))

    before, after = content_of(library, "en"), content_of(more, "en")

    assert fingerprint([before], NAME) != fingerprint([after], NAME)


def test_another_embedding_gives_another_name(library: Library) -> None:
    contents = [content_of(library, "en")]

    assert fingerprint(contents, NAME) != fingerprint(contents, "openai:some-model")


def test_another_library_version_gives_another_name(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = [content_of(library, "en")]
    before = fingerprint(contents, NAME)

    # What is installed is no argument of ours; there is no other way than to lie about it.
    monkeypatch.setattr("app.retrieval.index.version", lambda _: "0.0.0")

    assert fingerprint(contents, NAME) != before


def test_another_text_is_built_and_the_old_index_removed(folder: Path, library: Library) -> None:
    old = place(folder).name

    index = open_or_build(folder, changed(library), load_embedder(NAME), NAME)

    assert names(folder) == [index.name]
    assert index.name != old


def removed(path: Path) -> None:
    """A file or folder, gone."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwritten(path: Path) -> None:
    path.write_bytes(b"hello\n" * 100)


DAMAGES = [
    (removed, "manifest.json"),
    (removed, "en"),
    (removed, "en/sections/vocab.index.json"),
    (halved, "en/topics.joblib"),
    (overwritten, "en/topics.joblib"),
    (removed, "chroma"),
    (removed, "chroma/chroma.sqlite3"),
    (emptied, "chroma/chroma.sqlite3"),
    (overwritten, "chroma/chroma.sqlite3"),
]


@pytest.mark.parametrize(
    ("damage", "file"), DAMAGES, ids=[f"{damage.__name__} {file}" for damage, file in DAMAGES]
)
def test_a_damaged_index_is_rebuilt(
    folder: Path, library: Library, damage: Callable[[Path], None], file: str
) -> None:
    name = place(folder).name
    damage(place(folder) / file)

    index = open_or_build(folder, library, load_embedder(NAME), NAME)

    assert names(folder) == [name]
    assert first_found(index, library) == first_key(library)


def test_an_empty_folder_under_the_right_name_is_rebuilt(folder: Path, library: Library) -> None:
    held = place(folder)
    shutil.rmtree(held)
    held.mkdir()

    index = open_or_build(folder, library, load_embedder(NAME), NAME)

    assert first_found(index, library) == first_key(library)


@pytest.mark.parametrize("times", [0, 2])
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_crash_while_building_leaves_nothing(
    library: Library, tmp_path: Path, times: int, error: type[BaseException]
) -> None:
    embedder = Embedder(BreakingEmbeddings(times, error()))

    with pytest.raises(error):
        open_or_build(tmp_path, library, embedder, "breaking")

    assert names(tmp_path) == []


def test_a_crash_while_building_leaves_the_index_that_was_there(
    folder: Path, library: Library
) -> None:
    before = names(folder)
    embedder = Embedder(BreakingEmbeddings(1, RuntimeError()))

    with pytest.raises(RuntimeError):
        open_or_build(folder, changed(library), embedder, NAME)

    assert names(folder) == before
    assert first_found(open_or_build(folder, library, load_embedder(NAME), NAME), library)


def test_a_folder_that_cannot_be_made_is_an_unavailable_index(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(IndexUnavailable, match="cannot write"):
        open_or_build(tmp_path / "file" / "index", library, load_embedder(NAME), NAME)


def test_boundary_pages_are_taught_but_not_searched(library: Library) -> None:
    content = content_of(library, "en")

    assert {section.topic for section in content.sections} == set(TOPICS)
    assert {label.split("/")[0] for _, label in content.taught} == BOUNDARIES | set(TOPICS)


def test_every_example_belongs_to_the_section_that_lists_it(library: Library) -> None:
    content = content_of(library, "en")
    owners = [content.sections[row] for row in content.owners]
    beside = {(e.label, e.section, e.text) for e in library.examples if e.language == "en"}

    strangers = [
        text
        for text, owner in zip(content.examples, owners, strict=True)
        if text not in (owner.heading, *owner.asked) and (owner.topic, owner.id, text) not in beside
    ]

    assert strangers == []


def test_a_known_question_leads_to_its_section(library: Library) -> None:
    content = content_of(library, "en")
    section = content.sections[3]

    assert content.sections[content.asked[bare(section.asked[0])]] == section


def test_a_section_is_found_by_its_heading_and_all_its_statements(library: Library) -> None:
    section = next(library.sections("en"))

    text = section_text(section)

    assert section.heading in text
    assert [s.text for s in section.statements if s.text not in text] == []


def test_an_open_index_knows_the_place_of_every_section(built: Path, library: Library) -> None:
    index = open_or_build(built, library, load_embedder(NAME), NAME).languages["en"]

    assert np.all([index.content.sections[row].key == key for key, row in index.place.items()])
    assert len(index.place) == len(index.content.sections)
