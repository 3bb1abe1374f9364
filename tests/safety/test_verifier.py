"""A line is shown only when what it cites bears it: hard facts, names, direction and closeness, in both languages."""

import pytest

from app.domain.question import Asked
from app.domain.section import Line, Quote
from app.safety.verifier import Verifier
from tests.fakes import quoting, section

EN = (
    "The IRS may not give your address to ICE without a court order. "
    "You have 60 days from March 3, 2026 to answer, and the fine is $25,000. "
    "Send Form W-7 to Austin, or call 800-829-1040."
)
ES = (
    "El IRS no puede dar su dirección a ICE sin una orden de un juez. "
    "Tiene 60 días desde el 3 de marzo de 2026 para contestar, y la multa es de $25,000. "
    "Mande el Formulario W-7 a Austin, o llame al 800-829-1040."
)


def shown(text: str, cited: str, language: str = "en") -> bool:
    """Whether a line may be shown that cites one statement."""
    line = Line(text, quoting(section(cited)).quotes)
    return Verifier().supported(line, Asked("?", language))


@pytest.mark.parametrize(("cited", "language"), [(EN, "en"), (ES, "es")])
def test_a_line_that_is_its_quote_passes(cited: str, language: str) -> None:
    assert shown(cited, cited, language)


def test_a_vetted_statement_with_an_address_of_a_site_passes_word_for_word() -> None:
    cited = "Look at irs.gov for the list."

    assert shown(cited, cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "Without a court order, the IRS may not give your address to ICE.",
            "The IRS may not give your address to ICE without a court order.",
        ),
        (
            "You have 60 days from March 3, 2026 to answer.",
            "From March 3, 2026, you have 60 days to answer.",
        ),
        ("The fine is $25000.", "The fine is $25,000."),
        ("To renew it, send Form W-7.", "Send Form W-7 to renew it."),
        ("You can call 800-829-1040.", "Call 800-829-1040 for help."),
        ("You don't need an attorney to answer.", "You do not need an attorney to answer."),
        ("It ends after three years without use.", "It expires after three years without use."),
    ],
)
def test_a_faithful_paraphrase_in_english_passes(text: str, cited: str) -> None:
    assert shown(text, cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "Sin una orden de un juez, el IRS no puede darle su dirección a ICE.",
            "El IRS no puede dar su dirección a ICE sin una orden de un juez.",
        ),
        (
            "Usted tiene 60 días para contestar desde el 3 de marzo de 2026.",
            "Tiene 60 días desde el 3 de marzo de 2026 para contestar.",
        ),
        ("La multa es de $25000.", "La multa es de $25,000."),
        ("Para renovarlo, mande el Formulario W-7.", "Mande el Formulario W-7 para renovarlo."),
        ("Llame al 800-829-1040 si necesita ayuda.", "Llame al 800-829-1040 para pedir ayuda."),
        (
            "Se vence tras tres años sin usarlo.",
            "Se vence después de tres años sin usarlo en una declaración.",
        ),
    ],
)
def test_a_faithful_paraphrase_in_spanish_passes(text: str, cited: str) -> None:
    assert shown(text, cited, "es")


def test_a_line_may_join_two_statements_that_it_cites() -> None:
    held = section("The form is free.", "The office answers within 7 weeks.")
    line = Line(
        "The form is free and the office answers within 7 weeks.",
        tuple(Quote(held, statement) for statement in held.statements),
    )

    assert Verifier().supported(line, Asked("?", "en"))


def test_a_fact_of_a_statement_that_is_not_cited_does_not_count() -> None:
    held = section("The office answers your letter.", "The office answers within 7 weeks.")

    line = quoting(held, "The office answers your letter within 7 weeks.")

    assert not Verifier().supported(line, Asked("?", "en"))


def test_a_line_without_a_citation_is_dropped() -> None:
    assert not Verifier().supported(Line("The form is free."), Asked("?", "en"))


def test_a_line_that_cites_a_number_nobody_gave_it_is_dropped() -> None:
    quote = quoting(section("The form is free to send."), "The form is free.").quotes

    line = Line("The form is free.", quote, unknown=(9,))

    assert not Verifier().supported(line, Asked("?", "en"))


@pytest.mark.parametrize("text", ["", " ", "...", "¿?"])
def test_a_line_without_words_is_dropped(text: str) -> None:
    assert not shown(text, EN)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("You have 90 days to answer.", "You have 60 days to answer."),
        ("You have 60 days to answer, 30 of them free.", "You have 60 days to answer."),
        ("Answer the letter before April 3, 2026.", "Answer the letter before March 3, 2026."),
        ("Answer the letter before March 4, 2026.", "Answer the letter before March 3, 2026."),
        ("Answer the letter before March 3, 2027.", "Answer the letter before March 3, 2026."),
        ("The fine is $2,500 for each letter.", "The fine is $25,000 for each letter."),
        ("The fine is $25,000.50 for each letter.", "The fine is $25,000 for each letter."),
        ("Send Form W-8 to renew the number.", "Send Form W-7 to renew the number."),
        ("Send Form SS-7 to renew the number.", "Send Form W-7 to renew the number."),
        ("File your return on Form 1040-NR today.", "File your return on Form 1040 today."),
        ("Call the office at 800-829-1041.", "Call the office at 800-829-1040."),
        ("Section 7431 lets people sue the agency.", "Section 6103 lets people sue the agency."),
        ("Your number expires after 3 months.", "Your number expires after 3 years."),
        ("You owe 50% for each month.", "You owe $50 for each month."),
    ],
)
def test_a_changed_number_date_amount_form_or_phone_in_english_is_dropped(
    text: str, cited: str
) -> None:
    assert not shown(text, cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Tiene 90 días para contestar.", "Tiene 60 días para contestar."),
        ("El plazo vence el 15 de mayo de 2027.", "El plazo vence el 15 de abril de 2027."),
        ("El plazo vence el 16 de abril de 2027.", "El plazo vence el 15 de abril de 2027."),
        ("La multa por carta es de $2,500.", "La multa por carta es de $25,000."),
        ("Mande el Formulario W-8 para renovarlo.", "Mande el Formulario W-7 para renovarlo."),
        ("Llame a la oficina al 800-829-1041.", "Llame a la oficina al 800-829-1040."),
        ("Su número vence después de 3 meses.", "Su número vence después de 3 años."),
    ],
)
def test_a_changed_number_date_amount_form_or_phone_in_spanish_is_dropped(
    text: str, cited: str
) -> None:
    assert not shown(text, cited, "es")


@pytest.mark.parametrize(
    ("text", "cited", "language"),
    [
        ("The FBI keeps your tax return private.", "The IRS keeps your tax return private.", "en"),
        ("ICE keeps your tax return private.", "The IRS keeps your tax return private.", "en"),
        ("Your return stays at the SSA.", "Your return stays at the IRS.", "en"),
        ("Ask Legal Aid Boston for help.", "Ask Legal Aid Chicago for help.", "en"),
        ("Your case goes to the Supreme Court.", "Your case goes to the court.", "en"),
        ("Ask Maria Lopez at the clinic.", "Ask somebody at the clinic.", "en"),
        ("El FBI guarda su declaración.", "El IRS guarda su declaración.", "es"),
        ("ICE guarda su declaración en secreto.", "El IRS guarda su declaración en secreto.", "es"),
        ("Pida ayuda en Caridades Boston.", "Pida ayuda en Caridades Chicago.", "es"),
        ("Su caso llega a la Corte Suprema.", "Su caso llega al juez.", "es"),
    ],
)
def test_a_changed_agency_organisation_or_name_is_dropped(
    text: str, cited: str, language: str
) -> None:
    assert not shown(text, cited, language)


@pytest.mark.parametrize(
    ("text", "cited", "language"),
    [
        ("The answer takes seven weeks.", "The answer takes eleven weeks.", "en"),
        ("The answer takes thirteen weeks.", "The answer takes eleven weeks.", "en"),
        ("The answer takes sixteen weeks.", "The answer takes 11 weeks.", "en"),
        ("The fine doubles to twice the tax.", "The fine is added to the tax.", "en"),
        ("It costs half of the refund money.", "It costs part of the refund money.", "en"),
        ("La respuesta tarda siete semanas.", "La respuesta tarda once semanas.", "es"),
        ("La respuesta tarda trece semanas.", "La respuesta tarda once semanas.", "es"),
        ("La respuesta tarda dieciséis semanas.", "La respuesta tarda 11 semanas.", "es"),
        ("La multa cuesta quinientos dólares.", "La multa cuesta cien dólares.", "es"),
        ("La multa es el doble del impuesto.", "La multa se suma al impuesto.", "es"),
        ("Le quitan la mitad del reembolso.", "Le quitan parte del reembolso.", "es"),
    ],
)
def test_a_number_in_words_that_is_not_cited_is_dropped(
    text: str, cited: str, language: str
) -> None:
    assert not shown(text, cited, language)


@pytest.mark.parametrize(
    ("text", "cited", "language"),
    [
        ("The agency can share your address.", "The agency cannot share your address.", "en"),
        ("The agency can not share your address.", "The agency can share your address.", "en"),
        ("You must never file a return.", "You must file a return.", "en"),
        ("You aren't required to file a return.", "You are required to file a return.", "en"),
        ("You shouldn’t answer the letter.", "You should answer the letter.", "en"),
        ("You didn't miss the deadline.", "You may miss the deadline.", "en"),
        ("Nobody can open your return.", "Somebody can open your return.", "en"),
        ("You can apply without a passport.", "You can apply with a passport.", "en"),
        (
            "La agencia puede compartir su dirección.",
            "La agencia no puede compartir su dirección.",
            "es",
        ),
        ("Usted no tiene que declarar.", "Usted tiene que declarar.", "es"),
        ("Nunca conteste la carta.", "Siempre conteste la carta.", "es"),
        ("Jamás conteste la carta.", "Siempre conteste la carta.", "es"),
        ("Puede pedirlo sin pasaporte.", "Puede pedirlo con pasaporte.", "es"),
        ("Ningún empleado puede abrirla.", "Algún empleado puede abrirla.", "es"),
    ],
)
def test_a_flipped_negation_is_dropped(text: str, cited: str, language: str) -> None:
    assert not shown(text, cited, language)


@pytest.mark.parametrize("cited", ["The clinic helps you for free.", "La clínica le ayuda gratis."])
@pytest.mark.parametrize(
    "extra",
    [
        "https://example.org/help",
        "HTTP://EXAMPLE.ORG",
        "www.example.org",
        "irs.gov",
        "IRS.GOV",
        "example.org/help",
        "bit.ly/itin",
        "wa.me/12",
        "ana@example.org",
        "[help](help)",
        "<b>now</b>",
        "<script>x</script>",
        "<img src=x>",
        "<!-- x -->",
    ],
)
def test_an_address_a_link_or_markup_is_dropped(cited: str, extra: str) -> None:
    assert not shown(f"{cited} {extra}", f"{cited} Ask for help now.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hire a lawyer and leave the country quickly.", "en"),
        ("Everybody receives stimulus payments tomorrow.", "en"),
        ("Contrate a un abogado y salga del país rápido.", "es"),
    ],
)
def test_a_line_far_from_what_it_cites_is_dropped(text: str, language: str) -> None:
    cited = {"en": "Your return stays private.", "es": "Su declaración es privada."}[language]

    assert not shown(text, cited, language)


def test_the_same_line_gets_the_same_verdict() -> None:
    verdicts = {shown("You have 60 days.", "You have 60 days to answer.") for _ in range(10)}

    assert verdicts == {True}
