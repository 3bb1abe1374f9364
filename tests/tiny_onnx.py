"""Models small enough to write by hand: a row of three numbers for each token, and for a classifier the mean of them.

ONNX is Protocol Buffers; the few fields that a model needs are written here by their numbers in `onnx.proto`, which
spares a dependency that only this would use.
"""

import json
import struct
from pathlib import Path

_FLOAT, _INT64 = 1, 7
_WORDS = ("[UNK]", "same", "opposite", "unrelated")
_ROWS = (0.0, 0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 9.0)
"""Entailment, contradiction, neutral: what each word speaks for."""


def _varint(value: int) -> bytes:
    found = b""
    while value > 0x7F:
        found += bytes([value & 0x7F | 0x80])
        value >>= 7
    return found + bytes([value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(raw)) + raw


def _value(name: str, element: int, *shape: str) -> bytes:
    dims = b"".join(_bytes(1, _bytes(2, dim)) for dim in shape)
    tensor = _number(1, element) + _bytes(2, dims)
    return _bytes(1, name) + _bytes(2, _bytes(1, tensor))


def _node(operator: str, inputs: tuple[str, ...], output: str, attributes: bytes = b"") -> bytes:
    names = b"".join(_bytes(1, name) for name in inputs)
    return names + _bytes(2, output) + _bytes(4, operator) + attributes


def _graph(nodes: tuple[bytes, ...], output: bytes, rows: tuple[float, ...]) -> bytes:
    table = _number(1, len(_WORDS)) + _number(1, 3) + _number(2, _FLOAT)
    table += _bytes(8, "table") + _bytes(9, struct.pack(f"<{len(rows)}f", *rows))
    graph = b"".join(_bytes(1, node) for node in nodes)
    graph += _bytes(2, "tiny") + _bytes(5, table)
    graph += _bytes(11, _value("input_ids", _INT64, "batch", "length")) + _bytes(12, output)
    return _number(1, 8) + _bytes(8, _number(2, 13)) + _bytes(7, graph)


def _classifier() -> bytes:
    axes = _bytes(5, _bytes(1, "axes") + _number(8, 1) + _number(20, 7))
    keep = _bytes(5, _bytes(1, "keepdims") + _number(3, 0) + _number(20, 2))
    each = _node("Gather", ("table", "input_ids"), "each")
    mean = _node("ReduceMean", ("each",), "logits", axes + keep)
    return _graph((each, mean), _value("logits", _FLOAT, "batch", "classes"), _ROWS)


def _encoder(rows: tuple[float, ...]) -> bytes:
    each = _node("Gather", ("table", "input_ids"), "last_hidden_state")
    output = _value("last_hidden_state", _FLOAT, "batch", "length", "dimensions")
    return _graph((each,), output, rows)


def write_classifier(folder: Path, labels: tuple[str, ...]) -> Path:
    """A folder with `model.onnx`, `tokenizer.json` and `config.json`."""
    _write(folder / "model.onnx", _classifier())
    named = {str(number): label for number, label in enumerate(labels)}
    (folder / "config.json").write_text(json.dumps({"id2label": named}), "utf-8")
    return folder


def write_encoder(
    folder: Path,
    graph: str = "model.onnx",
    rows: tuple[float, ...] = _ROWS,
    first_token: bool = False,
    prompt: str = "",
) -> Path:
    """A folder as Sentence Transformers and its exporters write it; its vectors have three dimensions, one a known word."""
    _write(folder / graph, _encoder(rows), folder)
    pooling = {"pooling_mode_cls_token": first_token, "pooling_mode_mean_tokens": not first_token}
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling/config.json").write_text(json.dumps(pooling), "utf-8")
    prompts = json.dumps({"prompts": {"query": prompt}})
    (folder / "config_sentence_transformers.json").write_text(prompts, "utf-8")
    return folder


def _write(graph: Path, model: bytes, folder: Path | None = None) -> None:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    graph.parent.mkdir(parents=True, exist_ok=True)
    graph.write_bytes(model)
    vocabulary = {word: number for number, word in enumerate(_WORDS)}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str((folder or graph.parent) / "tokenizer.json"))
