"""F1: the guide opens at the chapter of what is on the screen, is searched, and is written as a PDF."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from charte_desktop.model import guide
from charte_desktop.store.database import Database
from charte_desktop.ui.guide import GuideDialog, show_guide
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.register_tab import RegisterTab
from charte_desktop.ui.tabs import COMPANIES, PROVIDERS


def opened_by_f1(qtbot: QtBot, widget: QDialog | MainWindow) -> GuideDialog:
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    qtbot.keyClick(widget, Qt.Key.Key_F1)
    found = widget.findChild(GuideDialog)
    assert isinstance(found, GuideDialog)
    return found


def show_tab(qtbot: QtBot, window: MainWindow, tab: int) -> None:
    window.tabs.setCurrentIndex(tab)
    page = window.tabs.widget(tab)
    assert page is not None
    [shown] = page.findChildren(RegisterTab)
    qtbot.waitUntil(shown.isVisible)


def titles(dialog: GuideDialog) -> list[str]:
    return [dialog.chapters.item(row).text() for row in range(dialog.chapters.count())]


def title(dialog: GuideDialog) -> str:
    return dialog.chapters.currentItem().text()


@pytest.mark.parametrize(
    ("tab", "chapter"), [(PROVIDERS, "Remplir et modifier une fiche"), (COMPANIES, "Les entreprises")]
)
def test_f1_opens_the_chapter_of_the_tab(
    qtbot: QtBot, window: MainWindow, database: Database, tab: int, chapter: str
) -> None:
    window.use(database)
    show_tab(qtbot, window, tab)
    dialog = opened_by_f1(qtbot, window)
    assert title(dialog) == chapter
    assert chapter in dialog.text.toPlainText()
    assert not dialog.isModal()  # read beside the window, which goes on


def test_f1_again_goes_to_the_chapter_of_the_other_tab_in_the_same_window(
    qtbot: QtBot, window: MainWindow, database: Database
) -> None:
    window.use(database)
    show_tab(qtbot, window, PROVIDERS)
    first = show_guide(window)
    first.search.setText("sauvegarde")
    show_tab(qtbot, window, COMPANIES)
    second = show_guide(window)
    assert first is second
    assert title(second) == "Les entreprises"
    assert second.search.text() == ""


def test_f1_in_a_dialog_opens_its_chapter(qtbot: QtBot, window: MainWindow, database: Database) -> None:
    from charte_desktop.ui.settings.settings_dialog import SettingsDialog

    window.use(database)
    window.settings_action.trigger()
    settings = window.findChild(SettingsDialog)
    assert settings is not None
    dialog = opened_by_f1(qtbot, settings)
    assert title(dialog) == "Réglages"


def test_f1_in_the_guide_stays_in_it(qtbot: QtBot, window: MainWindow) -> None:
    dialog = show_guide(window)
    assert show_guide(dialog) is dialog
    assert dialog.findChild(GuideDialog) is None


def test_a_word_leaves_the_chapters_that_speak_of_it_whatever_its_accents(qtbot: QtBot) -> None:
    dialog = GuideDialog()
    qtbot.addWidget(dialog)
    assert titles(dialog) == ["Début", *(chapter.title for chapter in guide.chapters())]
    qtbot.keyClicks(dialog.search, "desinstalleur")
    assert dialog.found.text() == "Aucun chapitre n'en parle"
    dialog.search.setText("NODESKTOP")
    assert titles(dialog) == ["Pour le service informatique"]
    assert dialog.found.text() == "1 chapitre"
    assert dialog.text.textCursor().selectedText() == "NODESKTOP"
    assert dialog.text.extraSelections()
    dialog.search.clear()
    assert len(titles(dialog)) == len(guide.chapters()) + 1
    assert title(dialog) == "Pour le service informatique"  # what was read stays


def test_enter_goes_from_place_to_place_then_to_the_next_chapter(qtbot: QtBot) -> None:
    dialog = GuideDialog()
    qtbot.addWidget(dialog)
    dialog.search.setText("phrase de passe")
    assert dialog.chapters.count() >= 2
    seen = []
    for _ in range(12):
        seen.append((title(dialog), dialog.text.textCursor().position()))
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert len(set(seen)) == len(seen) or len({name for name, _ in seen}) == dialog.chapters.count()
    assert len({name for name, _ in seen}) >= 2


def test_the_arrows_walk_through_the_chapters(qtbot: QtBot) -> None:
    dialog = GuideDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog.chapters, Qt.Key.Key_Down)
    assert title(dialog) == "La première heure"
    assert "La première heure" in dialog.text.toPlainText()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(dialog.search.hasFocus)


def test_pictures_are_shown_in_the_text(qtbot: QtBot) -> None:
    dialog = GuideDialog()
    qtbot.addWidget(dialog)
    dialog.show_chapter(guide.chapter_of("providers_tab"))
    dialog.show_chapter(guide.chapter_of("guide"))
    from PySide6.QtGui import QTextDocument

    picture = dialog.text.loadResource(QTextDocument.ResourceType.ImageResource.value, "images/prestataires.png")
    assert picture.width() == 620


def test_the_guide_is_written_as_a_pdf_where_the_user_says(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = GuideDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.pdf_button, Qt.MouseButton.LeftButton)
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(tmp_path / "guide.pdf"))
    asked.reject()
    assert (tmp_path / "guide.pdf").read_bytes().startswith(b"%PDF")
    assert dialog.message.text() == f"Guide écrit : {tmp_path / 'guide.pdf'}"
    dialog.save_pdf(tmp_path)
    assert "est un dossier" in dialog.message.text()
