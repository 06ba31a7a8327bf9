from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, load_der_private_key, pkcs12
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_csr
from pytestqt.qtbot import QtBot

from charte_desktop.documents.seal_identity import make_identity
from charte_desktop.errors import UserError
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.database import Database
from charte_desktop.store.provider_rows import renewal_rule
from charte_desktop.store.seal_certificates import SealCertificates
from charte_desktop.ui.charter.code_dialog import CodeDialog
from charte_desktop.ui.charter.hand_over import is_code
from charte_desktop.ui.settings.charter_page import CharterPage
from charte_desktop.ui.settings.seal_page import SealPage
from charte_desktop.ui.settings.secret_dialog import SecretDialog
from charte_desktop.ui.settings.settings_dialog import SettingsDialog
from tests.signings import identity_of

Write = Callable[[str, bytes], Path]


@pytest.fixture
def dialog(qtbot: QtBot, database: Database) -> SettingsDialog:
    dialog = SettingsDialog(None, database)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return written


def charter(dialog: SettingsDialog) -> CharterPage:
    page = dialog.page(CharterPage)
    assert isinstance(page, CharterPage)
    return page


def seals(dialog: SettingsDialog) -> SealPage:
    page = dialog.page(SealPage)
    assert isinstance(page, SealPage)
    return page


def test_a_newer_text_is_loaded_from_a_file_and_is_the_one_to_sign(
    dialog: SettingsDialog, database: Database, write: Write
) -> None:
    page = charter(dialog)
    assert page.version.currentText() == "Charte v1"
    page.load(
        write("charte-2027.md", "# Charte 2027\r\n\r\nUn texte plus récent, à lire et à signer.".encode("cp1252"))
    )
    assert "mots" in page.loaded.text()
    dialog.save_button.click()
    signatures = CharterSignatures(database)
    assert {one.label for one in signatures.versions()} == {"charte-2027", "Charte v1"}
    assert "plus récent" in signatures.text(signatures.current_version)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("charte.docx", b"PK\x03\x04\x00\x00" + bytes(200), "n'est pas un fichier texte"),
        ("vide.txt", b"", "est vide|n'est pas un fichier texte"),
        ("blanc.md", b"  \n\n# \n", "est vide"),
        ("enorme.md", b"mot " * 1_000_000, "n'est pas un fichier texte"),
    ],
)
def test_what_is_no_text_is_refused(
    name: str, content: bytes, sentence: str, dialog: SettingsDialog, write: Write, database: Database
) -> None:
    page = charter(dialog)
    with pytest.raises(UserError, match=sentence):
        page.load(write(name, content))
    dialog.save_button.click()
    assert len(CharterSignatures(database).versions()) == 1


def test_the_term_is_off_by_default_and_can_be_set(dialog: SettingsDialog, database: Database) -> None:
    page = charter(dialog)
    assert renewal_rule(database).validity_months is None
    assert not page.months.isEnabled()
    page.has_term.click()
    page.months.setValue(36)
    page.notice.setValue(45)
    dialog.save_button.click()
    rule = renewal_rule(database)
    assert (rule.validity_months, rule.notice_days, rule.grace_days) == (36, 45, 30)


def test_the_key_of_the_workstation_is_replaced_by_a_pkcs12(
    qtbot: QtBot, dialog: SettingsDialog, database: Database, write: Write
) -> None:
    page = seals(dialog)
    assert "premier scellement" in page.own_words.text()
    brought = make_identity("CCI Île de la Réunion", "P12", database.clock())
    file = write(
        "cle.p12",
        pkcs12.serialize_key_and_certificates(
            b"charte",
            load_der_private_key(brought.private_key, None),  # type: ignore[arg-type]
            load_der_x509_certificate(brought.certificate),
            None,
            BestAvailableEncryption(b"secret"),
        ),
    )
    page._ask_pkcs12()
    chooser = page.dialog
    assert chooser is not None
    chooser.fileSelected.emit(str(file))  # type: ignore[attr-defined]
    secret = page.dialog
    assert isinstance(secret, SecretDialog)
    secret.secret.setText("faux")
    secret.buttons.accepted.emit()
    assert "n'ouvre pas" in secret.sentence.text()
    secret.secret.setText("secret")
    secret.buttons.accepted.emit()
    own = SealCertificates(database).own()
    assert own is not None
    assert own.certificate == brought.certificate
    assert "poste P12" in page.own_words.text()


def test_a_request_is_written_for_the_key_and_another_key_s_certificate_is_refused(
    dialog: SettingsDialog, database: Database, write: Write, tmp_path: Path
) -> None:
    identity = identity_of(database)
    page = seals(dialog)
    page._ask_request()
    chooser = page.dialog
    assert chooser is not None
    chooser.fileSelected.emit(str(tmp_path / "poste.csr"))  # type: ignore[attr-defined]
    request = load_pem_x509_csr((tmp_path / "poste.csr").read_bytes())
    assert request.public_key() == load_der_x509_certificate(identity.certificate).public_key()
    stranger = make_identity("Autre", "XXX", database.clock())
    with pytest.raises(UserError, match="n'a pas été fait pour la clé"):
        page.take_certificate(write("autre.crt", stranger.certificate))


def test_other_workstations_and_authorities_are_known_and_forgotten(
    dialog: SettingsDialog, database: Database, write: Write, tmp_path: Path
) -> None:
    identity_of(database)
    page = seals(dialog)
    page._show()
    other, root = (
        make_identity(name, "ABC", database.clock() - timedelta(days=1)) for name in ("Poste Sud", "Autorité")
    )
    page.trust(write("poste.cer", other.certificate))
    page.trust_root(write("autorite.cer", root.certificate))
    certificates = SealCertificates(database)
    assert other.certificate in certificates.known()
    assert certificates.roots() == [root.certificate]
    with pytest.raises(UserError, match="déjà reconnu"):
        page.trust(write("poste.cer", other.certificate))
    with pytest.raises(UserError, match="certificat lisible"):
        page.trust(write("photo.cer", b"\x89PNG"))
    roles = [page.known.item(row, 1).text() for row in range(page.known.rowCount())]  # type: ignore[union-attr]
    assert sorted(roles) == ["autorité", "autre poste", "ce poste"]
    page.known.selectRow(roles.index("autre poste"))
    page.forget_button.click()
    assert other.certificate not in certificates.known()
    page.known.selectRow(roles.index("ce poste"))
    with pytest.raises(UserError, match="reste reconnu"):
        page.forget()
    page._ask_export()
    chooser = page.dialog
    assert chooser is not None
    chooser.fileSelected.emit(str(tmp_path / "ce-poste.pem"))  # type: ignore[attr-defined]
    assert (tmp_path / "ce-poste.pem").read_bytes().startswith(b"-----BEGIN CERTIFICATE-----")


def test_the_code_and_the_time_stamp_service_are_chosen(dialog: SettingsDialog, database: Database) -> None:
    page = seals(dialog)
    page.service.setText("horodatage.example")
    dialog.save_button.click()
    assert "https://" in dialog.message.text()
    page.service.setText("https://horodatage.example/tsr")
    page.code_button.click()
    code = page.dialog
    assert isinstance(code, CodeDialog)
    code.code.setText("8520")
    code.again.setText("8520")
    code.buttons.accepted.emit()
    assert is_code(database, "8520")
    assert not is_code(database, "8521")
    dialog.save_button.click()
    assert database.setting("time_stamp_service") == "https://horodatage.example/tsr"
