"""Whether the statements that a line cites support it. Deterministic: the same line gets the same verdict.

The order is the policy: what can be decided for sure comes first. What slips through, and how often, is measured by
`python -m app eval verifier` and told in `app/README.md`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from app.domain.question import Asked
from app.domain.section import Line
from app.safety.verification import strict
from app.safety.verification.direction import turned
from app.safety.verification.edits import edited
from app.safety.verification.facts import misqualified, swapped_roles, unbound, unknown_fact
from app.safety.verification.forbidden import Claims, addressed, foreign, never_said, promises
from app.safety.verification.force import flipped
from app.safety.verification.lexicon import LANGUAGES, Lexicon, lexicon
from app.safety.verification.meaning import Closeness, fused, merged, strange
from app.safety.verification.reading import CONTENT, joined, read, read_vetted
from app.safety.verification.rules import Rule
from app.safety.verification.widening import widened


class Checker(Protocol):
    """One more opinion, asked only about lines that break no rule."""

    def supports(self, premise: str, hypothesis: str) -> bool:
        """Whether what is cited bears the line."""
        ...


class Verifier:
    """Checks a line against its own quotes, in the language of the answer."""

    def __init__(
        self,
        claims: Claims | None = None,
        checker: Checker | None = None,
        near: Closeness | None = None,
    ) -> None:
        """A verifier.

        Args:
            claims: what each page forbids to say.
            checker: one more opinion, such as a model of entailment.
            near: how close a line must keep.
        """
        self._claims: Mapping[tuple[str, str], tuple[str, ...]] = claims or {}
        self._checker = checker
        self._near = near or Closeness()
        for language in LANGUAGES:
            lexicon(language)  # Read now, so that the first reader does not wait for it.

    def supported(self, line: Line, asked: Asked) -> bool:
        """Whether the line may be shown. A line that is its quote, word for word, always may."""
        return self.broken(line, asked) is None

    def broken(self, line: Line, asked: Asked) -> Rule | None:
        """The first rule that the line breaks; `None` when it may be shown."""
        if len(line.quotes) == 1 and line.text == line.quotes[0].statement.text:
            return None
        if line.unknown or not line.quotes:
            return Rule.CITATION
        cited = "\n".join(quote.statement.text for quote in line.quotes)
        if addressed(line.text, cited):
            return Rule.CONTACT
        words = lexicon(asked.language)
        rule = (
            self._rule(line, asked.language, cited, words)
            if words
            else strict.broken(line.text, cited)
        )
        if rule is None and self._checker and not self._checker.supports(cited, line.text):
            return Rule.ENTAILMENT
        return rule

    def _rule(self, line: Line, language: str, cited: str, words: Lexicon) -> Rule | None:
        said = read(line.text, language)
        each = [read_vetted(quote.statement.text, language) for quote in line.quotes]
        vetted = joined(each)
        barred = self._barred(line, language)
        # Each is asked only if those before it let the line pass.
        checks: tuple[tuple[Rule, Callable[[], bool]], ...] = (
            (Rule.EMPTY, lambda: not any(token.kind in CONTENT for token in said.tokens)),
            (Rule.LANGUAGE, lambda: foreign(line.text, cited, language)),
            (Rule.FACT, lambda: unknown_fact(said, vetted)),
            (Rule.PROMISE, lambda: promises(line.text, cited, words)),
            (Rule.NEVER_SAY, lambda: never_said(said, vetted, barred, language)),
            (Rule.BINDING, lambda: unbound(said, vetted) or swapped_roles(said, vetted, words)),
            (Rule.DIRECTION, lambda: turned(said, vetted, words)),
            (Rule.FORCE, lambda: flipped(said, vetted)),
            (Rule.WIDENED, lambda: widened(said, vetted) or misqualified(said, vetted)),
            (Rule.BINDING, lambda: merged(said, vetted, self._near) or fused(said, each)),
        )
        for rule, breaks in checks:
            if breaks():
                return rule
        if small := edited(said, vetted, words):
            return small
        return Rule.MEANING if strange(said, vetted, self._near) else None

    def _barred(self, line: Line, language: str) -> Iterable[str]:
        topics = dict.fromkeys(quote.section.topic for quote in line.quotes)
        return [c for topic in topics for c in self._claims.get((topic, language), ())]
