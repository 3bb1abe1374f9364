"""Reading level: the measure tells easy from hard in both languages, and every section is easy enough."""

import pytest

from app.bootstrap import Service
from app.language.plain import reading_level, too_hard
from tests.fakes import section

EASY = {"en": "You can file. The form is free.", "es": "Usted puede declarar. La forma es gratis."}
HARD = {
    "en": "Notwithstanding jurisdictional considerations, confidentiality obligations encompass dissemination of documentation.",
    "es": "No obstante consideraciones jurisdiccionales, las obligaciones de confidencialidad comprenden la diseminación documental.",
}


def test_english_is_measured_by_school_grade() -> None:
    assert reading_level(section(EASY["en"])) < 5 < reading_level(section(HARD["en"]))


def test_spanish_is_measured_by_ease() -> None:
    easy, hard = section(EASY["es"], language="es"), section(HARD["es"], language="es")

    assert reading_level(hard) < 65 < reading_level(easy)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_order_of_measuring_does_not_matter(language: str) -> None:
    held = section(EASY[language], language=language)
    before = reading_level(held)

    reading_level(section(EASY["es"], language="es"))
    reading_level(section(EASY["en"]))

    assert reading_level(held) == before


def test_a_language_without_a_measure_passes() -> None:
    assert reading_level(section("可以。", language="zh")) == 0


def test_no_section_is_too_hard(service: Service) -> None:
    assert list(too_hard(service.library)) == []
