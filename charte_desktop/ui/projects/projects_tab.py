"""The tab Projets: the list or the portfolio, one project beside it, and the pages opened over both."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from charte_desktop.ui import icons, messages
from charte_desktop.ui.filter_chips import Filter, FilterChips
from charte_desktop.ui.projects.portfolio_view import PortfolioView
from charte_desktop.ui.projects.project_bin import ProjectBin
from charte_desktop.ui.record_table import Column
from charte_desktop.ui.register_tab import LIST, RegisterTab
from charte_desktop.ui.sheets.places import Places

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.store.project_rows import ProjectRow, ProjectRows
    from charte_desktop.ui.projects.project_acts import ProjectActs
    from charte_desktop.ui.projects.project_pages import ProjectPages
    from charte_desktop.ui.projects.project_panel import ProjectPanel
    from charte_desktop.ui.projects.project_papers_acts import ProjectPapersActs

PORTFOLIO, BIN = 3, 4
"""Pages of the register, after those of every register tab."""


class ProjectsTab(RegisterTab["ProjectRow"]):
    """Projects from the need to the call after delivery."""

    places: Places
    register_page: QWidget
    chips: FilterChips
    more_button: QPushButton
    portfolio_button: QPushButton
    portfolio: PortfolioView
    bin: ProjectBin

    changed = Signal()
    """The base was changed, and this tab must be filled again as well."""
    said = Signal(str, str)
    """Tone and sentence for the window's own place."""
    accompany_asked = Signal(str)
    """Note an accompaniment of this company, by its id (C03)."""
    provider_asked = Signal(str)
    company_asked = Signal(str)

    FORM = "projects_tab"
    ICON = "kanban"
    PROMOTED = (Places, FilterChips, PortfolioView, ProjectBin)

    def __init__(self, parent: QWidget | None = None, run: Callable[..., None] | None = None) -> None:
        """`run` does long work beside the window (`Background.run`)."""
        super().__init__(parent)
        self._run = run or _at_once
        self._rows: ProjectRows | None = None
        self._acts: ProjectActs | None = None
        self._papers: ProjectPapersActs | None = None
        self._over: ProjectPages | None = None
        self._kept_filters = ""
        for button in (self.import_button, self.empty_import_button):
            button.hide()  # a project is opened from an accompaniment (C03), never from a list
        self.splitter.setSizes([520, 800])
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.chips.changed.connect(self.ask)
        self.bin.restored.connect(self._restored)
        self.bin.left.connect(self.leave_bin)
        self.places.said.connect(self.said)
        self.places.changed.connect(self._page_changed)
        self.portfolio_button.setIcon(icons.icon("kanban"))
        self.portfolio_button.setIconSize(icons.BESIDE_WORDS)
        self.portfolio_button.toggled.connect(lambda _: self._show_portfolio_or_list())
        self.portfolio.opened.connect(self.show_record)
        self.portfolio.file_asked.connect(self.ask_portfolio_file)
        self.clear_button.setText("Revenir à la liste entière")
        self._make_menus()

    def _make_menus(self) -> None:
        more, self._acts_menu = QMenu(self), QMenu(self)
        self.more_button.setMenu(more)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(lambda spot: self._acts_menu.popup(self.table.mapToGlobal(spot)))
        act, menu = self._act_on_register, self._acts_menu
        act(None, "Nouveau projet", "Ctrl+N", self.new)
        act(None, "Enregistrer", "Ctrl+S", self.settle)
        act(None, "Portefeuille", "Ctrl+Shift+T", self.portfolio_button.click)
        act(more, "Colonnes…", "Ctrl+Shift+C", self.choose_columns)
        act(more, "Exporter ces projets (Excel)…", "Ctrl+Shift+E", lambda: self.ask_export("xlsx"))
        act(more, "Exporter ces projets (CSV)…", "", lambda: self.ask_export("csv"))
        act(more, "Corbeille…", "Ctrl+Shift+Del", self.show_bin)
        self.record_actions = [
            act(menu, "Noter un échange…", "Ctrl+Shift+H", lambda: self.record.note_exchange()),
            act(menu, "Joindre un document…", "Ctrl+J", self._attach),
            act(menu, "Ouvrir un dépassement…", "Ctrl+Shift+D", lambda: self.acts.begin_overrun()),
        ]
        menu.addSeparator()
        self.record_actions += [
            act(menu, "Planning sur une page A4", "Ctrl+P", lambda: self.papers.show_timeline()),
            act(menu, "Engagements, clause par clause (PDF)", "", lambda: self.papers.show_matrix()),
            act(menu, "Agenda (.ics)…", "", lambda: self.papers.ask_file("ics")),
            act(menu, "MS Project, GanttProject (.xml)…", "", lambda: self.papers.ask_file("xml")),
            act(menu, "Écrire au prestataire…", "", lambda: self.papers.mail("exchange")),
        ]
        menu.addSeparator()
        self.start_action = act(menu, "Démarrer le projet…", "", lambda: self.acts.start())
        self.close_action = act(menu, "Clore le projet…", "", lambda: self.acts.close())
        self.reopen_action = act(menu, "Rouvrir le projet", "", lambda: self.acts.reopen())
        menu.addSeparator()
        self.freeze_action = act(
            menu, "Le prestataire ne peut pas continuer…", "", lambda: self.acts.declare_incapacity()
        )
        self.candidates_action = act(menu, "Chercher un repreneur…", "", lambda: self.over.show_candidates())
        self.sheet_action = act(menu, "Fiche de transmission (PDF)", "", lambda: self.papers.show_hand_over())
        self.lift_action = act(menu, "Lever l'interruption…", "", lambda: self.acts.lift())
        menu.addSeparator()
        self.record_actions.append(act(menu, "Mettre à la corbeille", "Ctrl+Del", self.delete))
        menu.aboutToShow.connect(self._say_what_may_be_done)

    def _act_on_register(self, menu: QMenu | None, words: str, shortcut: str, do: Callable[[], object]) -> QAction:
        """On the register's page, which a page over it hides: that one has its own keys."""
        action = QAction(words, self)
        if shortcut:
            action.setShortcut(shortcut)
        action.triggered.connect(lambda _=False: do())
        self.register_page.addAction(action)
        if menu is not None:
            menu.addAction(action)
        return action

    # The window's side

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.store.project_rows import ProjectRows
        from charte_desktop.ui.projects.project_filters import project_offers

        self.places.leave_all()
        self._rows = ProjectRows(database)
        self._acts = self._papers = self._over = None
        self.chips.offer(project_offers)
        self.chips.resume(self._kept_filters)
        self._kept_filters = ""
        self.bin.open(database)
        super().open(database)

    @property
    def record(self) -> "ProjectPanel":
        """The project beside the table."""
        return cast("ProjectPanel", self.panel)

    def make_record(self, database: "Database") -> "ProjectPanel":
        from charte_desktop.ui.projects.project_acts import ProjectActs
        from charte_desktop.ui.projects.project_panel import ProjectPanel
        from charte_desktop.ui.projects.project_papers_acts import ProjectPapersActs

        record = ProjectPanel(database, self.record_pages)
        acts = self._acts = ProjectActs(record)
        papers = self._papers = ProjectPapersActs(record, database, self)
        acts.done.connect(self._done)
        acts.candidates_asked.connect(lambda: self.over.show_candidates())
        acts.project_asked.connect(self.show_record)
        acts.record_asked.connect(self._show_other)
        papers.page_asked.connect(self.places.open_page)
        papers.said.connect(self.said)
        record.act_asked.connect(acts.do)
        record.actions_button.setMenu(self._acts_menu)
        record.timeline.print_asked.connect(papers.show_timeline)
        record.timeline.file_asked.connect(papers.ask_file)
        record.engagements.matrix_asked.connect(papers.show_matrix)
        record.overruns.sign_asked.connect(lambda one: self.over.sign_overrun(one))
        record.overruns.amendment_asked.connect(papers.make_amendment)
        record.overruns.document_asked.connect(papers.show_document)
        record.documents.document_asked.connect(papers.show_document)
        record.follow.mail_asked.connect(papers.mail)
        return record

    @property
    def acts(self) -> "ProjectActs":
        """What is done with the project beside the table."""
        assert self.panel is not None
        assert self._acts is not None
        return self._acts

    @property
    def papers(self) -> "ProjectPapersActs":
        """Its documents and files."""
        assert self.panel is not None
        assert self._papers is not None
        return self._papers

    def allow(self, is_known: bool) -> None:
        for action in (
            *self.record_actions,
            self.start_action,
            self.close_action,
            self.reopen_action,
            self.freeze_action,
            self.candidates_action,
            self.sheet_action,
            self.lift_action,
        ):
            action.setEnabled(is_known)
        self.record.actions_button.setEnabled(is_known)
        self.record.next_button.setEnabled(is_known)

    def _say_what_may_be_done(self) -> None:
        """Show the acts that the project's state allows; the others would only be refused."""
        if self.record.shown is None:
            return
        facts = self.record.desk.facts
        is_open = self.record.desk.is_open
        is_frozen = facts.incapacity is not None and facts.successor is None
        self.start_action.setVisible(is_open and facts.started_on is None)
        self.close_action.setVisible(is_open)
        self.reopen_action.setVisible(facts.closed_on is not None)
        self.freeze_action.setVisible(is_open)
        self.candidates_action.setVisible(is_frozen)
        self.lift_action.setVisible(is_frozen)
        self.sheet_action.setVisible(facts.incapacity is not None)

    # The list

    def columns(self) -> Sequence[Column["ProjectRow"]]:
        from charte_desktop.ui.projects.project_columns import project_columns

        return project_columns()

    def rows(self, limit: int | None, offset: int) -> Sequence["ProjectRow"]:
        from charte_desktop.ui.projects.project_filters import question

        assert self._rows is not None
        asked = question(self.search.text(), self.chips.filters(), self._model.order, descending=self._model.descending)
        return self._rows.search(asked, limit=limit, offset=offset)

    def record_id(self, row: "ProjectRow") -> str:
        return row.id

    def holds(self, record_id: str) -> bool:
        assert self._rows is not None
        return self._rows.holds(record_id)

    def total(self) -> int:
        assert self._rows is not None
        return self._rows.count()

    def say_count(self, total: int) -> str:
        whole = f"{total} projet{'s' if total > 1 else ''}"
        if self.search.text() or self.chips.filters():
            return f"{self._model.known_count()} sur {whole}"
        return whole

    def _tell_list(self) -> None:
        super()._tell_list()
        if self.portfolio_button.isChecked() and self.pages.currentIndex() == LIST:
            self._fill_portfolio()

    def refresh(self) -> None:
        super().refresh()
        if self.pages.currentIndex() == PORTFOLIO:
            self._fill_portfolio()

    def clear_search(self) -> None:
        """Go back to the whole list, without words or filters."""
        self.chips.clear()
        super().clear_search()

    def show_record(self, record_id: str) -> None:
        """Show one project beside the list, whatever is searched and filtered; pages over it are left."""
        self.places.leave_all()
        self.portfolio_button.setChecked(False)
        self.chips.clear()
        super().show_record(record_id)

    def show_only(self, *filters: Filter) -> None:
        """Show the projects that answer these filters."""
        self.places.leave_all()
        self.search.clear()
        self.chips.clear()
        for one in filters:
            self.chips.add(one)

    def sheet_area_focus(self) -> None:
        """Go from the table to the project, on the part that is seen."""
        part = self.record.parts.currentWidget()
        if part is self.record.form_page:
            self.record.form.focus_first()
        else:
            take = getattr(part, "take_keyboard", part.setFocus)
            take()

    # The portfolio

    def _show_portfolio_or_list(self) -> None:
        if self.database is None:
            return
        self._tell_list()
        if self.portfolio_button.isChecked():
            self.portfolio.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_portfolio(self) -> None:
        assert self._rows is not None
        assert self.database is not None
        kept = self.portfolio.chosen or self._chosen
        self.portfolio.show_projects(self.rows(None, 0), self._rows.calendar, self.database.today())
        self.pages.setCurrentIndex(PORTFOLIO)
        if kept:
            self.portfolio.choose(kept)

    def ask_portfolio_file(self, kind: str) -> None:
        """Ask where the portfolio is written, as a picture."""
        content = self.portfolio.picture(kind, "Projets suivis par la CCI Île de la Réunion")
        self.papers.ask_where(f"Portefeuille.{kind}", kind, lambda file: self.papers.files.write(file, content))

    # Pages over the register

    def new(self) -> None:
        """Open a project, or go on with the one that was begun."""
        self.begin()

    def begin(self, company_id: str = "") -> None:
        """The page of a new project, for this company."""
        if self.database is not None:
            self.over.begin(company_id)

    @property
    def over(self) -> "ProjectPages":
        """What is opened over the register."""
        from charte_desktop.ui.projects.project_pages import ProjectPages

        assert self.database is not None
        if self._over is None:
            self._over = ProjectPages(self, self.database, self._run)
        return self._over

    def made(self, project_id: str) -> None:
        """A project was opened over the register: it is shown, and the other tabs read anew."""
        self._chosen = project_id
        self.show_record(project_id)
        self.kept.emit()

    def resume_draft_of(self, kind: str, project_id: str, record_id: str) -> None:
        """Open what was left half-way: a new project, a project's form, a line's, a signature."""
        if not project_id:
            self.new()
            return
        self.show_record(project_id)
        whole: dict[str, Callable[[], object]] = {
            "project_start": self.acts.start,
            "project_close": self.acts.close,
            "project_incapacity": self.acts.declare_incapacity,
            "project_lift": self.acts.lift,
            "project_removal": self.acts.tell_removal,
            "project_done": lambda: self.record.note_done(record_id),
            "project_annex": lambda: self.record.annex(record_id),
            "overrun_signing": lambda: self.over.sign_overrun(record_id),
        }
        whole.get(kind, lambda: self.record.resume_line(kind, record_id))()

    # Acts

    def _attach(self) -> None:
        self.record.open_part(self.record.documents)
        self.record.documents.begin()

    def delete(self) -> None:
        """Put the project beside the table into the bin; Ctrl+Z or the bin takes it back."""
        if self._chosen and self.database is not None:
            self.settle()
            self.acts.delete()

    def _done(self, sentence: str) -> None:
        self.changed.emit()
        if sentence:
            self.said.emit(messages.DONE, sentence)

    def _page_changed(self) -> None:
        """A page over the register changed the base."""
        self.reload()
        self.kept.emit()

    def _show_other(self, kind: str, record_id: str) -> None:
        (self.provider_asked if kind == "provider" else self.company_asked).emit(record_id)

    def show_bin(self) -> None:
        """Show what was deleted."""
        self.settle()
        self.bin.reload()
        self.pages.setCurrentIndex(BIN)
        self.bin.focus()

    def leave_bin(self) -> None:
        """Go back to the list."""
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restored(self, project_id: str, title: str) -> None:
        self._chosen = project_id
        self.changed.emit()
        self.said.emit(messages.DONE, f"« {title} » est de nouveau dans la liste.")

    def choose_columns(self) -> None:
        """Let the columns be ticked; for the keyboard, what a right click on the header shows."""
        menu = self.table.columns_menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def ask_export(self, kind: str) -> None:
        """Ask where the projects that are listed are written, whole."""
        self.papers.ask_where(f"projets.{kind}", kind, lambda file: self.export(kind, file))

    def export(self, kind: str, file: Path) -> None:
        """Write the projects that are listed, in their order, as "xlsx" or "csv"."""
        count = self.papers.export(kind, file, [row.id for row in self.rows(None, 0)])
        self.said.emit(
            messages.DONE, f"{count} projet{'s' if count > 1 else ''} écrit{'s' if count > 1 else ''} : {file}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the bin and the portfolio; Suppr on a line of the table puts its project into the bin."""
        match event.key():
            case Qt.Key.Key_Escape if self.pages.currentIndex() == BIN:
                self.leave_bin()
            case Qt.Key.Key_Escape if self.pages.currentIndex() == PORTFOLIO and not self.search.text():
                self.portfolio_button.setChecked(False)
            case Qt.Key.Key_Delete if self.table.hasFocus():
                self.delete()
            case _:
                super().keyPressEvent(event)

    # As it was left

    def keep(self, settings: QSettings) -> None:
        """Leave the pages over the register, save what is typed, then write down how the tab stands."""
        self.places.leave_all()
        super().keep(settings)
        settings.setValue("filters", self.chips.kept())
        settings.setValue("portfolio", self.portfolio_button.isChecked())

    def resume(self, settings: QSettings) -> None:
        super().resume(settings)
        self._kept_filters = str(settings.value("filters", "", type=str))
        self.portfolio_button.setChecked(bool(settings.value("portfolio", False, type=bool)))


def _at_once(_: str, job: Callable[[object], object], done: Callable[[object], None], **__: object) -> None:
    """Without a window beside which to work."""
    done(job(None))
