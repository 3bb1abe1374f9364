"""Changes in words: as plain text, or in the form of the guidance half of `CHANGELOG.md`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from textwrap import fill

from babel import Locale
from babel.dates import format_date

from app.domain.words import LOCALES
from app.ingestion.section_changes import Change, Kind

NOTHING = "No guidance changed."
_WIDTH = 120
_PLACES_SHOWN = 6
_SAME_EVERYWHERE = {
    Kind.FACT,
    Kind.CONTACT,
    Kind.DATES,
    Kind.CONTACTS,
    Kind.ORDER,
    Kind.SECTION_ORDER,
}
"""Kinds that are alike in every language, so that nobody need be told in which."""
_BEHIND = {
    Kind.FACT: "Facts",
    Kind.CONTACT: "Contacts",
    Kind.SOURCE: "Sources",
    Kind.CITED: "Sources",
    Kind.TRANSLATION: "Translations",
    Kind.SIGNATURE: "Signatures",
}

_NEW = {
    Kind.TOPIC: "new page {where}, {new}",
    Kind.NEVER_SAY: 'must never be said: "{new}"',
    Kind.SECTION: "new section {where}, {new}",
    Kind.STATEMENT: '{where}, {number}, new: "{new}"',
    Kind.REWORDED: "statements that say the same in other words: {new}",
    Kind.STEP: '{where}, {number}, new: "{new}"',
    Kind.FACT: "{place} ({subject}){what}: new, {new}",
    Kind.CONTACT: "{place} ({subject}){what}: new, {new}",
    Kind.SOURCE: "{place} ({subject}){what}: new, {new}",
    Kind.CITED: "newly cited: {subject}",
    Kind.SIGNATURE: "{page}: signed by {new}",
}
_GONE = {
    Kind.TOPIC: "page removed: {where}",
    Kind.NEVER_SAY: 'no longer listed as what must never be said: "{old}"',
    Kind.SECTION: "section removed: {where}",
    Kind.STATEMENT: '{where}, {number}, removed: "{old}"',
    Kind.STEP: '{where}, {number}, removed: "{old}"',
    Kind.FACT: "{place} ({subject}){what}: no longer {old}",
    Kind.CONTACT: "{place} ({subject}){what}: no longer {old}",
    Kind.SOURCE: "{place} ({subject}){what}: no longer {old}",
    Kind.CITED: "no longer cited: {subject}",
    Kind.SIGNATURE: "{page}: the signature of {old} is {subject}",
}
_CHANGED = {
    Kind.TITLE: 'title: "{old}" -> "{new}"',
    Kind.DATES: "{subject}: {old} -> {new}",
    Kind.SECTION_MOVED: "section {where} moved: {old} -> {new}",
    Kind.SECTION_ORDER: "the sections stand in another order",
    Kind.ORDER: "{where}: the statements stand in another order",
    Kind.HEADING: 'heading: "{old}" -> "{new}"',
    Kind.STATEMENT: '{where}, {number}, changed: "{old}" -> "{new}"',
    Kind.STATEMENT_MOVED: "{where}, {number}: moved from the {old} to the {new}",
    Kind.RESTS: "{where}, {number} rests on: {old} -> {new}",
    Kind.TIME: "{where}, {number} is shown: {old} -> {new}",
    Kind.STEP: '{where}, {number}, changed: "{old}" -> "{new}"',
    Kind.CONTACTS: "{where} names other contacts: {old} -> {new}",
    Kind.FACT: "{place} ({subject}){what}: {old} -> {new}",
    Kind.CONTACT: "{place} ({subject}){what}: {old} -> {new}",
    Kind.SOURCE: "{place} ({subject}){what}: {old} -> {new}",
    Kind.SIGNATURE: "{page}: signed by {new}; before, by {old}",
}


def telling(
    changes: Iterable[Change], as_of: Mapping[str, date], language: str, *, markdown: bool = False
) -> str:
    """What changed: a block for each page, then one for each kind of thing behind the pages.

    Args:
        changes: what to tell.
        as_of: for each page, the day its law and news were established up to.
        language: the one that is told in; what changed in another is told with its name.
        markdown: in the form of the changelog.
    """
    held = list(changes)
    if not held:
        return NOTHING
    blocks = [*_pages(held, as_of, language, markdown=markdown), *_behind(held, language)]
    lines = ["### Guidance", ""] if markdown else []
    for head, sentences in blocks:
        lines.append(_wrapped(f"{head}:", "- " if markdown else ""))
        lines += [_wrapped(sentence, "  - ") for sentence in dict.fromkeys(sentences)]
    return "\n".join(lines)


def _pages(
    changes: Sequence[Change], as_of: Mapping[str, date], language: str, *, markdown: bool
) -> Iterator[tuple[str, Sequence[str]]]:
    """Pages of which the same is told share a block: a day that moved on all of them is told once."""
    told: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        if change.kind not in _BEHIND:
            told[change.topic].append(_sentence(change, language))
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for topic, sentences in told.items():
        alike[tuple(sentences)].append(topic)
    for told_alike, topics in alike.items():
        slugs = ", ".join(f"`{topic}`" if markdown else topic for topic in topics)
        days = {as_of[topic] for topic in topics if topic in as_of}
        yield slugs + (f", as of {_day(days.pop())}" if len(days) == 1 else ""), told_alike


def _behind(changes: Sequence[Change], language: str) -> Iterator[tuple[str, Sequence[str]]]:
    for name in dict.fromkeys(_BEHIND.values()):
        held = [change for change in changes if _BEHIND.get(change.kind) == name]
        listed: dict[str, list[str]] = defaultdict(list)
        single = []
        for change in held:
            if change.kind is Kind.TRANSLATION:
                listed[f"now also in {_named(change.language)}"].append(change.topic)
            elif change.key == "checked" and change.new:
                listed[f"checked again on {_day(date.fromisoformat(change.new))}"].append(
                    change.place
                )
            else:
                single.append(_sentence(change, language))
        sentences = [*single, *(f"{what}: {', '.join(ids)}" for what, ids in listed.items())]
        if sentences:
            yield name, sentences


def _sentence(change: Change, language: str) -> str:
    sentence = _said(change)
    if change.rests and change.key != "source":
        sentence += f" [{'; '.join(change.rests)}]"
    if change.shown:
        more = len(change.shown) - _PLACES_SHOWN
        places = ", ".join(change.shown[:_PLACES_SHOWN]) + (f" and {more} more" if more > 0 else "")
        sentence += f"; shown in {places}"
    if change.kind in _SAME_EVERYWHERE and change.language == language:
        return sentence
    if change.kind in {Kind.SOURCE, Kind.CITED, Kind.SIGNATURE}:
        return sentence
    if change.language != language:
        names = [_named(code) for code in (change.language, *change.also)]
        return f"only in {' and '.join(names)}: {sentence}"
    return sentence + "".join(f"; also in {_named(code)}" for code in change.also)


def _said(change: Change) -> str:
    phrases = _NEW if change.old is None else _GONE if change.new is None else _CHANGED
    return phrases[change.kind].format(
        old=_dated(change, change.old),
        new=_dated(change, change.new),
        number=change.key.rpartition(">")[2] or change.key.partition(">")[0],
        what=f", {change.key}" if change.key else "",
        where=f'"{change.subject}"',
        subject=change.subject,
        place=change.place,
        page=f"{change.topic} in {_named(change.language)}",
    )


def _dated(change: Change, value: str | None) -> str:
    if change.kind is Kind.DATES and value:
        return _day(date.fromisoformat(value))
    return value or "nothing"


def _named(code: str) -> str:
    return str(Locale.parse(LOCALES.get(code, code)).get_language_name("en"))


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale="en")


def _wrapped(text: str, bullet: str) -> str:
    return fill(
        text,
        _WIDTH,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )
