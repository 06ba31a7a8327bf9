from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from charte_desktop.model import reference
from charte_desktop.store import keys
from charte_desktop.store.database import Database
from charte_desktop.store.local_services import LocalServices
from charte_desktop.ui import theme
from charte_desktop.ui.choice_boxes import ChoiceBoxes
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary
from charte_desktop.ui.providers.providers_tab import ProvidersTab
from charte_desktop.ui.settings.adviser_page import AdviserPage
from charte_desktop.ui.settings.passphrase_page import PassphrasePage
from charte_desktop.ui.settings.services_page import ServicesPage
from charte_desktop.ui.settings.settings_dialog import SettingsDialog
from charte_desktop.ui.tabs import PROVIDERS
from tests.conftest import PASSPHRASE
from tests.factory import a_provider, enter
from tests.key_store import KeyStore
from tests.ui.showing import show_tab


@pytest.fixture
def dialog(window: MainWindow, database: Database, system_key_store: KeyStore) -> SettingsDialog:
    window.use(database)
    window.settings_action.trigger()
    found = window.findChild(SettingsDialog)
    assert found is not None
    return found


def test_the_advisers_name_is_changed_and_shown_at_the_foot(
    qtbot: QtBot, dialog: SettingsDialog, window: MainWindow, database: Database
) -> None:
    you = dialog.page(AdviserPage)
    assert isinstance(you, AdviserPage)
    assert you.adviser.text() == "Conseillère Ouest"
    you.adviser.clear()
    qtbot.keyClick(you.adviser, Qt.Key.Key_Return)
    assert dialog.message.text() == "Écrivez votre nom : il figure sur les fiches et dans l'historique."
    qtbot.keyClicks(you.adviser, "Anne Exemple")
    qtbot.keyClick(you.adviser, Qt.Key.Key_Return)
    assert database.adviser == "Anne Exemple"
    assert window.status_text()[2] == "Conseillère/Conseiller : Anne Exemple"
    assert window.notice.sentence.text() == "Réglages enregistrés : nom : Anne Exemple."


def test_the_passphrase_is_changed_and_the_new_one_opens(
    qtbot: QtBot, dialog: SettingsDialog, database: Database
) -> None:
    keys.remember(database.folder, PASSPHRASE)
    phrase = dialog.page(PassphrasePage)
    assert isinstance(phrase, PassphrasePage)
    phrase.old.setText(PASSPHRASE)
    phrase.new.setText("fanjan letchi tamarin")
    assert phrase.strength.text() != ""
    phrase.again.setText("fanjan letchi tamarin")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert dialog.message.text() == ""
    assert keys.unlock(database.folder, "fanjan letchi tamarin") == database.key
    assert keys.recall(database.folder) == "fanjan letchi tamarin"


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("autre chose", "fanjan letchi tamarin", "fanjan letchi tamarin", "n'est pas la bonne"),
        (PASSPHRASE, "court", "court", "plus longue"),
        (PASSPHRASE, "fanjan letchi tamarin", "fanjan letchi", "ne sont pas les mêmes"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_nothing_is_changed(
    qtbot: QtBot, dialog: SettingsDialog, database: Database, old: str, new: str, again: str, said: str
) -> None:
    you, phrase = dialog.page(AdviserPage), dialog.page(PassphrasePage)
    assert isinstance(you, AdviserPage)
    assert isinstance(phrase, PassphrasePage)
    you.adviser.setText("Une autre")
    for field, text in ((phrase.old, old), (phrase.new, new), (phrase.again, again)):
        field.setText(text)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert said in dialog.message.text()
    assert dialog.isVisible()
    assert database.adviser == "Conseillère Ouest"
    assert keys.unlock(database.folder, PASSPHRASE) == database.key


def test_the_colours_are_worn_and_kept(
    qtbot: QtBot, dialog: SettingsDialog, window: MainWindow, qapp: QApplication
) -> None:
    you = dialog.page(AdviserPage)
    assert isinstance(you, AdviserPage)
    you.colours.setCurrentIndex(you.colours.findData(theme.DARK))
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert theme.chosen() == theme.DARK
    assert window.settings.value("colours") == theme.DARK


def test_a_demonstration_has_no_passphrase_to_change(qtbot: QtBot, tmp_path: Path) -> None:
    database = Database.create(tmp_path / "demonstration", demonstration=True, adviser="Essai")
    dialog = SettingsDialog(None, database)
    qtbot.addWidget(dialog)
    phrase = dialog.page(PassphrasePage)
    assert isinstance(phrase, PassphrasePage)
    dialog.show()
    dialog.parts.setCurrentRow(1)
    assert not phrase.old.isVisible()
    assert "démonstration" in phrase.explanation.text()
    database.close()


def services_of(dialog: SettingsDialog) -> ServicesPage:
    page = dialog.page(ServicesPage)
    assert isinstance(page, ServicesPage)
    dialog.parts.setCurrentRow(2)
    return page


def test_c20_a_service_is_added_and_has_its_box_on_every_form(
    qtbot: QtBot, dialog: SettingsDialog, window: MainWindow, database: Database
) -> None:
    page = services_of(dialog)
    qtbot.keyClicks(page.label, "Audit d'accessibilite")
    page.family.setCurrentText("Fonctionnement interne")
    qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    (added,) = LocalServices(database).all()
    assert (added.label, added.family) == ("Audit d'accessibilite", "Fonctionnement interne")

    tab = show_tab(qtbot, window, database, PROVIDERS, ProvidersTab)
    tab.new()
    boxes = tab.record.form.box("services")
    assert isinstance(boxes, ChoiceBoxes)
    boxes.box(added.id).click()
    assert boxes.typed() == added.id
    assert len(reference.services()) == 16


def test_a_service_is_renamed_and_one_that_is_declared_stays(
    qtbot: QtBot, window: MainWindow, database: Database, boundary: Boundary
) -> None:
    boundary.said.connect(window.notice.say)
    services = LocalServices(database)
    kept, gone = services.add("Drone", reference.FAMILIES[0]), services.add("Robot", reference.FAMILIES[0])
    enter(database, a_provider(kept.id))
    window.use(database)
    dialog = SettingsDialog(window, database)
    qtbot.addWidget(dialog)
    dialog.show()
    page = services_of(dialog)
    page.services.setCurrentCell(0, 0)
    qtbot.mouseClick(page.drop_button, Qt.MouseButton.LeftButton)
    assert "un prestataire la déclare" in window.notice.sentence.text()
    label = page.services.item(0, 0)
    assert label is not None
    label.setText("Prises de vue par drone")
    page.services.setCurrentCell(1, 0)
    qtbot.mouseClick(page.drop_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    assert [one.label for one in services.all()] == ["Prises de vue par drone"]
    assert reference.service_label(kept.id) == "Prises de vue par drone"
    assert reference.service_label(gone.id) == gone.id


@pytest.mark.parametrize("words", ["Référencement", "chatbot"])
def test_a_service_of_the_charter_is_not_added_again(
    qtbot: QtBot, dialog: SettingsDialog, database: Database, words: str
) -> None:
    page = services_of(dialog)
    page.label.setText(words)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert "déjà dans la liste" in dialog.message.text()
    assert LocalServices(database).all() == []
