"""A sentence embedding from a folder: any encoder of Sentence Transformers' kind, exported to ONNX (Reimers and Gurevych, 2019)."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from app.local_model import LocalModel, load_local_model

_LONGEST = 512
"""Tokens of a text that are read; encoders of this kind were trained on no more."""
_BATCH = 32


class OnnxEmbeddings(Embeddings):
    """Mean of the tokens' vectors, or the first one's, as the folder says; texts alike in length run together."""

    def __init__(self, model: LocalModel, first_token: bool = False, prompt: str = "") -> None:
        """
        Args:
            model: its tokenizer is set to cut and to pad.
            first_token: take the vector of the first token (CLS) instead of the mean.
            prompt: put before each text. Questions are compared with questions and with answers, so there is one for all.
        """
        self._model = model
        self._first_token = first_token
        self._prompt = prompt
        model.tokenizer.enable_truncation(_LONGEST)
        model.tokenizer.enable_padding()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self.vectors(texts).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def vectors(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (texts, dimensions)."""
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        batches = [order[at : at + _BATCH] for at in range(0, len(order), _BATCH)]
        rows = np.concatenate([self._batch([texts[row] for row in batch]) for batch in batches])
        found = np.empty_like(rows)
        found[order] = rows
        return found

    def _batch(self, texts: list[str]) -> NDArray[np.float32]:
        encodings = self._model.tokenizer.encode_batch([self._prompt + text for text in texts])
        pooled = self._pooled(self._model.run(encodings), encodings)
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        return np.asarray(pooled / np.maximum(lengths, 1e-12), dtype=np.float32)

    def _pooled(self, outputs: list[Any], encodings: list[Any]) -> NDArray[np.floating]:
        ready = next((output for output in outputs if output.ndim == 2), None)
        if ready is not None:
            return np.asarray(ready)
        tokens: NDArray[np.floating] = outputs[0]
        if self._first_token:
            return tokens[:, 0]
        mask = np.array([e.attention_mask for e in encodings], dtype=np.float32)[:, :, None]
        return np.asarray((tokens * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1e-9))


def load_onnx_embeddings(folder: Path) -> OnnxEmbeddings:
    """The embedding of a folder as Sentence Transformers and its exporters write it.

    It holds `model.onnx` (or `onnx/model.onnx`) and `tokenizer.json`, and may hold `1_Pooling/config.json` (which tokens count)
    and `config_sentence_transformers.json` (the words before a question: E5 and its kin want them).

    Raises:
        SettingsError: a file is missing or cannot be read.
    """
    model = load_local_model(folder, "EMBEDDINGS")
    pooling = _held(folder / "1_Pooling/config.json")
    prompts = _held(folder / "config_sentence_transformers.json").get("prompts") or {}
    return OnnxEmbeddings(
        model, bool(pooling.get("pooling_mode_cls_token")), str(prompts.get("query") or "")
    )


def _held(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}
