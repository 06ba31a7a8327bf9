import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook

from charte_desktop.documents import workbooks
from charte_desktop.errors import Cancelled
from charte_desktop.exchange import provider_import, provider_list, tables
from charte_desktop.exchange.service_cells import read_services
from charte_desktop.model.charter import Signature
from charte_desktop.model.identifiers import read_siren
from charte_desktop.model.import_plan import ImportPlan, KnownRecords, LineAction
from charte_desktop.model.provider import Provider, Removal, new_provider
from charte_desktop.model.validity import RenewalRule
from tests.exchange.lists import LISTS, TODAY, actions, as_kept, book, new_by_name, open_document, planned

DRAFT = LISTS / "prestataires_brouillon_A.xlsx"
SIRENS = ("833589773", "499642221", "385169719", "452134109", "490619236")


@pytest.fixture(scope="module")
def draft() -> ImportPlan:
    return planned(DRAFT)


def _expected() -> Iterator[dict[str, str]]:
    # A service's short form may hold the separator's neighbours; the last columns are read from the right.
    text = (LISTS / "prestataires_brouillon_A_attendu.csv").read_text(encoding="utf-8")
    header, *lines = csv.reader(StringIO(text), delimiter=";")
    for line in lines:
        yield dict(zip(header, line, strict=True))


def test_the_drafts_list_gives_exactly_what_is_expected_line_by_line(draft: ImportPlan) -> None:
    kinds = {"note": "note", "total": "ligne de total"}
    new = {one.values["id"]: one for one in draft.new}
    expected = list(_expected())
    assert [line.row for line in draft.lines] == [int(one["ligne"]) for one in expected]
    for line, wanted in zip(draft.lines, expected, strict=True):
        assert line.sheet == wanted["feuille"]
        if wanted["type_ligne"] != "prestataire":
            assert (line.action, line.reason) == (LineAction.LEFT_OUT, kinds[wanted["type_ligne"]])
            continue
        assert line.legal_name == wanted["raison_sociale"]
        if wanted["doublon_de_ligne"]:
            assert line.action is LineAction.DUPLICATE
            assert f"ligne {wanted['doublon_de_ligne']} " in line.reason
            first = next(one for one in draft.lines if one.row == int(wanted["doublon_de_ligne"]))
            assert line.record_id == first.record_id
            continue
        found = new[line.record_id or ""]
        values = found.values
        wrong = {problem.field for problem in line.problems}
        assert (values["siren"], values["siret"]) == (wanted["siren"], wanted["siret"])
        assert ("siren" in wrong) == (wanted["siren_statut"] == "non")
        assert values["ape_code"] == wanted["ape"]
        assert values["ape_nomenclature"] == (wanted["ape_statut"] if wanted["ape"] else "")
        assert ("ape" in wrong) == (wanted["ape_statut"] == "incomplet")
        assert (values["postal_code"], values["commune_code"]) == (wanted["code_postal"], wanted["commune_insee"])
        assert "|".join(values["phones"]) == wanted["telephones_e164"]
        assert "|".join(values["emails"]) == wanted["emails"]
        assert values["headcount_band"] == wanted["tranche_effectif"]
        assert found.signed_on is None
        wanted_services = [read_services(one).ids[0] for one in wanted["services_coches"].split("|")]
        assert found.service_ids == wanted_services


def test_the_drafts_duplicates_keep_their_cells_and_change_nothing(draft: ImportPlan) -> None:
    le_remede = new_by_name(draft)["LE REMEDE"]
    assert le_remede.values["phones"] == ["+262262000063", "+262692000063"]
    kept = {one.row: one for one in draft.kept if one.record_id == le_remede.values["id"]}
    assert kept.keys() == {7, 44}
    assert kept[44].cells["SIREN"] == "4.89E+13"


def test_the_counts_add_up_and_the_json_has_its_shape(draft: ImportPlan) -> None:
    counts = draft.counts()
    assert counts == {
        "read": 42, "created": 3, "updated": 0, "unchanged": 0, "incomplete": 35, "duplicate": 2, "left_out": 2,
    }  # fmt: skip
    printed = draft.to_json()
    assert set(printed) == {*counts, "rows", "findings"}
    assert set(printed["rows"][0]) == {"sheet", "row", "action", "record", "legal_name", "siren", "problems", "reason"}
    assert printed["rows"][9]["problems"][0].keys() == {"field", "value", "message"}
    assert printed["rows"][19]["record"] is None
    assert "ligne 4" in draft.findings[0]


def test_an_incomplete_line_says_what_is_missing(draft: ImportPlan) -> None:
    line = next(line for line in draft.lines if line.row == 8)
    assert line.reason == "à compléter : Nombre d'employés ; à vérifier : E-mail"


@pytest.mark.parametrize(("name", "count"), [("organismes_974_lot_A.csv", 436), ("ess_numerique_france.csv", 1262)])
def test_real_lists_are_read_whole(name: str, count: int) -> None:
    plan = planned(LISTS / name)
    assert plan.counts()["read"] == len(plan.new) == count
    assert all(len(one.values["siren"]) == 9 and read_siren(one.values["siren"]).value.siren for one in plan.new)
    for one in plan.new:
        for column in ("legal_name", "city", "ape_code", "legal_representative"):
            assert "\n" not in one.values[column]


@pytest.mark.parametrize(
    "name", ["prestataires_brouillon_A.xlsx", "organismes_974_lot_A.csv", "ess_numerique_france.csv"]
)
def test_the_same_list_twice_changes_nothing_the_second_time(name: str) -> None:
    first = planned(LISTS / name)
    second = planned(LISTS / name, as_kept(first))
    assert second.changes_nothing()
    assert second.counts()["unchanged"] == len(first.new)
    again = {line.row: line.record_id for line in second.lines}
    assert {line.row: line.record_id for line in first.lines} == again


HEADER = ("Raison sociale", "SIREN", "E-mail", "Téléphone", "Ville", "Services")


def test_a_known_provider_is_filled_and_changed_and_never_blanked(tmp_path: Path) -> None:
    known = new_provider(
        legal_name="ALPHA", siren=SIRENS[0], emails=["a@alpha.example"], city="Saint-Denis", commune_code="97411",
        postal_code="97400", address="1 rue A", legal_representative="Mme Un", headcount=3, headcount_band="02",
    )  # fmt: skip
    known.offer(["S01"])
    path = book(
        tmp_path / "l.xlsx",
        (*HEADER, "Effectif", "Responsable légal", "Site web"),
        ("SARL Alpha", SIRENS[0], "b@alpha.example", "une erreur", "", "RGPD", "une dizaine", "M. Deux", ""),
    )
    plan = planned(path, [known])
    (line,) = plan.lines
    assert line.action is LineAction.UPDATED
    assert line.changes == {
        "emails": ("a@alpha.example", "a@alpha.example, b@alpha.example"),
        "legal_representative": ("Mme Un", "M. Deux"),
        "services": ("Création / refonte site internet", "Création / refonte site internet, RGPD"),
        "phones": ("", "une erreur"),
    }
    (update,) = plan.updated
    assert update.values == {
        "emails": ["a@alpha.example", "b@alpha.example"],
        "legal_representative": "M. Deux",
        "unread": {"phones": "une erreur"},
    }
    assert update.add_service_ids == ["S13"]
    assert planned(path, as_kept(plan, [known])).changes_nothing()


def test_an_unread_cell_never_replaces_a_good_value(tmp_path: Path) -> None:
    known = new_provider(legal_name="ALPHA", siren=SIRENS[0], phones=["+262692000001"])
    plan = planned(book(tmp_path / "l.xlsx", HEADER, ("ALPHA", SIRENS[0], "", "69200", "", "")), [known])
    assert plan.changes_nothing()
    assert plan.lines[0].problems[0].field == "phones"


def test_a_removed_provider_and_one_of_the_bin_are_left_out_with_the_reason(tmp_path: Path) -> None:
    removed = new_provider(legal_name="ALPHA", siren=SIRENS[0])
    removed.removals = [
        Removal(provider_id=removed.id, removed_on=date(2026, 1, 5), clauses=["C18"], reason="", adviser="")
    ]
    binned = new_provider(legal_name="BETA", siren=SIRENS[1], deleted_at=datetime(2026, 1, 1, tzinfo=UTC))
    path = book(
        tmp_path / "l.xlsx", HEADER, ("ALPHA", SIRENS[0], "", "", "", "RGPD"), ("BETA", SIRENS[1], "", "", "", "RGPD")
    )
    plan = planned(path, [removed, binned])
    assert plan.changes_nothing()
    assert [line.action for line in plan.lines] == [LineAction.LEFT_OUT] * 2
    assert "radié" in plan.lines[0].reason
    assert "corbeille" in plan.lines[1].reason


def test_the_same_siren_twice_completes_the_first_line(tmp_path: Path) -> None:
    path = book(
        tmp_path / "l.xlsx",
        HEADER,
        ("ALPHA", SIRENS[0], "", "0262 00 00 01", "", "SEO"),
        ("Alpha SARL", SIRENS[0], "a@alpha.example", "0692 00 00 01", "Saint-Paul", "Chatbot, SEO"),
    )
    plan = planned(path)
    (one,) = plan.new
    assert one.values["legal_name"] == "ALPHA"
    assert one.values["emails"] == ["a@alpha.example"]
    assert one.values["phones"] == ["+262262000001", "+262692000001"]
    assert one.values["commune_code"] == "97415"
    assert one.service_ids == ["S03", "S09"]
    assert plan.lines[1].reason == "doublon de la ligne 2 (même SIREN)"
    assert planned(path, as_kept(plan)).changes_nothing()


def test_two_sirens_with_the_same_name_are_two_providers(tmp_path: Path) -> None:
    path = book(tmp_path / "l.xlsx", HEADER, ("ALPHA", SIRENS[0]), ("ALPHA", SIRENS[1]))
    assert [line.action for line in planned(path).lines] == [LineAction.INCOMPLETE] * 2


def test_without_siren_a_name_is_the_same_unless_something_contradicts_it(tmp_path: Path) -> None:
    known = [
        new_provider(legal_name="ALPHA SARL", siren=SIRENS[0], emails=["a@alpha.example"], commune_code="97411"),
        new_provider(legal_name="BETA", commune_code="97415", city="Saint-Paul"),
    ]
    path = book(
        tmp_path / "l.xlsx",
        HEADER,
        ("Alpha", "", "a@alpha.example", "", "", "RGPD"),
        ("Bêta", "", "", "", "Saint-Pierre", "RGPD"),
    )
    plan = planned(path, known)
    assert [line.action for line in plan.lines] == [LineAction.UPDATED, LineAction.INCOMPLETE]
    assert plan.lines[0].record_id == known[0].id
    assert planned(path, as_kept(plan, known)).changes_nothing()


def test_several_known_companies_of_one_name_are_not_chosen_between(tmp_path: Path) -> None:
    known = [new_provider(legal_name="ALPHA", siren=one) for one in SIRENS[:2]]
    path = book(tmp_path / "l.xlsx", HEADER, ("ALPHA", "", "", "", "", "RGPD"))
    plan = planned(path, known)
    assert len(plan.new) == 1
    assert planned(path, as_kept(plan, known)).changes_nothing()


def test_one_line_per_provider_and_service(tmp_path: Path) -> None:
    path = book(
        tmp_path / "l.xlsx",
        ("Prestataire", "Commune", "Prestation"),
        ("ALPHA", "Saint-Denis", "Référencement"),
        ("ALPHA", "Saint-Denis", "Chatbot"),
        ("BETA", "Saint-Paul", "RGPD"),
        ("", "", "Dématérialisation"),
        title="Prestations",
    )
    plan = planned(path)
    assert {name: one.service_ids for name, one in new_by_name(plan).items()} == {
        "ALPHA": ["S03", "S09"],
        "BETA": ["S13", "S14"],
    }
    assert plan.lines[3].reason == "suite de la ligne 4"
    assert planned(path, as_kept(plan)).changes_nothing()


def test_cells_merged_downwards_speak_for_every_line(tmp_path: Path) -> None:
    path = book(
        tmp_path / "l.xlsx",
        ("Société", "SIREN", "Prestation", "Oui/non"),
        ("ALPHA", SIRENS[0], "Référencement"),
        (None, None, "Chatbot"),
        (None, None, "RGPD"),
        ("BETA", SIRENS[1], "Webdesign"),
        merged=("A2:A4", "B2:B4"),
    )
    assert [one.service_ids for one in planned(path).new] == [["S03", "S09", "S13"], ["S04"]]


def test_titles_notes_sections_totals_and_repeated_headers_are_left_out_by_name(tmp_path: Path) -> None:
    path = book(
        tmp_path / "l.xlsx",
        ("Annuaire des prestataires",),
        ("Raison sociale", "SIREN", "Effectif", "E-mail"),
        ("SECTEUR NORD",),
        ("ALPHA", SIRENS[0], 3, "a@alpha.example"),
        ("Sous-total Nord", None, 3),
        ("Saint-Pierre",),
        ("BETA", SIRENS[1], 4, "b@beta.example"),
        ("TOTAL INFORMATIQUE", SIRENS[2], 2, "t@total.example"),
        ("Raison sociale", "SIREN", "Effectif", "E-mail"),
        ("NB : la liste est provisoire",),
        ("GAMMA",),
        ("Total général", None, 9),
        ("* mise à jour en mars",),
    )
    assert [(row, reason) for row, action, reason in actions(planned(path)) if action == "left_out"] == [
        (3, "titre de section"),
        (5, "ligne de sous-total"),
        (6, "titre de section"),
        (9, "en-tête répété"),
        (10, "note"),
        (12, "ligne de total"),
        (13, "note"),
    ]
    assert set(new_by_name(planned(path))) == {"ALPHA", "BETA", "TOTAL INFORMATIQUE", "GAMMA"}


def test_a_mark_per_service_and_a_mark_in_doubt(tmp_path: Path) -> None:
    path = book(
        tmp_path / "l.xlsx",
        ("Société", "SIREN", "Référencement", "Chatbot", "RGPD", "Dématérialisation"),
        ("ALPHA", SIRENS[0], "x", "-", 1, "en cours"),
        ("BETA", SIRENS[1], "✓", "oui", 0, None),
    )
    plan = planned(path)
    assert [one.service_ids for one in plan.new] == [["S03", "S13"], ["S03", "S09"]]
    (doubt,) = plan.lines[0].problems
    assert (doubt.field, doubt.value) == ("services", "Dématérialisation : en cours")
    assert plan.new[0].values["unread"] == {"services": "Dématérialisation : en cours"}


def test_a_header_on_two_lines_under_merged_groups(tmp_path: Path) -> None:
    path = book(
        tmp_path / "l.xlsx",
        ("Prestataires 2026",),
        (),
        ("Entreprise", None, "Contact", None, None, "Prestations", None, None),
        ("Nom", "N° SIRET", "Nom", "Mail", "Tél.", "SEO", "Chatbot", "RGPD"),
        ("ALPHA", f"{SIRENS[0]}00011", "Mme Un", "a@alpha.example", 692000001, "X", None, "X"),
        merged=("A3:B3", "C3:E3", "F3:H3"),
    )
    plan = planned(path)
    (one,) = plan.new
    assert one.values["legal_name"] == "ALPHA"
    assert one.values["legal_representative"] == "Mme Un"
    assert one.values["phones"] == ["+262692000001"]
    assert one.service_ids == ["S03", "S13"]
    assert "lignes 3 et 4" in plan.findings[0]


def test_several_sheets_are_read_in_order_and_the_hidden_one_is_named(tmp_path: Path) -> None:
    workbook = Workbook()
    north = workbook.worksheets[0]
    north.title = "Nord"
    south, archive, other = (workbook.create_sheet(name) for name in ("Sud", "Archive", "Bilan"))
    archive.sheet_state = "hidden"
    for sheet, name, siren in ((north, "ALPHA", SIRENS[0]), (south, "BETA", SIRENS[1]), (archive, "OLD", SIRENS[2])):
        sheet.append(["Dénomination", "Siren", "Courriel"])
        sheet.append([name, siren, f"{name.lower()}@x.example"])
    south.append(["ALPHA", SIRENS[0], "autre@x.example"])
    other.append(["Mois", "Nombre"])
    other.append(["mars", 3])
    path = tmp_path / "l.xlsx"
    workbook.save(path)
    plan = planned(path)
    assert [(line.sheet, line.row, line.action.value) for line in plan.lines] == [
        ("Nord", 2, "incomplete"),
        ("Sud", 2, "incomplete"),
        ("Sud", 3, "duplicate"),
    ]
    assert plan.lines[2].reason == "doublon de la ligne 2 de « Nord » (même SIREN)"
    assert any("Archive" in one and "masquée" in one for one in plan.findings)
    assert any("Bilan" in one and "non lue" in one for one in plan.findings)
    assert [line.legal_name for line in planned(path, sheet="archive").lines] == ["OLD"]


def test_dates_of_the_charter(tmp_path: Path) -> None:
    path = book(
        tmp_path / "l.xlsx",
        ("Société", "SIREN", "Charte signée le"),
        ("A1", SIRENS[0], datetime(2024, 3, 12)),  # noqa: DTZ001  (a spreadsheet knows no zone)
        ("A2", SIRENS[1], "03/04/2024"),
        ("A3", SIRENS[2], 45366),
        ("A4", SIRENS[3], "30/02/2024"),
        ("A5", SIRENS[4], "12/25/2024"),
        ("A6", "", "oui"),
        ("A7", "", "01/01/2030"),
        ("A8", "", "non"),
    )
    plan = planned(path)
    found = {name: one.signed_on for name, one in new_by_name(plan).items()}
    assert [found[f"A{n}"] for n in range(1, 9)] == [
        date(2024, 3, 12),
        date(2024, 4, 3),
        date(2024, 3, 15),
        *[None] * 5,
    ]
    in_doubt = [
        line.legal_name for line in plan.lines if any(one.field == "charter_signed_on" for one in line.problems)
    ]
    assert in_doubt == ["A4", "A5", "A6", "A7"]
    assert plan.new[0].signature_source == "liste l.xlsx, ligne 2"
    assert plan.new[3].values["unread"] == {"charter_signed_on": "30/02/2024"}
    kept = as_kept(plan)
    assert planned(path, kept).changes_nothing()
    kept[0].signatures = [Signature(provider_id=kept[0].id, signed_on=date(2020, 1, 1))]
    (update,) = planned(path, kept).updated
    assert update.signed_on == date(2024, 3, 12)


def test_a_formula_without_a_result_leaves_the_cell_in_doubt(tmp_path: Path) -> None:
    path = book(tmp_path / "l.xlsx", ("Société", "SIREN", "E-mail"), ("ALPHA", "=B9", "#N/A"))
    plan = planned(path)
    assert [(one.field, one.value) for one in plan.lines[0].problems] == [("emails", "#N/A"), ("siren", "=B9")] or [
        (one.field, one.value) for one in plan.lines[0].problems
    ] == [("siren", "=B9"), ("emails", "#N/A")]
    assert plan.new[0].values["unread"] == {"siren": "=B9", "emails": "#N/A"}


def test_the_damage_of_spreadsheets_to_company_numbers(tmp_path: Path) -> None:
    lost_zero = "062201199"
    path = book(
        tmp_path / "l.xlsx",
        ("Société", "SIREN"),
        ("float", 48400000000000.0),
        ("nombre", int(SIRENS[0])),
        ("zéro perdu", int(lost_zero)),
        ("espaces", "499\u202f642\u00a0221"),
        ("RCS", "RCS St-Denis 385 169 719"),
        ("TVA", "FR86807553672"),
    )
    plan = planned(path)
    assert [line.siren for line in plan.lines] == ["", SIRENS[0], lost_zero, "499642221", "385169719", "807553672"]


def test_an_old_workbook_an_open_document_and_texts_give_the_same_plan(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [
        ["Liste provisoire", "", "", ""],
        ["Dénomination sociale", "N° SIREN", "Tél.", "Prestations proposées"],
        ["Été numérique", float(SIRENS[0]), 692000001.0, "Référencement, RGPD"],
    ]
    old = xlwt.Workbook()
    sheet = old.add_sheet("Feuil1")
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(place, column, value)
    old.save(str(tmp_path / "l.xls"))
    lines = [[str(int(one)) if isinstance(one, float) else one for one in row] for row in rows]
    paths = [tmp_path / "l.xls", book(tmp_path / "l.xlsx", *rows), open_document(tmp_path / "l.ods", rows)]
    for name, separator, encoding in (("a.csv", ";", "cp1252"), ("b.txt", "\t", "utf-16"), ("c.csv", "|", "utf-8")):
        text = "\r\n".join(separator.join(row) for row in lines)
        (tmp_path / name).write_bytes(text.encode(encoding))
        paths.append(tmp_path / name)
    for path in paths:
        (one,) = planned(path).new
        found = one.values["legal_name"], one.values["siren"], one.values["phones"], one.service_ids
        assert found == ("Été numérique", SIRENS[0], ["+262692000001"], ["S03", "S13"]), path.name


def test_progress_is_told_and_cancelling_stops(tmp_path: Path) -> None:
    path = book(tmp_path / "l.xlsx", ("Société", "Ville"), *((f"Société {n}", "Saint-Denis") for n in range(1200)))
    lists = provider_list.recognise(tables.read_workbook(path))
    told: list[tuple[int, int]] = []
    provider_import.plan(lists, KnownRecords(), "l", TODAY, lambda done, total: told.append((done, total)))
    assert told == [(500, 1200), (1000, 1200), (1200, 1200)]
    with pytest.raises(Cancelled):
        provider_import.plan(lists, KnownRecords(), "l", TODAY, cancelled=lambda: len(told) > 2)


def test_a_known_list_of_plain_providers_is_enough() -> None:
    assert KnownRecords([Provider(legal_name="A")]).of_name("a")[0].legal_name == "A"


def test_a_column_of_band_codes_is_not_a_column_of_numbers(tmp_path: Path) -> None:
    codes = book(tmp_path / "c.xlsx", ("Société", "tranche_effectifs"), ("A", "12"), ("B", "NN"), ("C", "01"))
    numbers = book(tmp_path / "n.xlsx", ("Société", "Effectif"), ("A", "12"), ("B", 20), ("C", "01"))
    assert [one.values["headcount_band"] for one in planned(codes).new] == ["12", "NN", "01"]
    assert [one.values["headcount_band"] for one in planned(numbers).new] == ["11", "12", "01"]


def test_our_own_export_comes_back_unchanged(tmp_path: Path, draft: ImportPlan) -> None:
    kept = as_kept(draft)
    path = tmp_path / "export.csv"
    path.write_bytes(workbooks.provider_export_csv(kept, TODAY, RenewalRule()))
    assert planned(path, kept).changes_nothing()
