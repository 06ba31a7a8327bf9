"""What happened with a company: calls in a line, mails and files dropped on it, lines read, opened, taken off."""

from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.follow_up import NeedState
from charte_desktop.store.accompaniments import Accompaniments
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.drafts import Drafts
from charte_desktop.store.exchanges import Exchanges
from charte_desktop.store.history import History
from charte_desktop.store.project_timelines import ProjectTimelines
from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary
from charte_desktop.ui.tabs import PROJECTS
from tests.factory import a_provider, enter, enter_company
from tests.ui.imports import conftest as dragging
from tests.ui.showing import show_tab

Write = Callable[[str, bytes], Path]


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, database: Database) -> CompaniesTab:
    company = enter_company(database, legal_name="Garage Oliflore", emails=["gerante@oliflore.example"])
    CompanyRecords(database).accompany(company.id, AccompanimentKind.DIAGNOSTIC, date(2026, 3, 2), ["S01"])
    enter_company(database, legal_name="Snack Bertelina", emails=["snack@bertelina.example"])
    tab = show_tab(qtbot, window, database, 3, CompaniesTab)
    tab.show_part("follow")
    return tab


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def of(name: str, content: bytes) -> Path:
        file = tmp_path / name
        file.write_bytes(content)
        return file

    return of


def a_mail_file(sender: str = "Gérante <gerante@oliflore.example>", **files: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = sender, "conseil@cci.example"
    message["Subject"], message["Date"] = "Le devis reçu", "Mon, 19 Oct 2026 08:15:00 +0400"
    message["Message-ID"] = f"<{len(sender)}{len(files)}@oliflore.example>"
    message.set_content("Bonjour,\nvoici le devis.")
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name.replace("_", "."))
    return bytes(message)


def let_go(window: MainWindow, over: QWidget, *files: Path) -> None:
    """Let files go over a widget, as the hand does."""
    place = QPointF(over.mapTo(window, over.rect().center()))
    mime = dragging._mime(files)
    event = QDropEvent(place, Qt.DropAction.CopyAction, mime, *dragging._HAND, QEvent.Type.Drop)
    QApplication.sendEvent(window.windowHandle(), event)


def titles(tab: CompaniesTab) -> list[str]:
    lines = tab.record.follow.lines()
    return [lines.row(number).title for number in range(lines.rowCount())]


def test_a_call_is_noted_in_one_line(qtbot: QtBot, tab: CompaniesTab, database: Database) -> None:
    page = tab.record.follow
    page.said.setFocus()
    qtbot.keyClicks(page.said, "Le devis est arrive, elle rappelle jeudi")
    assert Drafts(database).all()[0].kind == "exchange", "each key is kept"
    qtbot.keyClick(page.said, Qt.Key.Key_Return)
    assert titles(tab)[0] == "Appel : Le devis est arrive, elle rappelle jeudi"
    assert page.said.text() == ""
    assert Drafts(database).all() == []
    page.said.setText("Vue au marche")
    page.kind.setCurrentText("Rencontre")
    page.day.setText("01/10/2026")
    qtbot.mouseClick(page.note_button, Qt.MouseButton.LeftButton)
    assert titles(tab)[:2] == ["Appel : Le devis est arrive, elle rappelle jeudi", "Rencontre : Vue au marche"]
    page.said.setText("Demain")
    page.day.setText("21/10/2026")
    qtbot.mouseClick(page.note_button, Qt.MouseButton.LeftButton)
    assert "n'est pas encore passé" in page.sentence.text()
    assert page.said.text() == "Demain"


def test_a_mail_dropped_on_the_record_is_filed_with_its_day_its_sender_and_its_files(
    window: MainWindow, tab: CompaniesTab, database: Database, write: Write
) -> None:
    form_field = tab.record.follow.said  # a field would take the file's address as text
    let_go(window, form_field, write("devis.eml", a_mail_file(devis_pdf=b"%PDF-1.4 un devis", photo_png=b"\x89PNG")))
    assert form_field.text() == ""
    line = tab.record.follow.lines().row(0)
    assert (line.title, f"{line.day:%d/%m/%Y}") == ("Courriel : Le devis reçu", "19/10/2026")
    assert "gerante@oliflore.example" in line.detail
    assert "2 pièces jointes" in line.detail
    assert "voici le devis" in tab.record.follow.detail.toPlainText()
    assert "devis.pdf" in tab.record.follow.detail.toPlainText()
    assert "Classé : le courriel « Le devis reçu »." in window.notice.sentence.text()

    let_go(window, form_field, write("encore.eml", a_mail_file(devis_pdf=b"%PDF-1.4 un devis", photo_png=b"\x89PNG")))
    assert "déjà classé" in window.notice.sentence.text()


def test_documents_are_kept_and_programs_refused_with_a_sentence(
    window: MainWindow, tab: CompaniesTab, write: Write
) -> None:
    let_go(window, tab.record.follow.table, write("devis.pdf", b"%PDF-1.4 devis"), write("virus.exe", b"MZ\0\0"))
    assert titles(tab)[0] == "Document : devis.pdf"
    sentence = window.notice.sentence.text()
    assert "Classé : « devis.pdf »." in sentence
    assert "« virus.exe » est un programme" in sentence
    assert "Empreinte (SHA-256)" in tab.record.follow.detail.toPlainText()


def test_a_film_is_refused_without_being_read(window: MainWindow, tab: CompaniesTab, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(26 * 1024 * 1024 + 1)
    let_go(window, tab.record.follow.table, film)
    assert "dépasse 25 Mo" in window.notice.sentence.text()


def test_a_mail_dropped_elsewhere_finds_its_company(
    window: MainWindow, tab: CompaniesTab, write: Write, boundary: Boundary
) -> None:
    boundary.said.connect(window.notice.say)
    let_go(window, tab.table, write("snack.eml", a_mail_file("Snack <snack@bertelina.example>")))
    assert tab.record.name_label.text() == "Snack Bertelina"
    assert titles(tab)[0] == "Courriel : Le devis reçu"
    let_go(window, tab.table, write("x.eml", a_mail_file("Inconnu <x@y.example>")))
    assert "ouvrez la bonne fiche" in window.notice.sentence.text()


def test_lines_are_filtered_opened_and_taken_off(
    qtbot: QtBot, window: MainWindow, tab: CompaniesTab, database: Database
) -> None:
    page = tab.record.follow
    company = tab.record.shown
    assert company is not None
    page.said.setText("Un mot")
    page.note()
    qtbot.mouseClick(page.held_button, Qt.MouseButton.LeftButton)
    assert titles(tab) == ["Diagnostic"]
    qtbot.mouseClick(page.exchanges_button, Qt.MouseButton.LeftButton)
    assert titles(tab) == ["Appel : Un mot"]
    qtbot.mouseClick(page.drop_button, Qt.MouseButton.LeftButton)
    assert titles(tab) == []
    History(database).undo()
    assert len(Exchanges(database).of(company.id)) == 1
    qtbot.mouseClick(page.all_button, Qt.MouseButton.LeftButton)
    page.table.selectRow(1)
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    visit = tab.places.page
    assert isinstance(visit, AccompanimentPage)
    assert visit.facts.words() == "Corriger un accompagnement"
    visit.notes.setPlainText("Corrigé")
    qtbot.mouseClick(visit.note_button, Qt.MouseButton.LeftButton)
    assert tab.places.page is None
    page.table.selectRow(1)
    assert "Corrigé" in page.detail.toPlainText()


def test_a_joined_file_is_copied_out(tab: CompaniesTab, write: Write, tmp_path: Path) -> None:
    page = tab.record.follow
    page.take([write("devis.pdf", b"%PDF-1.4 devis")])
    page.ask_copy()
    assert isinstance(page.dialog, QFileDialog)
    page.dialog.fileSelected.emit(str(tmp_path / "copie.pdf"))
    assert (tmp_path / "copie.pdf").read_bytes() == b"%PDF-1.4 devis"
    page.dialog.reject()


def test_a_project_is_a_line_that_opens_it_and_moves_its_need(
    qtbot: QtBot, window: MainWindow, tab: CompaniesTab, database: Database
) -> None:
    company = tab.record.shown
    assert company is not None
    (provider,) = enter(database, a_provider("S01", legal_name="Atelier Bichik"))
    project = ProjectTimelines(database).open(company.id, provider.id, ["S01"], title="Le site du garage")
    window.changed()
    line = tab.record.follow.lines().row(0)
    assert (line.title, line.detail) == (f"Projet {project.number} : Le site du garage", "avec Atelier Bichik")
    (need,) = Accompaniments(database).needs_of(company.id)
    assert (need.state, need.provider_name) == (NeedState.PROJECT_OPEN, "Atelier Bichik")
    tab.record.follow.table.opened.emit(0)
    assert window.tabs.currentIndex() == PROJECTS
    assert window.projects.record.name_label.words() == "Le site du garage"
