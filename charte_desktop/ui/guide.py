"""The guide, inside the program: no network needed. F1 opens it at the chapter of what is on the screen."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from charte_desktop import paths
from charte_desktop.model import guide
from charte_desktop.model.guide import Chapter
from charte_desktop.ui import messages, theme
from charte_desktop.ui.forms import FORM, load_form

PICTURE_WIDTH = 620
"""Pixels; pictures of the whole window are shown smaller."""
_ALL = "Début"


class GuideText(QTextBrowser):
    """The guide's text with its pictures, found beside it."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        address = name if isinstance(name, QUrl) else QUrl(name)
        if not address.isRelative():
            return super().loadResource(kind, address)
        picture = QImage(str(paths.guide().parent / address.path()))
        if picture.width() <= PICTURE_WIDTH:
            return picture
        return picture.scaledToWidth(PICTURE_WIDTH, Qt.TransformationMode.SmoothTransformation)


class GuideDialog(QDialog):
    """Chapters on the left, the one that is read on the right; a word typed above leaves those that speak of it."""

    search: QLineEdit
    chapters: QListWidget
    found: QLabel
    text: GuideText
    pdf_button: QPushButton
    message: QLabel
    close_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "guide", GuideText)
        self.text.document().setDocumentMargin(20)
        self._shown: Chapter | None = None
        self.chapters.currentItemChanged.connect(self._read)
        self.search.textChanged.connect(self._leave_those_that_speak_of)
        self.search.returnPressed.connect(self.find_next)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._focus_search)
        QShortcut(QKeySequence.StandardKey.FindNext, self).activated.connect(self.find_next)
        self.pdf_button.clicked.connect(self._ask_where)
        self.close_button.clicked.connect(self.accept)
        self._leave_those_that_speak_of("")
        self.chapters.setFocus()

    def show_chapter(self, chapter: Chapter | None) -> None:
        """Read one chapter; None for the beginning."""
        self.search.clear()
        for row in range(self.chapters.count()):
            if self.chapters.item(row).data(Qt.ItemDataRole.UserRole) == chapter:
                self.chapters.setCurrentRow(row)

    def find_next(self) -> None:
        """Go to the next place that has the words searched for, in this chapter, then in the next that has them."""
        words = self.search.text().strip()
        if not words:
            return
        if self.text.find(words):
            return
        row = self.chapters.currentRow() + 1
        self.chapters.setCurrentRow(row if row < self.chapters.count() else 0)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.find(words)

    def save_pdf(self, file: Path) -> None:
        """Write the whole guide as a PDF, to print or to hand on."""
        from datetime import datetime

        from charte_desktop.documents.guide_booklet import guide_booklet
        from charte_desktop.ui.files import write_file

        self.message.clear()
        with messages.sentence_in(self.message):
            write_file(file, guide_booklet(datetime.now().astimezone()))
            self.message.setText(f"Guide écrit : {file}")

    def _leave_those_that_speak_of(self, words: str) -> None:
        kept = [one for one in guide.chapters() if one.speaks_of(words)]
        entries: list[Chapter | None] = list(kept) if words.strip() else [None, *kept]
        before = self._shown
        self.chapters.blockSignals(True)
        self.chapters.clear()
        for chapter in entries:
            item = QListWidgetItem(chapter.title if chapter else _ALL)
            item.setData(Qt.ItemDataRole.UserRole, chapter)
            self.chapters.addItem(item)
        self.chapters.blockSignals(False)
        self.found.setText(_count(len(kept)) if words.strip() else "")
        if entries:
            self.chapters.setCurrentRow(entries.index(before) if before in entries else 0)
        self._read(self.chapters.currentItem())

    def _read(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        chapter = item.data(Qt.ItemDataRole.UserRole)
        if chapter != self._shown or not self.text.toPlainText():
            self._shown = chapter
            title, preface = guide.title_and_preface()
            source = chapter.source if chapter else f"# {title}\n\n{preface}\n"
            self.text.setMarkdown(source)
        self._mark()

    def _mark(self) -> None:
        """Tint every place of the chapter that has the words searched for, and go to the first."""
        words = self.search.text().strip()
        marks = []
        document = self.text.document()
        cursor = document.find(words) if words else QTextCursor()
        while not cursor.isNull():
            mark = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setBackground(theme.colour("warning_wash"))
            mark.format, mark.cursor = look, cursor
            marks.append(mark)
            cursor = document.find(words, cursor, QTextDocument.FindFlag(0))
        self.text.setExtraSelections(marks)
        if marks:
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self.text.find(words)

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, "Enregistrer le guide", folder, "Document PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile("Guide de Charte Desktop.pdf")
        dialog.fileSelected.connect(lambda chosen: self.save_pdf(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def show_guide(asked_from: QWidget) -> GuideDialog:
    """Open the guide beside a window or a dialog, at the chapter of what has the keyboard there."""
    if isinstance(asked_from, GuideDialog):
        return asked_from
    dialog = asked_from.findChild(GuideDialog, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if dialog is None:
        dialog = GuideDialog(asked_from)
    dialog.show_chapter(chapter_of_screen(asked_from))
    dialog.show()
    dialog.activateWindow()
    return dialog


def chapter_of_screen(window: QWidget) -> Chapter | None:
    """The chapter of the form nearest to the keyboard, else of the forms that the window shows."""
    focus = QApplication.focusWidget()
    widget = focus if focus is not None and (focus is window or window.isAncestorOf(focus)) else None
    while widget is not None:
        found = guide.chapter_of(str(widget.property(FORM) or ""))
        if found is not None:
            return found
        widget = None if widget is window else widget.parentWidget()
    shown = [window, *(one for one in window.findChildren(QWidget) if one.isVisibleTo(window) and not one.isWindow())]
    named = (str(one.property(FORM)) for one in shown if one.property(FORM))
    return next((chapter for name in named if (chapter := guide.chapter_of(name)) is not None), None)


def _count(chapters: int) -> str:
    return {0: "Aucun chapitre n'en parle", 1: "1 chapitre"}.get(chapters, f"{chapters} chapitres")
