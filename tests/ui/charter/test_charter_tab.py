from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from charte_desktop.model.provider import Provider
from charte_desktop.store.charter_rows import CharterRows
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui.charter.charter_tab import AGAIN_FILTER, EMPTY, CharterTab
from charte_desktop.ui.charter.text_page import TextPage
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.providers.paper_charter_dialog import PaperCharterDialog
from charte_desktop.ui.providers.providers_tab import ProvidersTab
from charte_desktop.ui.reason_dialog import ReasonDialog
from charte_desktop.ui.sheets.document_page import DocumentPage
from charte_desktop.ui.tabs import PROVIDERS
from tests.factory import a_provider, enter
from tests.signings import begun, signed
from tests.ui.charter.conftest import on_top


def rows(tab: CharterTab) -> list[tuple[str, ...]]:
    model = tab.table.model()
    return [tuple(str(model.index(line, column).data()) for column in range(5)) for line in range(model.rowCount())]


def test_the_list_says_where_each_provider_stands_with_the_charter(
    tab: CharterTab, database: Database, ready: Provider
) -> None:
    on_screen, half = enter(
        database, a_provider(signed=None, legal_name="Vétiver"), a_provider(signed=None, legal_name="Zélé")
    )
    enter(database, a_provider(legal_name="Liste ancienne"))
    signed(database, on_screen)
    begun(database, half)
    tab.reload()

    assert rows(tab) == [
        ("Liste ancienne", "Signataire", "12/03/2025", "papier", "non précisée"),
        ("Œuvre Numérique", "Prêt à signer", "", "", ""),
        ("Vétiver", "Signataire", "20/10/2026", "écran", "Charte v1"),
        ("Zélé", "Signature commencée", "", "", ""),
    ]
    assert tab.count.text() == "4 prestataires"
    assert tab.panel.said.text() == "La fiche est complète : la charte peut être signée."


def test_a_provider_is_found_without_accents_and_the_whole_list_comes_back(qtbot: QtBot, tab: CharterTab) -> None:
    qtbot.keyClicks(tab.search, "oeuv")
    qtbot.waitUntil(lambda: tab.count.text() == "1 sur 1 prestataire")
    qtbot.keyClicks(tab.search, "zzz")
    qtbot.waitUntil(lambda: tab.pages.currentIndex() == EMPTY)
    assert tab.panel.provider_id == ""
    qtbot.mouseClick(tab.clear_button, Qt.MouseButton.LeftButton)
    assert len(rows(tab)) == 1
    assert tab.panel.provider_id


def test_after_a_newer_text_who_must_sign_again_is_one_filter_away(
    tab: CharterTab, database: Database, ready: Provider
) -> None:
    signed(database, ready)
    CharterSignatures(database).adopt("# Charte\n\nUn texte plus récent à lire et à signer.", "Charte 2027")

    tab.show_to_sign_again()

    assert tab.chips.filters() == [AGAIN_FILTER]
    assert [row[:2] for row in rows(tab)] == [("Œuvre Numérique", "Texte plus récent à signer")]
    assert "texte plus ancien" in tab.panel.said.text()


def test_the_text_is_read_version_by_version(tab: CharterTab, database: Database, ready: Provider) -> None:
    signed(database, ready)
    CharterSignatures(database).adopt("# Charte\n\nUn texte plus récent à lire et à signer.", "Charte 2027")

    tab.text_button.click()

    page = on_top(tab, TextPage)
    assert isinstance(page, TextPage)
    assert page.version.currentText() == "Charte 2027 (à signer aujourd'hui)"
    assert "plus récent" in page.text.toPlainText()
    page.version.setCurrentIndex(page.version.findText("Charte v1"))
    assert "Les prestataires numériques s'engagent" in page.text.toPlainText()
    assert page.facts.text() == "1 signature sur cet ordinateur pour cette version"
    page.left.emit()
    assert tab.places.page is None


def test_a_charter_known_by_its_date_is_entered_and_cancelled(
    qtbot: QtBot, tab: CharterTab, database: Database, ready: Provider
) -> None:
    tab.panel.dated_button.click()
    dialog = tab.acts.dialog
    assert isinstance(dialog, PaperCharterDialog)
    dialog.signed_on.setText("15/01/2026")
    dialog.buttons.accepted.emit()
    (facts,) = CharterRows(database).signatures(ready.id)
    assert facts.signed_on == date(2026, 1, 15)
    assert tab.panel.standing.text() == "Signataire"

    tab.panel.cancel_button.click()
    reason = tab.acts.dialog
    assert isinstance(reason, ReasonDialog)
    reason.buttons.accepted.emit()
    assert "pourquoi" in reason.sentence.text()
    reason.reason.setPlainText("Saisie sur la mauvaise fiche")
    reason.buttons.accepted.emit()
    assert CharterRows(database).signatures(ready.id)[0].cancelled_on == database.today()
    assert tab.panel.standing.text() == "Prêt à signer"
    assert "mauvaise fiche" in tab.panel.signature_words.text()


def test_a_charter_to_sign_and_a_form_to_fill_are_shown_as_they_are_printed(tab: CharterTab, ready: Provider) -> None:
    tab.panel.paper_button.click()
    page = on_top(tab, DocumentPage)
    assert isinstance(page, DocumentPage)
    assert "Œuvre Numérique" in page.preview.text()
    assert "Date du jour" in page.preview.text()
    page.left.emit()

    tab.panel.form_button.click()
    form = on_top(tab, DocumentPage)
    assert isinstance(form, DocumentPage)
    assert "Œuvre Numérique" in form.preview.text(), "the boxes are shown filled"
    assert form.paper.pdf != form.paper.shown


def test_the_record_of_a_provider_has_its_charter_and_leads_to_signing(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, database: Database, ready: Provider
) -> None:
    signed(database, ready)
    window.changed()
    window.show_provider(ready.id)
    providers = window.findChild(ProvidersTab)
    assert providers is not None
    assert window.tabs.currentIndex() == PROVIDERS
    providers.record.parts.setCurrentWidget(providers.record.charter_page)
    panel = providers.record.charter
    assert panel is not None
    assert panel.signatures.model().index(0, 0).data() == "Camille Exemple"
    assert not panel.name_label.isVisible()

    panel.open_button.click()

    assert window.tabs.currentWidget().isAncestorOf(tab)
    page = on_top(tab, DocumentPage)
    assert isinstance(page, DocumentPage)
    assert page.title.text().startswith("Charte signée n° CE-2026-")


def test_the_tab_stands_as_it_was_left(window: MainWindow, tab: CharterTab, database: Database) -> None:
    tab.chips.add(AGAIN_FILTER)
    window.keep()
    again = CharterTab()
    window.settings.beginGroup("charter")
    again.resume(window.settings)
    window.settings.endGroup()
    again.open(database)
    again.reload()
    assert again.chips.filters() == [AGAIN_FILTER]
    again.deleteLater()


def test_an_empty_base_says_what_the_tab_is_for(window: MainWindow, database: Database) -> None:
    window.use(database)
    window.tabs.setCurrentIndex(2)
    tab = window.findChild(CharterTab)
    assert tab is not None
    assert tab.pages.currentIndex() == EMPTY
    assert "fait signer la charte" in tab.empty_words.text()
    assert not tab.panel.isEnabled()
    assert ProviderRegister(database).count() == 0
