"""What changed in the guidance between two editions of the corpus. Pure: reads no file and no clock."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.domain.errors import NotFound
from app.ingestion.edition import Edition, Place
from app.ingestion.pages import RawPage
from app.ingestion.section_changes import (
    ALIKE,
    Change,
    Kind,
    Reading,
    likeness,
    section_changes,
    words,
)
from app.ingestion.support_changes import (
    contact_changes,
    fact_changes,
    signature_changes,
    source_changes,
)


def changes(old: Edition, new: Edition, language: str = "en") -> list[Change]:
    """Every change of meaning, told in one language; what changed in other languages alike is told once, with their codes.

    Args:
        old: before.
        new: after.
        language: the one to tell in; the others follow for what changed in them alone.

    Raises:
        NotFound: one of the editions is not in that language.
    """
    if language not in old.raw.languages or language not in new.raw.languages:
        raise NotFound(f"no such language: {language}")
    origins = _origins(old.readings(language), new.readings(language))
    languages = [language, *(code for code in new.raw.languages if code != language)]
    found: dict[tuple[str, ...], Change] = {}
    for code in languages:
        for change in _in(old, new, code, language, origins):
            known = found.get(change.identity)
            also = (*known.also, code) if known else ()
            found[change.identity] = replace(known, also=also) if known else change
    once = [*source_changes(old, new), *signature_changes(old, new)]
    return [*found.values(), *once]


def about(found: Iterable[Change], topics: Sequence[str]) -> list[Change]:
    """Those that touch one of the topics."""
    return [change for change in found if change.topics & set(topics)]


def _origins(
    old: Mapping[Place, Reading], new: Mapping[Place, Reading]
) -> Mapping[Place, Place | None]:
    """Where each section of the new edition stood before; `None` where it did not."""
    origins: dict[Place, Place | None] = {place: place for place in new if place in old}
    left = [place for place in old if place not in new]
    for place in new:
        if place in origins:
            continue
        scores = [(likeness(old[before].text, new[place].text), before) for before in left]
        score, best = max(scores, default=(0.0, place))
        origins[place] = best if score >= ALIKE else None
        if score >= ALIKE:
            left.remove(best)
    return origins


def _in(
    old: Edition, new: Edition, language: str, base: str, origins: Mapping[Place, Place | None]
) -> Iterator[Change]:
    if language not in old.raw.languages:
        yield from _translated(new.pages(language), language)
        return
    before, after = old.pages(language), new.pages(language)
    for topic in (topic for topic in after if topic not in before):
        known = topic in old.pages(base) and language != base
        yield from _translated([topic], language) if known else [_topic(topic, after, language)]
    for topic in (topic for topic in before if topic not in after):
        title = before[topic].front.title
        yield Change(Kind.TOPIC, topic, "", "", language, title, title, None)
    for topic in after:
        if topic in before:
            yield from _front(old, new, topic, language)
    yield from _sections(old, new, language, base, origins)
    yield from _order(old, new, language)
    yield from fact_changes(old, new, language)
    yield from contact_changes(old, new, language, shared=language == base)


def _translated(topics: Iterable[str], language: str) -> list[Change]:
    return [Change(Kind.TRANSLATION, t, "", language, language, t, None, t) for t in topics]


def _topic(topic: str, pages: Mapping[str, RawPage], language: str) -> Change:
    page = pages[topic]
    count = _count(len(page.sections), "section")
    return Change(Kind.TOPIC, topic, "", "", language, page.front.title, None, count)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _front(old: Edition, new: Edition, topic: str, language: str) -> Iterator[Change]:
    before, after = (e.pages(language)[topic].front for e in (old, new))
    titles = [words(f.title, e.filler(language)) for f, e in ((before, old), (after, new))]
    if titles[0].differs(titles[1]):
        yield Change(Kind.TITLE, topic, "", "", language, "title", titles[0].read, titles[1].read)
    for key, name in (("as_of", "law and news as of"), ("review_due", "due for another look")):
        days = getattr(before, key), getattr(after, key)
        if days[0] != days[1]:
            yield Change(Kind.DATES, topic, "", key, language, name, str(days[0]), str(days[1]))
    gone = [claim for claim in before.never_say if claim not in after.never_say]
    added = [claim for claim in after.never_say if claim not in before.never_say]
    for n, claim in enumerate(gone):
        yield Change(Kind.NEVER_SAY, topic, "", f"-{n}", language, "never say", claim, None)
    for n, claim in enumerate(added):
        yield Change(Kind.NEVER_SAY, topic, "", f"+{n}", language, "never say", None, claim)


def _sections(
    old: Edition, new: Edition, language: str, base: str, origins: Mapping[Place, Place | None]
) -> Iterator[Change]:
    before, after = old.readings(language), new.readings(language)
    guides = old.readings(base), new.readings(base)
    pages = old.pages(language), new.pages(language)
    for place, section in after.items():
        origin = origins.get(place, place)
        if origin and origin in before:
            if origin != place:
                yield _whole(section, Kind.SECTION_MOVED, "/".join(origin), "/".join(place))
            guided = language != base and origin in guides[0] and place in guides[1]
            guide = (guides[0][origin], guides[1][place]) if guided else None
            yield from section_changes(before[origin], section, guide)
        elif place[0] in pages[0]:
            yield _whole(section, Kind.SECTION, None, _count(len(section.said), "statement"))
    kept = {origins.get(place, place) for place in after}
    for place, section in before.items():
        if place not in kept and place[0] in pages[1]:
            yield _whole(section, Kind.SECTION, section.heading.read, None)


def _order(old: Edition, new: Edition, language: str) -> Iterator[Change]:
    before, after = list(old.readings(language)), list(new.readings(language))
    for topic in new.pages(language):
        kept = {place for place in before if place in after and place[0] == topic}
        if [p for p in before if p in kept] != [p for p in after if p in kept]:
            yield Change(Kind.SECTION_ORDER, topic, "", "", language, "", "", "")


def _whole(section: Reading, kind: Kind, old: str | None, new: str | None) -> Change:
    heading, language = section.heading.read, section.language
    return Change(kind, section.topic, section.id, "", language, heading, old, new)


def brief(found: Iterable[Change], language: str) -> list[Change]:
    """What a reader must know: what is new, gone or says another number; other words for the same are only counted.

    Args:
        found: every change.
        language: only what changed in it, for what is not alike in all languages.
    """
    kept: list[Change] = []
    reworded: dict[str, int] = defaultdict(int)
    for change in found:
        if change.kind in _BRIEF and change.language in {language, ""}:
            if _same_but_worded(change):
                reworded[change.topic] += 1
            else:
                kept.append(change)
    for topic, count in reworded.items():
        told = Change(Kind.REWORDED, topic, "", "", language, str(count), None, str(count))
        kept.append(told)
    return kept


_BRIEF = {
    Kind.TOPIC,
    Kind.SECTION,
    Kind.STATEMENT,
    Kind.NEVER_SAY,
    Kind.DATES,
    Kind.FACT,
    Kind.CONTACT,
    Kind.TRANSLATION,
    Kind.SIGNATURE,
}


def _same_but_worded(change: Change) -> bool:
    """A statement in other words that still names the same numbers and is not turned into its opposite."""
    if change.kind is not Kind.STATEMENT or change.old is None or change.new is None:
        return False
    return _hard(change.old) == _hard(change.new)


def _hard(text: str) -> list[str]:
    return sorted(
        re.findall(r"\d+|\b(?:no|not|never|nor|cannot|nunca|sin|ni)\b|[不没未无]", text.lower())
    )
