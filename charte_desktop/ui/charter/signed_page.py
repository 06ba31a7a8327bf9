"""A sealed document: its very bytes, what its seal says, a copy at once, a time stamp when there is a network."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton

from charte_desktop.errors import UserError
from charte_desktop.ui import icons, messages
from charte_desktop.ui.charter import verdict_words
from charte_desktop.ui.reason_dialog import ReasonDialog
from charte_desktop.ui.sheets.document_page import DocumentPage, MailWords
from charte_desktop.ui.sheets.paper_actions import Paper

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

TIME_STAMP_SERVICE = "time_stamp_service"
"""The setting that holds the address of the service (RFC 3161)."""


class SignedPage(DocumentPage):
    """Nothing of it can be changed; a correction is another document, that cites this one."""

    verdict: QLabel
    verdict_words: QLabel
    details: QLabel
    verifier_button: QPushButton
    time_stamp_button: QPushButton
    correct_button: QPushButton

    FORM = "signed_page"

    correct_asked = Signal(str, str, str)
    """Sign a new document for this provider, in place of this one, for this reason."""

    def __init__(self, database: "Database", run: Callable[..., None], document_id: str) -> None:
        from charte_desktop.store.charter_rows import CharterRows
        from charte_desktop.store.provider_rows import ProviderRows
        from charte_desktop.store.sealed_documents import SealedDocuments

        self._database, self._run = database, run
        self._documents = SealedDocuments(database)
        self._document = self._documents.get(document_id)
        self._provider = ProviderRows(database).facts(self._document.subject_id)
        subject, text = _mail(self._document.number, self._provider.legal_name, database.adviser)
        paper = Paper(
            f"Charte {self._document.number} {self._provider.legal_name[:60]}".strip(), self._documents.pdf(document_id)
        )
        super().__init__(
            paper,
            self._facts(),
            MailWords(tuple(self._provider.emails[:1]), subject, text, self._provider.legal_representative),
        )
        self.title.setText(f"Charte signée n° {self._document.number}")
        for button, icon in (
            (self.verifier_button, "shield-check"),
            (self.time_stamp_button, "clock"),
            (self.correct_button, "undo-2"),
        ):
            button.setIcon(icons.icon(icon))
            button.setIconSize(icons.BESIDE_WORDS)
        signatures = CharterRows(database).signatures(self._document.subject_id)
        is_bound = any(one.document_id == document_id and one.cancelled_on is None for one in signatures)
        self.correct_button.setVisible(is_bound)
        self.verifier_button.clicked.connect(self._save_verifier)
        self.time_stamp_button.clicked.connect(self._time_stamp)
        self.correct_button.clicked.connect(self._correct)
        self._judge()

    def _facts(self) -> str:
        from charte_desktop.store.database import REUNION

        document = self._document
        at = document.sealed_at.astimezone(REUNION)
        pages = f"{document.page_count} pages"
        return " · ".join(
            [
                self._provider.legal_name or "(sans nom)",
                f"signée par {document.signer}",
                f"scellée le {at:%d/%m/%Y à %H:%M}",
                pages,
            ]
        )

    def _judge(self) -> None:
        from charte_desktop.documents.verification import verify
        from charte_desktop.store.seal_certificates import SealCertificates

        certificates = SealCertificates(self._database)
        judged = verify(self.paper.pdf, certificates.known(), certificates.roots())
        self.verdict.setText(judged.heading)
        self.verdict_words.setText(judged.message)
        self.details.setText(verdict_words.details(judged))

    def _save_verifier(self) -> None:
        from pathlib import Path

        from PySide6.QtCore import QStandardPaths

        from charte_desktop.documents.html_verifier import html_verifier
        from charte_desktop.store.seal_certificates import SealCertificates

        known = SealCertificates(self._database).known()
        content = html_verifier(known, self._database.today())
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.actions_of_paper.ask_file(
            Path(folder) / "verificateur-charte.html",
            "Page HTML (*.html)",
            lambda file: self.actions_of_paper.write(file, content),
        )

    def _time_stamp(self) -> None:
        service = self._database.setting(TIME_STAMP_SERVICE).strip()
        if not service:
            raise UserError(
                "Aucun service d'horodatage n'est choisi : donnez son adresse dans les réglages (Signature). "
                "Le document vaut sans horodatage."
            )
        before = self.paper.pdf

        def work(_: Any) -> bytes:
            from pyhanko.sign.timestamps import HTTPTimeStamper

            from charte_desktop.documents.seal import add_timestamp

            return add_timestamp(before, HTTPTimeStamper(service, timeout=20))

        def keep(stamped: bytes) -> None:
            self._documents.add_time_stamp(self._document.id, before, stamped)
            self.paper = Paper(self.paper.title, stamped)
            self.preview.show_pdf(stamped)
            self._judge()
            self.changed.emit()
            self.said.emit(messages.DONE, "Horodatage ajouté : ce qui est scellé n'a pas changé.")

        self._run("Horodatage…", work, keep, can_cancel=False)

    def _correct(self) -> None:
        self.dialog = ReasonDialog(
            self,
            "Corriger un document scellé",
            f"Le document n° {self._document.number} ne change pas et reste lisible. Un nouveau document est lu, signé "
            "et scellé à sa place ; il le cite, avec le motif.",
            "Faire signer la correction",
            self._ask_correction,
        )
        self.dialog.open()

    def _ask_correction(self, reason: str) -> None:
        if not reason.strip():
            raise UserError("Écrivez pourquoi le document est corrigé : le nouveau le dit.")
        self.correct_asked.emit(self._document.subject_id, self._document.id, reason.strip())


def _mail(number: str, provider: str, adviser: str) -> tuple[str, str]:
    return (
        f"Charte d'engagement signée, n° {number}",
        f"Bonjour,\n\nVous trouverez ci-joint votre exemplaire de la charte d'engagement n° {number}, signée pour "
        f"{provider}.\n\nGardez le fichier tel quel : son sceau permet de voir s'il est inchangé depuis le scellement. "
        "Sa dernière page dit comment le vérifier.\n\n"
        f"Bien cordialement,\n{adviser}\nCCI Île de la Réunion\n",
    )
