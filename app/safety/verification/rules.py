"""The names of the rules, so that a dropped line can be counted by what it broke, never by what it said."""

from enum import StrEnum


class Rule(StrEnum):
    """Why a line is dropped; the first one that it breaks is told."""

    CITATION = "citation"
    """It cites nothing, or a number that no statement has."""
    EMPTY = "empty"
    """It has no word."""
    CONTACT = "contact"
    """A link, an address or markup."""
    LANGUAGE = "language"
    """It is not in the language of the answer."""
    PROMISE = "promise"
    """A promise or a prediction about the person."""
    NEVER_SAY = "never-say"
    """It says what the page forbids to say."""
    FACT = "fact"
    """A number, date, form, phone or name that is not in what it cites."""
    BINDING = "binding"
    """A fact that belongs to something else there, or an act by another actor."""
    FORCE = "force"
    """Negation or modality is not the same: not, may, must, should."""
    DIRECTION = "direction"
    """The other way round: before and after, more and less, with and without, civil and criminal."""
    WIDENED = "widened"
    """A limit, a condition or a source of the claim is gone: all for some, "as reported" left out."""
    MEANING = "meaning"
    """Too many words that nothing in what it cites bears."""
    ENTAILMENT = "entailment"
    """A further checker, if one is set, says no."""
