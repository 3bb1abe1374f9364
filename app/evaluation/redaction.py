"""How much personal data the redactor lets through, and how much it takes that is nobody's."""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from app.domain.question import Redaction
from app.evaluation.harmless import Harmless, harmless_texts
from app.evaluation.metrics import Share
from app.evaluation.personal import FULL, Personal, personal_texts

WORDED = frozenset({"name", "address"})
"""Kinds made of words; every other kind is an identifier."""
BARS = {"identifiers leaked": 0.003, "names and addresses leaked": 0.05, "innocent damaged": 0.01}
"""The most that may be, in English and in Spanish."""
_ENOUGH = 3
"""So many characters of an identifier left over make a leak: "ends in 6789" is one, a stray last digit is not."""
_COMMON = frozenset(
    "st street ave avenue blvd rd road dr drive ln lane pkwy ter hwy ct court way circle place apt po p o box de la las los del n w s south"
    " calle avenida av bulevar calzada no numero number the el".split()
)
"""Words of an address that tell nothing by themselves."""


class Redactor(Protocol):
    """What is measured."""

    def redact(self, text: str) -> tuple[str, tuple[Redaction, ...]]: ...


@dataclass(frozen=True, slots=True)
class Miss:
    """A text that went wrong, and what became of it."""

    measure: str
    language: str
    kind: str
    text: str
    redacted: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares by measure, language and kind; and every miss."""

    shares: dict[tuple[str, str, str], Share]
    misses: tuple[Miss, ...]

    def failed(self) -> list[str]:
        """Bars that are not met, in words."""
        return [
            f"{language}: {measure} {share.share:.2%}, at most {BARS[measure]:.1%}"
            for (measure, language, kind), share in self.shares.items()
            if kind == "all" and language in FULL and share.share > BARS[measure]
        ]


def measure(
    redactor: Redactor, personal: Iterable[Personal], harmless: Iterable[Harmless]
) -> Measured:
    """Redact every text and count."""
    counts: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    misses = []
    for made in personal:
        name = "names and addresses leaked" if made.kind in WORDED else "identifiers leaked"
        redacted, _ = redactor.redact(made.text)
        wrong = leaks(made, redacted)
        for kind in ("all", made.kind):
            counts[name, made.language, kind].append(wrong)
        if wrong:
            misses.append(
                Miss(name, made.language, f"{made.kind} ({made.form})", made.text, redacted)
            )
    for plain in harmless:
        redacted, found = redactor.redact(plain.text)
        for kind in ("all", plain.kind):
            counts["innocent damaged", plain.language, kind].append(bool(found))
        if found:
            misses.append(
                Miss("innocent damaged", plain.language, plain.kind, plain.text, redacted)
            )
    shares = {key: Share(sum(held), len(held)) for key, held in counts.items()}
    return Measured(shares, tuple(misses))


def leaks(made: Personal, redacted: str) -> bool:
    """Whether a secret, or a telling part of it, is still there."""
    template = made.text
    for secret in made.secrets:
        template = template.replace(secret, " ")
    left = Counter(_units(redacted)) - Counter(_units(template))
    if made.kind in WORDED:
        return any(_tells(unit) and left[unit] for s in made.secrets for unit in _units(s))
    held = left & Counter(unit for secret in made.secrets for unit in _units(secret))
    return sum(held.values()) >= _ENOUGH and any(unit.isdigit() or len(unit) > 2 for unit in held)


def _tells(unit: str) -> bool:
    return unit not in _COMMON and (len(unit) > 2 or unit.isdigit() or not unit.isascii())


def _units(text: str) -> Iterator[str]:
    """Words; but digits and Chinese characters one by one. Case, accents, width and unseen characters do not count."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    seen = "".join(char for char in folded if unicodedata.category(char) not in {"Cf", "Mn"})
    for found in re.findall(r"\d|[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+", seen):
        yield str(unicodedata.decimal(found)) if found.isdecimal() else found


def report(measured: Measured) -> Iterator[str]:
    """The shares as lines, the whole before its kinds."""
    names = list(BARS)
    order = sorted(measured.shares, key=lambda k: (names.index(k[0]), k[2] != "all", k[1], k[2]))
    for key in order:
        name, language, kind = key
        told = name if kind == "all" else f"  {kind}"
        share = measured.shares[key]
        low, high = share.interval
        yield f"{language:4}{told:30}{share.share:7.2%}  ({low:.2%} to {high:.2%})  {share.hits} of {share.cases}"


def misses_of(*measured: Measured) -> Iterator[dict[str, str]]:
    """Every miss as a mapping, ready to be written."""
    return (asdict(miss) for held in measured for miss in held.misses)


def read_private(path: Path) -> list[Personal]:
    """Texts that a person wrote, one JSON object a line: `text`, `language`, `kind`, `secrets`."""
    return [
        Personal(held["text"], held["language"], held["kind"], tuple(held["secrets"]), "by hand")
        for held in map(json.loads, path.read_text("utf-8").splitlines())
    ]


def read_innocent(path: Path) -> list[Harmless]:
    """Texts that a person wrote and that hold nobody's data: `text`, `language`, `kind`."""
    return [
        Harmless(held["text"], held["language"], held["kind"])
        for held in map(json.loads, path.read_text("utf-8").splitlines())
    ]


def generated(phones: Sequence[str]) -> tuple[list[Personal], list[Harmless]]:
    """The texts made by rule. `phones`: helplines that people may ask about."""
    return personal_texts(), harmless_texts(phones)
