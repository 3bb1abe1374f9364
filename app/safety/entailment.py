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
from app.local_model import LocalModel, load_local_model

_LONGEST = 512
"""Tokens that such models read; a longer premise loses its end, and with it what it might have borne."""


@dataclass(frozen=True)
class Entailment:
    """A loaded model. Asked only about lines that break no rule."""

    model: LocalModel
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
        encoded = self.model.tokenizer.encode(premise, hypothesis)
        logits = self.model.run([encoded])[0][0].astype(np.float64)
        exponents = np.exp(logits - logits.max())
        return np.asarray(exponents / exponents.sum())


def load_entailment(folder: Path, threshold: float) -> Entailment:
    """The model of a folder that holds `model.onnx`, `tokenizer.json` and `config.json`.

    Raises:
        SettingsError: a file is missing or cannot be read, or the model's classes are not those of entailment.
    """
    # One line at a time beside other requests: more threads only get in each other's way.
    model = load_local_model(folder, "ENTAILMENT", threads=1)
    model.tokenizer.enable_truncation(_LONGEST, strategy="only_first")
    try:
        labels = json.loads((folder / "config.json").read_text("utf-8"))["id2label"]
    except (OSError, ValueError, LookupError) as error:
        raise SettingsError(
            f"ENTAILMENT: config.json cannot be read ({type(error).__name__})"
        ) from None
    places = {str(label).lower(): int(number) for number, label in labels.items()}
    if not {"entailment", "contradiction"} <= set(places):
        raise SettingsError("ENTAILMENT: config.json names no entailment and contradiction")
    return Entailment(model, places["entailment"], places["contradiction"], threshold)
