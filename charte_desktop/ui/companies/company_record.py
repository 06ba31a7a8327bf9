"""A company beside its table: how it stands, its form, what happened, its needs, its people, its history."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from charte_desktop.ui.companies.contacts_page import ContactsPage
from charte_desktop.ui.companies.follow_page import FollowPage
from charte_desktop.ui.companies.needs_page import NeedsPage
from charte_desktop.ui.file_drop import TAKES_DOCUMENTS
from charte_desktop.ui.identity_form import FormField, identity_fields
from charte_desktop.ui.record_band import Act
from charte_desktop.ui.record_panel import RecordPanel

if TYPE_CHECKING:
    from charte_desktop.model.company import Company
    from charte_desktop.model.facts import CompanyFacts
    from charte_desktop.store.database import Database
    from charte_desktop.store.look_alikes import LookAlike, Typed
    from charte_desktop.ui.record_editor import RecordStore

FIELDS = (
    "legal_name",
    "siren",
    "legal_representative",
    "address",
    "emails",
    "phones",
    "ape",
    "headcount",
    "website",
    "notes",
)
"""The identity as the charter's form orders it."""


class CompanyRecord(RecordPanel["Company", "CompanyFacts"]):
    """One company, edited in place."""

    sheet_button: QPushButton
    accompany_button: QPushButton
    actions_button: QPushButton
    follow: FollowPage
    needs: NeedsPage
    contacts: ContactsPage

    FORM = "company_record"
    KIND = "company"
    NEW = "Nouvelle entreprise"
    PROMOTED = (FollowPage, NeedsPage, ContactsPage)

    changed = Signal()
    """What is kept with the record changed."""
    resume_asked = Signal()
    """Take up the visit that was begun, or begin one."""
    step_asked = Signal()
    """The step that was due is done."""

    def __init__(self, database: "Database", parent: QWidget | None = None) -> None:
        super().__init__(database, parent)
        for part in (self.follow, self.needs, self.contacts):
            part.open(database)
            part.changed.connect(self._part_changed)
        self.setProperty(TAKES_DOCUMENTS, True)

    def fields(self) -> Sequence[FormField]:
        return [replace(one, begins_part=one.name == "ape") for one in identity_fields(*FIELDS)]

    def scratch(self) -> "type[CompanyFacts]":
        from charte_desktop.model.facts import CompanyFacts

        return CompanyFacts

    def store(self) -> "RecordStore[Company]":
        from charte_desktop.store.company_records import CompanyRecords

        return CompanyRecords(self.database)

    def read(self, record_id: str) -> "CompanyFacts":
        from charte_desktop.store.company_rows import CompanyRows

        return CompanyRows(self.database).facts(record_id)

    def look(self, typed: "Typed", own_id: str) -> "Sequence[LookAlike]":
        from charte_desktop.store.look_alikes import LookAlikes

        return LookAlikes(self.database).of_company(typed, own_id)

    def awaited(self, record: "CompanyFacts") -> Sequence[str]:
        return ()

    def begin(self) -> None:
        super().begin()
        self._allow_parts(False)

    def show_head(self, record: "CompanyFacts") -> None:
        super().show_head(record)
        self._allow_parts(True)

    def fill_own_part(self, page: QWidget, record_id: str) -> None:
        for part in (self.follow, self.needs, self.contacts):
            if page is part:
                part.show_company(record_id)

    def say_standing(self, record: "CompanyFacts") -> None:
        from charte_desktop.store.drafts import Drafts
        from charte_desktop.ui.companies.company_standing import how_it_stands, step_due

        if Drafts(self.database).of("accompaniment", record.id) is not None:
            self.band.say(
                "Un accompagnement commencé reste à noter.",
                Act("&Reprendre", "Alt+R ; tout ce qui était écrit est là", self.resume_asked.emit),
            )
            return
        due = step_due(self.database, record.id)
        if due:
            self.band.say(
                due,
                Act("Suite &faite", "Alt+F ; Ctrl+Z la remet", self.step_asked.emit),
                Act("A&ccompagner", "Noter ce qui s'y est dit (Ctrl+Maj+A)", self.resume_asked.emit),
            )
            return
        self.band.say(how_it_stands(self.database, record))

    def _allow_parts(self, allowed: bool) -> None:
        """Only a company that is in the base has needs, people and a history."""
        for number in range(1, self.parts.count()):
            self.parts.setTabEnabled(number, allowed)

    def _part_changed(self) -> None:
        if self.shown is not None:
            self.shown = self.read(self.shown.id)
            self.say_state()
        self.changed.emit()
