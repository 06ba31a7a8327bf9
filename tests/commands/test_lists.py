import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from charte_desktop import cli
from tests.conftest import Run
from tests.lists import SIGNED, UNSIGNED, a_list


def count(run: Run, tmp_path: Path) -> int:
    return int(json.loads(run("export-providers", tmp_path / "compte.csv", "--json")[1])["providers"])


@pytest.mark.parametrize("report", ["fichier/rapport.xlsx", "dossier.xlsx", "rapport.pdf", "rapport"])
def test_a_report_that_cannot_be_written_stops_the_import_before_it_begins(
    run: Run, tmp_path: Path, report: str
) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    (tmp_path / "dossier.xlsx").mkdir()

    code, out, err = run("import-providers", a_list(tmp_path / "l.xlsx", SIGNED), "--report", tmp_path / report)

    assert (code, out, len(err.splitlines())) == (1 if report.endswith(".xlsx") else 2, "", 1)
    assert count(run, tmp_path) == 0


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_the_report_never_takes_the_place_of_the_list(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    listed = a_list(tmp_path / "l.xlsx", SIGNED)
    before = listed.read_bytes()

    code, _, err = run("import-providers", listed, "--report", tmp_path / "." / "l.xlsx", *options)

    assert (code, listed.read_bytes()) == (2, before)
    assert "prendrait la place de la liste" in err
    assert count(run, tmp_path) == 0


def test_a_dry_run_makes_no_base_and_asks_for_no_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CHARTE_PASSPHRASE", raising=False)
    listed = a_list(tmp_path / "l.xlsx", SIGNED)
    asked = ["--data-dir", str(tmp_path / "neuve"), "import-providers", str(listed), "--dry-run", "--json"]
    assert cli.main(asked) == 0
    assert json.loads(capsys.readouterr().out)["created"] == 1
    assert list(tmp_path.iterdir()) == [listed]


def test_a_dry_run_does_not_change_the_adviser(run: Run, tmp_path: Path) -> None:
    before = (tmp_path / "base" / "charte.db").read_bytes()
    assert run("import-providers", a_list(tmp_path / "l.xlsx", SIGNED), "--dry-run", "--adviser", "Nouvelle")[0] == 0
    assert (tmp_path / "base" / "charte.db").read_bytes() == before


def test_an_unusable_list_makes_no_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHARTE_PASSPHRASE", "une phrase assez longue")
    assert cli.main(["--data-dir", str(tmp_path / "neuve"), "import-providers", str(tmp_path / "absent.xlsx")]) == 2
    assert "introuvable" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_cannot_be_written_leaves_the_one_before(run: Run, tmp_path: Path) -> None:
    run("import-providers", a_list(tmp_path / "l.xlsx", SIGNED))
    target = tmp_path / "export.csv"
    run("export-providers", target)
    before = target.read_bytes()
    run("import-providers", a_list(tmp_path / "l.xlsx", UNSIGNED))
    assert run("export-providers", target, "--passphrase-file", tmp_path / "absente")[0] == 1
    assert target.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["base", "export.csv", "l.xlsx"]


def test_a_name_that_looks_like_a_formula_comes_back_as_the_text_it_is(run: Run, tmp_path: Path) -> None:
    names = ["=1+1", "+SOMME(A1)", "@SUM(1)", "-2+cmd|' /C calc'!A0", '=HYPERLINK("http://x.example","a")']
    rows = [(f"'{name}", f"00{200000 + place}", *SIGNED[2:]) for place, name in enumerate(names)]
    run("import-providers", a_list(tmp_path / "l.xlsx", *rows))

    run("export-providers", tmp_path / "e.csv")
    run("export-providers", tmp_path / "e.xlsx")

    lines = csv.DictReader((tmp_path / "e.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    assert not [line for line in lines if line["raison_sociale"].startswith(("=", "@", "+S", "-2+c"))]
    (sheet,) = load_workbook(tmp_path / "e.xlsx")
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


ESS = Path(__file__).parents[1] / "data" / "lists" / "ess_numerique_france.csv"


def test_companies_come_in_and_go_out_and_come_back_unchanged(run: Run, tmp_path: Path) -> None:
    _, trial, _ = run("import-companies", ESS, "--dry-run", "--json")
    assert json.loads(trial)["read"] == 1262
    code, out, _ = run("import-companies", ESS, "--report", tmp_path / "rapport.xlsx", "--json")
    told = json.loads(out)
    assert (code, told["read"], told["created"] + told["incomplete"] + told["duplicate"]) == (0, 1262, 1262)
    assert {"sheet", "row", "action", "record", "legal_name", "siren", "problems", "reason"} == set(told["rows"][0])
    assert load_workbook(tmp_path / "rapport.xlsx").sheetnames[-1] == "Lecture"
    target = tmp_path / "entreprises.csv"
    assert run("export-companies", target)[0] == 0
    rows = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows) == told["created"] + told["incomplete"]
    assert {row["categorie_juridique"] for row in rows if row["siren"] == "062201199"} == {"5499"}
    again = json.loads(run("import-companies", target, "--json")[1])
    assert (again["unchanged"], again["created"], again["updated"]) == (len(rows), 0, 0)
    assert run("export-companies", tmp_path / "entreprises.xlsx")[0] == 0
    assert load_workbook(tmp_path / "entreprises.xlsx").sheetnames == ["Entreprises"]


def test_companies_and_providers_do_not_mix(run: Run, tmp_path: Path) -> None:
    run("import-companies", a_list(tmp_path / "l.xlsx", SIGNED))
    assert count(run, tmp_path) == 0
    words = run("import-companies", a_list(tmp_path / "l.xlsx", SIGNED))[1]
    assert "0 créée, 0 mise à jour, 1 inchangée" in words


def test_the_summary_counts_as_french_does(run: Run, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("Raison sociale;SIREN\nKaz;002000008\nTotal : 1;\n", encoding="utf-8")
    _, out, _ = run("import-providers", tmp_path / "l.csv", "--dry-run")
    assert "2 lignes lues, 0 créé, 0 mis à jour, 0 inchangé, 1 à compléter, 0 doublon, 1 laissée de côté." in out
    assert "\n  ligne 2 : Kaz : " in out
