"""An answer as plain text holds everything a reader needs, whatever it lacks."""

from dataclasses import replace
from pathlib import Path

import yaml

from app.domain.answer import Answer, AnswerStatement, Citation, Contact, Engine, Outcome
from app.language.replies import Replies
from app.language.telling import told, told_rest, told_statement
from tests.fakes import TODAY, section

FOLDER = Path(__file__).parents[2] / "corpus" / "replies"
WORDS = Replies({"en": yaml.safe_load((FOLDER / "en.yaml").read_text("utf-8"))}, TODAY).words("en")
PAGE = section("Tax data is private.")
ANSWER = Answer(
    outcome=Outcome.ANSWERED,
    topic=PAGE.topic,
    language="en",
    statements=(AnswerStatement("Tax data is private.", (1, 2)), AnswerStatement("Ask.")),
    citations=(
        Citation(1, PAGE, "…", (("Law", "26 U.S.C. § 6103(a)", "https://example.gov/6103"),)),
        Citation(2, PAGE, "…", (("Law", "§ 1", None), ("Guide", "p. 7", None))),
    ),
    next_steps=("Keep your papers.", "Call."),
    contacts=(
        Contact("clinic", "A clinic", "Helps", "800-555-0100", "https://example.gov/c"),
        Contact("desk", "A desk", "Helps"),
    ),
    follow_ups=("What else?",),
    engine=Engine.CORPUS,
    redactions=(),
    notice="Information, not legal advice.",
)


def test_an_answer_is_told_with_footnotes_steps_contacts_and_notice() -> None:
    assert told(ANSWER, WORDS) == (
        "Tax data is private. [1] [2]\n\n"
        "Ask.\n\n"
        "What to do now:\n1. Keep your papers.\n2. Call.\n\n"
        "Who can help:\n- A clinic: 800-555-0100, https://example.gov/c\n- A desk\n\n"
        "Sources:\n- [1] 26 U.S.C. § 6103(a) https://example.gov/6103\n- [2] § 1; p. 7\n\n"
        "You can also ask:\n- What else?\n\n"
        "Information, not legal advice."
    )


def test_what_an_answer_lacks_leaves_no_empty_heading() -> None:
    bare = replace(ANSWER, citations=(), next_steps=(), contacts=(), follow_ups=())

    assert told_rest(bare, WORDS) == "Information, not legal advice."


def test_a_statement_without_citation_stands_alone() -> None:
    assert told_statement(AnswerStatement("Ask.")) == "Ask."
