"""A natural-language-inference model as one more checker: do the cited statements entail the line?

Any sequence classifier exported to ONNX with its tokenizer will do, for instance one trained on MultiNLI (Williams and
others, 2018) or XNLI (Conneau and others, 2018). It is read from a folder of the operator's; nothing is fetched.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.domain.errors import SettingsError

_LONGEST = 512
"""Tokens that such models read; a longer premise loses its end, and with it what it might have borne."""


@dataclass(frozen=True)
class Entailment:
    """A loaded model. Asked only about lines that break no rule."""

    session: Any
    tokenizer: Any
    entails: int
    """Which of the model's outputs means entailment."""
    contradicts: int
    threshold: float

    def supports(self, premise: str, hypothesis: str) -> bool:
        """Whether the model finds the hypothesis entailed, surely enough, and not rather contradicted."""
        chances = self.probabilities(premise, hypothesis)
        entailed = float(chances[self.entails])
        return entailed >= self.threshold and entailed > float(chances[self.contradicts])

    def probabilities(self, premise: str, hypothesis: str) -> "np.ndarray[Any, np.dtype[Any]]":
        """The model's classes, in its order; they sum to one."""
        encoded = self.tokenizer.encode(premise, hypothesis)
        given = {
            "input_ids": encoded.ids,
            "attention_mask": encoded.attention_mask,
            "token_type_ids": encoded.type_ids,
        }
        wanted = {asked.name for asked in self.session.get_inputs()}
        feed = {
            name: np.array([ids], dtype=np.int64) for name, ids in given.items() if name in wanted
        }
        logits = self.session.run(None, feed)[0][0].astype(np.float64)
        exponents = np.exp(logits - logits.max())
        return np.asarray(exponents / exponents.sum())


def load_entailment(folder: Path, threshold: float) -> Entailment:
    """The model of a folder that holds `model.onnx`, `tokenizer.json` and `config.json`.

    Raises:
        SettingsError: a file is missing or cannot be read, or the model's classes are not those of entailment.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # One line at a time beside other requests: more threads only get in each other's way.
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    try:
        labels = json.loads((folder / "config.json").read_text("utf-8"))["id2label"]
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # noqa: BLE001 - both libraries raise plain exceptions of their own
        raise SettingsError(
            f"ENTAILMENT: the model cannot be read ({type(error).__name__})"
        ) from None
    tokenizer.enable_truncation(_LONGEST, strategy="only_first")
    places = {str(label).lower(): int(number) for number, label in labels.items()}
    if not {"entailment", "contradiction"} <= set(places):
        raise SettingsError("ENTAILMENT: config.json names no entailment and contradiction")
    return Entailment(session, tokenizer, places["entailment"], places["contradiction"], threshold)
