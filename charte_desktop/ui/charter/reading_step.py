"""The second step: the charter, section by section, as long as the signer wants; nothing forces anybody to scroll."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from charte_desktop.model.charter_text import Section
from charte_desktop.ui import icons
from charte_desktop.ui.charter.charter_html import as_html
from charte_desktop.ui.charter.signing_desk import SigningDesk
from charte_desktop.ui.charter.signing_step import SigningStep
from charte_desktop.ui.forms import load_form

_LETTERS, _LARGE_LETTERS = 11, 14
"""Points of the text, for somebody at the desk and for somebody who stands opposite."""


class ReadingStep(SigningStep):
    """The sections beside the text of one; what was on the screen, when and how long, is kept."""

    sections: QListWidget
    progress: QLabel
    together: QCheckBox
    one_by_one: QCheckBox
    text: QTextBrowser
    clauses_place: QWidget
    clauses_lines: QVBoxLayout
    before_button: QPushButton
    after_button: QPushButton
    place: QLabel

    NAME = "lecture"

    def __init__(self, desk: SigningDesk) -> None:
        super().__init__()
        load_form(self, "reading_step")
        self.desk = desk
        self._letters = _LETTERS
        self._is_shown = False
        self._boxes: list[QCheckBox] = []
        for section in desk.sections:
            QListWidgetItem(section.title, self.sections)
        self.sections.setWordWrap(True)
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.document().setDocumentMargin(20)
        self.text.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.one_by_one.setChecked(bool(desk.state.acknowledged))
        self.sections.currentRowChanged.connect(lambda _: self._show_section())
        self.before_button.clicked.connect(lambda: self._move(-1))
        self.after_button.clicked.connect(lambda: self._move(1))
        self.together.toggled.connect(self._read_together)
        self.one_by_one.toggled.connect(lambda _: self._show_clauses())
        desk.changed.connect(self._mark)
        self.text.installEventFilter(self)

    def show_step(self) -> None:
        self._is_shown = True
        state = self.desk.state
        self.together.blockSignals(True)
        self.together.setChecked(bool(state.read_together_at))
        self.together.blockSignals(False)
        keys = [one.key for one in self.desk.sections]
        unread = [one.key for one in self.desk.unread()]
        wanted = state.section if state.section in keys else (unread or keys)[0]
        row = keys.index(wanted)
        if self.sections.currentRow() == row:
            self._show_section()
        else:
            self.sections.setCurrentRow(row)
        self._mark()
        QTimer.singleShot(0, self.text.setFocus)

    def leave_step(self) -> None:
        self._is_shown = False
        self.desk.end_showing()

    def lacking(self) -> str:
        if self.desk.is_read:
            return ""
        left = len(self.desk.unread())
        if left == 1:
            return f"Il reste une section à afficher : « {self.desk.unread()[0].title} »."
        # The signer alone cannot say that it was read together.
        together = ", ou cochez « Lue avec le conseiller »" if self.together.isVisibleTo(self) else ""
        return f"Il reste {left} sections à afficher{together}."

    def set_handed(self, handed: bool) -> None:
        self._letters = _LARGE_LETTERS if handed else _LETTERS
        self.together.setVisible(not handed)
        self.one_by_one.setVisible(not handed)
        self._write()
        self._show_clauses()

    @property
    def section(self) -> Section:
        """The section on the screen."""
        return self.desk.sections[max(self.sections.currentRow(), 0)]

    def _show_section(self) -> None:
        self._write()
        self.text.verticalScrollBar().setValue(0)
        number, whole = self.sections.currentRow() + 1, self.sections.count()
        self.place.setText(f"Section {number} sur {whole}")
        self.before_button.setEnabled(number > 1)
        self.after_button.setEnabled(number < whole)
        self._show_clauses()
        if self._is_shown and self.isVisible():
            self.desk.show_section(self.section)

    def _write(self) -> None:
        self.text.setHtml(as_html(self.section.blocks, self._letters))
        self.text.setAccessibleDescription(self.section.title)

    def _show_clauses(self) -> None:
        """The clauses of the section, to tick one by one, for who wants to."""
        from charte_desktop.model import clauses
        from charte_desktop.model.charter_text import section_with

        for box in self._boxes:
            self.clauses_lines.removeWidget(box)
            box.deleteLater()
        self._boxes = []
        if not self.one_by_one.isChecked():
            return
        for clause in clauses.clauses().values():
            if clause.who is clauses.Party.CCIR or section_with(self.desk.sections, clause.text) is not self.section:
                continue
            box = QCheckBox(f"{clause.id} · {clause.title}".replace("&", "&&"), self.clauses_place)
            box.setToolTip(clause.text)
            box.setChecked(clause.id in self.desk.state.acknowledged)
            box.toggled.connect(lambda ticked, one=clause.id: self.desk.acknowledge(one, ticked))
            self.clauses_lines.addWidget(box)
            self._boxes.append(box)

    def _mark(self) -> None:
        shown = self.desk.state.shown_sections()
        for number, section in enumerate(self.desk.sections):
            item = self.sections.item(number)
            is_shown = section.key in shown
            item.setIcon(icons.icon("circle-check" if is_shown else "clock", "done" if is_shown else "faint"))
            words = "affichée" if is_shown else "à afficher"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{section.title}, {words}")
            item.setToolTip(f"{section.title} : {words}")
        count = len(shown & {one.key for one in self.desk.sections})
        self.progress.setText(f"{count} section{'s' if count > 1 else ''} sur {len(self.desk.sections)} affichées")
        self.moved.emit()

    def _read_together(self, together: bool) -> None:
        self.desk.read_together(together)
        self.moved.emit()

    def _move(self, step: int) -> None:
        row = self.sections.currentRow() + step
        if 0 <= row < self.sections.count():
            self.sections.setCurrentRow(row)
            self.text.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Page keys at the end of a section go to the next one; the text itself would keep them."""
        if watched is self.text and event.type() == QEvent.Type.KeyPress:
            bar = self.text.verticalScrollBar()
            match cast(QKeyEvent, event).key():
                case Qt.Key.Key_PageDown if bar.value() == bar.maximum():
                    self._move(1)
                    return True
                case Qt.Key.Key_PageUp if bar.value() == bar.minimum():
                    self._move(-1)
                    return True
        return super().eventFilter(watched, event)

    # What is not seen is not shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_shown and self.sections.currentRow() >= 0:
            self.desk.show_section(self.section)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.desk.end_showing()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self._is_shown and self.isVisible():
            if self.isActiveWindow():
                self.desk.show_section(self.section)
            else:
                self.desk.end_showing()
