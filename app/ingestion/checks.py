"""What a machine can prove about the corpus. Each check yields problems in words; none means all is well.

Whether a sentence is true needs a second person with the source open.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain

from app.domain.errors import CorpusError
from app.domain.library import Library
from app.domain.topics import BOUNDARIES
from app.domain.words import length
from app.ingestion.facts import PLACEHOLDER
from app.ingestion.loading import RawCorpus, load_library
from app.ingestion.pages import Part, RawPage, RawSection
from app.ingestion.wording import wording

SHORT_ANSWER_WORDS = 60
FEWEST_EXAMPLES = 8
_DIGIT = re.compile(r"\d")
_MARKUP = re.compile(r"\*\*|__|`|\]\(|https?://|<[a-z/]")


def problems(raw: RawCorpus, today: date) -> Iterator[str]:
    """Every rule that the corpus breaks on a day."""
    for (language, topic), page in raw.pages.items():
        for problem in chain(_page(page, topic, today), _own_examples(page)):
            yield f"{language}/{topic}: {problem}"
    yield from _parity(raw)
    yield from _shared_examples(raw)
    try:
        library = load_library(raw.folder, today, raw=raw)
    except CorpusError as error:
        yield str(error)
        return
    yield from _short_answers(library)
    yield from wording(library)
    yield from _unused(raw)


def _page(page: RawPage, topic: str, today: date) -> Iterator[str]:
    if not page.front.never_say:
        yield "never_say is empty"
    if page.front.review_due <= page.front.revised:
        yield "review_due is not after revised"
    if page.front.as_of > page.front.revised:
        yield "as_of is after revised"
    if page.front.revised > today:
        yield "revised lies in the future"
    ids = [section.id for section in page.sections]
    yield from (f"section id {id} comes twice" for id in ids if ids.count(id) > 1)
    for section in page.sections:
        for problem in _section(section, sourced=topic not in BOUNDARIES):
            yield f"section {section.id}: {problem}"


def _section(section: RawSection, sourced: bool) -> Iterator[str]:
    order = [part for part in Part if part in section.parts]
    if list(section.parts) != order:
        yield f"parts stand in the order {', '.join(order)}"
    for part, (least, most) in {
        Part.ANSWER: (1, 3),
        Part.DETAILS: (2, 8),
        Part.CONTACTS: (1, 4),
    }.items():
        count = len(section.parts.get(part, []))
        if not least <= count <= most:
            yield f"{count} entries in {part}, not {least} to {most}"
    if len(section.parts.get(Part.STEPS, [])) > 5:
        yield "more than 5 steps"
    statements = section.statements(Part.ANSWER) + section.statements(Part.DETAILS)
    for statement in statements:
        if sourced and not statement.marks:
            yield f"line {statement.line}: no source"
        if not sourced and not statement.marks and _calls_fact(statement.text):
            yield f"line {statement.line}: states a fact without a source"
    texts = [s.text for s in statements] + section.parts.get(Part.STEPS, [])
    for text in [section.heading, *texts]:
        if _DIGIT.search(PLACEHOLDER.sub("", text)):
            yield f"a digit outside facts and contacts: {text}"
        if _MARKUP.search(text):
            yield f"markup or a link: {text}"


def _calls_fact(text: str) -> bool:
    return any(match[2] is None for match in PLACEHOLDER.finditer(text))


def _own_examples(page: RawPage) -> Iterator[str]:
    for section in page.sections:
        count = len(section.parts.get(Part.ASKED, []))
        if count < FEWEST_EXAMPLES:
            yield f"section {section.id}: {count} example questions, fewer than {FEWEST_EXAMPLES}"


def _shared_examples(raw: RawCorpus) -> Iterator[str]:
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (language, topic), page in raw.pages.items():
        for section in page.sections:
            for question in section.parts.get(Part.ASKED, []):
                places[language, _plain(question)].append(f"{topic}/{section.id}")
    for (language, question), found in places.items():
        if len(found) > 1:
            yield f"{language}: two places ask {question!r}: {', '.join(found)}"
    labels: dict[tuple[str, str], str] = {}
    for example in raw.examples:
        key = (example.language, _plain(example.text))
        label = labels.setdefault(key, example.label)
        others = {label, *(place.split("/")[0] for place in places.get(key, []))} - {example.label}
        if others:
            yield f"examples/{example.language}.jsonl: {example.text!r} is {example.label} here, {others.pop()} elsewhere"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _parity(raw: RawCorpus) -> Iterator[str]:
    """Every language says the same: sections, statements, sources, facts, steps, contacts."""
    english = {topic: page for (language, topic), page in raw.pages.items() if language == "en"}
    for language in raw.languages:
        if language == "en":
            continue
        topics = {topic for code, topic in raw.pages if code == language}
        # A language may begin with a few topics, but never without the pages for those in danger.
        complete = not raw.languages[language].partial
        wanted = english.keys() if complete else english.keys() & BOUNDARIES
        yield from (f"{language}: no page for {topic}" for topic in sorted(wanted - topics))
        yield from (
            f"{language}/{topic}: no English page" for topic in sorted(topics - english.keys())
        )
        for topic in sorted(topics & english.keys()):
            for problem in _same(english[topic], raw.pages[language, topic]):
                yield f"{language}/{topic}: {problem}"


def _same(english: RawPage, other: RawPage) -> Iterator[str]:
    if other.front.translates is None:
        yield "translates is missing"
    elif other.front.translates != english.front.revised:
        yield f"follows the English of {other.front.translates}, which was revised {english.front.revised}"
    for key in ("as_of", "review_due"):
        if getattr(english.front, key) != getattr(other.front, key):
            yield f"{key} differs from the English page"
    if [s.id for s in english.sections] != [s.id for s in other.sections]:
        yield "other sections than the English page, or in another order"
        return
    for ours, theirs in zip(english.sections, other.sections, strict=True):
        for problem in _same_section(ours, theirs):
            yield f"section {ours.id}: {problem}"


def _same_section(english: RawSection, other: RawSection) -> Iterator[str]:
    for part in (Part.ANSWER, Part.DETAILS):
        ours, theirs = english.statements(part), other.statements(part)
        if len(ours) != len(theirs):
            yield f"{len(theirs)} statements in {part}, English has {len(ours)}"
            continue
        for n, (one, two) in enumerate(zip(ours, theirs, strict=True), start=1):
            if one.marks != two.marks or (one.since, one.until) != (two.since, two.until):
                yield f"{part} {n}: other sources or dates than the English statement"
            if _called(one.text) != _called(two.text):
                yield f"{part} {n}: other facts than the English statement"
    steps = [len(section.parts.get(Part.STEPS, [])) for section in (english, other)]
    if steps[0] != steps[1]:
        yield f"{steps[1]} steps, English has {steps[0]}"
    if english.parts.get(Part.CONTACTS) != other.parts.get(Part.CONTACTS):
        yield "other contacts than the English section"


def _called(text: str) -> list[str]:
    return sorted(match[0] for match in PLACEHOLDER.finditer(text))


def _short_answers(library: Library) -> Iterator[str]:
    for language in library.languages:
        for section in library.sections(language):
            words = sum(length(statement.text) for statement in section.answer)
            if words > SHORT_ANSWER_WORDS:
                yield f"{language}/{section.key}: short answer has {words:.0f} words, not {SHORT_ANSWER_WORDS}"


def _unused(raw: RawCorpus) -> Iterator[str]:
    used = {
        mark.source
        for page in raw.pages.values()
        for section in page.sections
        for part in (Part.ANSWER, Part.DETAILS)
        for statement in section.statements(part)
        for mark in statement.marks
    }
    used |= {fact.source for fact in raw.facts.values()}
    used |= {contact.source for contact in raw.contacts.values()}
    yield from (f"sources.yaml: {id} is used nowhere" for id in sorted(raw.sources.keys() - used))
    yield from (
        f"a fact or contact rests on {id}, which is not in sources.yaml"
        for id in sorted(used - raw.sources.keys())
    )
    called = set()
    for page in raw.pages.values():
        for section in page.sections:
            for entry in [section.heading, *chain.from_iterable(section.parts.values())]:
                called |= {match[1] for match in PLACEHOLDER.finditer(entry)}
        called |= {match[1] for match in PLACEHOLDER.finditer(page.front.title)}
    yield from (f"facts: {id} is used nowhere" for id in sorted(raw.facts.keys() - called))
    called |= set(_offered(raw))
    yield from (f"contacts: {id} is used nowhere" for id in sorted(raw.contacts.keys() - called))


def _offered(raw: RawCorpus) -> Iterator[str]:
    """Ids of the contacts that a section or a standing reply sends people to."""
    for page in raw.pages.values():
        for section in page.sections:
            yield from section.parts.get(Part.CONTACTS, [])
    for words in raw.replies.values():
        for entry in words.values():
            if isinstance(entry, dict):
                yield from entry.get("contacts", [])


def due(library: Library, today: date) -> Iterator[str]:
    """Pages whose time for another look has come. A warning, shown to readers too; not a fault of the files."""
    for language in library.languages:
        for document in library.in_order(language):
            if document.review_due <= today:
                yield f"{language}/{document.topic}: due since {document.review_due}"
