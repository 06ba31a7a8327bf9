"""What is dropped on the window: sealed documents, scans, filled forms, and files that are none of these."""

import asyncio
import random
import socket
import subprocess
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pikepdf
import pytest
from asn1crypto import tsp
from PIL import Image
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from charte_desktop.documents.charter import page_count, paper_charter
from charte_desktop.documents.fillable_fiche import fillable_fiche
from charte_desktop.model.charter_content import PaperCharterContent
from charte_desktop.model.provider import Provider
from charte_desktop.store.attachments import Attachments
from charte_desktop.store.charter_rows import CharterRows
from charte_desktop.store.database import Database
from charte_desktop.store.paper_charters import PaperCharters
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.store.sealed_documents import SealedDocuments
from charte_desktop.ui.charter.charter_tab import CharterTab
from charte_desktop.ui.charter.scan_page import ScanPage
from charte_desktop.ui.charter.signed_page import TIME_STAMP_SERVICE, SignedPage
from charte_desktop.ui.charter.verdict_page import VerdictPage
from charte_desktop.ui.imports.import_dialog import ImportDialog
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary
from charte_desktop.ui.providers.providers_tab import ProvidersTab
from charte_desktop.ui.sheets.document_page import DocumentPage
from charte_desktop.ui.tabs import PROVIDERS, TODAY
from tests.documents.charters import a_sealed_charter
from tests.documents.sealing import timestamper
from tests.documents.strange_files import STRANGE
from tests.factory import a_provider, enter
from tests.signings import signed
from tests.ui.charter.conftest import on_top, settled
from tests.ui.imports import conftest as dragging
from tests.ui.imports.conftest import drop

Write = Callable[[str, bytes], Path]


def printed(database: Database, provider: Provider) -> bytes:
    def draw(content: PaperCharterContent) -> tuple[bytes, int]:
        return paper_charter(content), page_count(content)

    return PaperCharters(database).issue(provider.id, draw)


def scans_of(pdf: bytes, folder: Path) -> list[Path]:
    """The pages as somebody's scanner gives them: JPEG, a little askew, grey."""
    source = folder / "papier.pdf"
    source.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-jpeg", "-gray", source, folder / "scan"], check=True)
    files = sorted(folder.glob("scan-*.jpg"))
    for file in files:
        Image.open(file).rotate(1.4, fillcolor=245).save(file, quality=70)
    return files


def test_a_sealed_charter_dropped_anywhere_gets_its_verdict(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, database: Database, ready: Provider, write: Write
) -> None:
    signed(database, ready)
    (document,) = SealedDocuments(database).of(ready.id)
    pdf = SealedDocuments(database).pdf(document.id)
    window.tabs.setCurrentIndex(TODAY)

    drop(window, write("charte.pdf", pdf))
    settled(qtbot, tab)

    page = on_top(tab, VerdictPage)
    assert isinstance(page, VerdictPage)
    assert page.verdict.text() == "Inchangé depuis le scellement, par un poste connu"
    assert document.number in page.facts.text(), "it is the original"
    assert document.fingerprint in page.details.text()
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    assert window.tabs.currentIndex() == PROVIDERS
    providers = window.findChild(ProvidersTab)
    assert providers is not None
    assert providers.provider_shown == ready.id


def test_a_changed_and_a_strangers_document_are_told_apart(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, write: Write
) -> None:
    for name, content, heading, changes in (
        ("autre.pdf", a_sealed_charter(), "Inchangé depuis le scellement, par un poste inconnu", False),
        ("modif.pdf", a_sealed_charter().replace(b"/Type", b"/Tzpe", 1), "Modifié depuis le scellement", True),
        ("facture.pdf", _plain(), "Pas un document scellé par Charte Desktop", False),
        ("abime.pdf", b"%PDF-1.7\n\x00\x01", "Illisible", False),
        ("vide.pdf", b"", "Illisible", False),
    ):
        drop(window, write(name, content))
        settled(qtbot, tab)
        page = on_top(tab, VerdictPage)
        assert isinstance(page, VerdictPage)
        assert page.verdict.text() == heading, name
        assert page.changes.isVisible() == changes
        assert page.file_button.isVisible() == (name == "facture.pdf")
        page.left.emit()


def test_a_document_is_also_chosen_from_the_menu(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, write: Write
) -> None:
    file = write("autre.pdf", a_sealed_charter())
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = window.file_actions.dialog
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(file))
    dialog.accept()
    settled(qtbot, tab)
    page = on_top(tab, VerdictPage)
    assert isinstance(page, VerdictPage)
    assert page.verdict.text() == "Inchangé depuis le scellement, par un poste inconnu"


def test_strange_files_end_in_a_verdict_and_never_in_a_crash(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, write: Write, boundary: Boundary
) -> None:
    said: list[str] = []
    boundary.said.connect(lambda _, sentence: said.append(sentence))
    for number, make in enumerate(STRANGE.values()):
        drop(window, write(f"{number}.pdf", make()))
        settled(qtbot, tab)
        QApplication.processEvents()
        tab.places.leave_all()
    assert not [one for one in said if "erreur du programme" in one]


def _plain() -> bytes:
    result = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(result)
    return result.getvalue()


def test_a_scan_finds_its_provider_by_its_code_and_is_filed(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, database: Database, ready: Provider, tmp_path: Path
) -> None:
    (other,) = enter(database, a_provider(signed=None))
    files = scans_of(printed(database, ready), tmp_path)
    window.changed()
    tab.show_provider(other.id)

    drop(window, *files)
    settled(qtbot, tab)

    page = on_top(tab, ScanPage)
    assert isinstance(page, ScanPage)
    assert "charte de Œuvre Numérique" in page.found.text()
    assert page.provider_id == ready.id
    assert page.signer.text() == "Camille Exemple"
    page.signed_on.setText("12/10/2026")
    qtbot.mouseClick(page.file_button, Qt.MouseButton.LeftButton)
    (facts,) = CharterRows(database).signatures(ready.id)
    assert (f"{facts.signed_on:%d/%m/%Y}", facts.medium, facts.version_label) == ("12/10/2026", "papier", "Charte v1")
    assert facts.scan_name.endswith(".pdf")
    assert tab.places.page is None
    tab.show_provider(ready.id)
    tab.panel.open_button.click()
    scan = on_top(tab, DocumentPage)
    assert isinstance(scan, DocumentPage)
    assert "12-10-2026" in scan.title.text()


def test_a_pdf_of_a_scan_is_told_from_a_document_to_verify(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, database: Database, ready: Provider, tmp_path: Path, write: Write
) -> None:
    pages = [Image.open(file) for file in scans_of(printed(database, ready), tmp_path)]
    result = BytesIO()
    pages[0].save(result, "PDF", save_all=True, append_images=pages[1:], resolution=150)

    drop(window, write("numerise.pdf", result.getvalue()))
    settled(qtbot, tab)
    qtbot.waitUntil(lambda: isinstance(tab.places.page, ScanPage), timeout=20_000)

    page = on_top(tab, ScanPage)
    assert isinstance(page, ScanPage)
    assert page.provider_id == ready.id


def test_a_scan_without_code_is_proposed_and_the_adviser_chooses(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, database: Database, ready: Provider, write: Write
) -> None:
    enter(database, a_provider(signed=None, legal_name="Quelqu'un d'autre"))
    printed(database, ready)
    photo = BytesIO()
    Image.frombytes("L", (600, 800), random.Random(1).randbytes(480_000)).save(photo, "PNG")

    drop(window, write("photo.png", photo.getvalue()))
    settled(qtbot, tab)

    page = on_top(tab, ScanPage)
    assert isinstance(page, ScanPage)
    assert "Aucun code" in page.found.text()
    page.search.setFocus()
    page.proposals.setCurrentRow(-1)
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.provider_id == ready.id, "the arrows choose among the proposals"
    qtbot.keyClicks(page.search, "quelqu")
    qtbot.waitUntil(lambda: page.proposals.count() == 1 and "Quelqu'un" in page.proposals.item(0).text())
    page.signed_on.setText("hier soir")
    page.file()
    assert page.day_sentence.text()
    page.signed_on.setText("01/01/2030")
    page.file()
    assert "pas encore passé" in page.sentence.text()
    page.signed_on.setText("19/10/2026")
    page.file()
    assert tab.places.page is None
    (filed,) = ProviderRegister(database).find("Quelqu'un d'autre")
    assert CharterRows(database).signatures(filed.id)[0].scan_name == "photo.png"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("faux.png", b"\x89PNG\r\n\x1a\nrien", "n'est pas une image"),
        ("faux.jpg", b"", "n'est pas une image"),
        ("bombe.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "n'est pas une image"),
    ],
)
def test_a_picture_that_is_none_is_refused(
    name: str,
    content: bytes,
    sentence: str,
    qtbot: QtBot,
    window: MainWindow,
    tab: CharterTab,
    write: Write,
    boundary: Boundary,
) -> None:
    said: list[str] = []
    boundary.said.connect(lambda _, words: said.append(words))
    drop(window, write(name, content))
    settled(qtbot, tab)
    qtbot.waitUntil(lambda: bool(said))
    assert sentence in said[0]
    assert tab.places.page is None


def test_a_filled_form_opens_the_preview_of_an_import(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, database: Database, ready: Provider, write: Write
) -> None:
    drop(window, write("fiche.pdf", fillable_fiche(ProviderRegister(database).get(ready.id), "C", database.clock())))
    dialog = window.file_actions.dialog
    assert isinstance(dialog, ImportDialog)
    settled(qtbot, tab)
    qtbot.waitUntil(lambda: dialog.lines_button.isEnabled() if hasattr(dialog, "lines_button") else True)
    dialog.reject()


def test_a_file_dropped_where_files_are_kept_is_joined_there(
    window: MainWindow, tab: CharterTab, database: Database, ready: Provider, write: Write
) -> None:
    window.show_provider(ready.id)
    providers = window.findChild(ProvidersTab)
    assert providers is not None
    files = providers.record.files
    providers.record.parts.setCurrentWidget(providers.record.files_page)
    QApplication.processEvents()
    spot = QPointF(files.mapTo(window, files.rect().center()))
    mime = dragging._mime((write("devis.pdf", _plain()),))
    entering = QDragEnterEvent(spot, Qt.DropAction.CopyAction, mime, *dragging._HAND)
    QApplication.sendEvent(window.windowHandle(), entering)
    falling = QDropEvent(spot, Qt.DropAction.CopyAction, mime, *dragging._HAND, QEvent.Type.Drop)
    QApplication.sendEvent(window.windowHandle(), falling)
    assert tab.places.page is None, "the window leaves it to the page under the pointer"
    assert [one.name for one in Attachments(database).of(ready.id)] == ["devis.pdf"]


def test_the_signed_document_is_saved_mailed_and_gives_its_verifier(
    qtbot: QtBot, tab: CharterTab, database: Database, ready: Provider, tmp_path: Path, boundary: Boundary
) -> None:
    signed(database, ready)
    tab.show_provider(ready.id)
    tab.panel.open_button.click()
    page = on_top(tab, SignedPage)
    assert isinstance(page, SignedPage)
    pdf = page.paper.pdf
    page.save_button.click()
    dialog = page.actions_of_paper.dialog
    assert dialog is not None
    page.actions_of_paper.write(tmp_path / "copie.pdf", pdf)
    assert (tmp_path / "copie.pdf").read_bytes() == pdf
    page.verifier_button.click()
    dialog = page.actions_of_paper.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "verificateur.html"))  # type: ignore[attr-defined]
    html = (tmp_path / "verificateur.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>") or "<html" in html[:200]
    said: list[str] = []
    boundary.said.connect(lambda _, sentence: said.append(sentence))
    page.time_stamp_button.click()
    QApplication.processEvents()
    assert "Aucun service d'horodatage" in said[0]


@pytest.fixture
def time_stamp_service() -> Iterator[str]:
    """The address of a service (RFC 3161) that answers on this machine."""
    service = timestamper()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            response = asyncio.run(service.async_request_tsa_response(request)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(response)))
            self.end_headers()
            self.wfile.write(response)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing on the tests' output."""

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_time_stamp_is_asked_of_a_service_and_kept_with_the_document(
    qtbot: QtBot, tab: CharterTab, database: Database, ready: Provider, time_stamp_service: str, boundary: Boundary
) -> None:
    signed(database, ready)
    database.set_setting(TIME_STAMP_SERVICE, time_stamp_service, "Choisir un service d'horodatage")
    tab.show_provider(ready.id)
    tab.panel.open_button.click()
    page = on_top(tab, SignedPage)
    assert isinstance(page, SignedPage)
    before = page.paper.pdf

    page.time_stamp_button.click()
    settled(qtbot, tab)

    (document,) = SealedDocuments(database).of(ready.id)
    after = SealedDocuments(database).pdf(document.id)
    assert after.startswith(before)
    assert len(after) > len(before)
    assert page.paper.pdf == after
    assert page.verdict.text() == "Inchangé depuis le scellement, par un poste connu"
    assert "Service d'horodatage, poste TSA" in page.details.text()


def test_a_time_stamp_service_that_does_not_answer_changes_nothing(
    qtbot: QtBot, tab: CharterTab, database: Database, ready: Provider, boundary: Boundary
) -> None:
    signed(database, ready)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    database.set_setting(TIME_STAMP_SERVICE, f"http://127.0.0.1:{port}/", "Choisir un service d'horodatage")
    tab.show_provider(ready.id)
    tab.panel.open_button.click()
    page = on_top(tab, SignedPage)
    assert isinstance(page, SignedPage)
    before = page.paper.pdf
    said: list[str] = []
    boundary.said.connect(lambda _, sentence: said.append(sentence))

    page.time_stamp_button.click()
    settled(qtbot, tab)

    assert "Vérifiez le réseau et l'adresse du service" in said[0]
    (document,) = SealedDocuments(database).of(ready.id)
    assert SealedDocuments(database).pdf(document.id) == before
