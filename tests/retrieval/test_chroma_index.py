"""Nearest neighbours in a folder of Chroma's."""

from pathlib import Path

import numpy as np
import pytest

from app.domain.errors import IndexUnavailable
from app.retrieval.chroma_index import ChromaIndex
from app.retrieval.embeddings import Vectors


def unit(*rows: tuple[float, ...]) -> Vectors:
    held = np.array(rows, dtype=np.float32)
    return np.asarray(held / np.linalg.norm(held, axis=1, keepdims=True), dtype=np.float32)


VECTORS = unit((1, 0, 0), (0, 1, 0), (1, 1, 0), (0, 0, 1))


@pytest.fixture
def index(tmp_path: Path) -> ChromaIndex:
    held = ChromaIndex(tmp_path / "chroma")
    held.build("sections-en", VECTORS)
    return held


def test_a_vector_is_its_own_nearest_neighbour(index: ChromaIndex) -> None:
    (row, cosine), *_ = index.nearest("sections-en", VECTORS[2], 4)

    assert row == 2
    assert cosine == pytest.approx(1.0, abs=1e-5)


def test_neighbours_come_nearest_first_with_their_cosine(index: ChromaIndex) -> None:
    vector = unit((1, 0.1, 0))[0]

    found = index.nearest("sections-en", vector, 4)

    assert [row for row, _ in found] == [0, 2, 1, 3]
    assert [cosine for _, cosine in found] == pytest.approx(
        sorted((VECTORS @ vector).tolist(), reverse=True), abs=1e-5
    )


def test_no_more_neighbours_come_than_were_asked_for(index: ChromaIndex) -> None:
    assert len(index.nearest("sections-en", VECTORS[0], 2)) == 2


def test_more_neighbours_than_there_are_gives_all(index: ChromaIndex) -> None:
    assert len(index.nearest("sections-en", VECTORS[0], 10)) == 4


def test_collections_do_not_mix(index: ChromaIndex) -> None:
    index.build("sections-es", unit((0, 0, 1), (1, 0, 0)))

    found = index.nearest("sections-es", VECTORS[0], 10)

    assert [row for row, _ in found] == [1, 0]


def test_a_missing_collection_is_an_unavailable_index(index: ChromaIndex) -> None:
    with pytest.raises(IndexUnavailable, match="sections-zh"):
        index.nearest("sections-zh", VECTORS[0], 1)


def test_vectors_of_another_length_are_an_unavailable_index(index: ChromaIndex) -> None:
    with pytest.raises(IndexUnavailable):
        index.nearest("sections-en", np.ones(7, dtype=np.float32), 1)


def test_a_folder_that_is_a_file_is_an_unavailable_index(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(IndexUnavailable):
        ChromaIndex(tmp_path / "file")


def test_vectors_stay_in_the_folder(index: ChromaIndex, tmp_path: Path) -> None:
    again = ChromaIndex(tmp_path / "chroma")

    assert again.nearest("sections-en", VECTORS[3], 1)[0][0] == 3


def test_more_vectors_than_one_batch_are_all_stored(tmp_path: Path) -> None:
    index = ChromaIndex(tmp_path / "chroma")
    vectors = np.random.default_rng(0).normal(size=(2_100, 4)).astype(np.float32)
    index.build("sections-en", unit(*[tuple(row) for row in vectors.tolist()]))

    found = index.nearest("sections-en", vectors[2_050], 1)

    assert found[0][0] == 2_050


def test_the_same_vector_finds_the_same_neighbours_ten_times(index: ChromaIndex) -> None:
    found = {tuple(index.nearest("sections-en", VECTORS[2], 4)) for _ in range(10)}

    assert len(found) == 1
