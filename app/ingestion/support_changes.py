"""What changed behind the pages: facts, contacts, sources and signatures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from app.domain.errors import CorpusError
from app.domain.section import Document, Source
from app.ingestion.edition import Edition
from app.ingestion.facts import PLACEHOLDER, Fact, Value, told
from app.ingestion.pages import Part, RawSection
from app.ingestion.section_changes import Change, Kind

_IN_WORDS = ("name", "does", "hours", "cost")
_SHARED = ("phone", "url", "address", "languages")
_OF_SOURCE = ("title", "publisher", "cite", "kind", "read", "url", "checked")

Shown = Mapping[str, tuple[str, ...]]
"""By the id of a fact, contact or source, the sections that show it."""


def fact_changes(old: Edition, new: Edition, language: str) -> Iterator[Change]:
    """Facts that both editions have and that tell readers something else now, or rest on something else."""
    shown = _called(new, language)
    for id in (id for id in new.raw.facts if id in old.raw.facts):
        held = old.raw.facts[id], new.raw.facts[id]
        before, after = (_values(fact, language) for fact in held)
        rests = tuple(
            e.cited(fact.source, fact.at) for e, fact in zip((old, new), held, strict=True)
        )
        before["source"], after["source"] = rests
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                yield Change(
                    kind=Kind.FACT,
                    topic="",
                    place=id,
                    key=key,
                    language=language,
                    subject=held[1].says,
                    old=before.get(key),
                    new=after.get(key),
                    rests=rests[1:],
                    shown=shown.get(id, ()),
                )


def _values(fact: Fact, language: str) -> dict[str, str]:
    """Every value the fact has had or will have, told, by its time."""
    values: dict[str, Value] = {"": fact.value} if fact.value is not None else {}
    values |= {f"from {day}": value for day, value in (fact.since or {}).items()}
    values |= {f"tax year {year}": value for year, value in (fact.tax_year or {}).items()}
    return {key: _told(fact, value, language) for key, value in values.items()}


def _told(fact: Fact, value: Value, language: str) -> str:
    try:
        return told(fact, value, language)
    except CorpusError:  # a value that this language never calls need not have words in it
        return str(value)


def contact_changes(old: Edition, new: Edition, language: str, *, shared: bool) -> Iterator[Change]:
    """Contacts that both editions have and that reach readers differently.

    Args:
        old: before.
        new: after.
        language: of the words.
        shared: tell also what is the same in every language: phone, link, address, source.
    """
    shown = _called(new, language)
    for id in (id for id in new.raw.contacts if id in old.raw.contacts):
        entries = old.raw.contacts[id], new.raw.contacts[id]
        told_in = [entry.told(id, language) for entry in entries]
        fields = {key: [getattr(c, key) for c in told_in] for key in _IN_WORDS}
        if shared:
            fields |= {key: [getattr(entry, key) for entry in entries] for key in _SHARED}
            fields["source"] = [
                e.cited(entry.source) for e, entry in zip((old, new), entries, strict=True)
            ]
            fields["checked"] = [entry.checked for entry in entries]
        for key, (before, after) in fields.items():
            if before != after:
                yield Change(
                    kind=Kind.CONTACT,
                    topic="",
                    place=id,
                    key=key,
                    language=language,
                    subject=told_in[1].name,
                    old=_text(before),
                    new=_text(after),
                    rests=(new.cited(entries[1].source),),
                    shown=shown.get(id, ()),
                )


def _text(value: object) -> str | None:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value) if value else None


def source_changes(old: Edition, new: Edition) -> Iterator[Change]:
    """Sources that are described differently, newly cited, or cited no more."""
    before, after = _citing(old), _citing(new)
    for id in sorted(before.keys() | after.keys()):
        held = after if id in after else before
        source = (new if id in after else old).raw.sources.get(id)
        if source is None:
            continue
        if id not in before or id not in after:
            was = source.title if id in before else None
            now = source.title if id in after else None
            yield Change(Kind.CITED, "", id, "", "en", _called_as(source), was, now, (), held[id])
        elif id in old.raw.sources:
            yield from _source(old.raw.sources[id], source, held[id])


def _source(old: Source, new: Source, shown: tuple[str, ...]) -> Iterator[Change]:
    for key in _OF_SOURCE:
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            name, was, now = _called_as(new), _text(before), _text(after)
            yield Change(Kind.SOURCE, "", new.id, key, "en", name, was, now, (), shown)


def _called_as(source: Source) -> str:
    return source.cite or f"{source.title} ({source.publisher})"


def signature_changes(old: Edition, new: Edition) -> Iterator[Change]:
    """Signatures given, given anew, voided by other words, or taken back."""
    for language, documents in new.library.documents.items():
        before = old.library.documents.get(language, {})
        for topic in sorted(documents.keys() | before.keys()):
            was, now = _signed(before.get(topic)), _signed(documents.get(topic))
            if was != now:
                ledger = {(s.page, s.language) for s in new.raw.signatures}
                voided = (topic, language) in ledger
                why = "voided, since the words changed" if voided else "taken back"
                yield Change(Kind.SIGNATURE, topic, "", "", language, why, was, now)


def _signed(document: Document | None) -> str | None:
    if document is None or document.review.by is None:
        return None
    return f"{document.review.by}, until {document.review.until}"


def _called(edition: Edition, language: str) -> Shown:
    """Facts and contacts by the sections that show them."""
    shown: dict[str, list[str]] = defaultdict(list)
    for topic, page in edition.pages(language).items():
        for section in page.sections:
            for id in dict.fromkeys(_calls(section)):
                shown[id].append(f"{topic}/{section.id}")
    return {id: tuple(places) for id, places in shown.items()}


def _calls(section: RawSection) -> list[str]:
    texts = [section.heading, *(text for entries in section.parts.values() for text in entries)]
    return [match[1] for text in texts for match in PLACEHOLDER.finditer(text)] + section.parts.get(
        Part.CONTACTS, []
    )


def _citing(edition: Edition) -> Shown:
    """Sources by the sections that cite them, themselves or through a fact or contact."""
    citing: dict[str, dict[str, None]] = defaultdict(dict)
    behind = {id: fact.source for id, fact in edition.raw.facts.items()}
    behind |= {id: contact.source for id, contact in edition.raw.contacts.items()}
    for language in edition.raw.languages:
        for (topic, id), section in edition.readings(language).items():
            for said in section.said:
                for source, _ in said.marks:
                    citing[source][f"{topic}/{id}"] = None
        for id, places in _called(edition, language).items():
            if id in behind:
                citing[behind[id]] |= dict.fromkeys(places)
    return {source: tuple(places) for source, places in citing.items()}
