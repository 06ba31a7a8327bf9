"""What this workstation seals with, whose seals it knows, and the code of the hand-over.

Keys and certificates are taken at once, when they are chosen: a key that waits for a button is a key that gets lost.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
)

from charte_desktop.errors import UserError
from charte_desktop.ui.charter.code_dialog import CodeDialog
from charte_desktop.ui.charter.hand_over import has_code
from charte_desktop.ui.charter.signed_page import TIME_STAMP_SERVICE
from charte_desktop.ui.files import read_file, write_file
from charte_desktop.ui.settings.secret_dialog import SecretDialog
from charte_desktop.ui.settings.settings_page import SettingsPage

if TYPE_CHECKING:
    from charte_desktop.documents.seal_identity import SealIdentity

_ID = int(Qt.ItemDataRole.UserRole)
_ROLES = {"workstation": "ce poste", "other": "autre poste", "root": "autorité"}
_CERTIFICATES = "Certificats (*.pem *.crt *.cer *.der *.p7b);;Tous les fichiers (*)"


class SealPage(SettingsPage):
    """Own key, known certificates, time stamps, code."""

    own_words: QLabel
    p12_button: QPushButton
    request_button: QPushButton
    certificate_button: QPushButton
    known: QTableWidget
    export_button: QPushButton
    trust_button: QPushButton
    root_button: QPushButton
    forget_button: QPushButton
    service: QLineEdit
    code_words: QLabel
    code_button: QPushButton

    TITLE = "Signature et sceau"
    FORM = "seal_page"

    def fill(self) -> None:
        from charte_desktop.store.seal_certificates import SealCertificates

        self._certificates = SealCertificates(self.database)
        self.dialog: QDialog | None = None
        self.known.setColumnCount(3)
        self.known.setHorizontalHeaderLabels(["Certificat", "Rôle", "Depuis le"])
        self.known.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.known.verticalHeader().hide()
        self.known.setShowGrid(False)
        self.known.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.known.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.known.itemSelectionChanged.connect(self._follow)
        self.service.setText(self.database.setting(TIME_STAMP_SERVICE))
        for button, act in (
            (self.p12_button, self._ask_pkcs12),
            (self.request_button, self._ask_request),
            (self.certificate_button, lambda: self._ask("Certificat reçu", _CERTIFICATES, self.take_certificate)),
            (self.export_button, self._ask_export),
            (self.trust_button, lambda: self._ask("Reconnaître un poste", _CERTIFICATES, self.trust)),
            (self.root_button, lambda: self._ask("Reconnaître une autorité", _CERTIFICATES, self.trust_root)),
            (self.forget_button, self.forget),
            (self.code_button, self._ask_code),
        ):
            button.clicked.connect(lambda _=False, act=act: act())
        self._show()

    def check(self) -> None:
        service = self.service.text().strip()
        if service and not service.startswith(("https://", "http://")):
            self.service.setFocus()
            raise UserError("L'adresse du service d'horodatage commence par https:// ou http://.")

    def save(self) -> list[str]:
        service = self.service.text().strip()
        if service == self.database.setting(TIME_STAMP_SERVICE):
            return []
        self.database.set_setting(TIME_STAMP_SERVICE, service, "Choisir le service d'horodatage")
        return [f"service d'horodatage : {service or 'aucun'}"]

    # What is shown

    def _show(self) -> None:
        from charte_desktop.documents.verification import grouped

        own = self._certificates.own()
        if own is None:
            self.own_words.setText("Elle sera faite au premier scellement. Vous pouvez aussi en apporter une.")
        else:
            facts = self._identity().facts
            self.own_words.setText(
                f"{facts.name}, valable jusqu'au {facts.valid_until:%d/%m/%Y}\n"
                f"Empreinte du certificat (SHA-256) : {grouped(facts.fingerprint)}"
            )
        self.known.setRowCount(0)
        for one in self._certificates.all():
            row = self.known.rowCount()
            self.known.insertRow(row)
            role = _ROLES[one.role] + (" (retiré)" if one.retired_at is not None else "")
            for column, words in enumerate((one.name, role, f"{one.added_at:%d/%m/%Y}")):
                item = QTableWidgetItem(words)
                item.setData(_ID, one.id)
                item.setToolTip(grouped(one.id))
                self.known.setItem(row, column, item)
        self.known.resizeColumnToContents(1)
        self.code_words.setText(
            "Un code de remise est choisi : il rend l'ordinateur au conseiller."
            if has_code(self.database)
            else "Aucun code de remise n'est choisi : il sera demandé à la première remise."
        )
        self._follow()

    def _follow(self) -> None:
        self.forget_button.setEnabled(bool(self.known.selectedItems()))

    def _identity(self) -> "SealIdentity":
        """The key of this workstation; made when it has none: a certificate is wanted for it."""
        from charte_desktop.ui.charter.workstation import workstation_identity

        return workstation_identity(self.database)

    # What is done

    def take_pkcs12(self, file: Path, passphrase: str) -> None:
        """Seal with the key of a PKCS #12 file from now on."""
        from charte_desktop.documents.seal_identity import read_pkcs12

        self._seal_with(read_pkcs12(read_file(file), passphrase, self.database.clock()))

    def take_certificate(self, file: Path) -> None:
        """Seal with the certificate that an authority made for the key of this workstation."""
        from charte_desktop.documents.seal_identity import with_certificate

        self._seal_with(with_certificate(self._identity(), read_file(file), self.database.clock()))

    def _seal_with(self, identity: "SealIdentity") -> None:
        from charte_desktop.model.sealed_pdf import KeyPair

        pair = KeyPair(identity.certificate, identity.private_key, identity.chain)
        self._certificates.seal_with(pair, identity.facts.name)
        self._show()

    def trust(self, file: Path, *, root: bool = False) -> None:
        """Know the workstations, or the authorities, whose certificates are in a file."""
        from charte_desktop.documents.seal_identity import certificates_in, describe

        for certificate in certificates_in(read_file(file)):
            self._certificates.trust(certificate, describe(certificate).name, root=root)
        self._show()

    def trust_root(self, file: Path) -> None:
        """Know every workstation that an authority answers for."""
        self.trust(file, root=True)

    def forget(self) -> None:
        """Know the chosen certificate no more."""
        chosen = self.known.selectedItems()
        if chosen:
            self._certificates.forget(str(chosen[0].data(_ID)))
            self._show()

    # What is asked

    def _ask_pkcs12(self) -> None:
        def ask_secret(file: Path) -> None:
            dialog = SecretDialog(
                self,
                f"« {file.name} » contient la clé et le certificat avec lesquels ce poste scellera désormais. Ce qui a "
                "été scellé reste reconnu.",
                lambda secret: self.take_pkcs12(file, secret),
            )
            self.dialog = dialog
            dialog.open()

        self._ask("Clé de scellement", "PKCS #12 (*.p12 *.pfx);;Tous les fichiers (*)", ask_secret)

    def _ask_request(self) -> None:
        from charte_desktop.documents.seal_identity import signing_request

        content = signing_request(self._identity())
        self._show()
        self._ask(
            "Demande de certificat",
            "Demande de certificat (*.csr)",
            lambda file: write_file(file, content),
            writes=f"charte-{self.database.device}.csr",
        )

    def _ask_export(self) -> None:
        import ssl

        content = ssl.DER_cert_to_PEM_cert(self._identity().certificate).encode()
        self._show()
        self._ask(
            "Certificat de ce poste",
            "Certificat (*.pem)",
            lambda file: write_file(file, content),
            writes=f"charte-{self.database.device}.pem",
        )

    def _ask_code(self) -> None:
        dialog = CodeDialog(self, self.database)
        dialog.accepted.connect(self._show)
        self.dialog = dialog
        dialog.open()

    def _ask(self, title: str, kinds: str, then: Callable[[Path], None], *, writes: str = "") -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, title, folder, kinds)
        if writes:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(writes)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()
