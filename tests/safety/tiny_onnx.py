"""A model of entailment small enough to write by hand: the mean of a row of three numbers for each token.

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


def _model() -> bytes:
    rows = struct.pack(f"<{len(_ROWS)}f", *_ROWS)
    table = _number(1, len(_WORDS)) + _number(1, 3) + _number(2, _FLOAT)
    table += _bytes(8, "table") + _bytes(9, rows)
    axes = _bytes(5, _bytes(1, "axes") + _number(8, 1) + _number(20, 7))
    keep = _bytes(5, _bytes(1, "keepdims") + _number(3, 0) + _number(20, 2))
    graph = _bytes(1, _node("Gather", ("table", "input_ids"), "each"))
    graph += _bytes(1, _node("ReduceMean", ("each",), "logits", axes + keep))
    graph += _bytes(2, "tiny") + _bytes(5, table)
    graph += _bytes(11, _value("input_ids", _INT64, "batch", "length"))
    graph += _bytes(12, _value("logits", _FLOAT, "batch", "classes"))
    return _number(1, 8) + _bytes(8, _number(2, 13)) + _bytes(7, graph)


def write_model(folder: Path, labels: tuple[str, ...]) -> Path:
    """A folder with `model.onnx`, `tokenizer.json` and `config.json`."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = {word: number for number, word in enumerate(_WORDS)}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").write_bytes(_model())
    named = {str(number): label for number, label in enumerate(labels)}
    (folder / "config.json").write_text(json.dumps({"id2label": named}), "utf-8")
    return folder
