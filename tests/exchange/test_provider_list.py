from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charte_desktop.errors import UserError
from charte_desktop.exchange import provider_import, provider_list
from charte_desktop.exchange.header import FIELDS, meaning
from charte_desktop.exchange.tables import Cell, Table, read_workbook
from charte_desktop.model.import_plan import KnownRecords
from tests.exchange.lists import TODAY, as_kept, book, new_by_name, planned

SIREN = "833589773"


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        (
            "Raison sociale|RAISON SOCIALE *|Dénomination|Nom de l'entreprise|Société|Prestataire|Structure|Nom",
            "legal_name",
        ),
        ("SIREN|N° SIRET|ndeg_siret|Siren (9 chiffres)|SIREN / SIRET|siret_siege|N° RCS", "siren"),
        ("Responsable légal|Gérant|Dirigeante|Représentant légal|Nom du responsable|Contact", "legal_representative"),
        ("Adresse|Adresse postale|adresse_physique_ndeg_voie|Siège social|Rue", "address"),
        ("CP|Code postal|code_postal|Code Postal (siège)", "postal_code"),
        ("Ville|Commune|Localité|adresse_physique_ville", "city"),
        ("Mail|E-mail|E-Mail du contact|Courriel|Adresse mail|Adresse électronique|MEL", "emails"),
        ("Tél.|Téléphone fixe|Portable|GSM|N° de téléphone|Mobile|Tél portable du gérant", "phones"),
        ("APE|Code NAF|code_naf|Code APE / NAF", "ape"),
        ("Effectif|Nombre d'employé(s)|Nb salariés|Tranche d'effectif|nombre_employes|Nbre de salariés", "headcount"),
        ("Services & prestations proposés|Prestations|Domaines d'intervention|Compétences|Services", "services"),
        ("Principales références & travaux réalisés|Références|Réalisations", "references"),
        ("Site web|Site internet|URL|site_web|Adresse web", "website"),
        ("Charte signée le|Date de signature|Date charte|Signature de la charte|charte_signee_le", "charter_signed_on"),
        ("Observations|Notes|Commentaires|Remarques", "notes"),
        ("Forme juridique|Statut juridique", "legal_form"),
        ("Sigle", "acronym"),
        ("Nom commercial|Enseigne", "trade_name"),
        ("Référencement|Prestation : Référencement", "service:S03"),
        ("MAIL / TEL|Coordonnées|Tél. et e-mail", "contact_details"),
        (
            "N°|Date d'adhésion|Date de création|annee_effectifs|Fax|Fonction|Civilité|date_de_delivrance_de_la_da",
            "",
        ),
    ],
)
def test_headers_in_the_words_people_use(headers: str, field: str) -> None:
    assert {one: meaning(one).field for one in headers.split("|")} == dict.fromkeys(headers.split("|"), field)


def test_a_list_without_a_header_is_read_by_its_contents(tmp_path: Path) -> None:
    rows = [
        (f"Société {n}", s, f"c{n}@x.example", f"069200000{n}") for n, s in enumerate((SIREN, "499642221", "385169719"))
    ]
    plan = planned(book(tmp_path / "l.xlsx", *rows))
    assert [one.values["siren"] for one in plan.new] == [SIREN, "499642221", "385169719"]
    assert plan.new[0].values["emails"] == ["c0@x.example"]
    assert plan.new[0].values["legal_name"] == "Société 0"
    assert "sans en-tête" in plan.findings[0]
    assert "d’après son contenu" in plan.findings[0]


def test_a_file_without_companies_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = book(tmp_path / "l.xlsx", ("Mois", "Visites"), ("mars", 3), ("avril", 5))
    with pytest.raises(UserError, match="raison sociale"):
        planned(path)


def test_header_line_sheet_and_columns_can_be_changed(tmp_path: Path) -> None:
    path = book(
        tmp_path / "l.xlsx",
        ("Société", "Mail"),
        ("Aa", "Bb", "Cc"),
        ("ALPHA", SIREN, "a@alpha.example"),
    )
    plan = planned(path, header_row=2, mapping={"Aa": "legal_name", "b": "siren", "CC": "emails"})
    assert new_by_name(plan)["ALPHA"].values["emails"] == ["a@alpha.example"]
    assert new_by_name(plan)["ALPHA"].values["siren"] == SIREN
    ignored = planned(path, header_row=2, mapping={"Aa": "legal_name", "Cc": "", "B": "siren"})
    assert ignored.new[0].values["emails"] == []


@pytest.mark.parametrize(
    ("sheet", "header_row", "mapping", "said"),
    [
        ("Absente", None, None, "pas de feuille"),
        (None, 99, None, "hors du tableau"),
        (None, None, {"Société": "couleur"}, "n'est pas un champ"),
        (None, None, {"Absente": "siren"}, "Aucune colonne"),
        (None, None, {"Société": "", "Ville": "notes"}, "raison sociale"),
    ],
)
def test_a_wrong_choice_is_refused_with_a_sentence(
    tmp_path: Path, sheet: str | None, header_row: int | None, mapping: dict[str, str] | None, said: str
) -> None:
    path = book(tmp_path / "l.xlsx", ("Société", "Ville"), ("ALPHA", "Saint-Denis"))
    with pytest.raises(UserError, match=said):
        planned(path, sheet=sheet, header_row=header_row, mapping=mapping)


def test_first_and_last_names_beside_a_company_are_its_manager(tmp_path: Path) -> None:
    path = book(tmp_path / "l.xlsx", ("Nom", "Prénom", "Entreprise", "Mail"), ("UN", "Zoé", "ALPHA", "a@alpha.example"))
    (one,) = planned(path).new
    assert (one.values["legal_name"], one.values["legal_representative"]) == ("ALPHA", "Zoé UN")


def test_a_contact_column_of_mails_or_of_both_is_known_by_its_cells(tmp_path: Path) -> None:
    both = book(tmp_path / "b.xlsx", ("Société", "Contact"), ("ALPHA", "0692 00 00 01\na@alpha.example"))
    mails = book(tmp_path / "m.xlsx", ("Société", "Contact"), ("ALPHA", "a@alpha.example"))
    (one,) = planned(both).new
    assert (one.values["emails"], one.values["phones"]) == (["a@alpha.example"], ["+262692000001"])
    assert planned(mails).new[0].values["emails"] == ["a@alpha.example"]


def test_a_header_that_names_the_company_alone_is_enough(tmp_path: Path) -> None:
    path = book(tmp_path / "l.xlsx", ("Fichier 2026",), ("Société", "Couleur"), ("ALPHA", "rouge"), ("BETA", "bleu"))
    assert [line.legal_name for line in planned(path).lines] == ["ALPHA", "BETA"]


def test_a_column_that_says_signed_and_a_column_of_dates(tmp_path: Path) -> None:
    path = book(
        tmp_path / "l.xlsx",
        ("Société", "Charte signée", "Date de signature"),
        ("ALPHA", "oui", "12/03/2024"),
        ("BETA", "non", ""),
        ("GAMMA", "oui", ""),
    )
    plan = planned(path)
    assert [one.signed_on for one in plan.new] == [date(2024, 3, 12), None, None]
    assert [[one.field for one in line.problems] for line in plan.lines] == [[], [], ["charter_signed_on"]]


def test_what_the_register_has_no_field_for_goes_to_the_notes(tmp_path: Path) -> None:
    path = book(
        tmp_path / "l.xlsx",
        ("Raison sociale", "Nom commercial", "Sigle", "Forme juridique", "Observations", "SIREN"),
        ("ALPHA", "Alphabet", "[ND]", "5499", "À rappeler", SIREN),
    )
    plan = planned(path)
    notes = plan.new[0].values["notes"]
    assert notes.splitlines()[:2] == ["À rappeler", "Nom commercial : Alphabet"]
    assert "Forme juridique : " in notes
    assert planned(path, as_kept(plan)).changes_nothing()


CELLS = st.one_of(
    st.text(max_size=30),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(
        ["", "Raison sociale", "SIREN", "Total", "x", "E-mail", "Référencement", "#N/A", "Charte signée le", SIREN,
         "Nom", "Prénom", "ALPHA", "a@alpha.example", "0692 00 00 01", "Services", "Adresse", "97400 Saint-Denis", "-"]
    ),
)  # fmt: skip
MERGED = st.lists(
    st.tuples(*[st.integers(0, 6)] * 4).map(lambda m: (min(m[:2]), max(m[:2]), min(m[2:]), max(m[2:]))), max_size=3
)


@settings(max_examples=400, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=8), min_size=1, max_size=12), merged=MERGED)
def test_no_cell_breaks_the_reading_and_a_second_import_changes_nothing(
    rows: list[list[Cell]], merged: list[tuple[int, int, int, int]]
) -> None:
    try:
        lists = provider_list.recognise([Table("Feuille", rows, merged=merged)])
    except UserError:
        return
    plan = provider_import.plan(lists, KnownRecords(), "liste", TODAY)
    counts = plan.counts()
    assert counts["read"] == sum(counts.values()) - counts["read"]
    again = provider_import.plan(lists, KnownRecords(as_kept(plan)), "liste", TODAY)
    assert again.changes_nothing(), (plan.new, again.updated, again.new)


WITH_A_HEADER = (
    "legal_name", "siren", "emails", "phones", "ape", "services", "address", "headcount", "notes", "charter_signed_on",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    body=st.lists(
        st.fixed_dictionaries(dict.fromkeys(WITH_A_HEADER, CELLS)),
        max_size=10,
    )
)
def test_any_cell_under_a_good_header_keeps_imports_idempotent(body: list[dict[str, Cell]]) -> None:
    rows: list[list[Cell]] = [
        [FIELDS[name] for name in WITH_A_HEADER],
        *([line[name] for name in WITH_A_HEADER] for line in body),
    ]
    lists = provider_list.recognise([Table("", rows)])
    plan = provider_import.plan(lists, KnownRecords(), "liste", TODAY)
    again = provider_import.plan(lists, KnownRecords(as_kept(plan)), "liste", TODAY)
    assert again.changes_nothing(), (plan.new, again.updated, again.new)


def test_a_file_of_one_column_of_names_is_a_list(tmp_path: Path) -> None:
    path = book(tmp_path / "l.xlsx", ("Raison sociale",), ("ALPHA",), ("BETA",))
    assert [line.legal_name for line in planned(path).lines] == ["ALPHA", "BETA"]
    assert len(read_workbook(path)) == 1
