"""Street addresses and post boxes go; cities, states and life on the street stay."""

import pytest

from tests.privacy.looking import kinds, redacted


@pytest.mark.parametrize(
    "place",
    [
        "1847 W Cermak Rd Apt 3R",
        "22 Orchard Lane",
        "1600 Old Mill Blvd, Chicago, IL 60614",
        "410 East 138th Street",
        "77 maple st",
        "1200 Sunset Way",
        "PO Box 4471",
        "P.O. Box 77, Waco TX 76701",
        "calle Juárez #123",
        "Av. 16 de Septiembre No. 34",
        "calle 5 de Mayo 218",
        "apartado postal 882",
        "法拉盛缅街135号",
    ],
)
def test_an_address_is_taken_out(place: str) -> None:
    assert kinds(f"{place}, is it safe?") == {"address": 1}


@pytest.mark.parametrize(
    "text",
    ["vivo en la calle Roosevelt con mi hermana", "I live at 123 Broadway now", "vivo en 14 birch"],
)
def test_a_street_behind_i_live_on_is_taken_out(text: str) -> None:
    assert "[address]" in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "I live in Chicago with 2 kids",
        "vivo en Texas desde 2019",
        "vivo en la calle y no tengo dirección",
        "su dirección es privada también",
        "10 days in court",
        "my son is 10, no court paper",
        "two ways to file in 2023",
        "the post office on Main Street",
        "la casilla 2 dice 0.00",
        "I moved to Georgia in 2024",
        "ZIP 60614",
    ],
)
def test_a_place_that_is_no_address_stays(text: str) -> None:
    assert redacted(text) == text
