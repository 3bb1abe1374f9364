"""An edition of the corpus: everything in it at one time, as written and as it reads on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from app.domain.library import Library
from app.domain.section import Reference
from app.domain.topics import BOUNDARIES, TOPICS
from app.ingestion.facts import Filler
from app.ingestion.loading import RawCorpus, load_library, read_corpus
from app.ingestion.pages import RawPage
from app.ingestion.section_changes import Reading, reading

Place = tuple[str, str]
"""Topic and section."""


@dataclass(frozen=True)
class Edition:
    """The corpus at one time: as written, and as it reads on a day."""

    raw: RawCorpus
    library: Library
    today: date

    def filler(self, language: str) -> Filler:
        """Fills texts in one language."""
        return Filler(self.raw.facts, self.library.contacts[language], language, self.today)

    def pages(self, language: str) -> dict[str, RawPage]:
        """The pages in one language, in the order of the topic map."""
        order = (*TOPICS, *sorted(BOUNDARIES))
        return {t: self.raw.pages[language, t] for t in order if (language, t) in self.raw.pages}

    def readings(self, language: str) -> Mapping[Place, Reading]:
        """The sections in one language; none in a language that it does not have."""
        return self._readings.get(language, {})

    @cached_property
    def _readings(self) -> Mapping[str, Mapping[Place, Reading]]:
        return {
            language: {
                (topic, section.id): reading(
                    section, topic, self.filler(language), self.raw.sources
                )
                for topic, page in self.pages(language).items()
                for section in page.sections
            }
            for language in self.raw.languages
        }

    def cited(self, source: str, at: str | None = None) -> str:
        """A place in a source as a lawyer writes it."""
        held = self.raw.sources.get(source)
        return Reference(held, at).citation if held else source


def edition(folder: Path, today: date) -> Edition:
    """Read the corpus in a folder.

    Raises:
        CorpusError: a file breaks its format, or names a fact, source or contact that does not exist.
    """
    raw = read_corpus(folder)
    return Edition(raw, load_library(folder, today, raw=raw), today)
