import csv
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.model.display import show_date, show_headcount, show_phone, show_siren
from charte_desktop.model.identifiers import (
    CompanyNumber,
    Headcount,
    band_of,
    read_ape,
    read_band,
    read_date,
    read_emails,
    read_headcount,
    read_phones,
    read_siren,
    read_website,
)
from charte_desktop.model.places import read_place

DATA = Path(__file__).parents[1] / "data"


def lines(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


# ---------------------------------------------------------------------------------------------------------- SIREN


@pytest.mark.parametrize("line", lines("formats/identifiants.csv"), ids=lambda line: line["saisie"])
def test_a_known_number_is_read_or_refused_as_its_authority_does(line: dict[str, str]) -> None:
    reading = read_siren(line["saisie"])
    assert (reading.value.siret or reading.value.siren) == line["forme_normale"]
    assert bool(reading.message) == (line["valide"] == "non")
    assert reading.unread == ("" if line["valide"] == "oui" else line["saisie"])


@pytest.mark.parametrize(
    ("typed", "siren", "siret"),
    [
        ("RCS Saint-Denis B 833 589 773", "833589773", ""),
        ("SIREN : 489487926 / NIC 00011", "489487926", "48948792600011"),
        ("N° 813001260", "813001260", ""),
        ("820.623.585", "820623585", ""),
        ("  385169719 ", "385169719", ""),
        ("490\u00a0619\u00a0236", "490619236", ""),
        ("484\u202f039\u202f896\u202f00044", "484039896", "48403989600044"),
        ("'380321430", "380321430", ""),
        ("« 380 321 430 »", "380321430", ""),
        ("３８０３２１４３０", "380321430", ""),
        ("380321430.0", "380321430", ""),
        ("40189229400018.0", "401892294", "40189229400018"),
        ("FR86807553672", "807553672", ""),
        ("N° TVA : FR 86 807 553 672", "807553672", ""),
        ("TVA FR86807553672 - RCS 807 553 672", "807553672", ""),
        ("SIREN 833589773 SIRET 83358977300013", "833589773", "83358977300013"),
        ("SIRET : 401 892 294 00018 (siège)", "401892294", "40189229400018"),
        ("RCS 974 - 833589773", "833589773", ""),
        ("35600000049837", "356000000", "35600000049837"),
    ],
)
def test_a_number_is_found_in_what_surrounds_it(typed: str, siren: str, siret: str) -> None:
    reading = read_siren(typed)
    assert reading.value == CompanyNumber(siren, siret)
    assert (reading.unread, reading.message) == ("", "")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("832973136", "clé du SIREN est fausse"),
        ("000000000", "clé du SIREN est fausse"),
        ("83358977300012", "ou n'écrivez que le SIREN s'il est sûr (833 589 773)"),
        ("4.84E+13", "Excel a coupé"),
        ("3,8E+13", "Excel a coupé"),
        ("FR00807553672", "TVA est fausse"),
        ("12345", "en a 5"),
        ("833589773 / 401892294", "plusieurs numéros"),
        ("W9R1234567", "RNA"),
        ("en cours", "Il n'y a pas de SIREN"),
    ],
)
def test_a_wrong_number_is_kept_as_typed_with_its_sentence(typed: str, says: str) -> None:
    reading = read_siren(typed)
    assert reading.value == CompanyNumber()
    assert reading.unread == typed
    assert says in reading.message


def test_the_siren_of_a_wrong_siret_is_taken_only_when_it_was_given_apart() -> None:
    assert read_siren("83358977300012").value == CompanyNumber()
    reading = read_siren("SIREN 833589773 SIRET 833 589 773 00012")
    assert reading.value == CompanyNumber("833589773")
    assert reading.unread == "833 589 773 00012"
    assert "SIRET est faux" in reading.message


def test_zeros_lost_by_a_spreadsheet_come_back_only_when_the_key_agrees() -> None:
    eight, thirteen = read_siren("57813131"), read_siren("5781313100026")
    assert eight.value == CompanyNumber("057813131")
    assert thirteen.value == CompanyNumber("057813131", "05781313100026")
    assert "zéro du début manquait" in eight.message
    assert eight.unread == thirteen.unread == ""
    seven = read_siren("5520176")
    assert seven.value == CompanyNumber("005520176")
    assert "Les deux zéros" in seven.message
    assert read_siren("57813132").value == CompanyNumber()


def test_numbers_are_shown_in_groups() -> None:
    assert show_siren("833589773") == "833 589 773"
    assert show_siren("83358977300013") == "833 589 773 00013"
    assert show_siren("") == ""


# ----------------------------------------------------------------------------------------------------- telephones


@pytest.mark.parametrize("line", lines("formats/telephones_reunion.csv"), ids=lambda line: line["saisie"])
def test_a_telephone_is_read_by_the_plan_of_the_island_then_of_france(line: dict[str, str]) -> None:
    reading = read_phones(line["saisie"])
    assert "|".join(reading.value) == line["e164"]
    assert reading.unread == ("" if line["e164"] else line["saisie"])
    assert bool(reading.message) == bool(reading.unread)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("0262.00.00.62 (std)  – 06 93 00 00 62", "+262262000062 +262693000062"),
        ("0262 00 00 68 ou 0692 00 00 68", "+262262000068 +262692000068"),
        ("0262 00 00 71 / 0692 00 00 71", "+262262000071 +262692000071"),
        ("0262-00-00-61 - 0692-00-00-61", "+262262000061 +262692000061"),
        ("0262/00/00/61", "+262262000061"),
        ("0262 00 00 61 0692 00 00 61", "+262262000061 +262692000061"),
        ("Standard : 0262 00 00 61, Port. 06 92 00 00 61", "+262262000061 +262692000061"),
        ("0262 00 00 61\r\n0692 00 00 61", "+262262000061 +262692000061"),
        ("0262000061;0262 00 00 61", "+262262000061"),
        ("+262 (0)693-00-00-64", "+262693000064"),
        ("00262262000073", "+262262000073"),
        ("'0262000069", "+262262000069"),
        ("692000061", "+262692000061"),
        ("692000061.0", "+262692000061"),
        ("262692000061", "+262692000061"),
        ("612345678", "+33612345678"),
        ("(0262) 00 00 61", "+262262000061"),
        ("０６９２　００　００　６１", "+262692000061"),
        ("0639 01 23 45", "+262639012345"),
        ("0269 60 12 34", "+262269601234"),
        ("+44 20 7946 0958", "+442079460958"),
        ("Tél/Fax : 0262 00 00 61", "+262262000061"),
        ("T. 0262 00 00 63 - P. 0692 00 00 63", "+262262000063 +262692000063"),
    ],
)
def test_every_telephone_of_a_cell_is_read(typed: str, numbers: str) -> None:
    reading = read_phones(typed)
    assert reading.value == tuple(numbers.split())
    assert (reading.unread, reading.message) == ("", "")


def test_a_fax_is_no_telephone_and_stays_without_complaint() -> None:
    reading = read_phones("Tél : 0262 00 00 63\nPort : 0692 00 00 63\nFax : 0262 00 05 63")
    assert reading.value == ("+262262000063", "+262692000063")
    assert (reading.unread, reading.message) == ("Fax : 0262 00 05 63", "")
    assert read_phones("0262 00 05 63 (fax)").unread == "0262 00 05 63 (fax)"
    one_line = read_phones("Tél 0262 00 00 63 Port 0692 00 00 63 Fax 0262 00 05 63")
    assert one_line.value == ("+262262000063", "+262692000063")
    assert one_line.unread == "Fax 0262 00 05 63"


@pytest.mark.parametrize(
    ("typed", "numbers", "unread", "says"),
    [
        ("+33 692000066", (), "+33 692000066", "+262 692 00 00 66"),
        ("0262 00 00 71 / 72", ("+262262000071",), "72", "Il manque des chiffres"),
        ("O262 00 00 61", (), "O262 00 00 61", "« O262 »"),
        ("0692 00 00 61 (Jean)", ("+262692000061",), "(Jean)", "« Jean »"),
        ("Mme Exemple 0692 00 00 61", ("+262692000061",), "Mme Exemple", "« Mme Exemple »"),
        ("2.62262E+11", (), "2.62262E+11", "Excel a coupé"),
        ("0299 99 99 9", (), "0299 99 99 9", "Il manque des chiffres"),
        ("0262 00 00 61 poste 12 / 0692 00 00 61", ("+262692000061",), "0262 00 00 61 poste 12", "poste interne"),
    ],
)
def test_what_is_not_a_telephone_stays_beside_with_its_sentence(
    typed: str, numbers: tuple[str, ...], unread: str, says: str
) -> None:
    reading = read_phones(typed)
    assert (reading.value, reading.unread) == (numbers, unread)
    assert says in reading.message


@pytest.mark.parametrize(
    "empty", ["", " ", "NC", "néant", "à compléter", "-", "—", "N/A", "?", "[ND]", "Non renseigné"]
)
def test_a_cell_that_says_nothing_is_empty(empty: str) -> None:
    for reading in (read_phones(empty), read_emails(empty), read_siren(empty), read_ape(empty), read_place(empty)):
        assert (reading.unread, reading.message) == ("", "")
    assert read_phones(empty).value == ()
    assert read_date(empty).value is None


@given(
    st.sampled_from("0262 0263 0268 0269 0639 0692 0693 0709 08 06 01 0976 0939 +262 +33 00262 0033 692 6".split()),
    st.text("0123456789", min_size=6, max_size=9),
)
def test_the_plans_agree_with_the_library(head: str, tail: str) -> None:
    import phonenumbers

    expected: tuple[str, ...] = ()
    typed = head + tail
    for region in ("RE", "FR", "YT"):
        try:
            number = phonenumbers.parse(typed, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            expected = (phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),)
            break
    if len(typed) in (9, 10) or typed.startswith(("+", "00")):
        assert read_phones(typed).value == expected


def test_telephones_are_shown_as_said_here() -> None:
    assert show_phone("+262692123456") == "0692 12 34 56"
    assert show_phone("+33612345678") == "06 12 34 56 78"
    assert show_phone("+442079460958") == "+44 20 7946 0958"
    assert show_phone("") == ""


# ------------------------------------------------------------------------------------------------ e-mails and sites


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        ("contact@phidia.example", "contact@phidia.example"),
        ("mailto:contact@phidia.example", "contact@phidia.example"),
        ("MAILTO:Contact@phidia.example", "contact@phidia.example"),
        ("<contact@phidia.example>", "contact@phidia.example"),
        ("CONTACT@FENIX-CONSULTING.EXAMPLE ", "contact@fenix-consulting.example"),
        ("a@x.example ou b@x.example", "a@x.example b@x.example"),
        ("a@x.example ; b@x.example, c@x.example", "a@x.example b@x.example c@x.example"),
        ("a@x.example\nb@x.example / A@x.example", "a@x.example b@x.example"),
        ("E-mail : a.b+c@x-y.example.", "a.b+c@x-y.example"),
        ("o'brien@x.example", "o'brien@x.example"),
        ("direction@société.example", "direction@société.example"),
    ],
)
def test_every_email_of_a_cell_is_read_in_lower_case(typed: str, addresses: str) -> None:
    reading = read_emails(typed)
    assert reading.value == tuple(addresses.split())
    assert (reading.unread, reading.message) == ("", "")


@pytest.mark.parametrize(
    ("typed", "addresses", "unread", "says"),
    [
        ("contact(at)le-remede.example", (), "contact(at)le-remede.example", "arobase"),
        ("contact @ x.example", (), "contact @ x.example", "arobase"),
        ("contact[at]x.example ; b@x.example", ("b@x.example",), "contact[at]x.example", "arobase"),
        ("www.ab-consultants.example", (), "www.ab-consultants.example", "« Site internet »"),
        ("a@x.example / www.x.example", ("a@x.example",), "www.x.example", "« Site internet »"),
        ("Jean Exemple <jean@x.example>", ("jean@x.example",), "Jean Exemple", "« Jean Exemple »"),
        ("contact@x", (), "contact@x", "n'est pas une adresse e-mail valable"),
        ("a@b@c.example", (), "a@b@c.example", "n'est pas une adresse e-mail valable"),
        (".a@x.example", (), ".a@x.example", "n'est pas une adresse e-mail valable"),
        ("secrétariat@x.example", (), "secrétariat@x.example", "n'est pas une adresse e-mail valable"),
        ("x@site.local", (), "x@site.local", "n'est pas une adresse e-mail valable"),
    ],
)
def test_an_email_is_never_guessed(typed: str, addresses: tuple[str, ...], unread: str, says: str) -> None:
    reading = read_emails(typed)
    assert (reading.value, reading.unread) == (addresses, unread)
    assert says in reading.message


@given(
    st.from_regex(
        r"[a-z0-9]{1,8}([._+-][a-z0-9]{1,8}){0,2}@([a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,2}\.){1,3}[a-z]{2,8}", fullmatch=True
    )
)
def test_a_plain_email_is_read_without_the_library_as_by_the_library(address: str) -> None:
    from email_validator import EmailNotValidError, validate_email

    try:
        expected: tuple[str, ...] = (validate_email(address, check_deliverability=False).normalized,)
    except EmailNotValidError:
        expected = ()
    assert read_emails(address).value == expected


@pytest.mark.parametrize(
    ("typed", "site", "unread"),
    [
        ("www.X.example/", "www.x.example", ""),
        ("https://X.example/Chemin", "https://x.example/Chemin", ""),
        ("x.example/Chemin/", "x.example/Chemin/", ""),
        ("Site : x.example", "x.example", ""),
        ("http://x.example:8080", "http://x.example:8080", ""),
        ("www.x.example / www.y.example", "www.x.example", "www.y.example"),
        ("contact@x.example", "", "contact@x.example"),
        ("en construction", "", "en construction"),
        ("ftp://x.example", "", "ftp://x.example"),
        ("néant", "", ""),
    ],
)
def test_a_site_is_read(typed: str, site: str, unread: str) -> None:
    reading = read_website(typed)
    assert (reading.value, reading.unread) == (site, unread)
    assert bool(reading.message) == bool(unread)


# ----------------------------------------------------------------------------------------------------- activity code


@pytest.mark.parametrize(
    ("typed", "code", "nomenclature"),
    [
        ("62.01Z", "62.01Z", "NAFRev2"),
        ("6201Z", "62.01Z", "NAFRev2"),
        ("62.01 z", "62.01Z", "NAFRev2"),
        ("APE : 6202A", "62.02A", "NAFRev2"),
        ("6202A - Conseil en systèmes et logiciels informatiques", "62.02A", "NAFRev2"),
        ("6311Z - Traitement de données, hébergement et activités\nconnexes", "63.11Z", "NAFRev2"),
        ("70.20Y", "70.20Y", "NAF2025"),
        ("62.10Y", "62.10Y", "NAF2025"),
    ],
)
def test_an_activity_code_keeps_the_list_it_comes_from(typed: str, code: str, nomenclature: str) -> None:
    reading = read_ape(typed)
    assert (reading.value.code, reading.value.nomenclature) == (code, nomenclature)
    assert (reading.unread, reading.message) == ("", "")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("62.02", "62.02A, 62.02B"),
        ("70.21", "si c'est 70.21Z"),
        ("6202", "62.02A, 62.02B"),
        ("70.2", "70.21Z, 70.22Z, 70.20Y"),
        ("98.99X", "ni dans la NAF rév. 2 ni dans la NAF 2025"),
        ("721Z", "avant 2008"),
        ("informatique", "quatre chiffres et une lettre"),
        ("99.98", "Aucun code APE"),
    ],
)
def test_an_activity_code_is_never_completed(typed: str, says: str) -> None:
    reading = read_ape(typed)
    assert (reading.value.code, reading.unread) == ("", typed)
    assert says in reading.message


def test_a_code_that_says_undefined_is_empty_and_a_second_code_stays_beside() -> None:
    undefined = read_ape("99999 - Code NAF non défini")
    assert (undefined.value.code, undefined.unread, undefined.message) == ("", "", "")
    two = read_ape("6202A / 7022Z")
    assert (two.value.code, two.unread) == ("62.02A", "7022Z")
    assert "Un seul code APE" in two.message


# --------------------------------------------------------------------------------------------------------- headcount


@pytest.mark.parametrize(
    ("typed", "number", "band"),
    [
        ("3", 3, "02"),
        ("3.0", 3, "02"),
        ("20", 20, "12"),
        ("0", 0, "00"),
        ("1 200", 1200, "42"),
        ("3 salariés", 3, "02"),
        ("10-19 salariés", None, "11"),
        ("10 – 19", None, "11"),
        ("6 à 9", None, "03"),
        ("1 à 2", None, "01"),
        ("1 ou 2 salariés", None, "01"),
        ("entre 3 et 5", None, "02"),
        ("10 000 salariés et plus", None, "53"),
        ("NN", None, "NN"),
        ("Non employeuse", None, "NN"),
        ("01", None, "01"),
        ("03", None, "03"),
        ("aucun salarié", None, "00"),
        ("nc", None, ""),
    ],
)
def test_a_headcount_is_a_number_or_a_band(typed: str, number: int | None, band: str) -> None:
    reading = read_headcount(typed)
    assert reading.value == Headcount(number, band)
    assert (reading.unread, reading.message) == ("", "")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2.5", "nombre entier"),
        ("une dizaine", "n'est pas certain"),
        ("12 dont 3 alternants", "n'est pas certain"),
        ("10 à 15", "n'est pas certain"),
        ("-3", "n'est pas certain"),
        ("0692000061", "n'est pas certain"),
        ("9999999", "trop grand"),
        ("06/09/2024", "pour une date"),
        ("06-sept", "pour une date"),
        ("oct-19", "pour une date"),
    ],
)
def test_an_uncertain_headcount_is_asked(typed: str, says: str) -> None:
    reading = read_headcount(typed)
    assert (reading.value, reading.unread) == (Headcount(), typed)
    assert says in reading.message


def test_a_column_of_bands_is_read_by_its_codes() -> None:
    assert read_band("12").value == Headcount(None, "12")
    assert read_band("12.0").value == Headcount(None, "12")
    assert read_headcount("12").value == Headcount(12, "11")
    assert read_band("6 à 9").value == Headcount(None, "03")


def test_bands_are_shown_in_words() -> None:
    assert [band_of(number) for number in (0, 1, 2, 3, 9, 10, 49, 9999, 20_000)] == (
        "00 01 01 02 03 11 12 52 53".split()
    )
    assert show_headcount(7, "03") == "7"
    assert show_headcount(None, "11") == "10 à 19 salariés"
    assert show_headcount(None, "") == ""


@given(st.integers(0, 999_999))
def test_a_number_lies_in_its_band(number: int) -> None:
    from charte_desktop.model.reference import bands

    band = bands()[band_of(number)]
    assert band.low <= number <= (band.high or number)


# ------------------------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "typed",
    [
        "03/04/2024", "3/4/24", "03.04.2024", "03-04-2024", "2024-04-03", "2024-04-03 00:00:00", "20240403",
        "3 avril 2024", "le 3 avril 2024", "Mercredi 3 avril 2024", "signée le 03/04/2024", "3-avr-24", "03 AVR. 2024",
        "45385", "45385.0", 45385.0, 45385.75, 45385, date(2024, 4, 3), datetime(2024, 4, 3, 9, 30, tzinfo=UTC),
    ],
)  # fmt: skip
def test_a_date_is_read_day_first(typed: str | float | date) -> None:
    reading = read_date(typed)
    assert reading.value == date(2024, 4, 3)
    assert (reading.unread, reading.message) == ("", "")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("30/02/2024", "n'existe pas dans le calendrier"),
        ("12/25/2024", "Le mois 25 n'existe pas"),
        ("29/02/2023", "n'existe pas dans le calendrier"),
        ("mars 2024", "jj/mm/aaaa"),
        ("2024", "jj/mm/aaaa"),
        ("oui", "jj/mm/aaaa"),
        ("12/03/0024", "année"),
        ("00/00/0000", "année"),
    ],
)
def test_a_date_that_is_none_is_asked(typed: str, says: str) -> None:
    reading = read_date(typed)
    assert (reading.value, reading.unread) == (None, typed)
    assert says in reading.message


def test_a_small_number_is_no_date_and_an_empty_date_stays_empty() -> None:
    assert read_date(3.0).value is None
    assert read_date(3.0).unread == "3"
    assert read_date(None).value is None
    assert read_date(float("nan")).value is None
    assert show_date(None) == ""
    assert show_date(date(2024, 4, 3)) == "03/04/2024"


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_a_date_shown_is_read_again(day: date) -> None:
    assert read_date(show_date(day)).value == day
    assert read_date(f"{day:%d/%m/%y}").value == day
    assert read_date(day.isoformat()).value == day


# ------------------------------------------------------------------------------------------------ any text whatever

PIECES = st.sampled_from(
    [
        "0692 12 34 56", "+33 692 12 34 56", "Fax : 0262 00 05 63", "833589773", "83358977300012", "97400", "12 rue X",
        "Saint-Denis", "contact@x.example", "(at)", "@", "www.x.example", "62.01Z", "62.02", "10 à 19", "3.8E+13",
        "12/03/2024", "poste 12", "CEDEX 9", " ", "\n", ", ", " - ", " / ", " ou ", ";", "(", ")", "'", "\u202f", "–",
        "É", "\u0301", "🙂", "٣", "Paris", "75002", "NC", "Tél :", "2.5", "NN", "5 ",
    ]
)  # fmt: skip
ANY_TEXT = st.text() | st.lists(PIECES | st.text(max_size=3), max_size=8).map("".join)


@given(ANY_TEXT)
def test_no_text_makes_a_reader_raise(text: str) -> None:
    for read in (
        read_siren, read_ape, read_phones, read_emails, read_website, read_headcount, read_band, read_place, read_date,
    ):  # fmt: skip
        reading = read(text)
        assert not reading.message or reading.message[-1] in ".)"


@given(ANY_TEXT)
def test_what_is_read_is_canonical(text: str) -> None:
    siren = read_siren(text).value
    assert siren.siret[:9] in ("", siren.siren)
    for phone in read_phones(text).value:
        assert phone[0] == "+"
        assert phone[1:].isascii()
        assert phone[1:].isdigit()
        assert read_phones(show_phone(phone)).value == (phone,)
    for email in read_emails(text).value:
        assert read_emails(email).value == (email,)
    place = read_place(text).value
    assert place.postal_code == "" or (len(place.postal_code) == 5 and place.postal_code.isascii())


# ------------------------------------------------------------------------------------- an adviser's list, cell by cell


def brouillon() -> list[tuple[dict[str, str], list[str]]]:
    workbook = openpyxl.load_workbook(DATA / "lists" / "prestataires_brouillon_A.xlsx", read_only=True)
    rows = list(workbook["Fiches"].iter_rows(values_only=True))
    workbook.close()
    return [
        (line, ["" if cell is None else str(cell) for cell in rows[int(line["ligne"]) - 1]])
        for line in lines("lists/prestataires_brouillon_A_attendu.csv")
        if line["type_ligne"] == "prestataire"
    ]


@pytest.mark.parametrize(("line", "cells"), brouillon(), ids=[line["ligne"] for line, _ in brouillon()])
def test_a_line_of_the_advisers_list_is_read_as_expected(line: dict[str, str], cells: list[str]) -> None:
    siren, address, emails, phones, ape, headcount = cells[2], cells[4], cells[5], cells[6], cells[7], cells[8]
    number, place, code = read_siren(siren).value, read_place(address).value, read_ape(ape).value
    assert {
        "siren": number.siren,
        "siret": number.siret,
        "ape": code.code,
        "code_postal": place.postal_code,
        "commune_insee": place.commune_code,
        "telephones_e164": "|".join(read_phones(phones).value),
        "emails": "|".join(read_emails(emails).value),
        "tranche_effectif": read_headcount(headcount).value.band,
    } == {key: line[key] for key in (
        "siren", "siret", "ape", "code_postal", "commune_insee", "telephones_e164", "emails", "tranche_effectif",
    )}  # fmt: skip
    assert code.nomenclature == (line["ape_statut"] if code.code else "")
