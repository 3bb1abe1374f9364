"""Whether a question is an emergency, asks for help to do harm, or is about something else.

Decided in code, never by a language model: by what the topic model learnt from example questions, and by plain rules where
missing a case would be worse than a false alarm. What is then said stands in `corpus/<language>/boundaries/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.answer import Outcome
from app.domain.library import Library
from app.domain.question import Asked
from app.domain.section import Section
from app.domain.topics import BOUNDARIES, HARM, OUT_OF_SCOPE, URGENT
from app.domain.words import fold
from app.safety.rules import HARM_RULES, REPAIR, URGENT_RULES, first


@dataclass(frozen=True, slots=True)
class Verdict:
    """The question ends here, with a standing section."""

    outcome: Outcome
    section: Section


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares of the topic model's probability above which a boundary is seen. Measured: `app/README.md`."""

    urgent: float = 0.25
    section: float = 0.12
    """Least for the likeliest section of the emergency page alone: diffuse fear spreads over all of them."""
    self_harm: float = 0.3
    """Fear is not despair: a frightened question must not be answered with a suicide line."""
    harm: float = 0.45
    harm_put_right: float = 0.8
    """Who speaks of putting something right uses the words of those who do wrong."""
    out_of_scope: float = 0.35
    unanswered_harm: float = 0.15
    unanswered_out_of_scope: float = 0.12
    """When no text answers, this much suffices to decline or to say "another subject", rather than "we have no text"."""


class Boundaries:
    """Recognises emergencies, harm and other subjects."""

    def __init__(
        self, library: Library, thresholds: Thresholds | None = None, rules: bool = True
    ) -> None:
        """
        Args:
            library: holds the boundary pages.
            thresholds: other than the measured ones.
            rules: false leaves all to the topic model, to measure what the rules are worth.
        """
        self._library = library
        self._at = thresholds or Thresholds()
        self._urgent_rules = URGENT_RULES if rules else ()
        self._harm_rules = HARM_RULES if rules else ()

    def card(self, asked: Asked) -> Section | None:
        """The emergency card for a question, if it is one."""
        if ruled := first(self._urgent_rules, fold(asked.text)):
            return self._section(asked.language, URGENT, ruled)
        total, likeliest, own = _share(asked.topics, URGENT)
        least = self._at.self_harm if likeliest == "self-harm" else self._at.section
        if total < self._at.urgent or own < least:
            return None
        return self._section(asked.language, URGENT, likeliest)

    def verdict(self, asked: Asked) -> Verdict | None:
        """Decline, or say that the subject is another one; `None` lets the question pass."""
        folded = fold(asked.text)
        if not REPAIR.search(folded) and (ruled := first(self._harm_rules, folded)):
            section = self._section(asked.language, HARM, ruled)
            if section:
                return Verdict(Outcome.DECLINED, section)
        return self._seen(asked, self._at.harm, self._at.out_of_scope)

    def unanswered(self, asked: Asked) -> Verdict | None:
        """For a question that no text answers: whether that is because it asks for harm, or its subject is another one."""
        return self._seen(asked, self._at.unanswered_harm, self._at.unanswered_out_of_scope)

    def _seen(self, asked: Asked, harm: float, out_of_scope: float) -> Verdict | None:
        if REPAIR.search(fold(asked.text)):
            harm = self._at.harm_put_right
        for topic, outcome, least in (
            (HARM, Outcome.DECLINED, harm),
            (OUT_OF_SCOPE, Outcome.OUT_OF_SCOPE, out_of_scope),
        ):
            total, name, _ = _share(asked.topics, topic)
            section = self._section(asked.language, topic, name)
            if section and total >= least:
                return Verdict(outcome, section)
        return None

    def _section(self, language: str, topic: str, name: str) -> Section | None:
        document = self._library.documents[language].get(topic)
        sections = document.sections if document else ()
        return next((section for section in sections if section.id == name), None)


def _share(topics: Mapping[str, float], boundary: str) -> tuple[float, str, float]:
    """How much of the probability a boundary has, its likeliest section, and how much that one has."""
    assert boundary in BOUNDARIES
    own = {
        label.removeprefix(f"{boundary}/"): p
        for label, p in topics.items()
        if label.startswith(f"{boundary}/")
    }
    likeliest = max(own, key=lambda name: own[name], default="")
    return sum(own.values()), likeliest, own.get(likeliest, 0.0)
