"""What one language's table of words holds."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; tables map what stands there to what is put in its place."""

    numbers: Mapping[str, str]
    units: Mapping[str, str]
    months: tuple[str, ...]
    agencies: tuple[str, ...]
    giving: str
    contacts: tuple[str, ...]
    affirmed: Mapping[str, str]
    denied: Mapping[str, str]
    modals: Mapping[str, str]
    directions: Mapping[str, str]
    wider: Mapping[str, str]
    hedges: tuple[str, ...]
    additions: tuple[str, ...]
    sentences: tuple[str, ...]
    promises: tuple[str, ...]
    contractions: Mapping[str, str]
    synonyms: Mapping[str, str]
    if_: str
    then: str
    leaning: str
    """What shows that a sentence leans on another."""
    leads: tuple[str, ...]
    requests: Mapping[str, str]
    verb: str
