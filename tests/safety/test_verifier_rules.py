"""A dropped line is known by the rule it broke: one rule, one kind of harm, in both languages."""

import pytest

from app.domain.question import Asked
from app.domain.section import Line, Quote
from app.safety.verification.rules import Rule
from app.safety.verifier import Verifier
from tests.fakes import quoting, section

CLAIMS = {
    ("conf-general-rule", "en"): ("You are never in danger from the IRS.", "Don't file."),
    ("conf-general-rule", "es"): ("El IRS nunca comparte sus datos.",),
}


def broken(text: str, cited: str, language: str = "en") -> Rule | None:
    """The rule that a line breaks that cites one statement."""
    line = Line(text, quoting(section(cited)).quotes)
    return Verifier(CLAIMS).broken(line, Asked("?", language))


@pytest.mark.parametrize(
    ("text", "cited", "language"),
    [
        (
            "You have 90 days to pay and 3 years to sue.",
            "You have 3 years to sue and 90 days to pay.",
            "en",
        ),
        (
            "If you win, the court can add a fee; ICE may ask the IRS.",
            "ICE may ask the IRS. If you win, the court can add a fee.",
            "en",
        ),
        ("Puede demandar en 2 años.", "Tiene 2 años: en ese tiempo puede demandar.", "es"),
    ],
)
def test_a_line_that_only_moves_words_breaks_nothing(text: str, cited: str, language: str) -> None:
    assert broken(text, cited, language) is None


@pytest.mark.parametrize(
    ("text", "cited", "language"),
    [
        (
            "You have 90 days to sue and 3 years to pay the tax bill.",
            "You have 3 years to sue and 90 days to pay the tax bill.",
            "en",
        ),
        ("ICE sent the addresses to the IRS.", "The IRS sent the addresses to ICE.", "en"),
        ("ICE got the list from the IRS.", "The IRS got the list from ICE.", "en"),
        ("ICE le mandó la lista al IRS.", "El IRS le mandó la lista a ICE.", "es"),
    ],
)
def test_facts_and_actors_that_changed_places_are_known_as_such(
    text: str, cited: str, language: str
) -> None:
    assert broken(text, cited, language) in {Rule.BINDING, Rule.FACT}


@pytest.mark.parametrize(
    ("text", "cited", "language"),
    [
        ("You must attach a passport.", "You may attach a passport.", "en"),
        ("You need not attach a passport.", "You must attach a passport.", "en"),
        ("You need not sign the form.", "You must not sign the form.", "en"),
        ("The judge said it is lawful.", "The judge said it is not lawful.", "en"),
        ("Yes. An ITIN changes your status.", "No. An ITIN changes your status.", "en"),
        ("Debe adjuntar un pasaporte.", "Puede adjuntar un pasaporte.", "es"),
        ("No tiene que firmar la forma.", "No debe firmar la forma.", "es"),
        ("El IRS guarda la carta.", "El IRS no guarda la carta.", "es"),
    ],
)
def test_another_force_is_named(text: str, cited: str, language: str) -> None:
    assert broken(text, cited, language) is Rule.FORCE


@pytest.mark.parametrize(
    ("text", "cited", "language"),
    [
        ("File it after April 15.", "File it before April 15.", "en"),
        ("The fine is at most $500.", "The fine is at least $500.", "en"),
        ("It is a civil case.", "It is a criminal case.", "en"),
        ("Use it with a permit.", "Use it without a permit.", "en"),
        ("Mándelo después del 15 de abril.", "Mándelo antes del 15 de abril.", "es"),
        ("Es un caso civil.", "Es un caso penal.", "es"),
    ],
)
def test_another_direction_is_named(text: str, cited: str, language: str) -> None:
    assert broken(text, cited, language) is Rule.DIRECTION


@pytest.mark.parametrize(
    ("text", "cited", "language"),
    [
        ("All banks take an ITIN.", "Some banks take an ITIN.", "en"),
        ("Every bank takes an ITIN.", "Most banks take an ITIN.", "en"),
        ("The IRS sent addresses.", "As reported, the IRS sent addresses.", "en"),
        ("The answer takes 7 weeks.", "Usually the answer takes 7 weeks.", "en"),
        ("The fine is 12 dollars.", "The fine is up to 12 dollars.", "en"),
        ("Todos los bancos aceptan el ITIN.", "Algunos bancos aceptan el ITIN.", "es"),
        ("El IRS mandó direcciones.", "Según reportes, el IRS mandó direcciones.", "es"),
        ("La respuesta tarda 7 semanas.", "Por lo general la respuesta tarda 7 semanas.", "es"),
    ],
)
def test_a_claim_made_wider_is_named(text: str, cited: str, language: str) -> None:
    assert broken(text, cited, language) is Rule.WIDENED


@pytest.mark.parametrize(
    ("text", "cited", "language"),
    [
        ("The form is free. You are safe.", "The form is free.", "en"),
        ("You will not be deported for the form.", "The form is free to send.", "en"),
        ("La forma es gratis y no le va a pasar nada.", "La forma es gratis.", "es"),
        ("Con la forma usted está a salvo.", "La forma es gratis.", "es"),
    ],
)
def test_a_promise_is_named(text: str, cited: str, language: str) -> None:
    assert broken(text, cited, language) is Rule.PROMISE


@pytest.mark.parametrize(
    ("text", "cited", "language"),
    [
        ("Do not file.", "File the form or do not file it.", "en"),
        (
            "The IRS danger is never with you.",
            "The IRS was never with you when danger came.",
            "en",
        ),
        ("Sus datos el IRS nunca comparte.", "El IRS comparte. Sus datos nunca salen.", "es"),
    ],
)
def test_what_the_page_forbids_is_named(text: str, cited: str, language: str) -> None:
    assert broken(text, cited, language) is Rule.NEVER_SAY


def test_a_page_of_another_topic_forbids_nothing_here() -> None:
    line = quoting(section("Don't file twice.", topic="itin-apply"), "Do not file twice.")

    assert Verifier(CLAIMS).broken(line, Asked("?", "en")) is None


@pytest.mark.parametrize(
    ("text", "cited", "language"),
    [
        ("El IRS guarda los datos de usted.", "The IRS keeps your datos de guarda.", "en"),
        ("The IRS keeps all of the data for you.", "El IRS keeps data.", "es"),
        ("The IRS keeps your data 保密.", "The IRS keeps your data.", "en"),
    ],
)
def test_a_line_in_another_language_is_named(text: str, cited: str, language: str) -> None:
    assert broken(text, cited, language) is Rule.LANGUAGE


@pytest.mark.parametrize(
    ("text", "cited", "language"),
    [
        (
            "The form is free, and teachers everywhere admire honest neighbors.",
            "The form is free.",
            "en",
        ),
        ("La forma es gratis, y los maestros admiran el valor.", "La forma es gratis.", "es"),
    ],
)
def test_a_claim_that_was_added_is_named(text: str, cited: str, language: str) -> None:
    assert broken(text, cited, language) is Rule.MEANING


def test_a_subject_of_one_statement_does_not_get_what_another_says() -> None:
    held = section("A preparer signs the return.", "A landlord keeps the deposit.")
    quotes = tuple(Quote(held, statement) for statement in held.statements)

    rule = Verifier().broken(Line("A preparer keeps the deposit.", quotes), Asked("?", "en"))

    assert rule is Rule.BINDING


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("您可以在7周内收到答复。", None),
        ("您可以在9周内收到答复。", Rule.FACT),
        ("您不可以在7周内收到答复。", Rule.FORCE),
        ("ICE可以在7周内收到答复。", Rule.FACT),
        ("大家都喜欢吃苹果和香蕉。", Rule.FORCE),
        ("朋友喜欢吃苹果和香蕉。", Rule.MEANING),
    ],
)
def test_a_language_without_tables_is_held_close_to_the_letter(
    text: str, rule: Rule | None
) -> None:
    assert broken(text, "申请以后，您可以在7周内收到答复。", "zh") is rule


def test_a_name_of_a_site_may_stand_as_it_is_cited_and_no_other_address() -> None:
    cited = "Look on IRS.gov for the list of agents."

    assert broken("You can look on IRS.gov for the list of agents.", cited) is None
    assert broken("You can look on IRS.gov/list for the list of agents.", cited) is Rule.CONTACT
    assert broken("You can look on ICE.gov for the list of agents.", cited) is Rule.CONTACT
