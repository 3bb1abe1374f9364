"""A local model of embeddings is read from a folder as exporters write it, and its vectors go with its own index."""

from pathlib import Path

import numpy as np
import pytest

from app.bootstrap import Service
from app.domain.errors import SettingsError
from app.domain.question import Asked
from app.retrieval.embeddings import load_embedder
from app.retrieval.index import open_or_build
from app.retrieval.onnx_embeddings import load_onnx_embeddings
from app.retrieval.retriever import Retriever
from tests.retrieval.libraries import smaller
from tests.tiny_onnx import write_encoder

SAME, OPPOSITE, UNRELATED = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
OTHER_WEIGHTS = (1.0,) * 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_encoder(tmp_path / "model")


def test_a_text_is_the_mean_of_its_tokens_made_of_length_one(folder: Path) -> None:
    vectors = load_onnx_embeddings(folder).vectors(["same", "same opposite"])

    half = np.sqrt(0.5)
    assert vectors == pytest.approx(np.array([SAME, (half, half, 0.0)]), abs=1e-6)
    assert vectors.dtype == np.float32


def test_a_text_has_the_same_vector_alone_and_beside_a_longer_one(folder: Path) -> None:
    model = load_onnx_embeddings(folder)

    among = model.vectors(["same " * 40 + "unrelated", "opposite", "same"])

    assert among[1] == pytest.approx(model.vectors(["opposite"])[0])
    assert among[2] == pytest.approx(np.array(SAME))


def test_more_texts_than_a_batch_keep_their_order(folder: Path) -> None:
    texts = ["opposite", "same same same", "unrelated unrelated"] * 30

    vectors = load_onnx_embeddings(folder).vectors(texts)

    assert vectors == pytest.approx(np.array([OPPOSITE, SAME, UNRELATED] * 30), abs=1e-6)


def test_the_folder_says_that_the_first_token_counts(tmp_path: Path) -> None:
    folder = write_encoder(tmp_path / "model", first_token=True)

    vectors = load_onnx_embeddings(folder).vectors(["unrelated same same"])

    assert vectors[0] == pytest.approx(np.array(UNRELATED))


def test_the_words_a_model_wants_before_a_question_are_put_there(tmp_path: Path) -> None:
    folder = write_encoder(tmp_path / "model", first_token=True, prompt="opposite ")

    vectors = load_onnx_embeddings(folder).vectors(["same"])

    assert vectors[0] == pytest.approx(np.array(OPPOSITE))


def test_a_text_longer_than_a_model_reads_is_cut(folder: Path) -> None:
    vectors = load_onnx_embeddings(folder).vectors(["same " * 600 + "opposite " * 600])

    assert vectors[0] == pytest.approx(np.array(SAME))


def test_a_text_without_a_known_word_has_a_vector_of_numbers(folder: Path) -> None:
    assert np.isfinite(load_onnx_embeddings(folder).vectors(["", "税号"])).all()


def test_the_layout_of_a_model_hub_is_read_too(tmp_path: Path) -> None:
    folder = write_encoder(tmp_path / "model", graph="onnx/model.onnx")

    assert load_onnx_embeddings(folder).vectors(["same"])[0] == pytest.approx(np.array(SAME))


def test_langchain_reads_a_local_model_as_one_of_its_own(folder: Path) -> None:
    model = load_onnx_embeddings(folder)

    assert model.embed_query("same") == model.embed_documents(["same"])[0]


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_folder_that_lacks_a_file_stops_the_start_with_the_settings_name(
    folder: Path, missing: str
) -> None:
    (folder / missing).unlink()

    with pytest.raises(SettingsError, match="EMBEDDINGS"):
        load_embedder(f"onnx:{folder}")


def test_other_weights_are_another_embedding(folder: Path, tmp_path: Path) -> None:
    other = write_encoder(tmp_path / "other", rows=OTHER_WEIGHTS)
    moved = folder.rename(tmp_path / "moved")

    names = {load_embedder(f"onnx:{place}").name for place in (moved, other)}

    assert len(names) == 2


def test_a_model_keeps_its_name_when_its_folder_moves(folder: Path, tmp_path: Path) -> None:
    before = load_embedder(f"onnx:{folder}").name

    assert load_embedder(f"onnx:{folder.rename(tmp_path / 'moved')}").name == before


def test_an_index_is_built_and_searched_with_a_local_model(
    folder: Path, service: Service, tmp_path: Path
) -> None:
    library = smaller(service.library, "itin-renew", "conf-general-rule")
    section = next(library.sections("en"))
    embedder = load_embedder(f"onnx:{folder}")

    index = open_or_build(tmp_path / "index", library, embedder, embedder.name)

    retriever = Retriever(index, threshold=0.0, least_score=0.0)
    asked = retriever.recognise(Asked(section.asked[0], "en"))
    assert retriever.retrieve(asked)[0].section.key == section.key


def test_another_model_has_another_index(folder: Path, service: Service, tmp_path: Path) -> None:
    library = smaller(service.library, "itin-renew")
    other = write_encoder(tmp_path / "other", rows=OTHER_WEIGHTS)
    embedders = [load_embedder(f"onnx:{place}") for place in (folder, other)]

    indexes = {
        open_or_build(tmp_path / "index", library, embedder, embedder.name).name
        for embedder in embedders
    }

    assert len(indexes) == 2
