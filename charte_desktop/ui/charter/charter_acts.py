"""What is done from the tab Charte: sign, print, send, file, verify; each opens its page over the list."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog

from charte_desktop.errors import UserError
from charte_desktop.ui import messages
from charte_desktop.ui.charter.lent_page import LentPage
from charte_desktop.ui.charter.scan_pages import PICTURES
from charte_desktop.ui.files import read_file
from charte_desktop.ui.sheets.paper_actions import Paper

if TYPE_CHECKING:
    from datetime import date

    from charte_desktop.documents.verification import Verification
    from charte_desktop.exchange.scanned_charter import ScanCodes
    from charte_desktop.store.charter_rows import SignatureFacts
    from charte_desktop.store.database import Database
    from charte_desktop.ui.charter.charter_tab import CharterTab
    from charte_desktop.ui.charter.hand_over import HandOverWindow
    from charte_desktop.ui.charter.scan_pages import Scan
    from charte_desktop.ui.charter.signing_page import SigningPage

_SCANS = "Scans (*.pdf *.jpg *.jpeg *.png *.tif *.tiff);;Tous les fichiers (*)"


class CharterActs(QObject):
    """One method for each button."""

    def __init__(self, tab: "CharterTab", database: "Database", run: Callable[..., None]) -> None:
        super().__init__(tab)
        self._tab, self._database, self._run = tab, database, run
        self.dialog: QDialog | None = None
        """The last dialog shown."""
        self._lent = LentPage(tab, tab.places, database, "Charte d'engagement")
        self._lent.returned.connect(self._take_back)

    # On the screen

    def sign(self, provider_id: str, *, corrects_id: str = "", reason: str = "") -> None:
        """Open the signing of a provider where it was left; without an id, of a new one.

        What could not be sealed is refused here: nobody reads and draws for nothing. An incomplete form is no refusal:
        the first step fills it.
        """
        from charte_desktop.ui.charter.signing_page import SigningPage

        if provider_id:
            self._refuse_closed(provider_id, corrects_id, reason)
        page = SigningPage(self._database, self._run, provider_id, corrects_id=corrects_id, reason=reason)
        page.hand_asked.connect(lambda: self._hand(page))
        page.sealed.connect(lambda signature_id: self._signed(page, signature_id))
        self._tab.open_page(page)
        page.left.connect(self._tab.reload)

    def _refuse_closed(self, provider_id: str, corrects_id: str, reason: str) -> None:
        from charte_desktop.model.signing import SigningState
        from charte_desktop.store.charter_signatures import CharterSignatures
        from charte_desktop.store.charter_signing import CharterSigning
        from charte_desktop.store.provider_rows import ProviderRows
        from charte_desktop.store.signing_sessions import SigningSessions

        signatures = CharterSignatures(self._database)
        signatures.ensure_shipped()
        known = SigningSessions(self._database).of(provider_id)
        state = known or SigningState("", provider_id, signatures.current_version, "")
        if corrects_id:
            state.corrects_id, state.correction_reason = corrects_id, reason
        if not ProviderRows(self._database).facts(provider_id).missing():
            CharterSigning(self._database).refuse_unless_open(state)

    def _hand(self, page: "SigningPage") -> None:
        """Give the laptop to the signer; or ask the code to have it back."""
        self._lent.turn(page, page)
        self.dialog = self._lent.dialog or self.dialog

    @property
    def hand_over(self) -> "HandOverWindow | None":
        """The signer's window, while the signer has the laptop."""
        return self._lent.window

    def _take_back(self, page: "SigningPage") -> None:
        if page.signature_id:
            self._signed(page, page.signature_id)
        else:
            page.set_handed(False)

    def _signed(self, page: "SigningPage", signature_id: str) -> None:
        """The charter is signed: its document, and a copy in one gesture."""
        from charte_desktop.store.charter_rows import CharterRows
        from charte_desktop.ui.charter.signed_page import SignedPage

        assert page.desk is not None
        provider_id = page.desk.state.provider_id
        signatures = CharterRows(self._database).signatures(provider_id)
        signature = next(one for one in signatures if one.id == signature_id)
        assert signature.document_id is not None
        signed = SignedPage(self._database, self._run, signature.document_id)
        signed.correct_asked.connect(self._correct)
        self._tab.places.replace(signed)
        self._tab.said.emit(
            messages.DONE, f"Charte signée et scellée sous le n° {signature.number}. Le prestataire est au registre."
        )

    def _correct(self, provider_id: str, document_id: str, reason: str) -> None:
        self._tab.places.leave_all()
        self.sign(provider_id, corrects_id=document_id, reason=reason)

    # Documents

    def open_document(self, signature: "SignatureFacts") -> None:
        """Open what a signature left: the sealed document, or the scan."""
        from charte_desktop.ui.charter.signed_page import SignedPage

        if signature.document_id:
            page = SignedPage(self._database, self._run, signature.document_id)
            page.correct_asked.connect(self._correct)
            self._tab.open_page(page)
        elif signature.scan_id:
            self._open_scan(signature)

    def _open_scan(self, signature: "SignatureFacts") -> None:
        from charte_desktop.documents.safe_pages import safe_pages
        from charte_desktop.exchange.scanned_charter import joined, pictures_of
        from charte_desktop.store.attachments import Attachments
        from charte_desktop.ui.sheets.document_page import DocumentPage

        assert signature.scan_id is not None
        content = Attachments(self._database).content(signature.scan_id)
        is_pdf = content.startswith(b"%PDF")
        pdf = safe_pages(content) if is_pdf else joined(pictures_of(signature.scan_name, content))
        paper = Paper(f"Charte signée le {signature.signed_on:%d-%m-%Y}", pdf)
        facts = f"{signature.scan_name} · SHA-256 {signature.scan_sha256}"
        self._tab.open_page(DocumentPage(paper, facts))

    def show_text(self) -> None:
        """The charter's text, version by version."""
        from charte_desktop.store.charter_signatures import CharterSignatures
        from charte_desktop.ui.charter.text_page import TextPage

        CharterSignatures(self._database).ensure_shipped()
        self._tab.open_page(TextPage(self._database))

    # On paper

    def print_paper(self, provider_id: str) -> None:
        """The charter and the form to print, with the code that leads the scan back."""
        from charte_desktop.documents.charter import page_count, paper_charter
        from charte_desktop.model.charter_content import PaperCharterContent
        from charte_desktop.store.charter_signatures import CharterSignatures
        from charte_desktop.store.paper_charters import PaperCharters
        from charte_desktop.store.provider_rows import ProviderRows
        from charte_desktop.ui.sheets.document_page import DocumentPage, MailWords

        CharterSignatures(self._database).ensure_shipped()

        def draw(content: PaperCharterContent) -> tuple[bytes, int]:
            return paper_charter(content), page_count(content)

        pdf = PaperCharters(self._database).issue(provider_id, draw)
        provider = ProviderRows(self._database).facts(provider_id)
        name = provider.legal_name or "sans nom"
        mail = MailWords(
            tuple(provider.emails[:1]),
            "Charte d'engagement à signer",
            "Bonjour,\n\nVous trouverez ci-joint la charte d'engagement des offreurs de solutions numériques, avec "
            "votre fiche. Imprimez-la, signez-la, puis rendez-la à votre conseiller ou renvoyez-la numérisée : toutes "
            f"les pages, codes visibles.\n\nBien cordialement,\n{self._database.adviser}\nCCI Île de la Réunion\n",
            provider.legal_representative,
        )
        self._tab.open_page(
            DocumentPage(
                Paper(f"Charte à signer {name[:60]}", pdf), f"{name} · à signer à la main, puis à numériser", mail
            )
        )
        self._tab.tell_changed()

    def enter_dated(self, provider_id: str) -> None:
        """Enter a charter signed on paper that is known by its date."""
        from charte_desktop.store.charter_signatures import CharterSignatures
        from charte_desktop.store.provider_rows import ProviderRows
        from charte_desktop.ui.providers.paper_charter_dialog import PaperCharterDialog

        provider = ProviderRows(self._database).facts(provider_id)

        def enter(signed_on: "date", signer: str, source: str) -> None:
            CharterSignatures(self._database).record_paper(provider.id, signed_on, signer=signer, source=source)
            self._tab.tell_changed()
            self._tab.said.emit(
                messages.DONE, f"Charte signée le {signed_on:%d/%m/%Y} enregistrée pour {provider.legal_name}."
            )

        self._show(
            PaperCharterDialog(
                self._tab, provider.legal_name, provider.legal_representative, self._database.today(), enter
            )
        )

    def cancel(self, signature: "SignatureFacts") -> None:
        """Cancel a signature that was entered in error; it stays readable."""
        from charte_desktop.store.charter_signatures import CharterSignatures
        from charte_desktop.ui.reason_dialog import ReasonDialog

        def carry_out(reason: str) -> None:
            CharterSignatures(self._database).cancel(signature.id, self._database.today(), reason)
            self._tab.tell_changed()
            self._tab.said.emit(messages.DONE, "Signature annulée : elle reste lisible, et n'engage plus.")

        self._show(
            ReasonDialog(
                self._tab,
                "Annuler une signature",
                f"La signature du {signature.signed_on:%d/%m/%Y} n'engagera plus à partir d'aujourd'hui. Elle reste "
                "lisible, avec le motif.",
                "Annuler la signature",
                carry_out,
            )
        )

    def ask_scan(self) -> None:
        """Let the user choose the scan of a signed charter."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._tab, "Classer un scan", folder, _SCANS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.open_scan([Path(one) for one in names]))
        self._show(dialog)

    def open_scan(self, files: Sequence[Path], proposed_id: str = "") -> None:
        """Read the codes of a scan beside the window, then show whose it is."""

        def work(_: Any) -> "tuple[Scan, ScanCodes]":
            from charte_desktop.exchange.scanned_charter import codes_of
            from charte_desktop.ui.charter.scan_pages import scan_of

            scan, pictures = scan_of(files)
            return scan, codes_of(pictures)

        def show(read: "tuple[Scan, ScanCodes]") -> None:
            from charte_desktop.ui.charter.scan_page import ScanPage

            self._tab.open_page(ScanPage(self._database, *read, proposed_id))

        self._run("Lecture des codes du scan…", work, show, can_cancel=False)

    # By mail

    def send_form(self, provider_id: str) -> None:
        """The form to fill, in a mail to look at and send."""
        from charte_desktop.documents.fillable_fiche import fillable_fiche, printed_fiche
        from charte_desktop.store.provider_register import ProviderRegister
        from charte_desktop.ui.sheets.document_page import DocumentPage, MailWords

        provider = ProviderRegister(self._database).get(provider_id)
        made = provider, self._database.adviser, self._database.clock()
        pdf, on_paper = (
            make(*made, demonstration=self._database.is_demonstration) for make in (fillable_fiche, printed_fiche)
        )
        mail = MailWords(
            tuple(provider.emails[:1]),
            "Votre fiche pour la charte d'engagement",
            "Bonjour,\n\nVous trouverez ci-joint la fiche signalétique de la charte d'engagement des offreurs de "
            "solutions numériques. Complétez-la à l'écran, enregistrez-la, puis renvoyez-la en réponse à ce "
            f"courriel.\n\nBien cordialement,\n{self._database.adviser}\nCCI Île de la Réunion\n",
            provider.legal_representative,
        )
        name = provider.legal_name or "sans nom"
        self._tab.open_page(
            DocumentPage(
                Paper(f"Fiche à remplir {name[:60]}", pdf, on_paper=on_paper),
                f"{name} · le fichier rempli se dépose sur la fenêtre : il devient une mise à jour de la fiche",
                mail,
            )
        )

    # Verifying

    def take_files(self, files: Sequence[Path], proposed_id: str = "") -> None:
        """What was dropped: pictures are a scan; a PDF with a code too; any other PDF is verified."""
        if all(one.suffix.lower() in PICTURES for one in files):
            self.open_scan(files, proposed_id)
            return
        if len(files) != 1:
            raise UserError("Déposez un seul PDF à la fois, ou seulement les images des pages d'une même charte.")
        self.verify(files[0], proposed_id)

    def verify(self, file: Path, proposed_id: str = "") -> None:
        """Judge a PDF beside the window, then show the verdict; a PDF with the code of a charter to sign is a scan."""
        content = read_file(file)
        database = self._database

        def work(_: Any) -> "tuple[Verification, bytes, bool]":
            from charte_desktop.documents.verification import Verdict, verify
            from charte_desktop.store.seal_certificates import SealCertificates

            certificates = SealCertificates(database)
            judged = verify(content, certificates.known(), certificates.roots())
            if judged.verdict in (Verdict.INTACT_KNOWN, Verdict.INTACT_UNKNOWN):
                return judged, content, False
            pages = _pages(content)
            return judged, pages, judged.verdict is Verdict.FOREIGN and _has_code(pages)

        def show(found: "tuple[Verification, bytes, bool]") -> None:
            from charte_desktop.ui.charter.verdict_page import VerdictPage

            judged, pages, has_code = found
            if has_code:
                self.open_scan([file], proposed_id)
                return
            page = VerdictPage(self._database, file, content, pages, judged)
            page.scan_asked.connect(self._scan_instead)
            page.record_asked.connect(self._tab.record_asked)
            self._tab.open_page(page)

        self._run(f"Vérification de {file.name}…", work, show, can_cancel=False)

    def _scan_instead(self, files: Sequence[Path]) -> None:
        self._tab.places.leave_all()
        self.open_scan(files)

    def _show(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()


def _pages(content: bytes) -> bytes:
    """The pages of a stranger's PDF, fit to be drawn; empty when they are not."""
    from charte_desktop.documents.safe_pages import safe_pages

    try:
        return safe_pages(content)
    except UserError:
        return b""


def _has_code(pages: bytes) -> bool:
    """Whether the first page bears the code of a charter to sign."""
    from charte_desktop.exchange.scanned_charter import codes_on
    from charte_desktop.ui.charter.scan_pages import drawn

    return bool(pages) and bool(codes_on(next(drawn(pages, "ce fichier"))))
