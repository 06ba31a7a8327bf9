"""Needs that go on, people, and what the menu of a company does (C03, C04)."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from charte_desktop.model.accompaniment_entry import AccompanimentEntry
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.company import Company
from charte_desktop.model.follow_up import FollowUpState, NeedState, Outcome
from charte_desktop.store.accompaniments import Accompaniments
from charte_desktop.store.attestations import Attestations
from charte_desktop.store.company_contacts import CompanyContacts
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.company_rows import CompanyRows
from charte_desktop.store.database import Database
from charte_desktop.store.history import History
from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
from charte_desktop.ui.companies.attestation_page import AttestationPage
from charte_desktop.ui.companies.closing_dialog import ClosingDialog
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.companies.right_page import RightPage
from charte_desktop.ui.companies.satisfaction_dialog import SatisfactionDialog
from charte_desktop.ui.filtered_tab import BIN
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary
from charte_desktop.ui.sheets.document_page import DocumentPage
from tests.factory import a_provider, enter, enter_company, siren
from tests.ui.showing import show_tab

LEFT = Qt.MouseButton.LeftButton
SAVE = QDialogButtonBox.StandardButton.Save


@pytest.fixture
def company(database: Database) -> Company:
    enter(database, a_provider("S01", legal_name="Atelier Bichik"))
    company = enter_company(database, legal_name="Garage Oliflore", legal_representative="Gérante Fictive")
    CompanyRecords(database).accompany(company.id, AccompanimentKind.DIAGNOSTIC, date(2026, 3, 2), ["S01", "S13"])
    return company


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, database: Database, company: Company) -> CompaniesTab:
    return show_tab(qtbot, window, database, 3, CompaniesTab)


def test_a_need_is_followed_until_a_provider_is_chosen(
    qtbot: QtBot, tab: CompaniesTab, database: Database, company: Company
) -> None:
    tab.show_part("needs")
    page = tab.record.needs
    page.choose("S01")
    page.state.setCurrentText("Prestataire choisi")
    qtbot.mouseClick(page.save_button, LEFT)
    assert "Choisissez le prestataire" in page.sentence.text()
    page.provider.setEditText("atelier bichik")
    qtbot.mouseClick(page.save_button, LEFT)
    need = next(one for one in Accompaniments(database).needs_of(company.id) if one.service_id == "S01")
    assert (need.state, need.provider_name) == (NeedState.PROVIDER_CHOSEN, "Atelier Bichik")


def test_a_need_is_dropped_with_its_reason_only(
    qtbot: QtBot, tab: CompaniesTab, database: Database, company: Company
) -> None:
    tab.show_part("needs")
    page = tab.record.needs
    page.choose("S13")
    assert not page.reason.isVisible()
    page.state.setCurrentText("Abandonné")
    assert page.reason.isVisible()
    qtbot.mouseClick(page.save_button, LEFT)
    assert "Écrivez pourquoi" in page.sentence.text()
    qtbot.keyClicks(page.reason, "Fait en interne")
    qtbot.keyClick(page.reason, Qt.Key.Key_Return)
    need = next(one for one in Accompaniments(database).needs_of(company.id) if one.service_id == "S13")
    assert (need.state, need.reason) == (NeedState.DROPPED, "Fait en interne")
    assert "1 besoin en cours" in tab.record.band.sentence.text()


def test_somebody_is_entered_corrected_and_taken_off(
    qtbot: QtBot, tab: CompaniesTab, database: Database, company: Company
) -> None:
    tab.show_part("contacts")
    page = tab.record.contacts
    qtbot.mouseClick(page.add_button, LEFT)
    qtbot.keyClicks(page.person, "Jean Hoareau")
    qtbot.keyClick(page.person, Qt.Key.Key_Return)
    qtbot.keyClicks(page.role.lineEdit(), "Informatique")
    qtbot.keyClick(page.role.lineEdit(), Qt.Key.Key_Return)
    qtbot.keyClicks(page.reach, "0692 00 00 03, jean@oliflore.example")
    qtbot.keyClick(page.reach, Qt.Key.Key_Return)
    (kept,) = CompanyContacts(database).of(company.id)
    assert (kept.name, kept.role, kept.phones, kept.emails) == (
        "Jean Hoareau", "Informatique", ("+262692000003",), ("jean@oliflore.example",),
    )  # fmt: skip
    page.reach.setText("pas un numéro")
    page.reach.editingFinished.emit()
    assert page.sentence.text()
    page.reach.setText("jean@oliflore.example")
    page.reach.editingFinished.emit()
    assert page.sentence.text() == ""
    qtbot.mouseClick(page.drop_button, LEFT)
    assert CompanyContacts(database).of(company.id) == []
    History(database).undo()
    assert len(CompanyContacts(database).of(company.id)) == 1


def test_a_follow_up_is_closed_with_its_outcome_and_reopened(
    tab: CompaniesTab, window: MainWindow, database: Database, company: Company
) -> None:
    tab.acts.close_follow_up()
    dialog = tab.acts.dialog
    assert isinstance(dialog, ClosingDialog)
    dialog.outcome.setCurrentText("Injoignable")
    assert dialog.meaning.text() == "L'entreprise ne répond plus."
    dialog.buttons.button(SAVE).click()
    assert "injoignable" in window.notice.sentence.text()
    (row,) = CompanyRows(database).search(state=FollowUpState.SETTLED)
    assert row.id == company.id
    assert "suivi clos" in tab.record.band.sentence.text()
    tab.acts.reopen()
    assert CompanyRows(database).search(state=FollowUpState.SETTLED) == []
    with database.looking() as base:
        assert base.execute("SELECT outcome FROM accompaniment").fetchone()[0] is None
    assert [one.value for one in Outcome] == ["Aidée", "Aucun prestataire", "Injoignable", "Hors de notre champ"]


def test_satisfaction_is_two_questions(tab: CompaniesTab, database: Database, company: Company) -> None:
    tab.acts.ask_satisfaction()
    dialog = tab.acts.dialog
    assert isinstance(dialog, SatisfactionDialog)
    dialog.buttons.button(SAVE).click()
    assert "au moins une réponse" in dialog.sentence.text()
    dialog.helped.setCurrentText("Plutôt")
    dialog.advise.setCurrentText("Oui")
    dialog.buttons.button(SAVE).click()
    with database.looking() as base:
        assert base.execute("SELECT helpfulness, would_advise FROM follow_up").fetchall() == [(3, 1)]


def test_c03_nobody_who_was_not_accompanied_has_an_attestation(
    tab: CompaniesTab, window: MainWindow, database: Database, boundary: Boundary
) -> None:
    boundary.said.connect(window.notice.say)
    never = enter_company(database, legal_name="Jamais Vue")
    window.changed()
    tab.show_record(never.id)
    with pytest.raises(Exception, match="n'a pas encore été accompagnée"):
        tab.over.show_attestation(never.id)
    tab.make_sheet()
    page = tab.places.page
    assert isinstance(page, AccompanimentPage), "a sheet begins with an accompaniment"
    assert "accompagnement" in page.reason.text()


def test_c04_an_attestation_is_seen_first_and_numbered_once_it_leaves_the_screen(
    qtbot: QtBot, tab: CompaniesTab, database: Database, company: Company, tmp_path: Path
) -> None:
    tab.over.show_attestation(company.id)
    page = tab.places.page
    assert isinstance(page, AttestationPage)
    assert Attestations(database).of_company(company.id) == [], "looking gives no number"
    qtbot.mouseClick(page.save_button, LEFT)
    (given,) = Attestations(database).of_company(company.id)
    assert page.title.text() == f"Attestation {given.number}"
    dialog = page.actions_of_paper.dialog
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "attestation.pdf"))
    assert (tmp_path / "attestation.pdf").read_bytes() == Attestations(database).pdf(given.id)
    dialog.reject()
    page.out()
    assert len(Attestations(database).of_company(company.id)) == 1
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    tab.show_part("follow")
    assert tab.record.follow.lines().row(0).title == f"Attestation {given.number}"
    tab.record.follow.table.opened.emit(0)
    again = tab.places.page
    assert isinstance(again, DocumentPage)
    assert again.title.text() == f"Attestation {given.number}"


def test_c04_the_right_to_the_charter_is_answered_by_siren(
    qtbot: QtBot, tab: CompaniesTab, database: Database, company: Company
) -> None:
    tab.show_right()
    page = tab.places.page
    assert isinstance(page, RightPage)
    qtbot.keyClicks(page.siren, "12")
    qtbot.keyClick(page.siren, Qt.Key.Key_Return)
    assert page.sentence.text()
    assert page.answer.text() == ""
    page.siren.setText(company.siren)
    qtbot.keyClick(page.siren, Qt.Key.Key_Return)
    assert page.answer.text().startswith("Oui : Garage Oliflore")
    assert "diagnostic le 02/03/2026" in page.answer.text()
    page.day.setText("01/03/2026")
    qtbot.mouseClick(page.ask_button, LEFT)
    assert page.answer.text().startswith("Non : Garage Oliflore")
    page.siren.setText(siren())
    qtbot.mouseClick(page.ask_button, LEFT)
    assert page.answer.text().startswith("Non : aucune entreprise")
    page.siren.setText(company.siren)
    page.day.setText("20/10/2026")
    qtbot.mouseClick(page.ask_button, LEFT)
    qtbot.mouseClick(page.attestation_button, LEFT)
    assert isinstance(tab.places.page, AttestationPage)


def test_a_company_goes_to_the_bin_and_comes_back(
    qtbot: QtBot, tab: CompaniesTab, window: MainWindow, company: Company
) -> None:
    tab.delete()
    assert "est à la corbeille" in window.notice.sentence.text()
    assert tab.count.text() == "0 entreprise"
    tab.show_bin()
    assert tab.pages.currentIndex() == BIN
    tab.bin.restore()
    assert tab.count.text() == "1 entreprise"
    assert tab.record.name_label.text() == "Garage Oliflore"


def test_chips_filter_by_follow_up_need_and_place(tab: CompaniesTab, database: Database) -> None:
    enter_company(database, legal_name="Snack Bertelina", city="Saint-Leu", commune_code="97413")
    tab.reload()
    tab.show_named("commune", "Saint-Leu")
    assert tab.count.text() == "1 sur 2 entreprises"
    tab.show_named("family", "Cybersécurité / Data")
    assert tab.record.name_label.text() == "Garage Oliflore"
    tab.chips.clear()
    offered = {offer.words for offer in tab.offers()}
    assert offered == {"Suivi", "Besoin", "Famille de besoins", "Commune", "Effectif"}


def test_partly_private_data_is_never_refused(tab: CompaniesTab, database: Database) -> None:
    """The official directory hides the name of whoever asks for it: "[ND]" is kept as it came."""
    company = enter_company(database, legal_name="[ND]", siren="", address="[ND]", postal_code="", city="")
    tab.show_record(company.id)
    assert tab.record.name_label.text() == "[ND]"
    tab.accompany()
    assert tab.places.page is not None


def test_what_was_promised_is_said_on_the_record_and_done_in_one_click(
    qtbot: QtBot, tab: CompaniesTab, window: MainWindow, database: Database, company: Company
) -> None:
    entry = AccompanimentEntry(
        kind=AccompanimentKind.INDIVIDUAL,
        held_on=date(2026, 10, 5),
        next_step="Rappeler pour le devis",
        next_on=date(2026, 10, 12),
    )
    Accompaniments(database).record(company.id, entry)
    window.changed()
    band = tab.record.band
    assert band.sentence.accessibleName() == "À faire depuis le 12/10/2026 : Rappeler pour le devis"
    qtbot.mouseClick(band.buttons[0], LEFT)
    assert "est faite" in window.notice.sentence.text()
    assert "À faire" not in band.sentence.accessibleName()
    window.undo_action.trigger()
    assert "À faire" in band.sentence.accessibleName()


def test_every_company_is_exported_from_its_tab(
    qtbot: QtBot, tab: CompaniesTab, window: MainWindow, tmp_path: Path
) -> None:
    window.export_action.trigger()
    dialog = window.file_actions.dialog
    assert isinstance(dialog, QFileDialog)
    assert dialog.selectedFiles()[0].endswith("entreprises.xlsx")
    dialog.reject()
    with qtbot.waitSignal(window.background.ended, timeout=20_000):
        window.file_actions.export_companies_to(tmp_path / "entreprises.csv")
    assert "Garage Oliflore" in (tmp_path / "entreprises.csv").read_text(encoding="utf-8-sig")
