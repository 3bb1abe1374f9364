"""Whether a text can be read with six to eight years of school.

English by the Flesch-Kincaid grade (Kincaid et al., 1975), Spanish by Fernández Huerta's ease (1959), both as textstat measures
them. A tool of the check, not of the service: textstat is installed with what the tests need.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from app.domain.library import Library
from app.domain.section import Section

HIGHEST_GRADE = 8.0
LEAST_EASE = 65.0


def too_hard(library: Library) -> Iterator[str]:
    """Sections that are harder to read than we allow, with their figure. Languages without a measure pass."""
    for language in library.languages:
        for section in library.sections(language):
            level = reading_level(section)
            if language == "en" and level > HIGHEST_GRADE:
                yield f"en/{section.key}: reads at grade {level:.1f}, not {HIGHEST_GRADE:.0f}"
            if language == "es" and level < LEAST_EASE:
                yield f"es/{section.key}: reading ease {level:.0f}, not {LEAST_EASE:.0f}"


def reading_level(section: Section) -> float:
    """Grade of an English section, ease (0 to 100 and above) of a Spanish one, 0 for another language."""
    text = " ".join([statement.text for statement in section.statements] + list(section.steps))
    measure = _measure(section.language)
    return float(measure(text)) if measure else 0.0


@cache
def _measure(language: str) -> Any:
    from textstat.textstat import textstatistics

    if language not in {"en", "es"}:
        return None
    # An instance a language: its language is state.
    held = textstatistics()
    held.set_lang(language)
    return held.flesch_kincaid_grade if language == "en" else held.fernandez_huerta
