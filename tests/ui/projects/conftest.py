"""The tab Projets of a real window, and a hand that fills its forms."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from charte_desktop.store.database import Database
from charte_desktop.ui.forms_part import FormsPart
from charte_desktop.ui.line_form import LineForm
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.projects.projects_tab import ProjectsTab
from charte_desktop.ui.tabs import PROJECTS
from tests.signings import identity_of, the_charter
from tests.ui.showing import show_tab

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Hand:
    """Clicks and types."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def click(self, button: QAbstractButton) -> None:
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        spot = QPoint(10, button.height() // 2) if isinstance(button, QRadioButton) else button.rect().center()
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=spot)

    def press(self, part: QWidget, words: str) -> None:
        """Click the button of a part that says so."""

        def seen() -> list[QPushButton]:
            return [one for one in part.findChildren(QPushButton) if one.text() == words and one.isVisible()]

        self._qtbot.waitUntil(lambda: bool(seen()))
        self.click(seen()[0])

    def key(self, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(widget, key, held)

    def write(self, box: QWidget, text: str) -> None:
        """Type a text in place of what is there; in a list, choose the line that begins so."""
        box.setFocus()
        if isinstance(box, QComboBox):
            found = [place for place in range(box.count()) if box.itemText(place).startswith(text)]
            assert found, [box.itemText(place) for place in range(box.count())]
            self.key(box, Qt.Key.Key_Home)
            for _ in range(found[0]):
                self.key(box, Qt.Key.Key_Down)
            assert box.currentText().startswith(text)
            return
        self.key(box, Qt.Key.Key_A, CTRL)
        self.key(box, Qt.Key.Key_Delete)
        if text.isascii():
            self._qtbot.keyClicks(box, text)
            return
        composed = QInputMethodEvent()  # as a keyboard with accents gives it; QTest types ASCII alone
        composed.setCommitString(text)
        QApplication.sendEvent(box, composed)

    def fill(self, part: FormsPart, **values: str) -> LineForm:
        """Fill the form that a part shows."""
        form = part.line_form
        for name, text in values.items():
            self.write(form.form.box(name), text)
        return form

    def finish(self, form: LineForm) -> None:
        """Ctrl+Enter, from its last box."""
        self.key(form.form.box(form.form.names()[-1]), Qt.Key.Key_Return, CTRL)

    def save(self, part: FormsPart, **values: str) -> None:
        """The same, then save it."""
        form = self.fill(part, **values)
        self.finish(form)
        assert form.sentence.text() == ""
        assert not part.is_in_form, [form.form.sentence_label(name).text() for name in form.form.names()]


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand(qtbot)


@pytest.fixture
def show_projects(qtbot: QtBot, window: MainWindow, database: Database) -> Callable[[], ProjectsTab]:
    """Brings the tab to the screen, once what it shows is in the base."""

    def show() -> ProjectsTab:
        the_charter(database)
        identity_of(database)
        return show_tab(qtbot, window, database, PROJECTS, ProjectsTab)

    return show


class MailProgram(QObject):
    """What the system opens mails with."""

    opened: list[Path]

    @Slot("QUrl")
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def mail_program() -> Iterator[MailProgram]:
    """A mail program that notes what it is given."""
    program = MailProgram()
    program.opened = []
    QDesktopServices.setUrlHandler("file", program, "open")  # type: ignore[arg-type]  # PySide refuses the bytes that its stub asks for
    yield program
    QDesktopServices.unsetUrlHandler("file")
