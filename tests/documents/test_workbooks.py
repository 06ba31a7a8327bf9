import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charte_desktop.documents.workbooks import (
    EXPORT_COLUMNS,
    import_report,
    provider_export_csv,
    provider_export_xlsx,
    table_csv,
    table_xlsx,
)
from charte_desktop.model.charter import Signature
from charte_desktop.model.identity_text import Problem
from charte_desktop.model.import_plan import ImportPlan, LineAction, PlannedLine
from charte_desktop.model.provider import Provider, new_provider
from charte_desktop.model.validity import RenewalRule

TODAY = date(2026, 11, 23)
RULE = RenewalRule()


def provider(**changes: Any) -> Provider:
    fields = {
        "legal_name": "Agence Tropique",
        "siren": "012345679",
        "siret": "01234567900017",
        "legal_representative": "Marie-Ange Exemple",
        "address": "12 rue des Filaos\nBâtiment B",
        "postal_code": "97410",
        "city": "Saint-Pierre",
        "commune_code": "97416",
        "emails": ["contact@tropique.example", "direction@tropique.example"],
        "phones": ["+262692000001", "+262262000001"],
        "ape_code": "62.01Z",
        "ape_nomenclature": "NAFRev2",
        "headcount": 4,
        "headcount_band": "02",
        "references": "Site d'hôtel\nBoutique",
        "notes": "À rappeler",
        "unread": {"website": "en cours"},
    }
    made = new_provider(**{**fields, **changes})
    made.offer(["S04", "S01"])
    made.signatures = [Signature(provider_id=made.id, signed_on=date(2026, 3, 12))]
    return made


def csv_rows(*providers: Provider) -> list[dict[str, str]]:
    text = provider_export_csv(providers, TODAY, RULE).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def sheet_of(workbook: bytes, name: str | None = None) -> Any:
    book = openpyxl.load_workbook(BytesIO(workbook))
    return book[name] if name else book.worksheets[0]


def test_the_csv_has_the_columns_that_scripts_rely_on() -> None:
    raw = provider_export_csv([provider()], TODAY, RULE)
    assert raw.startswith(b"\xef\xbb\xbfraison_sociale;siren;siret;responsable_legal;adresse;code_postal;commune;")
    assert ";".join(EXPORT_COLUMNS) == (
        "raison_sociale;siren;siret;responsable_legal;adresse;code_postal;commune;code_insee;telephones;emails;site_web;"
        "code_ape;nomenclature_ape;nombre_employes;tranche_effectif;services;references;etat;charte_signee_le;notes"
    )
    assert csv_rows(provider()) == [
        {
            "raison_sociale": "Agence Tropique",
            "siren": "012345679",
            "siret": "01234567900017",
            "responsable_legal": "Marie-Ange Exemple",
            "adresse": "12 rue des Filaos, Bâtiment B",
            "code_postal": "97410",
            "commune": "Saint-Pierre",
            "code_insee": "97416",
            "telephones": "+262692000001|+262262000001",
            "emails": "contact@tropique.example|direction@tropique.example",
            "site_web": "",
            "code_ape": "62.01Z",
            "nomenclature_ape": "NAFRev2",
            "nombre_employes": "4",
            "tranche_effectif": "02",
            "services": "S01|S04",
            "references": "Site d'hôtel / Boutique",
            "etat": "Signataire",
            "charte_signee_le": "2026-03-12",
            "notes": "À rappeler / Site internet non compris : en cours",
        }
    ]


def test_a_provider_without_signature_has_no_date() -> None:
    unsigned = provider()
    unsigned.signatures = []
    assert csv_rows(unsigned)[0]["charte_signee_le"] == ""
    assert csv_rows(unsigned)[0]["etat"] == "Prêt à signer"


@pytest.mark.parametrize(
    "name", ["=1+1", '=HYPERLINK("http://x")', "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|'x'!A0"]
)
def test_a_formula_in_the_csv_is_disarmed(name: str) -> None:
    assert csv_rows(provider(legal_name=name))[0]["raison_sociale"] == f"'{name}"


def test_a_text_that_is_no_formula_stays_bare() -> None:
    row = csv_rows(provider(references="- site internet", phones=["+262692000001"]))[0]
    assert row["references"] == "- site internet"
    assert row["telephones"] == "+262692000001"


any_text = st.text(st.characters(exclude_categories=()), max_size=40)


@settings(deadline=None)
@given(any_text, any_text, any_text)
def test_the_csv_keeps_one_line_per_provider_whatever_was_typed(name: str, address: str, notes: str) -> None:
    raw = provider_export_csv([provider(legal_name=name, address=address, notes=notes)] * 2, TODAY, RULE)
    assert len(raw.decode("utf-8-sig").splitlines()) == 3


@settings(deadline=None, max_examples=40)
@given(any_text, any_text)
def test_the_workbook_opens_whatever_was_typed(name: str, notes: str) -> None:
    sheet = sheet_of(provider_export_xlsx([provider(legal_name=name, notes=notes)], TODAY, RULE))
    assert sheet["B2"].value == "012345679"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_workbook_has_texts_for_identifiers_and_a_date_for_a_date() -> None:
    sheet = sheet_of(provider_export_xlsx([provider()], TODAY, RULE))
    row = dict(zip(EXPORT_COLUMNS, sheet[2], strict=True))
    for column in ("siren", "siret", "code_postal", "telephones", "tranche_effectif"):
        assert row[column].data_type == "s"
        assert row[column].number_format == "@"
    assert row["siren"].value == "012345679"
    assert row["nombre_employes"].value == 4
    assert row["charte_signee_le"].value.date() == date(2026, 3, 12)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:T2"


@pytest.mark.parametrize("text", ["=1+1", "+262", "-1", "@SUM(A1)", "#N/A", "=cmd|' /C calc'!A0"])
def test_nothing_in_the_workbook_is_run(text: str) -> None:
    cell = sheet_of(provider_export_xlsx([provider(legal_name=text)], TODAY, RULE))["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text[0] in "=+-@")


def plan() -> ImportPlan:
    def line(sheet: str, row: int, action: LineAction, reason: str = "", **more: Any) -> PlannedLine:
        cells = {"Société": f"Nom {row}", "SIREN": "12 345", "Tél": "=1+1"}
        return PlannedLine(sheet, row, action, None, f"Nom {row}", "", [], reason, cells, **more)

    doubtful = line("Fiches", 6, LineAction.INCOMPLETE, "SIREN à compléter")
    doubtful.problems = [Problem("siren", "12 345", "Un SIREN a neuf chiffres : vérifiez-le.")]
    return ImportPlan(
        "liste.xlsx",
        lines=[
            line("Fiches", 5, LineAction.CREATED),
            doubtful,
            line("Fiches", 9, LineAction.LEFT_OUT, "Ligne de total"),
            line(
                "A/B: nom de feuille bien long [2024] ?",
                2,
                LineAction.UPDATED,
                changes={"phones": ("", "0692 00 00 01")},
            ),
        ],
        findings=["Feuille « Fiches » : en-tête ligne 4."],
    )


def test_the_report_writes_the_list_back_with_what_became_of_each_line() -> None:
    sheet = sheet_of(import_report(plan()))
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Ligne", "Résultat", "Motif", "Société", "SIREN", "Tél")
    assert rows[1] == (5, "Créé", None, "Nom 5", "12 345", "=1+1")
    assert rows[2][1:3] == (
        "À compléter",
        "SIREN à compléter\nSIREN : Un SIREN a neuf chiffres : vérifiez-le.",
    )
    assert rows[3][:3] == (9, "Laissée de côté", "Ligne de total")
    assert sheet["F2"].data_type == "s"


def test_the_report_tints_the_cells_in_doubt() -> None:
    sheet = sheet_of(import_report(plan()))
    assert sheet["E3"].fill.fgColor.rgb == "00FFF4D6"
    assert sheet["E2"].fill.fill_type is None


def test_the_report_has_one_sheet_for_each_of_the_list_and_one_that_says_how_it_was_read() -> None:
    book = openpyxl.load_workbook(BytesIO(import_report(plan())))
    assert book.sheetnames[0] == "Fiches"
    assert len(book.sheetnames[1]) <= 31
    assert book.sheetnames[-1] == "Lecture"
    told = [row[0] for row in book["Lecture"].iter_rows(values_only=True)]
    assert "Lignes lues : 4" in told
    assert "Feuille « Fiches » : en-tête ligne 4." in told
    assert list(book.worksheets[1].iter_rows(values_only=True))[1][2] == "Téléphone : (vide) → 0692 00 00 01"


def test_a_report_of_an_empty_list_opens() -> None:
    book = openpyxl.load_workbook(BytesIO(import_report(ImportPlan("vide.csv"))))
    assert book.sheetnames == ["Lecture"]


COLUMNS = ("Raison sociale", "SIREN", "Signée le", "Effectif")
ROWS = (
    ("Zèbre & Co", "012 345 679", date(2026, 3, 12), 4),
    ("Agence", "012345679", None, None),
)


def test_a_screen_table_keeps_its_columns_and_the_order_of_its_rows() -> None:
    sheet = sheet_of(table_xlsx("Prestataires", COLUMNS, ROWS))
    rows = list(sheet.iter_rows(values_only=True))
    assert sheet.title == "Prestataires"
    assert rows[0] == COLUMNS
    assert [row[0] for row in rows[1:]] == ["Zèbre & Co", "Agence"]
    assert [row[1] for row in rows[1:]] == ["012 345 679", "012345679"]
    assert (sheet["B3"].data_type, sheet["B3"].number_format) == ("s", "@")
    assert sheet["C2"].value.date() == date(2026, 3, 12)
    assert sheet["C2"].number_format == "dd/mm/yyyy"
    assert sheet["D2"].value == 4


def test_a_screen_table_has_its_header_frozen_and_filtered() -> None:
    sheet = sheet_of(table_xlsx("Prestataires", COLUMNS, ROWS))
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet_of(table_xlsx("Une colonne", ["Nom"], [["A"]])).freeze_panes == "A2"


def test_a_moment_is_shown_in_the_time_of_the_island() -> None:
    moment = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
    assert sheet_of(table_xlsx("T", ["Modifié"], [[moment]]))["A2"].value == datetime(2027, 1, 1, 2, 30)  # noqa: DTZ001
    assert table_csv(["Modifié"], [[moment]]).decode("utf-8-sig") == "Modifié\r\n01/01/2027 02:30\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+262", "-1+2", "@SUM(A1)", "\t=1+1", " =1+1", "\n=1+1", "\uff1d1+1"])
def test_nothing_in_a_screen_table_is_run(text: str) -> None:
    cell = sheet_of(table_xlsx("=T", [text], [[text]]))["A2"]
    assert cell.data_type == "s"
    title, value = table_csv([text], [[text]]).decode("utf-8-sig").splitlines()
    assert title == value
    assert value[0] == "'"


def test_a_screen_csv_opens_in_french_excel() -> None:
    raw = table_csv(COLUMNS, [("L'Étang; « Salé »", "012 345 679", date(2026, 3, 12), 2.5)])
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").splitlines()[1] == '"L\'Étang; « Salé »";012 345 679;12/03/2026;2,5'


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=20), any_text, any_text)
def test_any_screen_table_opens(title: str, column: str, text: str) -> None:
    sheet = sheet_of(table_xlsx(title, [column, "B"], [[text, "012"]] * 2))
    assert sheet["B3"].value == "012"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert len(table_csv([column], [[text]] * 2).decode("utf-8-sig").splitlines()) == 3
