"""Phones and links in a text work at a touch, if and only if they are those of a known contact."""

import pytest

from app.web.pages import Reachable

REACHABLE = Reachable({"911", "800-555-0100"}, {"https://example.gov/a?b=1&c=2"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Call 911.", 'Call <a href="tel:911">911</a>.'),
        ("800-555-0100: help", '<a href="tel:+18005550100">800-555-0100</a>: help'),
        ("Call 800-555-0199.", "Call 800-555-0199."),
        ("Form 9110", "Form 9110"),
        ("1-911-2", "1-911-2"),
        ("<b>911</b>", '&lt;b&gt;<a href="tel:911">911</a>&lt;/b&gt;'),
        ("See https://evil.example", "See https://evil.example"),
    ],
)
def test_only_known_phones_become_links(text: str, shown: str) -> None:
    assert REACHABLE(text) == shown


def test_a_known_address_becomes_a_link_that_tells_nobody_where_one_came_from() -> None:
    shown = REACHABLE("See https://example.gov/a?b=1&c=2 now")

    assert 'href="https://example.gov/a?b=1&amp;c=2" rel="noreferrer external"' in shown
