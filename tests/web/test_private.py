"""The page warns before it sends an SSN, an ITIN or an A-number.

No browser runs here: the patterns are read out of the script and tried with Python, whose syntax for them is the same.
"""

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service
from tests.web.test_pages import Page

SCRIPT = Path(__file__).parents[2] / "app/web/static/private.js"
STRINGS = json.loads((Path(__file__).parent / "private_numbers.json").read_text("utf-8"))
PATTERNS = [
    re.compile(found)
    for found in re.findall(r"^  /(.+)/g,$", SCRIPT.read_text("utf-8"), re.MULTILINE)
]
UNSEEN = re.compile(
    re.findall(r"^const UNSEEN = /(.+)/g;$", SCRIPT.read_text("utf-8"), re.MULTILINE)[0]
)
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def looks_private(text: str) -> bool:
    """What the script's function of the same name says."""
    plain = UNSEEN.sub("", text).translate(WIDE)
    return any(pattern.search(plain) for pattern in PATTERNS)


def test_the_script_holds_its_three_patterns() -> None:
    assert len(PATTERNS) == 3


@pytest.mark.parametrize("text", STRINGS["warned"])
def test_a_number_of_a_person_is_warned_about(text: str) -> None:
    assert looks_private(text)


@pytest.mark.parametrize("text", STRINGS["quiet"])
def test_what_questions_are_about_is_not_warned_about(text: str) -> None:
    assert not looks_private(text)


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_the_form_brings_the_words_of_the_warning(
    client: TestClient, service: Service, language: str
) -> None:
    page = Page(client.get(f"/{language}").text)

    [place] = page.all("div", **{"class": "private", "aria-live": "assertive"})
    told = service.replies.words(language).page
    assert place["data-found"] == told["private_found"]
    assert place["data-remove"] == told["private_remove"]
    assert place["data-send"] == told["private_send"]
    assert place["data-removed"] == told["private_removed"]
    assert place["data-taken"] == told["private_taken"]


def test_the_script_asks_nobody_and_keeps_nothing() -> None:
    script = SCRIPT.read_text("utf-8")

    for word in (
        "fetch",
        "XMLHttpRequest",
        "sendBeacon",
        "localStorage",
        "sessionStorage",
        "cookie",
    ):
        assert word not in script
