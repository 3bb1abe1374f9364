"""The topics this service knows. The subject is fixed: a page, a question and an answer each belong to one of them."""

from enum import StrEnum


class Area(StrEnum):
    """The folder a topic's pages lie in."""

    CONFIDENTIALITY = "conf"
    ITIN = "itin"
    BOUNDARIES = "boundaries"


# Boundaries are written as pages too, so that emergencies and refusals are cited, translated and reviewed like the law.
URGENT = "triage-urgent"
OUT_OF_SCOPE = "out-of-scope"
HARM = "refuse-harm"
BOUNDARIES = frozenset({URGENT, OUT_OF_SCOPE, HARM})

TOPICS: tuple[str, ...] = (
    "conf-general-rule",
    "conf-exceptions",
    "conf-ice-requests",
    "conf-mou-2025",
    "conf-litigation",
    "conf-should-i-file",
    "conf-my-data",
    "conf-penalties-remedies",
    "conf-preparers",
    "conf-employers-ssa",
    "conf-states-agencies",
    "conf-immigration-case",
    "conf-taxpayer-rights",
    "itin-what-is",
    "itin-who",
    "itin-apply",
    "itin-documents",
    "itin-where-to-apply",
    "itin-processing",
    "itin-renew",
    "itin-to-ssn",
    "itin-credits",
    "itin-dependents",
    "itin-must-file",
    "itin-residency-status",
    "itin-deadlines",
    "itin-back-taxes",
    "itin-refunds",
    "itin-self-employed",
    "itin-withholding",
    "itin-state-credits",
    "itin-remittance",
    "itin-banking",
    "itin-free-help",
    "itin-scams",
)

ALL_TOPICS = frozenset(TOPICS) | BOUNDARIES


def area_of(topic: str) -> Area:
    """The area of a known topic slug."""
    return Area.BOUNDARIES if topic in BOUNDARIES else Area(topic.split("-", 1)[0])
