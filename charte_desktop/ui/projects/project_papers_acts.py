"""The documents of a project: drawn, looked at, printed, mailed, written to files."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from charte_desktop.errors import UserError
from charte_desktop.model.display import show_date
from charte_desktop.model.project_facts import Document
from charte_desktop.model.project_kinds import NoticeKind
from charte_desktop.ui import messages
from charte_desktop.ui.files import write_file
from charte_desktop.ui.sheets.document_page import DocumentPage, MailWords
from charte_desktop.ui.sheets.paper_actions import Paper, PaperActions, mail_folder

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.ui.projects.project_desk import ProjectDesk
    from charte_desktop.ui.projects.project_panel import ProjectPanel
    from charte_desktop.ui.sheets.places import Page

_FILES = {
    "pdf": "PDF (*.pdf)",
    "png": "Image (*.png)",
    "svg": "Dessin (*.svg)",
    "ics": "Agenda (*.ics)",
    "xml": "MS Project (*.xml)",
    "xlsx": "Classeur Excel (*.xlsx)",
    "csv": "Texte séparé par des points-virgules (*.csv)",
}
"""The kinds of files, in the words of the file dialog."""
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")


class ProjectPapersActs(QObject):
    """One method for each document and each file."""

    page_asked = Signal(object)
    """Show this `Page` over the tab."""
    said = Signal(str, str)
    """Tone and sentence for the window's own place."""

    def __init__(self, panel: "ProjectPanel", database: "Database", parent: QWidget) -> None:
        super().__init__(parent)
        self._panel, self._database = panel, database
        self.files = PaperActions(parent)
        self.files.said.connect(self.said)

    @property
    def _desk(self) -> "ProjectDesk":
        return self._panel.desk

    # Documents looked at

    def show_timeline(self) -> None:
        """The timeline on one A4 page."""
        facts = self._desk.facts
        self._show(Paper(f"Planning {facts.number}", self.timeline_pdf()), f"{facts.title} · une page A4", mailed=True)

    def timeline_pdf(self) -> bytes:
        """The page itself."""
        from charte_desktop.documents.project_timeline import TimelineOccasion, project_timeline

        database, store = self._database, self._desk.store
        return project_timeline(
            self._desk.facts,
            TimelineOccasion(
                database.today(),
                database.clock(),
                database.adviser,
                store.calendar,
                store.rules,
                database.is_demonstration,
            ),
        )

    def show_matrix(self) -> None:
        """The clauses of the project on one or two pages."""
        from charte_desktop.documents.clause_matrix import MatrixOccasion, clause_matrix

        facts, database = self._desk.facts, self._database
        occasion = MatrixOccasion(database.clock(), database.adviser, database.is_demonstration)
        pdf = clause_matrix(facts, self._desk.store.matrix(facts.id), occasion)
        self._show(Paper(f"Engagements {facts.number}", pdf), f"{facts.title} · {facts.company.name}", mailed=True)

    def show_hand_over(self) -> None:
        """The sheet of an interrupted project: its state, its open clauses, who could take it up (C19)."""
        from charte_desktop.documents.incapacity_sheet import IncapacityOccasion, incapacity_sheet

        facts, database = self._desk.facts, self._database
        frozen = facts.incapacity
        if frozen is None:
            raise UserError("Ce projet n'est pas interrompu : déclarez d'abord l'incapacité du prestataire (C19).")
        found = [(one.provider, one.reason) for one in self._desk.incapacity.candidates(facts.id)]
        pdf = incapacity_sheet(
            facts,
            frozen,
            self._desk.store.matrix(facts.id),
            found,
            IncapacityOccasion(database.clock(), database.adviser, database.is_demonstration),
        )
        self._show(Paper(f"Transmission {facts.number}", pdf), f"{facts.title} · {facts.company.name}", mailed=True)

    def make_amendment(self, overrun_id: str) -> None:
        """The amendment that follows an agreement: made, kept with the project, shown."""
        from charte_desktop.documents.overrun_agreement import amendment

        desk, database = self._desk, self._database
        content = desk.overruns.agreed(desk.project_id, overrun_id)
        one = content.overrun
        document = desk.facts.document(one.document_id)
        number = "" if document is None or not document.sealed_id else self._number(document.sealed_id)
        day = "" if one.answered_on is None else f"du {show_date(one.answered_on)}"
        accord = " ".join(filter(None, (f"n° {number}" if number else "accord signé sur papier", day)))
        pdf = amendment(content, accord, database.clock(), database.adviser)
        if one.amendment_id is None:
            desk.overruns.keep_amendment(desk.project_id, overrun_id, pdf)
            self._panel.changed_here()
        self._show(
            Paper(f"Avenant {one.number} {desk.facts.number}", pdf),
            f"{desk.facts.title} · à signer par les deux parties, gardé dans les documents du projet",
            mailed=True,
        )

    def _number(self, sealed_id: str) -> str:
        from charte_desktop.store.sealed_documents import SealedDocuments

        return SealedDocuments(self._database).get(sealed_id).number

    def show_document(self, document_id: str) -> None:
        """A document of the project: its pages, when it has some that can be drawn."""
        from charte_desktop.documents.safe_pages import safe_pages
        from charte_desktop.exchange.scanned_charter import joined, pictures_of

        document = self._desk.facts.document(document_id)
        if document is None:
            return
        kept = document.sealed_id or document.attachment_id
        name = document.file_name or f"{document.name}.pdf"
        if kept is None:
            raise UserError(f"« {document.name} » n'a pas de fichier. Original : {document.source or 'non précisé'}.")
        content = self._desk.papers.content(kept)
        if document.sealed_id:
            self._show_agreement(document, content)
        elif content.startswith(b"%PDF"):
            self._show(Paper(Path(name).stem, content, on_paper=safe_pages(content)), name)
        elif name.lower().endswith(_PICTURES):
            pages = joined(pictures_of(name, content))
            self._show(Paper(Path(name).stem, pages), name)
        else:
            raise UserError(f"« {name} » ne s'affiche pas ici : enregistrez-en une copie, puis ouvrez-la.")

    def _show_agreement(self, document: Document, content: bytes) -> None:
        from charte_desktop.documents.project_mails import agreement_mail
        from charte_desktop.documents.verification import verify
        from charte_desktop.store.seal_certificates import SealCertificates

        certificates = SealCertificates(self._database)
        judged = verify(content, certificates.known(), certificates.roots())
        facts = self._desk.facts
        paper = Paper(f"{document.name} {facts.number}", content)
        subject, text = agreement_mail(facts, document.name, self._database.adviser)
        told = f"{judged.heading} · {judged.message}"
        self.page_asked.emit(DocumentPage(paper, told, MailWords(self._client(), subject, text, self._client_name())))

    def _show(self, paper: Paper, told: str, *, mailed: bool = False) -> None:
        from charte_desktop.documents.project_mails import document_mail

        mail = None
        if mailed:
            subject, text = document_mail(self._desk.facts, paper.title, self._database.adviser)
            mail = MailWords(self._client(), subject, text, self._client_name())
        page: Page = DocumentPage(paper, told, mail)
        self.page_asked.emit(page)

    def _client(self) -> tuple[str, ...]:
        email = self._desk.facts.client_lead.email
        return (email,) if email else ()

    def _client_name(self) -> str:
        return self._desk.facts.client_lead.name

    # Files

    def ask_file(self, kind: str) -> None:
        """Ask where the timeline is written, as this kind of file."""
        facts = self._desk.facts
        if kind == "pdf":
            self.show_timeline()
            return
        stem = {"ics": "Agenda", "xml": "Planning"}.get(kind, "Frise")
        self.ask_where(f"{stem} {facts.number}.{kind}", kind, lambda file: self.write(kind, file))

    def write(self, kind: str, file: Path) -> None:
        """Write the timeline to a file."""
        self.files.write(file, self.content(kind))

    def content(self, kind: str) -> bytes:
        """The bytes of the timeline as a "pdf", "png", "svg", "ics" or "xml"."""
        desk, database = self._desk, self._database
        facts, store = desk.facts, desk.store
        if kind == "pdf":
            return self.timeline_pdf()
        if kind == "ics":
            from charte_desktop.documents.project_calendar import project_calendar

            return project_calendar(facts, database.clock(), database.today(), store.calendar, store.rules)
        if kind == "xml":
            from charte_desktop.documents.project_xml import project_xml

            return project_xml(facts, database.clock(), database.today(), store.calendar)
        self._panel.open_part(self._panel.timeline)
        return self._panel.timeline.pictures()[kind](f"{facts.number} · {facts.title} · {facts.company.name}")

    def ask_where(self, name: str, kind: str, then: Callable[[Path], None]) -> None:
        """Ask for a file's place."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        clean = re.sub(r'[\\/:*?"<>|]+', "-", name)
        self.files.ask_file(Path(folder) / clean, _FILES[kind], then)

    def export(self, kind: str, file: Path, project_ids: list[str]) -> int:
        """Write these projects whole, a line each, as "xlsx" or "csv"; how many."""
        from charte_desktop.documents.project_export import project_export_csv, project_export_xlsx
        from charte_desktop.store.project_reading import read_projects

        store = self._desk.store
        with self._database.looking() as base:
            found = read_projects(base, project_ids)
        write = project_export_csv if kind == "csv" else project_export_xlsx
        write_file(file, write(found, self._database.today(), store.calendar, store.renewal, store.rules))
        return len(found)

    # Mails

    def mail(self, about: str) -> None:
        """Prepare a mail: the name of a `NoticeKind` asks the provider for it, "exchange" asks how things go."""
        from charte_desktop.documents.mail_draft import mail_draft
        from charte_desktop.documents.project_mails import notice_itself, notice_request, word_to_provider

        facts, adviser = self._desk.facts, self._database.adviser
        kind = next((one for one in NoticeKind if about.startswith(one.name)), None)
        to: tuple[str, ...] = (facts.provider_lead.email,) if facts.provider_lead.email else ()
        name = facts.provider_lead.name
        if kind is None:
            subject, text = word_to_provider(facts, adviser)
        elif about.endswith(":ccir"):
            from charte_desktop.documents.project_mails import notice_address

            to, name = (notice_address(),), ""
            subject, text = notice_itself(facts, kind)
        else:
            subject, text = notice_request(facts, kind, adviser)
        self._give_mail(mail_draft(to, subject, text, name=name), f"{facts.number} {about.replace(':', ' ').lower()}")

    def _give_mail(self, content: bytes, name: str) -> None:
        file = mail_folder() / f"{name}.eml"
        self.mail_file = file
        write_file(file, content)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            raise UserError(
                "Aucun programme de messagerie n'ouvre les courriels préparés : installez-en un, ou écrivez depuis "
                "votre messagerie."
            )
        self.said.emit(messages.DONE, "Le courriel est prêt dans votre messagerie : relisez-le avant de l'envoyer.")

    mail_file: Path | None = None
    """The mail prepared last."""
