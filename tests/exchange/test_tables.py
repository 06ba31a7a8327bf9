import json
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlwt
from openpyxl import Workbook

from charte_desktop.errors import UserError
from charte_desktop.exchange.tables import Table, cell_text, column_letter, read_workbook
from tests.exchange.lists import LISTS, book, open_document

SPECTRUM = sorted((LISTS / "csv_spectrum").glob("*.csv"))


def _one(path: Path) -> Table:
    (table,) = read_workbook(path)
    return table


def _text(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("path", SPECTRUM, ids=lambda path: path.stem)
def test_delimited_files_of_every_colour_are_read_as_their_authors_expect(path: Path) -> None:
    header, *lines = _one(path).rows
    expected = json.loads(path.with_suffix(".json").read_bytes())
    assert [dict(zip(header, line, strict=True)) for line in lines] == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_the_encoding_and_the_separator_are_found(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [["Société", "Adresse", "Prénom"], ["Été à l'Œuvre", "1 rue des Filaos", "Zoé"], ["Ça", "", "Noël"]]
    path = _text(tmp_path / "liste.csv", "\r\n".join(separator.join(line) for line in lines), encoding)
    assert _one(path).rows == lines


def test_commas_in_addresses_do_not_hide_the_semicolons(tmp_path: Path) -> None:
    text = "Liste au 1er mars, provisoire\n\nNom;Adresse;Ville\nA;1, rue X, bât. B;Y\nB;2, rue Z, bât. C;T\n"
    assert _one(_text(tmp_path / "l.csv", text)).rows[3] == ["A", "1, rue X, bât. B", "Y"]


def test_line_feeds_in_quotes_keep_the_numbers_of_the_lines(tmp_path: Path) -> None:
    table = _one(_text(tmp_path / "l.csv", 'Nom;Services\r\n\r\nA;"x\ny\nz"\r\nB;t\r\n'))
    assert [len(row) for row in table.rows] == [2, 0, 2, 2]
    assert table.rows[3] == ["B", "t"]


def test_a_separator_declared_on_the_first_line_is_obeyed_and_not_counted(tmp_path: Path) -> None:
    assert _one(_text(tmp_path / "l.csv", "sep=|\r\nNom|a;b\r\nA|c;d;e\r\n")).rows == [["Nom", "a;b"], ["A", "c;d;e"]]


def test_a_quote_never_closed_does_not_swallow_the_list(tmp_path: Path) -> None:
    lines = ["Nom;Ville", '"Ouvert;Saint-Denis', *(f"Société {n};Saint-Paul" for n in range(200))]
    assert len(_one(_text(tmp_path / "l.csv", "\n".join(lines))).rows) == 202


def test_values_are_said_as_a_person_would_write_them(tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("A")
    for row, value in enumerate((38032143000023.0, 692000061.0, 2.5, True, "  texte ")):
        sheet.write(row, 0, value)
    workbook.save(str(tmp_path / "v.xls"))
    said = [cell_text(row[0]) for row in _one(tmp_path / "v.xls").rows]
    assert said == ["38032143000023", "692000061", "2,5", "VRAI", "texte"]


def test_the_three_kinds_of_workbooks_give_the_same_lines(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [["Nom", "SIREN"], ["A", 123456782.0]]
    old = xlwt.Workbook()
    sheet = old.add_sheet("Feuil1")
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(place, column, value)
    old.save(str(tmp_path / "l.xls"))
    paths = [tmp_path / "l.xls", book(tmp_path / "l.xlsx", *rows), open_document(tmp_path / "l.ods", rows)]
    assert [[list(map(cell_text, row)) for row in _one(path).rows] for path in paths] == [
        [["Nom", "SIREN"], ["A", "123456782"]]
    ] * 3


def test_merged_cells_and_hidden_sheets_are_told(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(["Titre"])
    workbook.worksheets[0].merge_cells("A1:C1")
    workbook.create_sheet("Archive").sheet_state = "hidden"
    workbook.save(tmp_path / "l.xlsx")
    first, second = read_workbook(tmp_path / "l.xlsx")
    assert (first.merged, first.hidden, second.hidden) == ([(0, 0, 0, 2)], False, True)


def test_a_formula_without_a_result_and_an_error_are_told_apart_from_empty_cells(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"], sheet["B2"], sheet["C3"] = "Nom", '=CONCATENATE("a";"<b>")', "#N/A"
    workbook.save(tmp_path / "f.xlsx")
    doubts = _one(tmp_path / "f.xlsx").doubts
    assert {place: what for place, (what, _) in doubts.items()} == {
        (1, 1): '=CONCATENATE("a";"<b>")',
        (2, 2): "#N/A",
    }


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def _zip(path: Path, **parts: str) -> Path:
    with ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return path


def _far_cell(path: Path) -> Path:
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "Nom"
    workbook.worksheets[0]["XFD1048576"] = "x"
    workbook.save(path)
    return path


def _bytes(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder / "absent.xlsx", "introuvable"),
        (lambda folder: folder, "dossier"),
        (lambda folder: _bytes(folder / "v.xlsx", b""), "vide"),
        (lambda folder: _bytes(folder / "v.csv", b"\xef\xbb\xbf \r\n ;\r\n"), "vide"),
        (lambda folder: _bytes(folder / "d.xlsx", b"PK\x03\x04 coupe en route"), "endommagé"),
        (lambda folder: _bytes(folder / "d.xls", OLE), "endommagé"),
        (lambda folder: _bytes(folder / "p.xlsx", OLE + "EncryptedPackage".encode("utf-16-le")), "mot de passe"),
        (lambda folder: _bytes(folder / "pdf.xlsx", b"%PDF-1.7\n\xe2\xe3"), "abîmé"),
        (lambda folder: _bytes(folder / "i.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9), "pas un tableau"),
        (lambda folder: _bytes(folder / "page.xls", b"<html><body><table><tr><td>a"), "pas un tableau"),
        (lambda folder: _zip(folder / "w.xlsx", word__document_dot_xml="<w/>"), "pas un classeur"),
        (lambda folder: _zip(folder / "x.xlsx", xl__workbook_dot_xml="<w"), "endommagé"),
        (lambda folder: book(folder / "vide.xlsx"), "vide"),
        (lambda folder: _far_cell(folder / "loin.xlsx"), "démesurée"),
        (lambda folder: _bytes(folder / "large.csv", b"a;" * 1500), "colonnes"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(tmp_path: Path, make: object, said: str) -> None:
    assert callable(make)
    with pytest.raises(UserError, match=said):
        read_workbook(make(tmp_path))


def test_a_workbook_cut_anywhere_is_refused_with_a_sentence(tmp_path: Path) -> None:
    whole = (LISTS / "prestataires_brouillon_A.xlsx").read_bytes()
    for length in range(0, len(whole) - 1, 499):
        path = _bytes(tmp_path / "coupe.xlsx", whole[:length])
        with pytest.raises(UserError):
            read_workbook(path)


def test_a_workbook_with_damaged_bytes_is_read_or_refused_never_worse(tmp_path: Path) -> None:
    whole = bytearray((LISTS / "prestataires_brouillon_A.xlsx").read_bytes())
    for place in range(30, len(whole), 211):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        try:
            tables = read_workbook(_bytes(tmp_path / "abime.xlsx", bytes(damaged)))
        except UserError:
            continue
        for table in tables:
            assert table.doubts is not None
