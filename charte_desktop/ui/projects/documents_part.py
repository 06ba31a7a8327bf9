"""The documents of a project: files or where their papers are, the charter annexed to what is signed (C02, C05)."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from charte_desktop.errors import UserError
from charte_desktop.model import project_fields as fields
from charte_desktop.model.display import show_date
from charte_desktop.model.project_facts import Document, ProjectFacts
from charte_desktop.model.project_kinds import SIGNED_KINDS
from charte_desktop.ui.files import write_file
from charte_desktop.ui.line_form import LineRequest
from charte_desktop.ui.lines_part import LineAct, LineKind, LinesPart
from charte_desktop.ui.record_table import Column

if TYPE_CHECKING:
    from charte_desktop.ui.projects.project_desk import ProjectDesk

DOCUMENTS = "project_document"


class DocumentsPart(LinesPart):
    """Dropped or chosen, opened as a copy, annexed."""

    document_asked = Signal(str)
    """Show the pages of this document: its id."""

    def open(self, desk: "ProjectDesk") -> None:
        """Serve this desk from now on."""
        self._desk = desk
        self.dialog: QFileDialog | None = None
        self.serve(desk.database, [self._document_kind()])
        self.setAcceptDrops(True)

    def show_project(self, facts: ProjectFacts) -> None:
        """Show the documents of the project on the desk."""
        self.show_lines(facts.id, is_open=facts.deleted_at is None)

    def attach(self, path: Path, kind: str = "") -> None:
        """Begin a document with this file."""
        self.leave_form()
        self.begin(DOCUMENTS, {"title": "", **({"kind": kind} if kind else {})})
        box = self.line_form.file_box
        assert box is not None
        box.take(path)

    def _document_kind(self) -> LineKind[Document]:
        desk = self._desk
        return LineKind(
            DOCUMENTS,
            "Documents",
            [
                Column("Document", lambda one: one.name, sample="Contrat de prestation signé"),
                Column("Daté du", lambda one: _day(one.dated_on), sample="00/00/0000"),
                Column("Signé le", lambda one: _day(one.signed_on), sample="00/00/0000"),
                Column("Charte annexée", self._annex, sample="le 00/00/0000 (Cha"),
                Column("Original", self._original, sample="contrat-signe.pdf"),
            ],
            lambda: desk.facts.documents,
            lambda one: one.id,
            "Devis, contrat ou proposition signée avec la charte annexée, cahier des charges, factures… Déposez un "
            "fichier ici, ou dites où se trouve le papier.",
            new_words="Joindre…",
            new_title="Nouveau document",
            fields=fields.document_fields(desk.step_options),
            begins_part="signed_on",
            with_file="Aucun fichier choisi",
            line_title=lambda one: one.name,
            keep=self._keep,
            drop=lambda one: desk.papers.drop_document(desk.project_id, one.id),
            acts=(
                LineAct("Voir", "Les pages du document", lambda one: self.document_asked.emit(one.id), _has_file),
                LineAct("Annexer…", "Note la charte qui y est annexée (C02, C05)", self.ask_annex, _signs),
                LineAct("Copie…", "Le fichier, ailleurs", self.ask_copy, _has_file),
            ),
        )

    def _keep(self, one: str | None, values: dict[str, Any], file: Path | None) -> None:
        desk = self._desk
        if one is None:
            desk.papers.add_document(desk.project_id, values.pop("kind"), file=desk.file(file), **values)
        else:
            desk.papers.save_document(desk.project_id, one, file=desk.file(file), **values)

    def _annex(self, one: Document) -> str:
        if one.annexed_on is not None:
            version = f" ({one.annex_version})" if one.annex_version else ""
            return f"le {show_date(one.annexed_on)}{version}"
        return "à annexer" if one.kind in SIGNED_KINDS and one.signed_on is not None else ""

    def _original(self, one: Document) -> str:
        return one.file_name or one.source or ("scellé dans la base" if one.sealed_id else "")

    def ask_annex(self, one: Document) -> None:
        """Ask which version is annexed, since when, and for its file."""
        desk = self._desk

        def keep(values: dict[str, Any], file: Path | None) -> None:
            desk.papers.annex(
                desk.project_id,
                one.id,
                values["on"],
                version_id=values["version_id"],
                file=desk.file(file),
                source=values["source"],
            )

        self.ask(
            fields.annex_fields(desk.version_options),
            LineRequest(
                f"Charte annexée à « {one.name} »",
                keep,
                ("project_annex", one.id),
                intro="« Annexer cette charte aux contrats ou aux devis signés avec l'entreprise bénéficiaire. »",
                button="Noter l'annexe",
                proposed={"on": show_date(one.signed_on or desk.today)},
            ),
            with_file="Fichier de l'annexe (si elle est à part)",
        )

    def ask_copy(self, one: Document) -> None:
        """Let the user say where the file is copied."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, "Enregistrer une copie", documents)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(one.file_name or f"{one.name}.pdf")
        dialog.fileSelected.connect(lambda name: self.copy(one, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def copy(self, one: Document, file: Path) -> None:
        """Write the bytes of a document to a file."""
        kept = one.attachment_id or one.sealed_id or one.annex_attachment_id
        if kept is None:
            raise UserError("Ce document n'a pas de fichier : voyez où se trouve le papier.")
        write_file(file, self._desk.papers.content(kept))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile() and self._desk.facts.deleted_at is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.attach(Path(event.mimeData().urls()[0].toLocalFile()))
        event.acceptProposedAction()


def _signs(one: Document) -> bool:
    return one.kind in SIGNED_KINDS


def _has_file(one: Document) -> bool:
    return bool(one.attachment_id or one.sealed_id)


def _day(day: Any) -> str:
    return "" if day is None else show_date(day)
