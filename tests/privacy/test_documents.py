"""Numbers of documents go, announced or not; forms, notices and court cases stay."""

import pytest

from tests.privacy.looking import kinds, redacted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("IOE0912345678 is pending", "receipt"),
        ("recibo WAC-21-905-33187", "receipt"),
        ("msc 21 905 33187", "receipt"),
        ("the preparer's P01884326", "ptin"),
        ("A 012 345 678 in court", "a-number"),
        ("EIN 47-2281940", "ein"),
        ("of 36-4418827 on my W-2", "ein"),
        ("934-93-2210", "atin"),
        ("my CURP MOHG790312MDFRRC04", "identity"),
        ("card 4111 1111 1111 1111", "card"),
        ("4111111111111111", "card"),
        ("routing 121000248", "routing"),
        ("número de ruta 071000013", "routing"),
        ("my passport number is G12345678", "passport"),
        ("passport 258814407", "passport"),
        ("护照号码是E88120457", "passport"),
        ("여권 번호는 M12345678입니다", "passport"),
        ("رقم جواز السفر G1234567", "passport"),
        ("matrícula consular número 8837451", "consular-id"),
        ("my driver's license is D1234567", "licence"),
        ("licencia de manejar S123-456-78-901-0", "licence"),
        ("account number 000778213", "account"),
        ("mi cuenta es 0012345", "account"),
        ("cédula 0801-1990-14523", "identity"),
    ],
)
def test_a_number_of_a_document_is_taken_out_under_its_name(text: str, kind: str) -> None:
    found = kinds(text)

    assert found == {kind: 1}


@pytest.mark.parametrize(
    "text",
    [
        "nine hundred seventy, seventy, one two three four",
        "nueve cero cero siete cero uno dos tres cuatro",
        "novecientos setenta, ochenta y dos, uno uno cinco seis",
        "neuf un deux trois quatre cinq six sept huit",
        "900 then 70 then 1234",
        "900 guion 70 guion 1234",
        "primero 900, luego 70, al final 1234",
        "九零零七零一二三四",
        "٩٠٠-٧٠-١٢٣٤",
        "①②③-④⑤-⑥⑦⑧⑨",
        "𝟗𝟎𝟎-𝟕𝟎-𝟏𝟐𝟑𝟒",
        "9️⃣0️⃣0️⃣7️⃣0️⃣1️⃣2️⃣3️⃣4️⃣",
    ],
)
def test_a_number_is_seen_however_it_is_written(text: str) -> None:
    assert "[" in redacted(text)
    assert kinds(text).keys() <= {"number", "itin", "atin", "ssn"}


@pytest.mark.parametrize(
    "text",
    [
        "IRM 3.21.263.8.2.1 and 90 Fed. Reg. 12345",
        "FR Doc. 2025-12345",
        "145 S. Ct. 2635",
        "CP 565 566 567",
        "error R0000-504-02",
        "form 14039 2023",
        "my card for 2023 and account of 2024",
        "twenty five thousand dollars in two thousand twenty four",
        "veinticinco mil dólares en dos mil veinticuatro",
        "1095-A, 1099-K, 8843 and I-797C",
        "my passport expired in 2024",
        "social security tax of $1,240",
    ],
)
def test_numbers_that_are_nobodys_stay(text: str) -> None:
    assert redacted(text) == text
