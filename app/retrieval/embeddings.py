"""Text -> vectors, through LangChain's interface. The default needs no model file, key or network."""

from pathlib import Path
from typing import Any

import numpy as np
import wordllama
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from app.local_model import digest_of
from app.retrieval.onnx_embeddings import OnnxEmbeddings, load_onnx_embeddings

DEFAULT = "wordllama"
_FOLDER = "onnx:"
"""What stands before the folder of a local model."""
_OPENAI = "openai:"
_PATIENCE = 10.0
"""Seconds for one call of an embedding server."""
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

    def __init__(self, embeddings: Embeddings, name: str = DEFAULT) -> None:
        """
        Args:
            embeddings: makes the vectors.
            name: part of the index's fingerprint, since vectors of one embedding are of no use to another.
        """
        self._embeddings = embeddings
        self.name = name

    def vectors(self, texts: list[str]) -> Vectors:
        """Shape (texts, dimensions), each row of length one."""
        if isinstance(self._embeddings, WordLlamaEmbeddings | OnnxEmbeddings):
            return self._embeddings.vectors(texts)
        raw = np.asarray(self._embeddings.embed_documents(texts), dtype=np.float32)
        lengths = np.linalg.norm(raw, axis=1, keepdims=True)
        return np.asarray(raw / np.maximum(lengths, 1e-12), dtype=np.float32)


def load_embedder(name: str, base_url: str | None = None, api_key: str | None = None) -> Embedder:
    """The embedding an operator named.

    Args:
        name: `wordllama`; `onnx:` and the folder of a local model; or `provider:model` as LangChain's `init_embeddings` takes it.
        base_url: address of an OpenAI-compatible server.
        api_key: key for it; a server of one's own takes any.

    Raises:
        SettingsError: the local model cannot be read.
    """
    if name == DEFAULT:
        return Embedder(WordLlamaEmbeddings())
    if name.startswith(_FOLDER):
        folder = Path(name.removeprefix(_FOLDER))
        return Embedder(load_onnx_embeddings(folder), _FOLDER + digest_of(folder))
    from langchain.embeddings import init_embeddings

    return Embedder(init_embeddings(name, **_options(name, base_url, api_key)), name)


def _options(name: str, base_url: str | None, api_key: str | None) -> dict[str, Any]:
    if not name.startswith(_OPENAI):
        return {}
    own = {"base_url": base_url, "api_key": api_key or "none"} if base_url else {"api_key": api_key}
    # Texts go as texts: the client would else fetch a table of tokens from a host of OpenAI's, and send numbers that
    # other servers do not take.
    return {**own, "check_embedding_ctx_length": False, "timeout": _PATIENCE, "max_retries": 1}
