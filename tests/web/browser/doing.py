"""What a person does on the page."""

from typing import Any

ADDRESS = "Can ICE get my address from the IRS?"
RENEW = "¿Cuándo se vence mi ITIN?"
DOOR = "ICE is knocking on my door right now"
DONE = ".exchange:last-child:not([aria-busy])"


def send(page: Any, question: str) -> None:
    """Type a question and send it."""
    page.fill("#question", question)
    page.click(".ask button")


def ask(page: Any, question: str) -> None:
    """Ask, and wait for the whole answer."""
    before = page.locator(".exchange").count()
    send(page, question)
    page.wait_for_function(
        "n => document.querySelectorAll('.exchange:not([aria-busy])').length > n", arg=before
    )


def words(page: Any, selector: str) -> str:
    """Text of an element as a reader sees it, on one line, whether shown or not."""
    text: str = page.locator(selector).first.text_content()
    return " ".join(text.split())
