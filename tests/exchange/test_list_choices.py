from datetime import date

from charte_desktop.exchange.list_choices import ListChoices, concerns
from charte_desktop.exchange.provider_list import ListColumn
from charte_desktop.exchange.tables import Cell, Table
from charte_desktop.model.import_plan import KnownRecords, ListKind, PlannedLine

TODAY = date(2026, 3, 2)


def choices(*rows: list[Cell], name: str = "", hidden: bool = False) -> ListChoices:
    return ListChoices([Table(name, [list(row) for row in rows], hidden)], "liste")


def lines(one: ListChoices) -> list[PlannedLine]:
    return one.plan(KnownRecords(), TODAY).lines


def test_a_corrected_cell_is_read_again_and_its_first_text_is_remembered() -> None:
    one = choices(["Raison sociale", "E-mail"], ["Letchi", "a(at)b"])
    assert lines(one)[0].problems
    one.correct("", 2, 1, "a@letchi.example")
    assert not lines(one)[0].problems
    assert one.before("", 2, 1) == "a(at)b"
    one.correct("", 2, 1, "a(at)b")
    assert (one.before("", 2, 1), one.corrections) == (None, 0)


def test_a_cell_beyond_a_short_line_can_be_filled() -> None:
    one = choices(["Raison sociale", "E-mail", "Site internet"], ["Letchi"])
    one.correct("", 2, 2, "https://letchi.example")
    assert lines(one)[0].cells["Site internet"] == "https://letchi.example"


def test_a_field_that_one_column_gives_leaves_the_column_that_gave_it() -> None:
    one = choices(["Raison sociale", "Enseigne"], ["Letchi", "Letchi Web"])
    one.take_column(one.sheets[0], 1, "legal_name")
    assert [column.field for column in one.sheets[0].found.columns] == ["", "legal_name"]
    assert lines(one)[0].legal_name == "Letchi Web"


def test_columns_chosen_stay_when_the_header_line_changes() -> None:
    one = choices(["Raison sociale", "Divers"], ["Société", "Autre"], ["Letchi", "Saint-Leu"])
    one.take_column(one.sheets[0], 1, "city")
    one.read_header_at(one.sheets[0], 2)
    assert one.sheets[0].found.header_rows == (2,)
    assert [column.field for column in one.sheets[0].found.columns] == ["legal_name", "city"]


def test_a_hidden_sheet_is_read_only_when_it_is_wanted() -> None:
    one = choices(["Raison sociale"], ["Letchi"], name="Archive", hidden=True)
    assert one.refusal == "Aucune feuille n'est choisie : cochez « Importer cette feuille »."
    one.sheets[0].wanted = True
    assert one.refusal == ""
    assert [line.legal_name for line in lines(one)] == ["Letchi"]


def test_choices_are_remembered_by_the_headers_and_apart_for_companies() -> None:
    one = choices(["Raison sociale", "E-mail", "Où"], ["Letchi", "", "Saint-Leu"])
    assert list(one.to_remember()) == []
    one.take_column(one.sheets[0], 2, "city")
    ((shape, mapping, header_row),) = one.to_remember()
    assert (mapping["Où"], header_row) == ("city", None)
    again = ListChoices(
        [one.sheets[0].table], "autre", recall=lambda asked: (mapping, header_row) if asked == shape else None
    )
    assert again.sheets[0].found.columns[2].field == "city"
    companies = ListChoices([one.sheets[0].table], "autre", ListKind.COMPANIES)
    assert companies.shape(companies.sheets[0]) != shape


def test_a_problem_is_found_in_its_column() -> None:
    assert concerns(ListColumn(0, "x", "service:S03"), "services")
    assert concerns(ListColumn(0, "Tél et mél", "contact_details"), "emails")
    assert concerns(ListColumn(0, "Ville", "city"), "address")
    assert not concerns(ListColumn(0, "Ville", "city"), "phones")
