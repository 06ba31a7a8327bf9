import io
import zipfile

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.attached_file import LARGEST, is_program, plain_name, refuse_file

WINDOWS = b"MZ\x90\x00" + bytes(200)


def an_archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 5000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("facture.pdf.exe", b"%PDF"),
        ("Facture.PDF", WINDOWS),
        ("image.png", b"\x7fELF" + bytes(100)),
        ("script", b"#!/bin/sh\nrm -rf"),
        ("notes.txt", b"@echo off\r\ndel *"),
        ("raccourci.pdf", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(80)),
        ("jeu.zip", an_archive("META-INF/MANIFEST.MF", "Main.class")),
        ("devis\u202efdp.exe", b"x"),
        ("devis.scr .", b"x"),
        ("macro.vbs", b"MsgBox 1"),
    ],
)
def test_a_program_is_known_by_its_name_or_by_what_it_holds(name: str, content: bytes) -> None:
    assert is_program(name, content)
    with pytest.raises(UserError, match="est un programme : joignez un document"):
        refuse_file(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("devis.pdf", b"%PDF-1.7"),
        ("note.txt", b"MZ Conseil rappelle demain"),
        ("liste.xlsx", an_archive("[Content_Types].xml", "xl/workbook.xml")),
        ("lettre.odt", an_archive("mimetype", "META-INF/manifest.xml")),
        ("courriel.eml", b"From: a@b.example\n\nBonjour"),
        ("sans ending", b"\x00\x01"),
        ("photos.zip", an_archive("plage.jpg")),
    ],
)
def test_a_document_is_none(name: str, content: bytes) -> None:
    assert not is_program(name, content)
    refuse_file(name, content)


def test_an_empty_file_and_a_huge_one_get_their_sentence() -> None:
    with pytest.raises(UserError, match="est vide"):
        refuse_file("vide.pdf", b"")
    with pytest.raises(UserError, match="dépasse 25 Mo"):
        refuse_file("film.mp4", bytes(LARGEST + 1))
    refuse_file("juste.mp4", bytes(LARGEST))


def test_a_name_hides_nothing() -> None:
    assert plain_name("de\u202evis\u200b  du  site.pdf ..") == "devis du site.pdf"
