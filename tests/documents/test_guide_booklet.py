"""The guide as one PDF."""

import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from charte_desktop.documents.guide_booklet import guide_booklet, plain
from charte_desktop.documents.page_style import REUNION
from charte_desktop.model.guide import chapters

AT = datetime(2026, 11, 23, 14, 2, tzinfo=REUNION)


@pytest.fixture(scope="module")
def booklet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("guide") / "guide.pdf"
    file.write_bytes(guide_booklet(AT))
    return file


def text_of(file: Path, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, str(file), "-"], capture_output=True, text=True, check=True).stdout


def test_the_same_guide_and_the_same_moment_give_the_same_bytes(booklet: Path) -> None:
    assert booklet.read_bytes() == guide_booklet(AT)


def test_other_programs_find_nothing_wrong_in_it(booklet: Path) -> None:
    subprocess.run(["qpdf", "--check", str(booklet)], check=True, capture_output=True)
    told = subprocess.run(["pdfinfo", str(booklet)], check=True, capture_output=True, text=True).stdout
    assert "Tagged:          yes" in told
    assert "Guide de Charte Desktop" in told
    fonts = subprocess.run(["pdffonts", str(booklet)], check=True, capture_output=True, text=True).stdout
    assert all("yes yes" in line for line in fonts.splitlines()[2:])


def test_every_chapter_is_in_it_and_on_the_page_that_the_table_says(booklet: Path) -> None:
    first = text_of(booklet, "-layout", "-l", "1")
    for number, chapter in enumerate(chapters(), 1):
        [line] = [one for one in first.splitlines() if one.startswith(f"{number}. {chapter.title} ")]
        page = line.split()[-1]
        assert f"{number}. {chapter.title}" in text_of(booklet, "-f", page, "-l", page)


def test_every_picture_is_in_it_with_words_for_who_does_not_see_it(booklet: Path) -> None:
    told = subprocess.run(["pdfimages", "-list", str(booklet)], check=True, capture_output=True, text=True).stdout
    assert len(told.splitlines()) - 2 >= 5
    structure = subprocess.run(["pdfinfo", "-struct", str(booklet)], check=True, capture_output=True, text=True).stdout
    assert structure.count("Figure") >= 5
    assert "Caption" in structure


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**Tout s'enregistre** seul", "Tout s'enregistre seul"),
        ("menu *Fichier*, *Réglages…* (`Ctrl+,`)", "menu Fichier, Réglages… (Ctrl+,)"),
        ("le dossier `sauvegardes` ; `.xlsx`", "le dossier «\u00a0sauvegardes\u00a0»\u00a0; .xlsx"),
        ("2 * 3 * 4 et un_nom_long", "2 * 3 * 4 et un_nom_long"),
        ("voir [le site](https://exemple.re)", "voir le site"),
    ],
)
def test_marks_of_emphasis_are_not_printed(text: str, shown: str) -> None:
    assert plain(text) == shown
