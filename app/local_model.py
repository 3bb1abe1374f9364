"""A model in a folder of the operator's: an ONNX graph beside its tokenizer. Nothing is fetched, nothing is sent."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.errors import SettingsError

_PLACES = ("model.onnx", "onnx/model.onnx")
"""Where exports put the graph."""


@dataclass(frozen=True)
class LocalModel:
    """A graph that can be run, and what cuts texts into its tokens."""

    session: Any
    """An `onnxruntime.InferenceSession`."""
    tokenizer: Any
    """A `tokenizers.Tokenizer`."""

    def run(self, encodings: Sequence[Any]) -> list[NDArray[np.floating]]:
        """The graph's outputs for texts that were encoded to the same length; each has the batch as its first axis."""
        given = {
            "input_ids": [encoding.ids for encoding in encodings],
            "attention_mask": [encoding.attention_mask for encoding in encodings],
            "token_type_ids": [encoding.type_ids for encoding in encodings],
        }
        wanted = {asked.name for asked in self.session.get_inputs()}
        feed = {
            name: np.array(rows, dtype=np.int64) for name, rows in given.items() if name in wanted
        }
        found: list[NDArray[np.floating]] = self.session.run(None, feed)
        return found


def load_local_model(folder: Path, setting: str, threads: int = 0) -> LocalModel:
    """The model of a folder that holds `model.onnx` (or `onnx/model.onnx`) and `tokenizer.json`.

    Args:
        folder: the operator's.
        setting: that named the folder; told when it cannot be read.
        threads: of one run; 0 for as many as there are cores.

    Raises:
        SettingsError: a file is missing or cannot be read.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        session = onnxruntime.InferenceSession(
            str(graph_of(folder)), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # noqa: BLE001 - both libraries raise plain exceptions of their own
        raise SettingsError(
            f"{setting}: the model cannot be read ({type(error).__name__})"
        ) from None
    return LocalModel(session, tokenizer)


def graph_of(folder: Path) -> Path:
    """The file of the graph; the first place when there is none."""
    return next((folder / p for p in _PLACES if (folder / p).is_file()), folder / _PLACES[0])


def digest_of(folder: Path) -> str:
    """Sixteen hex digits that change when a file of the model does: other weights are another model."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()[:16]
