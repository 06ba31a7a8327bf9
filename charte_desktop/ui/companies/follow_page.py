"""What happened with a company, a dated line for each thing; a call is noted in one line, a file is dropped."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QStandardPaths, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from charte_desktop.ui import icons, messages
from charte_desktop.ui.companies.dropped_files import DroppedFiles
from charte_desktop.ui.date_field import DateField
from charte_desktop.ui.files import write_file
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from charte_desktop.store.company_timeline import TimelineLine
    from charte_desktop.store.database import Database

DRAFT = "exchange"
"""What the drafts call an exchange that is being typed, by its company."""
_KINDS = {
    "all_button": (),
    "held_button": ("accompaniment", "sheet", "attestation", "project", "follow_up", "closing"),
    "exchanges_button": ("exchange",),
    "papers_button": ("document", "sheet", "attestation"),
}
"""The kinds of line that each button leaves in the list; none: all of them."""
_OPENED = ("accompaniment", "sheet", "attestation", "project")
"""Kinds of line with a page of their own."""


class FollowPage(QWidget):
    """The lines of one company, the one chosen read whole under them."""

    kind: QComboBox
    with_whom: QComboBox
    day: DateField
    said: QLineEdit
    note_button: QPushButton
    sentence: QLabel
    all_button: QPushButton
    held_button: QPushButton
    exchanges_button: QPushButton
    papers_button: QPushButton
    table: RecordTable
    detail: QPlainTextEdit
    open_button: QPushButton
    copy_button: QPushButton
    attach_button: QPushButton
    drop_button: QPushButton

    changed = Signal()
    """Something was noted, joined or taken off."""
    told = Signal(str, str)
    """Tone and sentence for the window's own place."""
    open_asked = Signal(str, str)
    """Kind and id of the record of a line: `accompaniment`, `sheet`, `attestation`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "follow_page", RecordTable, DateField)
        self._database: Database | None = None
        self._company = ""
        self._kinds: tuple[str, ...] = ()
        self.dialog: QFileDialog | None = None
        self.table.use_two_lines()
        columns: list[Column[TimelineLine]] = [
            Column("Quand, qui", lambda line: f"{_when(line)}\n{line.who}", sample="00/00/0000 à 00:00"),
            Column("Quoi", _what, hint=_what),
        ]
        self._lines: RecordModel[TimelineLine] = RecordModel(columns, self)
        self.table.show_model(self._lines, columns, sortable=False)
        header = self.table.horizontalHeader()
        header.hide()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._dress()
        self._connect()

    def _dress(self) -> None:
        for button, name in (
            (self.open_button, "eye"),
            (self.copy_button, "save"),
            (self.attach_button, "paperclip"),
            (self.drop_button, "trash-2"),
        ):
            button.setIcon(icons.icon(name))
            button.setIconSize(icons.BESIDE_WORDS)
        self.detail.setPlaceholderText("Choisissez une ligne pour la lire en entier.")

    def _connect(self) -> None:
        self.note_button.clicked.connect(self.note)
        self.said.returnPressed.connect(self.note)
        self.said.textEdited.connect(lambda _: self._keep())
        self.day.left.connect(lambda: self.sentence.setText(self.day.reading().message))
        for name, kinds in _KINDS.items():
            button: QPushButton = getattr(self, name)
            button.clicked.connect(lambda _=False, kinds=kinds: self._show_kinds(kinds))
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.opened.connect(lambda _: self._open())
        self.open_button.clicked.connect(self._open)
        self.copy_button.clicked.connect(self.ask_copy)
        self.attach_button.clicked.connect(self.ask_file)
        self.drop_button.clicked.connect(self.drop)

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.model.exchange_kind import ExchangeKind

        self._database = database
        self.day.serve(database.today, past=True)
        if not self.kind.count():
            for kind in ExchangeKind:
                if kind is not ExchangeKind.MAIL:
                    self.kind.addItem(kind.value, kind)

    # The lines

    def show_company(self, company_id: str) -> None:
        """Show the lines of a company."""
        is_other = company_id != self._company
        self._company = company_id
        if is_other:
            self.sentence.clear()
            self._offer_people()
            self._resume()
        self._show_lines()

    def lines(self) -> "RecordModel[TimelineLine]":
        """The lines that are shown."""
        return self._lines

    def _show_kinds(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds
        self._show_lines()

    def _show_lines(self) -> None:
        from charte_desktop.store.company_timeline import CompanyTimeline

        assert self._database is not None
        timeline, company = CompanyTimeline(self._database), self._company
        self._lines.show_rows(lambda limit, offset: timeline.lines(company, self._kinds, limit, offset))
        if self._lines.rowCount():
            self.table.selectRow(0)
        else:
            self._show_chosen()

    def chosen(self) -> "TimelineLine | None":
        """The line in hand."""
        index = self.table.currentIndex()
        return self._lines.row(index.row()) if index.isValid() and index.row() < self._lines.rowCount() else None

    def _show_chosen(self, *_: QModelIndex) -> None:
        line = self.chosen()
        self.open_button.setEnabled(line is not None and line.kind in _OPENED)
        self.copy_button.setEnabled(line is not None and self._file_of(line) is not None)
        self.drop_button.setEnabled(line is not None and line.kind in ("exchange", "document", "accompaniment"))
        if line is None:
            self.detail.clear()
            return
        from charte_desktop.store.company_timeline import CompanyTimeline

        assert self._database is not None
        self.detail.setPlainText(CompanyTimeline(self._database).whole(line))

    def _open(self) -> None:
        line = self.chosen()
        if line is None:
            return
        if line.kind in _OPENED:
            self.open_asked.emit(line.kind, line.record_id)
        elif self._file_of(line) is not None:
            self.ask_copy()

    # An exchange

    def note(self) -> None:
        """Note what was said."""
        from charte_desktop.store.exchanges import Exchanges

        assert self._database is not None
        with messages.sentence_in(self.sentence):
            Exchanges(self._database).note(
                self._company,
                self.kind.currentData(),
                self.said.text(),
                with_whom=self.with_whom.currentText(),
                at=self._moment(),
            )
            self.said.clear()
            self.day.clear()
            self._keep()
            self._done()

    def _moment(self) -> "datetime | None":
        """The day that is typed, at noon; None for now."""
        from datetime import datetime, time

        from charte_desktop.store.database import REUNION

        assert self._database is not None
        day = self.day.day()
        if day is None or day == self._database.today():
            return None
        return datetime.combine(day, time(12), REUNION)

    def _offer_people(self) -> None:
        assert self._database is not None
        with self._database.looking() as base:
            names = [line[0] for line in base.execute(_PEOPLE, {"company": self._company})]
        self.with_whom.clear()
        self.with_whom.addItems(list(dict.fromkeys(filter(None, names))))

    def _keep(self) -> None:
        from charte_desktop.store.drafts import Drafts

        assert self._database is not None
        text = self.said.text()
        drafts = Drafts(self._database)
        if text:
            drafts.keep(DRAFT, self._company, {"said": text})
        else:
            drafts.drop(DRAFT, self._company)

    def _resume(self) -> None:
        from charte_desktop.store.drafts import Drafts

        assert self._database is not None
        draft = Drafts(self._database).of(DRAFT, self._company)
        self.said.setText(draft.values["said"] if draft is not None else "")
        self.day.clear()

    # Files

    def take(self, files: "Sequence[Path]") -> None:
        """File what was dropped: mails with their date and their files, anything else as a document."""
        assert self._database is not None
        tone, sentence = DroppedFiles(self._database).file(self._company, files)
        self._done()
        self.told.emit(tone, sentence)

    def ask_file(self) -> None:
        """Let the user choose files to join."""
        dialog = QFileDialog(self, "Joindre des fichiers", _documents())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.take([Path(name) for name in names]))
        self._show(dialog)

    def ask_copy(self) -> None:
        """Ask where the file of the line in hand is copied."""
        line = self.chosen()
        file = self._file_of(line) if line is not None else None
        if file is None:
            return
        dialog = QFileDialog(self, "Enregistrer une copie", _documents())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(file[1])
        dialog.fileSelected.connect(lambda name: self.copy(file[0], Path(name)))
        self._show(dialog)

    def copy(self, attachment_id: str, to: Path) -> None:
        """Write a copy of a joined file outside the base."""
        from charte_desktop.store.attachments import Attachments

        assert self._database is not None
        write_file(to, Attachments(self._database).content(attachment_id))
        self.told.emit(messages.DONE, f"Copie écrite : {to}")

    def drop(self) -> None:
        """Take the line in hand off; Ctrl+Z puts it back."""
        from charte_desktop.store.accompaniments import Accompaniments
        from charte_desktop.store.attachments import Attachments
        from charte_desktop.store.exchanges import Exchanges

        line = self.chosen()
        assert self._database is not None
        if line is None:
            return
        with messages.sentence_in(self.sentence):
            match line.kind:
                case "exchange":
                    Exchanges(self._database).drop(line.record_id)
                case "document":
                    Attachments(self._database).detach(line.record_id)
                case "accompaniment":
                    Accompaniments(self._database).delete(line.record_id)
                case _:
                    return
            self._done()
            self.told.emit(messages.DONE, f"« {line.title} » est retiré. Ctrl+Z le remet.")

    def _file_of(self, line: "TimelineLine") -> tuple[str, str] | None:
        """The id and the name of the first file of a line."""
        if line.kind not in ("document", "exchange"):
            return None
        assert self._database is not None
        column = "id" if line.kind == "document" else "owner_id"
        with self._database.looking() as base:
            found = base.execute(
                f"SELECT id, name FROM attachment WHERE {column} = ? AND deleted_at IS NULL ORDER BY added_at LIMIT 1",
                (line.record_id,),
            ).fetchone()
        return (found[0], found[1]) if found else None

    def _done(self) -> None:
        self._show_lines()
        self.changed.emit()

    def _show(self, dialog: QFileDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()


_PEOPLE = """
    SELECT legal_representative FROM company WHERE id = :company
    UNION ALL SELECT name FROM company_contact WHERE company_id = :company AND deleted_at IS NULL
"""


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _when(line: "TimelineLine") -> str:
    day = f"{line.day:%d/%m/%Y}"
    return f"{day} à {line.at[11:16]}" if len(line.at) > 10 else day


def _what(line: "TimelineLine") -> str:
    return "\n".join(filter(None, [line.title, line.detail]))
