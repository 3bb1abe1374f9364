"""What an operator can turn off while the service runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Switch(StrEnum):
    """One thing that can be off."""

    MODEL = "model"
    """The language model. The corpus engine answers instead."""
    SERVICE = "service"
    """Everything but health and the switches. Readers get the hotlines instead."""


@dataclass(frozen=True, slots=True)
class Off:
    """Why something is off, and since when."""

    reason: str
    """For operators: stands in the log and in `readyz`, never on a page."""
    words: Mapping[str, str] = field(default_factory=dict)
    """For readers: language -> words that stand on the page. None: the standing words alone."""
    since: datetime | None = None
    """`None`: off from the start, by a setting."""
