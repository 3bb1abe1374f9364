"""Text -> vectors, through LangChain's interface. The default needs no model file, key or network."""

from pathlib import Path
from typing import Any

import numpy as np
import wordllama
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

DEFAULT = "wordllama"
Vectors = NDArray[np.float32]


class WordLlamaEmbeddings(Embeddings):
    """Static word vectors that ship inside the `wordllama` wheel: 256 numbers a text, about 10 microseconds each."""

    def __init__(self) -> None:
        # Its own folder as cache: the weights lie there, so nothing is looked for in a home folder or on a hub.
        folder = Path(wordllama.__file__).parent
        self._model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self.vectors(texts).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def vectors(self, texts: list[str]) -> Vectors:
        """Unit vectors, shape (texts, 256)."""
        return np.asarray(
            self._model.embed([text or " " for text in texts], norm=True), dtype=np.float32
        )


class Embedder:
    """Unit vectors from any LangChain embedding."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings

    def vectors(self, texts: list[str]) -> Vectors:
        """Shape (texts, dimensions), each row of length one."""
        if isinstance(self._embeddings, WordLlamaEmbeddings):
            return self._embeddings.vectors(texts)
        raw = np.asarray(self._embeddings.embed_documents(texts), dtype=np.float32)
        lengths = np.linalg.norm(raw, axis=1, keepdims=True)
        return np.asarray(raw / np.maximum(lengths, 1e-12), dtype=np.float32)


def load_embedder(name: str, **options: Any) -> Embedder:
    """The embedding an operator named.

    Args:
        name: `wordllama`, or `provider:model` as LangChain's `init_embeddings` takes it.
        options: passed on, e.g. `base_url`.
    """
    if name == DEFAULT:
        return Embedder(WordLlamaEmbeddings())
    from langchain.embeddings import init_embeddings

    return Embedder(init_embeddings(name, **options))
