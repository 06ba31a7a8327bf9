"""The guide explains every screen and every document, and its pictures are there."""

import ast
from pathlib import Path

import pytest

from charte_desktop import paths
from charte_desktop.model import guide
from charte_desktop.model.guide import Kind, chapter_of, chapters, passages, title_and_preface

ROOT = Path(__file__).parents[2]
FORMS = sorted(form.stem for form in (ROOT / "forms").glob("*.ui"))
TOOLS = {
    "certificate_chain", "contact_code", "evidence_attachment", "guide_booklet", "html_verifier", "pdf_values", "seal",
    "safe_pages", "seal_identity", "spreadsheet",
}  # fmt: skip
"""Modules of documents/ that make no document of their own, or the guide itself."""


def document_modules() -> list[str]:
    """The modules that have a function which gives a document."""
    return [
        file.stem
        for file in sorted((ROOT / "charte_desktop" / "documents").glob("*.py"))
        if file.stem not in TOOLS and any(map(_makes_a_document, ast.parse(file.read_text(encoding="utf-8")).body))
    ]


def _makes_a_document(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or node.returns is None:
        return False
    return ast.unparse(node.returns) == "bytes"


@pytest.mark.parametrize("form", FORMS)
def test_every_screen_has_its_chapter(form: str) -> None:
    assert chapter_of(form) is not None, f"name it in docs/guide.md: <!-- écrans : {form} -->"


@pytest.mark.parametrize("module", document_modules())
def test_every_document_has_its_chapter(module: str) -> None:
    named = {name for chapter in chapters() for name in chapter.documents}
    assert module in named, f"name it in docs/guide.md: <!-- documents : {module} -->"


def test_what_the_guide_names_exists() -> None:
    screens = [name for chapter in chapters() for name in chapter.screens]
    assert sorted(screens) == FORMS, "each once"
    modules = {file.stem for file in (ROOT / "charte_desktop" / "documents").glob("*.py")}
    assert {name for chapter in chapters() for name in chapter.documents} <= modules


def test_every_picture_is_there_and_says_what_it_shows() -> None:
    pictures = [one for chapter in chapters() for one in passages(chapter.source) if one.kind is Kind.PICTURE]
    assert len(pictures) >= 5
    for picture in pictures:
        assert (paths.guide().parent / picture.picture).exists(), picture.picture
        assert picture.text, picture.picture


def test_the_chapters_that_everybody_needs_are_there() -> None:
    titles = [chapter.title for chapter in chapters()]
    assert titles[0] == "La première heure"
    assert {"La sécurité", "Pour le service informatique", "Mettre à jour", "Sauvegardes"} <= set(titles)
    assert len(titles) == len(set(titles))


def test_the_page_of_the_it_department_says_what_it_asks() -> None:
    page = next(chapter.source for chapter in chapters() if chapter.title == "Pour le service informatique")
    for word in ("/S", "/D=", "/NODESKTOP", "SHA256SUMS", "reglages.toml", "sauvegardes", "self-test", "wine 10"):
        assert word in page


def test_marks_for_the_program_are_not_for_the_reader() -> None:
    assert not [chapter.title for chapter in chapters() if "<!--" in chapter.source]
    assert "<!--" not in title_and_preface()[1]


def test_a_chapter_is_found_by_its_words_whatever_their_accents() -> None:
    chapter = next(one for one in chapters() if one.title == "La sécurité")
    assert chapter.speaks_of("chiffree  CLE")
    assert not chapter.speaks_of("chiffrée girafe")
    assert chapter.speaks_of("")


def test_a_text_is_cut_into_its_passages() -> None:
    found = passages(
        "## Titre\n\nUn paragraphe\nsur deux lignes.\n\n### Sous-titre\n- un\n  suite\n- deux\n\n1. fait\n2. fini\n"
        "\n    commande --x\n\n| A | B |\n|---|---|\n| 1 | |\n\n![Image](images/a.png)\n"
    )
    assert [(one.kind, one.text) for one in found if one.kind is not Kind.ROW] == [
        (Kind.TEXT, "Un paragraphe sur deux lignes."),
        (Kind.HEADING, "Sous-titre"),
        (Kind.BULLET, "un suite"),
        (Kind.BULLET, "deux"),
        (Kind.STEP, "fait"),
        (Kind.STEP, "fini"),
        (Kind.COMMAND, "commande --x"),
        (Kind.PICTURE, "Image"),
    ]
    assert [one.cells for one in found if one.kind is Kind.ROW] == [("A", "B"), ("1", "")]
    assert [one.number for one in found if one.kind is Kind.STEP] == [1, 2]
    assert found[-1].picture == "images/a.png"


def test_no_chapter_explains_a_screen_that_does_not_exist() -> None:
    assert chapter_of("nulle_part") is None
    assert chapter_of("") is None
    assert guide.chapter_of("providers_tab") is chapter_of("provider_record")
