"""The parts that find an answer, by name, so that each can be left out and its worth be seen."""

from enum import StrEnum


class Component(StrEnum):
    SECTION_WORDS = "section-words"
    """BM25 over the sections."""
    EXAMPLE_WORDS = "example-words"
    """BM25 over the example questions."""
    SECTION_MEANING = "section-meaning"
    """Vectors of the sections."""
    EXAMPLE_MEANING = "example-meaning"
    """Vectors of the example questions."""
    TOPIC = "topic"
    """The topic classifier, as a signal; boundaries are still seen by it."""
    EXACT = "exact"
    """An example question asked word for word."""
    RULES = "rules"
    """Plain rules for emergencies and harm."""
    HISTORY = "history"
    """Half a question read behind the one before it."""
    PARTS = "parts"
    """Two questions in one, looked up one by one."""


Components = frozenset[Component]
NONE: Components = frozenset()
