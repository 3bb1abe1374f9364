"""`corpus/` on disk -> `Library`: facts filled in, sources resolved, signatures matched, what is not in force left out."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from app.domain.answer import Contact
from app.domain.errors import CorpusError
from app.domain.library import Example, Language, Library
from app.domain.section import (
    Document,
    Reference,
    Review,
    ReviewStatus,
    Section,
    Source,
    Statement,
)
from app.domain.topics import ALL_TOPICS, BOUNDARIES, area_of
from app.ingestion.facts import Fact, Filler
from app.ingestion.pages import Part, RawPage, RawSection, RawStatement, read_page

_OF_LANGUAGE = ("name", "direction", "partial")
"""What a replies file says about its language itself."""

T = TypeVar("T")
Yaml = Mapping[str, Any]

# Imported pages wait in this folder beside the languages. Only a language's folder is read, so none of them is served.
DRAFTS = "drafts"


class ContactEntry(BaseModel):
    """A contact as written: words by language, everything else once."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: dict[str, str]
    does: dict[str, str]
    phone: str | None = None
    url: str | None = None
    address: str | None = None
    hours: dict[str, str] | None = None
    languages: list[str] = []
    cost: dict[str, str] | None = None
    source: str
    checked: date

    def told(self, id: str, language: str) -> Contact:
        """The contact in one language, in English where it has no words in it."""

        def words(by_language: dict[str, str] | None) -> str | None:
            return (by_language or {}).get(language) or (by_language or {}).get("en")

        return Contact(
            id=id,
            name=words(self.name) or id,
            does=words(self.does) or "",
            phone=self.phone,
            url=self.url,
            address=self.address,
            hours=words(self.hours),
            languages=tuple(self.languages),
            cost=words(self.cost),
        )


class Signature(BaseModel):
    """A line of the ledger: who read which words, and until when that holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: str
    language: str
    digest: str
    reviewer: str
    role: str
    on: date
    until: date


@dataclass(frozen=True)
class RawCorpus:
    """Everything in the folder, read and validated one file at a time, not yet put together."""

    folder: Path
    languages: Mapping[str, Language]
    pages: Mapping[tuple[str, str], RawPage]
    facts: Mapping[str, Fact]
    contacts: Mapping[str, ContactEntry]
    sources: Mapping[str, Source]
    replies: Mapping[str, Yaml]
    signatures: tuple[Signature, ...]
    examples: tuple[Example, ...]


def read_corpus(folder: Path) -> RawCorpus:
    """Read every file of the corpus.

    Raises:
        CorpusError: a file breaks its format; the message names it.
    """
    replies = read_replies(folder)
    return RawCorpus(
        folder=folder,
        languages={
            code: _validated(
                folder / "replies" / f"{code}.yaml",
                {"code": code, **{key: words[key] for key in _OF_LANGUAGE if key in words}},
                Language,
            )
            for code, words in replies.items()
        },
        pages=dict(_pages(folder, tuple(replies))),
        facts=_merged(folder / "facts", Fact),
        contacts=_merged(folder / "contacts", ContactEntry),
        sources=_sources(folder / "sources.yaml"),
        replies=replies,
        signatures=_validated(
            folder / "reviews.yaml",
            _yaml(folder / "reviews.yaml").get("signatures"),
            tuple[Signature, ...],
        ),
        examples=tuple(_examples(folder, tuple(replies))),
    )


def read_replies(folder: Path) -> dict[str, Yaml]:
    """The standing words by language; a language is offered when it has some.

    Raises:
        CorpusError: there are none, a file cannot be read, or a language has the name of another folder.
    """
    replies = {path.stem: _yaml(path) for path in sorted((folder / "replies").glob("*.yaml"))}
    if not replies:
        raise CorpusError(f"no language: {folder / 'replies'} is empty")
    if DRAFTS in replies:
        raise CorpusError(f"replies/{DRAFTS}.yaml: a language cannot be called {DRAFTS}")
    return replies


def load_library(
    folder: Path, today: date, reviewed_only: bool = False, raw: RawCorpus | None = None
) -> Library:
    """The corpus as it may be served on a day.

    Args:
        folder: the corpus.
        today: decides which facts and statements are in force and which signatures still hold.
        reviewed_only: serve signed pages alone, and the boundary pages.
        raw: the corpus if it has been read already.

    Raises:
        CorpusError: a file breaks its format, or names a fact, source or contact that does not exist.
    """
    raw = raw or read_corpus(folder)
    contacts = {
        language: {id: entry.told(id, language) for id, entry in raw.contacts.items()}
        for language in raw.languages
    }
    documents: dict[str, dict[str, Document]] = {language: {} for language in raw.languages}
    for (language, topic), page in raw.pages.items():
        assembler = _Assembler(raw, Filler(raw.facts, contacts[language], language, today), today)
        document = assembler.document(page, language, topic)
        # A boundary page is served unsigned too, and says so: nobody in danger is left without a card.
        signed = document.review.status is ReviewStatus.REVIEWED
        if signed or not reviewed_only or topic in BOUNDARIES:
            documents[language][topic] = document
    return Library(raw.languages, documents, contacts, raw.replies, raw.examples)


@dataclass(frozen=True)
class _Assembler:
    raw: RawCorpus
    filler: Filler
    today: date

    def document(self, page: RawPage, language: str, topic: str) -> Document:
        try:
            title = self.filler.fill(page.front.title)
            drafts = [self._section(s, page, language, topic, title) for s in page.sections]
        except CorpusError as error:
            raise CorpusError(f"{language}/{topic}: {error}") from error
        digest = digest_of(title, drafts, self.filler.contacts, page.front.never_say)
        review = self._review(language, topic, digest)
        return Document(
            topic=topic,
            language=language,
            title=title,
            as_of=page.front.as_of,
            revised=page.front.revised,
            review_due=page.front.review_due,
            translates=page.front.translates,
            never_say=tuple(page.front.never_say),
            sections=tuple(self._reviewed(draft, review) for draft in drafts),
            review=review,
            digest=digest,
        )

    def _section(
        self, raw: RawSection, page: RawPage, language: str, topic: str, title: str
    ) -> Section:
        for contact in raw.parts.get(Part.CONTACTS, []):
            if contact not in self.raw.contacts:
                raise CorpusError(f"section {raw.id}: no contact {contact}")
        return Section(
            topic=topic,
            id=raw.id,
            language=language,
            title=title,
            heading=self.filler.fill(raw.heading),
            answer=self._statements(raw, Part.ANSWER, f"{topic}/{raw.id}#a"),
            details=self._statements(raw, Part.DETAILS, f"{topic}/{raw.id}#d"),
            steps=tuple(self.filler.fill(step) for step in raw.parts.get(Part.STEPS, [])),
            contacts=tuple(raw.parts.get(Part.CONTACTS, [])),
            asked=tuple(raw.parts.get(Part.ASKED, [])),
            as_of=page.front.as_of,
            review_due=page.front.review_due,
            review=Review(),
        )

    def _statements(self, raw: RawSection, part: Part, prefix: str) -> tuple[Statement, ...]:
        numbered = enumerate(raw.statements(part), start=1)
        return tuple(
            self._statement(statement, f"{prefix}{n}")
            for n, statement in numbered
            if statement.holds(self.today)
        )

    def _statement(self, raw: RawStatement, id: str) -> Statement:
        missing = [mark.source for mark in raw.marks if mark.source not in self.raw.sources]
        if missing:
            raise CorpusError(f"line {raw.line}: no source {', '.join(missing)}")
        references = tuple(Reference(self.raw.sources[m.source], m.pinpoint) for m in raw.marks)
        return Statement(id, _sentence(self.filler.fill(raw.text)), references)

    def _review(self, language: str, topic: str, digest: str) -> Review:
        signed = [
            s
            for s in self.raw.signatures
            if (s.page, s.language, s.digest) == (topic, language, digest)
        ]
        if not signed:
            return Review()
        last = max(signed, key=lambda s: s.until)
        status = ReviewStatus.REVIEWED if self.today <= last.until else ReviewStatus.EXPIRED
        return Review(status, f"{last.reviewer}, {last.role}", last.on, last.until)

    @staticmethod
    def _reviewed(section: Section, review: Review) -> Section:
        values = {name: getattr(section, name) for name in Section.__dataclass_fields__}
        return Section(**{**values, "review": review})


def _sentence(text: str) -> str:
    """A fact may open a sentence: `section 6103 …` gets its capital."""
    return text[:1].upper() + text[1:]


def digest_of(
    title: str, sections: list[Section], contacts: Mapping[str, Contact], never_say: Sequence[str]
) -> str:
    """SHA-256 of what a reviewer signs: all that a reader would see, and what must never be said.

    An edit to the page, or to a fact, a citation or a contact in it, voids its signature.
    """
    seen = [title, *never_say] + [
        [
            s.id,
            s.heading,
            [[t.text, [r.citation for r in t.references]] for t in s.statements],
            list(s.steps),
            [asdict(contacts[id]) for id in s.contacts],
        ]
        for s in sections
    ]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()


def _pages(folder: Path, languages: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], RawPage]]:
    for language in languages:
        for path in sorted((folder / language).rglob("*.md")):
            place = path.relative_to(folder)
            try:
                page = read_page(path.read_text("utf-8"))
            except CorpusError as error:
                raise CorpusError(f"{place}: {error}") from error
            topic = page.front.topic
            if topic not in ALL_TOPICS or path.stem != topic or path.parent.name != area_of(topic):
                raise CorpusError(f"{place}: topic {topic} does not belong in this file")
            yield (language, topic), page


def _examples(folder: Path, languages: tuple[str, ...]) -> Iterator[Example]:
    for language in languages:
        path = folder / "examples" / f"{language}.jsonl"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        for number, line in enumerate(lines, start=1):
            try:
                entry = json.loads(line)
                text, topic = str(entry["text"]), str(entry["topic"])
                section = str(entry["section"]) if "section" in entry else None
            except (ValueError, KeyError, TypeError) as error:
                raise CorpusError(f"{path.name} line {number}: {error}") from error
            if topic not in ALL_TOPICS:
                raise CorpusError(f"{path.name} line {number}: no topic {topic}")
            yield Example(text, language, topic, section)


def _sources(path: Path) -> Mapping[str, Source]:
    entries = _yaml(path)
    return {
        id: _validated(path, {"id": id, **(fields or {})}, Source, f"source {id}: ")
        for id, fields in entries.items()
    }


def _merged(folder: Path, model: type[T]) -> dict[str, T]:
    merged: dict[str, T] = {}
    for path in sorted(folder.glob("*.yaml")):
        for id, fields in _yaml(path).items():
            if id in merged:
                raise CorpusError(f"{path.name}: {id} exists already")
            merged[id] = _validated(path, fields, model, f"{id}: ")
    return merged


def _validated(path: Path, value: object, kind: type[T], what: str = "") -> T:
    try:
        validated: T = _adapter(kind).validate_python(value)  # type: ignore[arg-type]  # types hash
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise CorpusError(f"{path.name}: {what}{place} {first['msg']}") from error
    return validated


@cache
def _adapter(kind: type[T]) -> TypeAdapter[T]:
    return TypeAdapter(kind)


class _Loader(yaml.CSafeLoader):
    """Reads `on`, `yes` and `no` as the words they are; YAML 1.1 makes truth values of them, keys included."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _yaml(path: Path) -> Yaml:
    try:
        loaded = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506  # it is a safe one
    except (OSError, ValueError, yaml.YAMLError) as error:  # a 13th month is a bare ValueError
        raise CorpusError(f"{path.name}: {error}") from error
    if not isinstance(loaded, dict):
        raise CorpusError(f"{path.name}: not a mapping")
    return loaded
