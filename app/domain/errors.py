"""The errors this program raises on purpose.

    RightsError
    ├── CorpusError          a text, fact, contact or source in `corpus/` breaks its format
    ├── DraftError           a file cannot become a draft page; says which and what to do
    ├── IndexUnavailable     the search index cannot be built or read
    ├── ModelUnavailable     the language model is away, slow, or answers nonsense
    │   └── OutOfTime        it did not come to an end in the seconds it was given
    ├── SettingsError        a setting cannot work; says which and why
    └── Refusal              a request that the caller can mend
        ├── Unauthorized     a staff key is missing or wrong
        ├── NotFound         no such section, topic or language
        └── TooManyQuestions the caller's share is used up for now

No message holds words of a question or of an answer.
"""


class RightsError(Exception):
    """Root of the tree."""


class CorpusError(RightsError):
    """A file in `corpus/` breaks its format. The message names file, place and rule."""


class DraftError(RightsError):
    """A file cannot become a draft page. One line: the file, the reason, what to do."""


class IndexUnavailable(RightsError):
    """The search index cannot be built or read."""


class ModelUnavailable(RightsError):
    """The language model did not give a usable answer in time.

    `retry_after`: seconds that its provider asked to be left alone for.
    """

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class OutOfTime(ModelUnavailable):
    """The language model did not come to an end in the seconds it was given."""

    def __init__(self) -> None:
        super().__init__("out of time")


class SettingsError(RightsError):
    """A setting cannot work."""


class Refusal(RightsError):
    """A request that the caller can mend."""


class Unauthorized(Refusal):
    """A staff key is missing or wrong."""


class NotFound(Refusal):
    """No such section, topic or language."""


class TooManyQuestions(Refusal):
    """The caller's share is used up; `retry_after` says for how many seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too many questions")
        self.retry_after = retry_after
