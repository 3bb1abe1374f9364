"""Standing words: what a reader sees that belongs to no topic. Written in `corpus/replies/`, typed here."""

from collections.abc import Iterable, Mapping
from datetime import date

from babel.dates import format_date
from pydantic import BaseModel, ConfigDict, ValidationError

from app.domain.errors import CorpusError
from app.domain.question import Redaction
from app.domain.section import Review, ReviewStatus, Section
from app.domain.words import LOCALES


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Notice(_Words):
    """Sentences of the notice under every answer."""

    base: str
    fresh: str
    unreviewed: str
    reviewed: str
    expired: str
    overdue: str
    redacted: str


class Standing(_Words):
    """An answer that no text gives."""

    statements: tuple[str, ...]
    steps: tuple[str, ...]
    contacts: tuple[str, ...]


class Problem(_Words):
    """An error in the words of the person who meets it. `detail` says what to do next."""

    title: str
    detail: str
    kind: str = ""
    """The key it stands under in the file."""


class Part(_Words):
    """A heading with its paragraphs."""

    heading: str
    says: tuple[str, ...]


class Privacy(_Words):
    """The page on what happens to what people write. `{model}` stands for the sentence of `model` that holds here."""

    title: str
    lead: str
    parts: tuple[Part, ...]
    model: dict[str, str]
    link: str


class LeavingPart(_Words):
    """One thing that leaving the page cannot hide, and what to do about it."""

    heading: str
    sentences: tuple[str, ...]


class Leaving(_Words):
    """The page on what leaving cannot hide."""

    lead: str
    parts: tuple[LeavingPart, ...]


class Paused(_Words):
    """What readers are told while the service is off, and who helps meanwhile."""

    title: str
    detail: str
    contacts: tuple[str, ...]


class Words(_Words):
    """All standing words of one language. A missing or stray key is an error, so languages stay level."""

    name: str
    direction: str
    partial: bool = False
    """Some topics have no page in this language yet."""
    notice: Notice
    redacted: dict[str, str]
    unsupported: Standing
    unknown_language: Standing
    off: Paused
    problems: dict[str, Problem]
    fields: dict[str, str]
    page: dict[str, str]
    privacy: Privacy
    leaving: Leaving
    cli: dict[str, str]


_GAP = {"zh": ""}
"""What stands between sentences, where it is not a space."""
_COMMA = {"zh": "、"}
"""What stands between the members of a list, where it is not a comma."""


def told_date(day: date, language: str) -> str:
    """A date as its readers write it."""
    return format_date(day, "long", locale=LOCALES.get(language, language))


_BY_STATUS = {
    401: "unauthorized",
    404: "not-found",
    405: "method",
    408: "too-slow",
    413: "too-large",
    415: "media-type",
    421: "host",
    429: "too-many",
    503: "unavailable",
}


class Replies:
    """Standing words by language."""

    def __init__(self, raw: Mapping[str, Mapping[str, object]], today: date) -> None:
        """
        Args:
            raw: language -> the mapping in its replies file.
            today: decides whether a text is overdue.

        Raises:
            CorpusError: a file lacks a key or has a stray one.
        """
        self._today = today
        self._words: dict[str, Words] = {}
        for language, mapping in raw.items():
            try:
                self._words[language] = Words.model_validate(mapping)
            except ValidationError as error:
                raise CorpusError(f"replies/{language}.yaml: {error}") from error

        for language, words in self._words.items():
            self._check_level(language, words)

    def _check_level(self, language: str, words: Words) -> None:
        """Tables of strings have no type of their own: each must hold what the first language's holds."""
        first = next(iter(self._words.values()))
        for table in ("redacted", "problems", "fields", "page", "cli"):
            apart = set(getattr(words, table)) ^ set(getattr(first, table))
            if apart:
                names = ", ".join(sorted(apart))
                raise CorpusError(f"replies/{language}.yaml: {table} and other languages: {names}")

    @property
    def languages(self) -> Mapping[str, str]:
        """Code -> the language's own name."""
        return {code: words.name for code, words in self._words.items()}

    def words(self, language: str) -> Words:
        """The words of a language offered."""
        return self._words[language]

    def problem(self, language: str, status: int) -> Problem:
        """The words for an HTTP error status."""
        kind = _BY_STATUS.get(status, "internal" if status >= 500 else "invalid")
        return self._words[language].problems[kind].model_copy(update={"kind": kind})

    def notice(
        self, language: str, sections: Iterable[Section], redactions: Iterable[Redaction]
    ) -> str:
        """What stands under an answer: what it is, how old, who reviewed it, what was taken out of the question."""
        words = self._words[language]
        used = list(sections)
        parts = [words.notice.base]
        if used:
            oldest = min(section.as_of for section in used)
            parts.append(words.notice.fresh.format(date=told_date(oldest, language)))
            parts.append(self._review(words, language, [section.review for section in used]))
            due = min(section.review_due for section in used)
            if due < self._today:
                parts.append(words.notice.overdue.format(date=told_date(due, language)))
        kinds = [words.redacted[redaction.kind] for redaction in redactions]
        if kinds:
            parts.append(words.notice.redacted.format(kinds=_COMMA.get(language, ", ").join(kinds)))
        return _GAP.get(language, " ").join(parts)

    @staticmethod
    def _review(words: Words, language: str, reviews: list[Review]) -> str:
        """The weakest review of the texts used speaks for all of them."""
        for review in reviews:
            if review.status is ReviewStatus.UNREVIEWED:
                return words.notice.unreviewed
        weakest = min(reviews, key=lambda review: review.until or date.min)
        assert weakest.on
        assert weakest.until
        sentence = (
            words.notice.expired
            if weakest.status is ReviewStatus.EXPIRED
            else words.notice.reviewed
        )
        return sentence.format(
            by=weakest.by,
            on=told_date(weakest.on, language),
            until=told_date(weakest.until, language),
        )

    def unsupported(self, language: str) -> Standing:
        """Nothing checked answers the question."""
        return self._words[language].unsupported

    def unknown_language(self, language: str) -> dict[str, Standing]:
        """The question is in a language that is not offered: what to say in each that is, the given one first.

        Which of them such a person reads can only be guessed.
        """
        return {
            code: self._not_offered(code)
            for code in sorted(self._words, key=lambda code: code != language)
        }

    def _not_offered(self, language: str) -> Standing:
        words = self._words[language].unknown_language
        offered = _COMMA.get(language, ", ").join(self.languages.values())
        told = tuple(text.format(languages=offered) for text in words.statements)
        return words.model_copy(update={"statements": told})
