"""A reference is cited the way a lawyer writes it, and a section knows its key, its page and its statements."""

from datetime import date

import pytest

from app.domain.section import Reference, Source
from tests.fakes import TODAY, section


def source(cite: str | None) -> Source:
    """A source with or without a lawyer's citation."""
    return Source("s", "Instructions", "IRS", "official", "today", TODAY, cite=cite)


@pytest.mark.parametrize(
    ("cite", "pinpoint", "citation"),
    [
        ("26 U.S.C. § 6103", None, "26 U.S.C. § 6103"),
        ("26 U.S.C. § 6103", "(i)(2)(A)", "26 U.S.C. § 6103(i)(2)(A)"),
        ("8 U.S.C. § 1306", "§ 1305(a)", "8 U.S.C. § 1305(a)"),
        ("26 U.S.C. §§ 6320-6330", "§ 6320(a)", "26 U.S.C. § 6320(a)"),
        ("26 C.F.R. § 301.6109-1", "§ 301.6103(c)-1", "26 C.F.R. § 301.6103(c)-1"),
        ("26 U.S.C. § 6103", "p. 7", "26 U.S.C. § 6103, p. 7"),
        (None, None, "Instructions (IRS)"),
        (None, "p. 7", "Instructions (IRS), p. 7"),
        (None, "§ 70606", "Instructions (IRS), § 70606"),
    ],
)
def test_a_reference_is_written_as_a_lawyer_writes_it(
    cite: str | None, pinpoint: str | None, citation: str
) -> None:
    reference = Reference(source(cite), pinpoint)

    assert reference.citation == citation


def test_a_section_in_a_work_that_is_not_cited_by_section_is_kept() -> None:
    reference = Reference(source("Rev. Proc. 2025-32"), "§ 3.05")

    assert reference.citation == "Rev. Proc. 2025-32, § 3.05"


def test_a_section_has_the_same_key_in_every_language() -> None:
    english, spanish = section("Yes.", language="en"), section("Sí.", language="es")

    assert english.key == spanish.key == "conf-general-rule/private"


def test_a_section_has_its_own_page_in_each_language() -> None:
    spanish = section("Sí.", language="es")

    assert spanish.page == "/es/conf-general-rule/private"


def test_the_short_answer_stands_before_the_details() -> None:
    held = section("First.", "Second.", details=["Third."])

    assert [s.text for s in held.statements] == ["First.", "Second.", "Third."]


def test_nothing_counts_as_reviewed_unless_it_is_said() -> None:
    held = section("Yes.").review

    assert (held.status, held.by, held.on, held.until) == ("unreviewed", None, None, None)


def test_a_vetted_text_cannot_be_changed_once_it_is_read() -> None:
    held = section("Yes.")

    with pytest.raises(AttributeError):
        held.as_of = date(2030, 1, 1)  # type: ignore[misc]  # the point of the test
