"""E-mail, phones and private links go; helplines, offices and public pages stay."""

import pytest

from tests.privacy.looking import kinds, redacted


@pytest.mark.parametrize(
    "text",
    [
        "ana arroba gmail punto com",
        "ana.lopez at yahoo dot com",
        "ana [at] mail (dot) example (dot) org",
        "nelly punto ramos arroba gmail punto com",
        "ana@gmail",
    ],
)
def test_an_email_address_said_aloud_is_taken_out(text: str) -> None:
    assert redacted(text) == "[email]"


@pytest.mark.parametrize(
    "text",
    [
        "my cell is 555-0147",
        "cel 2125550147",
        "(212)555-0147",
        "212/555-0147",
        "+503 7712 3390",
        "2 1 3 5 5 5 0 1 9 2",
        "484-209-1927 ext 12",
        "电话 212 555 0147",
    ],
)
def test_no_digit_of_a_phone_stays(text: str) -> None:
    assert not any(char.isdigit() for char in redacted(text))


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/reset?token=ab93kd02",
        "https://drive.google.com/file/d/1kQz8VbW3x0aLmN7/view",
        "https://ana:secret1@example.com/w7.pdf",
        "www.example.com/login?email=ana%40x.com",
    ],
)
def test_a_private_link_is_taken_out(text: str) -> None:
    assert kinds(f"look: {text} ok") == {"link": 1}


@pytest.mark.parametrize(
    "text",
    [
        "https://www.irs.gov/individuals/itin",
        "look at IRS.gov",
        "busque un agente en IRS.gov",
        "call 800-829-1040 or 911",
        "send it to P.O. Box 149342, Austin, TX 78714-9342",
    ],
)
def test_what_is_public_stays(text: str) -> None:
    assert redacted(text) == text
