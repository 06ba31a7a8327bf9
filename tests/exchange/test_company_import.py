from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from charte_desktop.errors import UserError
from charte_desktop.exchange import provider_import, provider_list, tables
from charte_desktop.exchange.legal_form import read_legal_form
from charte_desktop.exchange.tables import Table
from charte_desktop.model import reference
from charte_desktop.model.company import Company, new_company
from charte_desktop.model.import_plan import ImportPlan, KnownRecords, LineAction, ListKind

LISTS = Path(__file__).parents[1] / "data" / "lists"
TODAY = date(2026, 3, 2)


def planned(source: Path | list[list[str]], known: Sequence[Company] = ()) -> ImportPlan:
    found = tables.read_workbook(source) if isinstance(source, Path) else [Table("", [list(row) for row in source])]
    lists = provider_list.recognise(found, kind=ListKind.COMPANIES)
    return provider_import.plan(lists, KnownRecords(list(known)), "liste", TODAY)


def entered(plan: ImportPlan) -> list[Company]:
    """The companies that the plan creates, as the base would hold them."""
    return [Company(**one.values) for one in plan.new]


@pytest.mark.parametrize(("name", "lines"), [("organismes_974_lot_A.csv", 436), ("ess_numerique_france.csv", 1262)])
def test_real_lists_of_companies_are_read_whole_and_a_second_time_bring_nothing(name: str, lines: int) -> None:
    plan = planned(LISTS / name)
    assert plan.counts()["read"] == lines
    assert plan.kind is ListKind.COMPANIES
    companies = entered(plan)
    assert all(company.siren for company in companies)
    assert len({company.siren for company in companies}) == len(companies)
    again = planned(LISTS / name, companies)
    assert again.changes_nothing()


def test_the_legal_category_and_the_headcount_of_sirene_are_kept() -> None:
    companies = {company.siren: company for company in entered(planned(LISTS / "ess_numerique_france.csv"))}
    company = companies["062201199"]
    assert (company.legal_category, company.headcount_band, company.postal_code) == ("5499", "NN", "84200")


def test_a_company_with_a_name_is_complete_and_has_neither_services_nor_signature() -> None:
    plan = planned(
        [["Raison sociale", "E-mail", "Prestations", "Charte signée le"], ["Letchi", "", "RGPD", "01/02/2026"]]
    )
    (line,) = plan.lines
    assert line.action is LineAction.CREATED
    assert plan.new[0].service_ids == []
    assert plan.new[0].signed_on is None
    assert "Colonnes non lues : Prestations, Charte signée le." in plan.findings[0]


def test_a_known_company_is_completed_and_the_change_is_shown() -> None:
    known = new_company(legal_name="Letchi Web", siren="732829320")
    plan = planned([["Raison sociale", "SIREN", "Forme juridique"], ["LETCHI WEB", "732 829 320", "S.A.R.L."]], [known])
    (line,) = plan.lines
    assert line.action is LineAction.UPDATED
    assert line.changes == {"legal_category": ("", reference.legal_categories()["5499"])}
    assert plan.updated[0].values == {"legal_category": "5499"}


def test_a_company_in_the_bin_is_left_out() -> None:
    from datetime import UTC, datetime

    known = new_company(legal_name="Letchi", siren="732829320", deleted_at=datetime(2026, 1, 1, tzinfo=UTC))
    (line,) = planned([["Raison sociale", "SIREN"], ["Letchi", "732829320"]], [known]).lines
    assert line.action is LineAction.LEFT_OUT
    assert line.reason == "cette entreprise est dans la corbeille : restaurez-la pour la mettre à jour"


def test_a_column_of_services_cannot_be_chosen() -> None:
    with pytest.raises(UserError, match="« services » n'est pas un champ"):
        provider_list.recognise(
            [Table("", [["Raison sociale", "Offre"], ["Letchi", "RGPD"]])],
            mapping={"Offre": "services"},
            kind=ListKind.COMPANIES,
        )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SARL", "5499"), ("S.A.S.", "5710"), ("sasu", "5710"), ("5499", "5499"),
        ("9220 - Association déclarée", "9220"),
        ("Entrepreneur individuel", "1000"), ("54990", ""), ("Autre", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_legal_form_is_read_by_code_label_or_letters(text: str, code: str) -> None:
    assert read_legal_form(text) == code
