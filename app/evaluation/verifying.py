"""The verifier judged on mutations: how much damage it catches, and how many faithful lines it costs."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.answering.ports import Verifier
from app.domain.errors import CorpusError
from app.domain.library import Library
from app.domain.question import Asked
from app.domain.section import Line, Quote, Statement
from app.evaluation.cases import Half
from app.evaluation.metrics import Share
from app.evaluation.mutations import GROUPS, Group, Kind, Pair, Vetted

BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a pair."""

    pair: Pair
    language: str
    rule: str | None
    """The rule it broke; `None` when it would be shown."""

    @property
    def half(self) -> Half | None:
        """Of a pair written by hand, the half that it belongs to; the rule-made ones have none."""
        return half_of(self.pair) if self.pair.way == BY_HAND else None


def half_of(pair: Pair) -> Half:
    """Which half a hand-written pair belongs to, by the hash of its text."""
    return Half.TUNING if hashlib.sha256(pair.text.encode()).digest()[0] % 2 == 0 else Half.FINAL


def vetted(library: Library, language: str) -> list[Vetted]:
    """Every statement of a language."""
    return [
        Vetted(statement.id, statement.text)
        for section in library.sections(language)
        for statement in section.statements
    ]


def read_pairs(folder: Path, language: str) -> list[Pair]:
    """The pairs written by hand; none for a language that has no file.

    Raises:
        CorpusError: a line of the file is no pair.
    """
    path = folder / f"{language}.jsonl"
    if not path.is_file():
        return []
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            raw = json.loads(line)
            cited = tuple(map(Vetted, raw["cites"], raw["cited"]))
            found.append(Pair(cited, raw["text"], Kind(raw["kind"]), BY_HAND))
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path.name} line {number}: not a pair") from error
    return found


def judge(
    pairs: Iterable[Pair], verifier: Verifier, library: Library, language: str
) -> Iterator[Verdict]:
    """Each pair with the rule that it breaks.

    Raises:
        NotFound: a pair cites a section that the corpus no longer has.
    """
    asked = Asked("", language)
    for pair in pairs:
        quotes = tuple(_quote(one, library, language) for one in pair.cited)
        yield Verdict(pair, language, verifier.broken(Line(pair.text, quotes), asked))


def _quote(cited: Vetted, library: Library, language: str) -> Quote:
    topic, _, rest = cited.id.partition("/")
    section = library.section(language, topic, rest.partition("#")[0])
    return Quote(section, Statement(cited.id, cited.text))


def shares(verdicts: Sequence[Verdict]) -> dict[str, dict[str, Share]]:
    """Language -> measure -> share: by group, by kind, and the groups again for each half of the hand-written pairs.

    Of faithful lines the share rejected, of damaged lines the share caught: in both, what was dropped.
    """
    counts: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for verdict in verdicts:
        named, dropped = counts[verdict.language], verdict.rule is not None
        group = GROUPS[verdict.pair.kind]
        made = "hand" if verdict.half else "rule"
        named[group].append(dropped)
        named[f"{made}: {verdict.pair.kind}"].append(dropped)
        if verdict.half:
            named[f"hand, {verdict.half}: {group}"].append(dropped)
    return {
        language: {name: Share(sum(hits), len(hits)) for name, hits in _ordered(named)}
        for language, named in counts.items()
    }


def _ordered(named: dict[str, list[bool]]) -> list[tuple[str, list[bool]]]:
    groups = [(str(group), named[group]) for group in Group if group in named]
    return groups + sorted((name, hits) for name, hits in named.items() if name not in set(Group))


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Shares with Wilson's intervals, and which rules dropped what."""
    rules: dict[tuple[str, Kind], Counter[str]] = defaultdict(Counter)
    for verdict in verdicts:
        if verdict.rule:
            rules[verdict.language, verdict.pair.kind][verdict.rule] += 1
    for language, named in shares(verdicts).items():
        yield language
        for name, share in named.items():
            yield f"  {name:44} {share}"
        for kind in Kind:
            if found := rules[language, kind]:
                told = ", ".join(f"{rule} {count}" for rule, count in found.most_common())
                yield f"  {f'dropped as, {kind}':44} {told}"


def summary(verdicts: Sequence[Verdict]) -> str:
    """The shares as JSON, to be compared with another run's."""
    return json.dumps(
        {
            language: {
                name: {"hits": share.hits, "cases": share.cases, "interval": share.interval}
                for name, share in named.items()
            }
            for language, named in shares(verdicts).items()
        },
        indent=1,
    )
