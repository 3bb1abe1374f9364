"""An answer as plain text: on a terminal, and wherever only text goes through. `[n]` in it points to a source at the end."""

from collections.abc import Sequence

from app.domain.answer import Answer, AnswerStatement, Citation, Contact
from app.language.replies import Words


def told(answer: Answer, words: Words) -> str:
    """The whole answer."""
    return "\n\n".join([*map(told_statement, answer.statements), told_rest(answer, words)])


def told_statement(statement: AnswerStatement) -> str:
    """A statement with the numbers of its citations."""
    return statement.text + "".join(f" [{n}]" for n in statement.citations)


def told_rest(answer: Answer, words: Words) -> str:
    """What stands under the statements: steps, contacts, sources, further questions, and always the notice."""
    labels = words.cli
    steps = [f"{n}. {step}" for n, step in enumerate(answer.next_steps, start=1)]
    blocks = [
        _block(labels["steps"], steps),
        _block(labels["contacts"], [f"- {told_contact(c)}" for c in answer.contacts]),
        _block(labels["sources"], [f"- {_footnote(c)}" for c in answer.citations]),
        _block(labels["follow_ups"], [f"- {question}" for question in answer.follow_ups]),
        answer.notice,
    ]
    return "\n\n".join(block for block in blocks if block)


def told_contact(contact: Contact) -> str:
    """Who, and how to reach them."""
    reach = [part for part in (contact.phone, contact.url, contact.address) if part]
    return f"{contact.name}: {', '.join(reach)}" if reach else contact.name


def _block(label: str, lines: Sequence[str]) -> str:
    return "\n".join([label, *lines]) if lines else ""


def _footnote(citation: Citation) -> str:
    cited = "; ".join(f"{cite} {url}" if url else cite for _, cite, url in citation.sources)
    return f"[{citation.n}] {cited}"
