"""What a test of a family of finders needs: a redactor, and what it makes of a text."""

from app.privacy.redaction import Redactor

HELP_LINE = "800-829-1040"
OFFICE = "Internal Revenue Service, ITIN Operation, P.O. Box 149342, Austin, TX 78714-9342"
REDACTOR = Redactor([HELP_LINE], [OFFICE])


def redacted(text: str) -> str:
    """The text without personal data."""
    return REDACTOR.redact(text)[0]


def kinds(text: str) -> dict[str, int]:
    """What is taken out of a text, and how often."""
    return {found.kind: found.count for found in REDACTOR.redact(text)[1]}
