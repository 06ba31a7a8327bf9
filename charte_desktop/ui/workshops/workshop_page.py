"""A workshop: its facts and meetings on the left, who comes and who was there on the right (C03, C07)."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
)

from charte_desktop.ui import icons, messages
from charte_desktop.ui.date_field import DateField
from charte_desktop.ui.elided_label import ElidedLabel
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable
from charte_desktop.ui.sheets.places import Page
from charte_desktop.ui.workshops.entry_line import EntryLine
from charte_desktop.ui.workshops.handing_out import HandingOut
from charte_desktop.ui.workshops.meetings import Meetings
from charte_desktop.ui.workshops.participant_table import ParticipantTable
from charte_desktop.ui.workshops.workshop_services import WorkshopServices

if TYPE_CHECKING:
    from collections.abc import Callable

    from charte_desktop.store.database import Database
    from charte_desktop.store.workshops import ParticipantRow, WorkshopFacts, Workshops

DRAFT = "participant"
"""What the drafts call somebody who is being entered, by the workshop."""


class WorkshopPage(Page):
    """One workshop."""

    back_button: QPushButton
    title: ElidedLabel
    facts: ElidedLabel
    attendance_button: QPushButton
    sign_button: QPushButton
    sheets_button: QPushButton
    splitter: QSplitter
    theme: QLineEdit
    place: QLineEdit
    sessions: RecordTable
    day: DateField
    starts: QLineEdit
    ends: QLineEdit
    add_session_button: QPushButton
    change_session_button: QPushButton
    drop_session_button: QPushButton
    session_sentence: QLabel
    services_area: QScrollArea
    services: WorkshopServices
    notes: QPlainTextEdit
    entry: EntryLine
    sentence: QLabel
    session: QComboBox
    count: QLabel
    table: ParticipantTable
    present_button: QPushButton
    all_button: QPushButton
    wanted_button: QPushButton
    rename_button: QPushButton
    company_button: QPushButton
    drop_button: QPushButton

    company_asked = Signal(str)
    page_asked = Signal(object)
    """Show this page over the workshop."""
    lend_asked = Signal(object)
    """This page goes to the participants on a screen of its own."""

    def __init__(self, database: "Database", workshop_id: str) -> None:
        super().__init__()
        load_form(
            self, "workshop_page", ElidedLabel, RecordTable, ParticipantTable, DateField, EntryLine, WorkshopServices
        )
        self._database, self.workshop_id = database, workshop_id
        self.shown: WorkshopFacts | None = None
        self._people: RecordModel[ParticipantRow] = RecordModel([], self)
        self.handing_out = HandingOut(self, database, workshop_id)
        self.dialog: QInputDialog | None = None
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(600)
        self._resting.timeout.connect(self._keep_facts)
        self.meetings = Meetings(self, database)
        self._dress()
        self._make_tables()
        self.entry.open(database)
        self.reload()
        self._resume()
        self._connect()

    @property
    def _store(self) -> "Workshops":
        from charte_desktop.store.workshops import Workshops

        return Workshops(self._database)

    def start(self) -> None:
        self.entry.company.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        if not self._resting.isActive():
            self.reload()

    def finish(self) -> None:
        self.handing_out.stop()
        self._keep_facts()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the entry first."""
        is_entering = self.entry.isAncestorOf(self.focusWidget()) and self.entry.company.text()
        if event.key() == Qt.Key.Key_Escape and is_entering:
            self.entry.clear()
            self._keep_entry()
        else:
            super().keyPressEvent(event)

    # What is shown

    def reload(self) -> None:
        """Show what the base holds now; the line in hand stays in hand."""
        shown = self.shown = self._store.facts(self.workshop_id)
        held, kept = self._chosen(), self.session.currentData()
        self.title.setText(shown.theme)
        count = len(shown.participants)
        first = shown.sessions[0].in_words if shown.sessions else ""
        more = len(shown.sessions) - 1
        sessions = (
            f"{first} et {more} autre{'s' if more > 1 else ''} séance{'s' if more > 1 else ''}" if more else first
        )
        self.facts.setText(" · ".join(filter(None, [sessions, shown.place, f"animé par {shown.adviser}"])))
        for line, text in ((self.theme, shown.theme), (self.place, shown.place)):
            if not line.hasFocus():
                line.setText(text)
        if not self.notes.hasFocus() and self.notes.toPlainText() != shown.notes:
            self.notes.setPlainText(shown.notes)
        self.services.show_typed(" ".join(shown.service_ids))
        self._show_sessions(kept)
        people = shown.participants
        self._people.show_rows(lambda limit, offset: people[offset : None if limit is None else offset + limit])
        if people:
            row = self._people.find(lambda row: held is not None and row.id == held.id)
            self.table.selectRow(row if row >= 0 else len(people) - 1)
        self._say_count()
        for button in (self.present_button, self.all_button, self.wanted_button, self.rename_button):
            button.setEnabled(bool(count))
        for button in (self.company_button, self.drop_button, self.sign_button):
            button.setEnabled(bool(count))
        self.sheets_button.setEnabled(any(one.present for one in people))

    def _show_sessions(self, kept: str | None) -> None:
        shown = self.shown
        assert shown is not None
        sessions = shown.sessions
        self.meetings.show_rows(sessions)
        self.session.blockSignals(True)
        self.session.clear()
        for one in sessions:
            self.session.addItem(f"séance du {one.in_words}", one.id)
        today = self._database.today()
        usual = next((number for number, one in enumerate(sessions) if one.held_on >= today), len(sessions) - 1)
        place = self.session.findData(kept) if kept else -1
        self.session.setCurrentIndex(place if place >= 0 else usual)
        self.session.blockSignals(False)

    def _say_count(self) -> None:
        assert self.shown is not None
        people = self.shown.participants
        count, session = len(people), self.session.currentData()
        here = sum(session in one.present for one in people)
        handed = sum(bool(one.sheet_number) for one in people)
        told = [f"{count} inscrit{'s' if count > 1 else ''}", f"{here} présent{'s' if here > 1 else ''}"]
        if handed:
            told.append(f"{handed} fiche{'s' if handed > 1 else ''} remise{'s' if handed > 1 else ''}")
        self.count.setText(" · ".join(told))

    def chosen_session(self) -> str:
        """The meeting whose presences are noted."""
        return str(self.session.currentData() or "")

    def _chosen(self) -> "ParticipantRow | None":
        index = self.table.currentIndex()
        return self._people.row(index.row()) if index.isValid() and index.row() < self._people.rowCount() else None

    # Who comes

    def _enter(self, company_id: str, person: str) -> None:
        self.change(self.sentence, lambda: self._store.enter(self.workshop_id, company_id, person), entered=True)

    def _enter_new(self, name: str, person: str, siren: str, place: str) -> None:
        self.change(
            self.sentence,
            lambda: self._store.enter_new(self.workshop_id, name, person, siren=siren, place=place),
            entered=True,
        )

    def turn_presence(self) -> None:
        """The chosen one was there, or was not after all."""
        row, session = self._chosen(), self.chosen_session()
        if row is None or not session:
            return
        if session in row.present:
            self.change(self.sentence, lambda: self._store.miss(session, row.id))
        else:
            self.change(self.sentence, lambda: self._store.attend(session, [row.id]))

    def note_all(self) -> None:
        """Everybody who is not noted yet was there."""
        assert self.shown is not None
        session = self.chosen_session()
        missing = [one.id for one in self.shown.participants if session not in one.present]
        if missing and session:
            self.change(self.sentence, lambda: self._store.attend(session, missing))

    def drop(self) -> None:
        """Take the chosen one off the list."""
        row = self._chosen()
        if row is not None:
            self.change(self.sentence, lambda: self._store.drop_participant(row.id))

    def ask_name(self) -> None:
        """Ask the right name of the chosen one."""
        row = self._chosen()
        if row is None:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle("Personne")
        dialog.setLabelText(f"Qui vient pour {row.company} ?")
        dialog.setTextValue(row.person)
        dialog.setOkButtonText("Enregistrer")
        dialog.setCancelButtonText("Annuler")
        dialog.textValueSelected.connect(
            lambda name: self.change(self.sentence, lambda: self._store.change_participant(row.id, person=name))
        )
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def wanted_menu(self) -> QMenu:
        """What the chosen one looks for, to tick; nothing ticked asks for what the workshop is about."""
        from charte_desktop.model import reference

        menu = QMenu(self)
        row = self._chosen()
        for family in reference.FAMILIES:
            part = menu.addMenu(family)
            for service in reference.services_of(family):
                action = part.addAction(service.label.replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(row is not None and service.id in row.service_ids)
                action.toggled.connect(partial(self._want, service.id))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _want(self, service_id: str, wanted: bool) -> None:
        row = self._chosen()
        if row is None:
            return
        kept = [one for one in row.service_ids if one != service_id]
        services = [*kept, service_id] if wanted else kept
        self.change(self.sentence, lambda: self._store.change_participant(row.id, service_ids=services))

    # Facts

    def _keep_facts(self) -> None:
        """Keep theme, place, services and notes, when they are others than those kept."""
        shown = self.shown
        assert shown is not None
        typed = (
            " ".join(self.theme.text().split()) or shown.theme,
            " ".join(self.place.text().split()),
            self.services.typed().split(),
            self.notes.toPlainText().strip(),
        )
        if typed == (shown.theme, shown.place, list(shown.service_ids), shown.notes):
            return
        theme, place, services, notes = typed
        self.change(
            self.session_sentence,
            lambda: self._store.change(self.workshop_id, theme=theme, place=place, service_ids=services, notes=notes),
        )

    def _settle(self) -> None:
        """Keep what was ticked a moment ago, before what the base holds is read again."""
        if self._resting.isActive():
            self._resting.stop()
            self._keep_facts()

    def change(self, label: QLabel, act: "Callable[[], object]", *, entered: bool = False) -> None:
        """Do one act on the base; a refusal is said beside what it is about, and what is typed stays."""
        self._settle()
        with messages.sentence_in(label):
            act()
            self.reload()
            self.changed.emit()
            if entered:
                self.table.selectRow(self._people.rowCount() - 1)
                self.table.scrollToBottom()
                self.entry.clear()
                self._keep_entry()

    # Papers

    def show_attendance(self) -> None:
        """Show the attendance sheet as it stands, to be printed."""
        from charte_desktop.documents.attendance_sheet import attendance_sheet, with_spare_lines
        from charte_desktop.store.attendance_sheets import attendance_content
        from charte_desktop.ui.sheets.document_page import DocumentPage
        from charte_desktop.ui.sheets.paper_actions import Paper

        self._settle()
        content = with_spare_lines(attendance_content(self._database, self.workshop_id))
        count = len(content.attendees)
        self.page_asked.emit(
            DocumentPage(
                Paper(f"Émargement {content.theme}", attendance_sheet(content)),
                f"{count} inscrit{'s' if count > 1 else ''}, et {content.spare} lignes libres",
            )
        )

    def show_signing(self) -> None:
        """Let those who are there sign on the screen."""
        from charte_desktop.ui.workshops.workshop_signing import WorkshopSigning

        self._settle()
        session = self.chosen_session()
        if session:
            page = WorkshopSigning(self._database, self.workshop_id, session)
            page.changed.connect(self.reload)
            page.hand_asked.connect(lambda: self.lend_asked.emit(page))
            self.page_asked.emit(page)

    def hand_out(self) -> None:
        """Make the sheet of each company that was there."""
        self._settle()
        self.handing_out.begin()

    def _handed(self) -> None:
        self._settle()
        self.reload()
        self.changed.emit()

    # What is typed is kept

    def _keep_entry(self) -> None:
        from charte_desktop.store.drafts import Drafts

        drafts, typed = Drafts(self._database), self.entry.typed()
        if typed["company"] or typed["person"]:
            drafts.keep(DRAFT, self.workshop_id, typed)
        else:
            drafts.drop(DRAFT, self.workshop_id)

    def _resume(self) -> None:
        from charte_desktop.store.drafts import Drafts

        draft = Drafts(self._database).of(DRAFT, self.workshop_id)
        if draft is not None:
            self.entry.show_typed(draft.values)

    # Making it

    def _make_tables(self) -> None:
        people: list[Column[ParticipantRow]] = [
            Column("Entreprise", lambda row: row.company or "(sans nom)", hint=_whole),
            Column("Personne", lambda row: row.person, sample="Marie-Noëlle EXEMPLE", hint=_whole),
            Column("Commune", lambda row: row.city, sample="La Plaine-des-Palmistes"),
            Column("Présence", self._presence, sample="à l'écran"),
            Column("Fiche", lambda row: row.sheet_number, sample="FA-2026-AAA-00000"),
        ]
        self._people = RecordModel(people, self)
        self.table.show_model(self._people, people, sortable=False)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _presence(self, row: "ParticipantRow") -> str:
        medium = row.present.get(self.chosen_session())
        if medium is None:
            return ""
        return "à l'écran" if medium.name == "SCREEN" else "présent"

    def _dress(self) -> None:
        for button, name, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.attendance_button, "printer", "ink"),
            (self.sign_button, "signature", "ink"),
            (self.sheets_button, "file-text", "on_primary"),
            (self.present_button, "circle-check", "ink"),
            (self.all_button, "list-checks", "ink"),
            (self.company_button, "building-2", "ink"),
            (self.drop_button, "trash-2", "ink"),
        ):
            button.setIcon(icons.icon(name, token))
            button.setIconSize(icons.BESIDE_WORDS)
        self.splitter.setSizes([440, 880])
        self.splitter.setStretchFactor(1, 1)
        self.services_area.viewport().setAutoFillBackground(False)
        self.services.setAutoFillBackground(False)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.attendance_button.clicked.connect(self.show_attendance)
        self.sign_button.clicked.connect(self.show_signing)
        self.sheets_button.clicked.connect(self.hand_out)
        self.handing_out.handed.connect(self._handed)
        self.handing_out.said.connect(self.said)
        self.handing_out.page_asked.connect(self.page_asked)
        self.entry.entered.connect(self._enter)
        self.entry.entered_new.connect(self._enter_new)
        self.entry.edited.connect(self._keep_entry)
        self.session.currentIndexChanged.connect(lambda _: self._follow_session())
        for button, act in (
            (self.present_button, self.turn_presence),
            (self.all_button, self.note_all),
            (self.rename_button, self.ask_name),
            (self.drop_button, self.drop),
            (self.company_button, self._show_company),
            (self.wanted_button, self._ask_wanted),
        ):
            button.clicked.connect(lambda _=False, act=act: act())
        self.table.opened.connect(lambda _: self._show_company())
        self.table.turned.connect(self.turn_presence)
        self.table.dropped.connect(self.drop)
        self.table.renamed.connect(self.ask_name)
        for line in (self.theme, self.place):
            line.editingFinished.connect(self._keep_facts)
        self.services.edited.connect(self._resting.start)
        self.notes.textChanged.connect(self._resting.start)
        for keys, button in (
            ("Ctrl+P", self.attendance_button),
            ("Ctrl+Shift+E", self.sign_button),
            ("Ctrl+Shift+F", self.sheets_button),
        ):
            QShortcut(QKeySequence(keys), self, button.click)

    def _follow_session(self) -> None:
        self.table.viewport().update()
        self._say_count()

    def _show_company(self) -> None:
        row = self._chosen()
        if row is not None:
            self.company_asked.emit(row.company_id)

    def _ask_wanted(self) -> None:
        self.wanted_menu().popup(self.wanted_button.mapToGlobal(self.wanted_button.rect().bottomLeft()))


def _whole(row: "ParticipantRow") -> str:
    from charte_desktop.model import reference

    wanted = ", ".join(map(reference.service_label, row.service_ids))
    return "\n".join(filter(None, [row.company, row.person, row.city, f"Cherche : {wanted}" if wanted else ""]))
