"""Parts of the real library that an index is built of in a second."""

from dataclasses import replace

from app.domain.library import Library
from app.domain.topics import BOUNDARIES


def smaller(library: Library, *topics: str) -> Library:
    """The English pages of few topics, with every boundary page."""
    kept = BOUNDARIES | set(topics)
    return replace(
        library,
        languages={"en": library.languages["en"]},
        documents={"en": {t: page for t, page in library.documents["en"].items() if t in kept}},
        examples=tuple(e for e in library.examples if e.language == "en" and e.label in kept),
    )
