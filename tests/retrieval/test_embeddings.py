"""Vectors without a network, of length one whatever makes them."""

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from app.retrieval.embeddings import DEFAULT, Embedder, WordLlamaEmbeddings, load_embedder
from tests.embedding_server import embedding_server


class FixedEmbeddings(Embeddings):
    """Gives the same long vectors to any text and remembers what it was asked."""

    def __init__(self, vector: list[float]) -> None:
        self.vector = vector
        self.seen: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.seen += texts
        return [self.vector for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


@pytest.fixture(scope="module")
def wordllama() -> Embedder:
    """Made while sockets are closed."""
    return load_embedder(DEFAULT)


def test_the_default_loads_without_a_network(wordllama: Embedder) -> None:
    vectors = wordllama.vectors(["when does my itin expire", "¿cuándo vence mi ITIN?"])

    assert vectors.shape == (2, 256)
    assert vectors.dtype == np.float32


@pytest.mark.parametrize(
    "text", ["itin", "¿Puede ICE ver mi dirección?", "税号", "😀", "?", " ", "\u200b", "x" * 5_000]
)
def test_every_vector_has_length_one(wordllama: Embedder, text: str) -> None:
    assert np.linalg.norm(wordllama.vectors([text])[0]) == pytest.approx(1.0, abs=1e-4)


def test_an_empty_text_has_a_vector_of_numbers(wordllama: Embedder) -> None:
    assert np.isfinite(wordllama.vectors([""])).all()


def test_texts_that_mean_alike_lie_nearer(wordllama: Embedder) -> None:
    asked, alike, other = wordllama.vectors(
        ["my tax refund has not arrived", "where is my refund", "recipe for corn bread"]
    )

    assert asked @ alike > asked @ other


def test_a_text_has_the_same_vector_alone_and_in_company(wordllama: Embedder) -> None:
    alone = wordllama.vectors(["my itin"])[0]

    among = wordllama.vectors(["a much longer text beside it, with many words", "my itin"])[1]

    assert among == pytest.approx(alone, abs=1e-5)


def test_langchain_reads_the_default_as_one_of_its_own() -> None:
    embeddings = WordLlamaEmbeddings()

    assert embeddings.embed_query("my itin") == embeddings.embed_documents(["my itin"])[0]


@pytest.mark.parametrize("vector", [[3.0, 4.0], [0.6, 0.8], [-300.0, -400.0]])
def test_a_langchain_embedding_is_made_of_length_one(vector: list[float]) -> None:
    vectors = Embedder(FixedEmbeddings(vector)).vectors(["one", "two"])

    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0])
    assert np.sign(vectors[0]).tolist() == np.sign(vector).tolist()


def test_a_langchain_embedding_of_nothing_stays_nothing() -> None:
    vectors = Embedder(FixedEmbeddings([0.0, 0.0])).vectors(["one"])

    assert vectors.tolist() == [[0.0, 0.0]]


def test_a_langchain_embedding_sees_the_texts_in_their_order() -> None:
    embeddings = FixedEmbeddings([1.0])

    Embedder(embeddings).vectors(["one", "two"])

    assert embeddings.seen == ["one", "two"]


def test_an_embedding_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="provider"):
        load_embedder("no-such-provider:model")


def test_a_server_of_embeddings_gets_texts_and_no_other_host_is_called() -> None:
    with embedding_server() as server:
        embedder = load_embedder("openai:some-model", f"{server.url}/v1", None)

        vectors = embedder.vectors(["one", "two and more"])

    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0])
    assert [asked["input"] for asked in server.asked] == [["one", "two and more"]]


def test_a_server_of_embeddings_is_told_its_key_alone() -> None:
    with embedding_server() as server:
        load_embedder("openai:some-model", f"{server.url}/v1", "sesame").vectors(["one"])

    assert server.keys == ["Bearer sesame"]
