"""What is opened over the register of projects: a new one, who could take one up, the client's agreement."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from charte_desktop.ui import messages
from charte_desktop.ui.charter.lent_page import LentPage

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.ui.projects.new_project_page import NewProjectPage
    from charte_desktop.ui.projects.overrun_signing_page import OverrunSigningPage
    from charte_desktop.ui.projects.projects_tab import ProjectsTab


class ProjectPages(QObject):
    """One method for each page, and what follows it."""

    def __init__(self, tab: "ProjectsTab", database: "Database", run: Callable[..., None]) -> None:
        super().__init__(tab)
        self._tab, self._database, self._run = tab, database, run
        self.lent = LentPage(tab, tab.places, database, "Accord de dépassement")
        """The page that the client has in hand."""
        self.lent.returned.connect(self._returned)

    def begin(self, company_id: str) -> None:
        """Open a project, of this company when it is named, or go on with the one that was begun."""
        from charte_desktop.ui.projects.new_project_page import NewProjectPage

        self._tab.settle()
        page = NewProjectPage(self._database, company_id)
        page.made.connect(self._made)
        page.accompany_asked.connect(lambda one: self._accompany(page, one))
        self._tab.places.open_page(page)

    def _accompany(self, page: "NewProjectPage", company_id: str) -> None:
        """Note the accompaniment that is lacking, over the page that asks for it; it comes back to it (C03)."""
        from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage

        over = AccompanimentPage(self._database, company_id)
        over.sheet_button.hide()

        def noted(accompaniment_id: str, _: str) -> None:
            self._tab.places.leave(over)
            page.accompanied(accompaniment_id)
            self._say("Accompagnement noté : le projet peut s'ouvrir.")

        over.noted.connect(noted)
        self._tab.places.open_page(over)

    def _made(self, project_id: str) -> None:
        self._tab.made(project_id)
        self._say("Projet ouvert. Complétez sa fiche, puis « Démarrer ».")

    def show_candidates(self) -> None:
        """Who could take up the interrupted project beside the table (C19)."""
        from charte_desktop.ui.projects.candidates_page import CandidatesPage

        page = CandidatesPage(self._database, self._tab.record.desk.project_id)
        page.sheet_asked.connect(self._tab.papers.show_hand_over)

        def handed(project_id: str) -> None:
            self._tab.made(project_id)
            self._say("Projet transmis : voici sa suite, liée à l'ancien projet.")

        page.handed.connect(handed)
        self._tab.places.open_page(page)

    def sign_overrun(self, overrun_id: str) -> None:
        """Let the client agree to an overrun on the screen (C38)."""
        from charte_desktop.ui.projects.overrun_signing_page import OverrunSigningPage

        page = OverrunSigningPage(self._database, self._run, self._tab.record.desk.project_id, overrun_id)
        page.hand_asked.connect(lambda: self.lent.turn(page, page))
        page.sealed.connect(self._agreed)
        self._tab.places.open_page(page)

    def _returned(self, page: "OverrunSigningPage") -> None:
        if page.document_id:
            self._agreed(page.document_id)
        else:
            page.set_handed(False)

    def _agreed(self, document_id: str) -> None:
        """The overrun is agreed to: its document, and a copy in one gesture."""
        self._tab.places.leave_all()
        self._tab.record.changed_here()
        self._tab.papers.show_document(document_id)
        self._say("Accord signé et scellé : le dépassement est facturable, budget et fin suivent.")

    def _say(self, sentence: str) -> None:
        self._tab.said.emit(messages.DONE, sentence)
