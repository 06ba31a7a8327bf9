"""The tab Entreprises: find or enter a company, note how it is accompanied, follow it, make and find its documents."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from charte_desktop.ui import messages
from charte_desktop.ui.filter_chips import Filter, Offer
from charte_desktop.ui.filtered_tab import FilteredTab
from charte_desktop.ui.record_table import Column
from charte_desktop.ui.sheets.places import Places

if TYPE_CHECKING:
    from charte_desktop.model.facts import CompanyFacts
    from charte_desktop.store.company_rows import CompanyRow, CompanyRows
    from charte_desktop.store.database import Database
    from charte_desktop.ui.bin_page import Bin
    from charte_desktop.ui.companies.company_actions import CompanyActions
    from charte_desktop.ui.companies.company_pages import CompanyPages
    from charte_desktop.ui.companies.company_record import CompanyRecord


class CompaniesTab(FilteredTab["CompanyRow"]):
    """The accompanied companies as a searchable table, the record beside it; pages over both do the larger work."""

    places: Places
    register_page: QWidget
    workshops_button: QPushButton

    said = Signal(str, str)
    """Tone and sentence for the window's own place."""
    changed = Signal()
    """The base was changed, and this tab must be filled again as well."""
    project_asked = Signal(str)
    """Show this project, by its id."""
    new_project_asked = Signal(str)
    """Open a project of this company, by its id."""

    FORM = "companies_tab"
    ICON = "building-2"
    TITLE = "Entreprises"
    COUNTED = ("entreprise", "entreprises")
    PROMOTED = (*FilteredTab.PROMOTED, Places)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: CompanyRows | None = None
        self._actions: CompanyActions | None = None
        self._over: CompanyPages | None = None
        self.places.said.connect(self.said)
        self.places.changed.connect(self._page_changed)
        self.record_pages.setMinimumWidth(440)  # its buttons and the two boxes of a line stay whole
        self.dress(self.workshops_button, "presentation", self.show_workshops)
        self._make_acts()

    def _make_acts(self) -> None:
        # On the register's page, which a page over it hides: that one has its own Ctrl+P.
        for words, keys, do in (
            ("Nouvelle entreprise", "Ctrl+N", self.new),
            ("Enregistrer", "Ctrl+S", self.save),
            ("Fiche annuaire", "Ctrl+P", self.make_sheet),
            ("Noter un accompagnement", "Ctrl+Shift+A", self.accompany),
            ("Ateliers", "Ctrl+Shift+T", self.show_workshops),
        ):
            action = QAction(words, self)
            action.setShortcut(keys)
            action.triggered.connect(lambda _=False, do=do: do())
            self.register_page.addAction(action)
        self.more_menu.addSeparator()
        self.right_action = self.add_act(self.more_menu, "Droit à la charte…", "Ctrl+Shift+D", self.show_right)
        self.record_act("Restitution…", "Ctrl+Shift+R", self.show_restitution)
        self.record_act("Attestation d'accompagnement…", "", lambda: self.over.show_attestation(self._chosen))
        self.record_act("Joindre un fichier…", "Ctrl+J", self._attach)
        self.record_act("Nouveau projet…", "Ctrl+Shift+O", lambda: self.new_project_asked.emit(self._chosen))
        self.acts_menu.addSeparator()
        self.record_act("La suite prévue est faite", "", lambda: self.acts.step_done())
        self.record_act("Point de suivi…", "", lambda: self.acts.ask_satisfaction())
        self.record_act("Clore le suivi…", "", lambda: self.acts.close_follow_up())
        self.record_act("Rouvrir le suivi", "", lambda: self.acts.reopen())
        self.acts_menu.addSeparator()
        self.record_act("Mettre à la corbeille", "Ctrl+Del", self.delete)

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.store.company_rows import CompanyRows

        self.places.leave_all()
        self._rows = CompanyRows(database)
        self._actions = self._over = None
        super().open(database)

    @property
    def record(self) -> "CompanyRecord":
        """The company beside the table."""
        return cast("CompanyRecord", self.panel)

    def make_record(self, database: "Database") -> "CompanyRecord":
        from charte_desktop.ui.companies.company_record import CompanyRecord

        record = CompanyRecord(database, self.record_pages)
        record.changed.connect(self._part_changed)
        record.resume_asked.connect(self.accompany)
        record.step_asked.connect(lambda: self.acts.step_done())
        record.follow.told.connect(self.said)
        record.follow.open_asked.connect(self._open_line)
        record.actions_button.setMenu(self.acts_menu)
        self.dress(record.sheet_button, "file-text", self.make_sheet)
        self.dress(record.accompany_button, "handshake", self.accompany)
        return record

    def _open_line(self, kind: str, record_id: str) -> None:
        """Open what a line of a company's follow-up stands for; a project has its own tab."""
        if kind == "project":
            self.project_asked.emit(record_id)
        else:
            self.over.open(kind, record_id)

    def allow(self, is_known: bool) -> None:
        super().allow(is_known)
        for button in (self.record.sheet_button, self.record.accompany_button, self.record.actions_button):
            button.setEnabled(is_known)

    # The list

    def columns(self) -> Sequence[Column["CompanyRow"]]:
        from charte_desktop.ui.companies.company_columns import company_columns

        return company_columns()

    def rows(self, limit: int | None, offset: int) -> Sequence["CompanyRow"]:
        from charte_desktop.ui.companies.company_filters import asked

        assert self._rows is not None
        return self._rows.search(
            self.search.text(),
            **asked(self.chips.filters()),
            order=self._model.order,
            descending=self._model.descending,
            limit=limit,
            offset=offset,
        )

    def record_id(self, row: "CompanyRow") -> str:
        return row.id

    def holds(self, record_id: str) -> bool:
        assert self._rows is not None
        return self._rows.holds(record_id)

    def total(self) -> int:
        assert self._rows is not None
        return self._rows.count()

    def offers(self) -> Sequence[Offer]:
        from charte_desktop.ui.companies.company_filters import company_offers

        return company_offers()

    def bin_of(self, database: "Database") -> "Bin":
        from charte_desktop.store.company_records import CompanyRecords

        return CompanyRecords(database)

    def reload(self) -> None:
        """Show what the base holds now; the pages over the register too."""
        super().reload()
        for page in self.places.pages():
            page.refresh()

    def show_record(self, company_id: str) -> None:
        """Show one company, whatever is searched and filtered; pages over the register are left."""
        self.places.leave_all()
        super().show_record(company_id)

    def show_filter(self, wanted: Filter) -> None:
        """Show the companies of which one thing is asked."""
        self.places.leave_all()
        self.search.clear()
        self.chips.clear()
        self.chips.add(wanted)

    def show_named(self, kind: str, name: str) -> None:
        """Show the companies of one filter, by what it is about and its words."""
        for offer in self.offers():
            for one in offer.filters:
                if (one.kind, one.words) == (kind, name):
                    self.show_filter(one)

    def resume_work(self, kind: str, record_id: str) -> None:
        """Go on with what was left half-way."""
        if kind == "workshop":
            self.show_workshops()
        elif kind == "participant":
            self.show_workshops(record_id)
        elif kind in ("visit", "summary"):
            from charte_desktop.store.accompaniments import Accompaniments

            assert self.database is not None
            self.show_record(Accompaniments(self.database).company_of(record_id))
            self.over.open("accompaniment" if kind == "visit" else "restitution", record_id)
        else:
            self.show_record(record_id)
            if kind == "accompaniment":
                self.accompany()
            else:
                self.show_part("follow")

    def show_part(self, name: str) -> None:
        """Show a part of the record: `follow`, `needs`, `contacts`."""
        self.record.parts.setCurrentWidget(getattr(self.record, name))

    @property
    def company_shown(self) -> str:
        """The company beside the table, when nothing stands over it; empty for none."""
        return self._chosen if self.places.page is None and not self.is_making else ""

    # Acts

    @property
    def acts(self) -> "CompanyActions":
        """What the menu of the record does."""
        from charte_desktop.ui.companies.company_actions import CompanyActions

        assert self.database is not None
        if self._actions is None:
            self._actions = CompanyActions(self, self.database)
            self._actions.done.connect(self._done)
        return self._actions

    @property
    def over(self) -> "CompanyPages":
        """What is opened over the register."""
        from charte_desktop.ui.companies.company_pages import CompanyPages

        assert self.database is not None
        if self._over is None:
            self._over = CompanyPages(self, self.database)
        return self._over

    def save(self) -> None:
        """Save what is typed now; Ctrl+S, for whoever does not trust the automatic one."""
        editor = self.record.editor
        editor.finish() if editor.is_new else editor.save()

    def delete(self) -> None:
        """Put the company beside the table into the bin; Ctrl+Z or the bin takes it back."""
        if self._chosen and self.database is not None:
            self.acts.delete()

    def came_back(self, record_id: str, name: str) -> None:
        self._done(f"« {name} » est de nouveau dans la liste.")

    def take_files(self, files: Sequence[Path]) -> None:
        """File what was dropped with the company beside the table."""
        self.show_part("follow")
        self.record.follow.take(files)

    def _attach(self) -> None:
        self.show_part("follow")
        self.record.follow.ask_file()

    # Accompaniments, sheets, documents, workshops: each on a page over the register

    def accompany(self) -> None:
        """Note an accompaniment of the company beside the table, or go on with the one that was begun."""
        company = self._settled()
        if company is not None:
            self.over.accompany(company.id)

    def make_sheet(self) -> None:
        """Make a sheet from the latest accompaniment; a company that has none is accompanied first (C03)."""
        company = self._settled()
        if company is None:
            return
        if company.accompaniments:
            self.over.draft(company.id)
        else:
            self.over.accompany(company.id, before_sheet=True)

    def show_restitution(self) -> None:
        """Show the restitution of the accompaniment in hand, else of the latest."""
        company = self._settled()
        if company is None:
            return
        follow = self.record.follow
        line = follow.chosen() if self.record.parts.currentWidget() is follow else None
        if line is not None and line.kind == "accompaniment":
            self.over.show_restitution(line.record_id)
        else:
            self.over.show_latest_restitution(company)

    def show_right(self) -> None:
        """Answer whether a company may be offered the charter (C03, C04)."""
        self.settle()
        self.over.show_right()

    def show_workshops(self, workshop_id: str = "") -> None:
        """Show the workshops, or one of them."""
        self.settle()
        self.over.show_workshops(workshop_id)

    def open_sheet(self, sheet_id: str) -> None:
        """Show a sheet as it was handed out."""
        self.over.open("sheet", sheet_id)

    def show_exposure(self) -> None:
        """Show how often each provider was listed."""
        self.over.show_exposure()

    def show_recall(self, provider_id: str) -> None:
        """Show who was handed the name of a provider that left the register, with the letters (C18)."""
        self.over.show_recall(provider_id)

    def correct(self, accompaniment_id: str) -> None:
        """Take up again an accompaniment that is noted."""
        self.over.open("accompaniment", accompaniment_id)

    def _settled(self) -> "CompanyFacts | None":
        """The company beside the table, with what was typed saved; None for one that is not made yet."""
        self.settle()
        return None if self.record.is_new else self.record.shown

    def _page_changed(self) -> None:
        """A page over the register changed the base."""
        self.reload()
        self.kept.emit()

    def _part_changed(self) -> None:
        """A part of the record changed the base; its own lines are there already."""
        self.refresh()
        self.kept.emit()

    def _done(self, sentence: str) -> None:
        self.changed.emit()
        self.said.emit(messages.DONE, sentence)

    # As it was left

    def keep(self, settings: QSettings) -> None:
        """Leave the pages over the register, save what is typed, then write down how the tab stands."""
        self.places.leave_all()
        super().keep(settings)
