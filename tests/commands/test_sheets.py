import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.lists import SIGNED, a_list

COMPANY = ("directory", "--company", "Garage", "--service", "S01", "--accompaniment", "diagnostic")


@pytest.mark.parametrize("output", ["fichier/f.pdf", "dossier.pdf", "f.docx", "f", "x" * 300 + ".pdf"])
def test_a_sheet_that_cannot_be_written_is_not_issued(run: Run, tmp_path: Path, output: str) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    (tmp_path / "dossier.pdf").mkdir()

    code, out, err = run(*COMPANY, "--output", tmp_path / output)

    assert (code, out, len(err.splitlines())) == (1 if output.endswith(".pdf") else 2, "", 1)
    assert json.loads(run(*COMPANY, "--output", tmp_path / "f.pdf", "--json")[1])["number"].endswith("-00001")


@pytest.mark.parametrize("company", ["123456789", "002 000 009", "FR 29 552100554", "55210055", "552100554000"])
def test_a_wrong_siren_never_becomes_the_name_of_a_company(run: Run, tmp_path: Path, company: str) -> None:
    for name in ((), ("--name", "Garage")):
        code, out, err = run(
            "directory", "--company", company, *name, "--service", "S01", "--accompaniment", "diagnostic",
            "--output", tmp_path / "f.pdf",
        )  # fmt: skip
        assert (code, out, len(err.splitlines())) == (1, "", 1)
        assert "vérifiez" in err
    assert not (tmp_path / "f.pdf").exists()


def test_two_companies_of_one_name_are_told_apart_by_their_siren(run: Run, tmp_path: Path) -> None:
    for siren in ("002000008", "002 000 016"):
        asked = ("directory", "--company", siren, "--name", "Garage 974", *COMPANY[3:], "--output", tmp_path / "f.pdf")
        assert run(*asked)[0] == 0
    code, _, err = run("directory", "--company", "Garage 974", *COMPANY[3:], "--output", tmp_path / "f.pdf")
    assert code == 1
    assert "donnez le SIREN" in err
    for typed in ("002000016", "002.000.016", "SIREN 002-000-016", "RCS St-Denis 002 000 016", "2000016"):
        assert run("directory", "--company", typed, "--service", "S01", "--output", tmp_path / "f.pdf")[0] == 0


def test_a_day_without_an_accompaniment_is_not_forgotten_in_silence(run: Run, tmp_path: Path) -> None:
    assert run(*COMPANY, "--output", tmp_path / "f.pdf")[0] == 0
    code, _, err = run(*COMPANY[:5], "--on", "05/01/2026", "--output", tmp_path / "f.pdf")
    assert code == 2
    assert "--accompaniment" in err


def test_c18_a_removal_says_which_clauses_and_whom_to_warn(run: Run, tmp_path: Path) -> None:
    run("import-providers", a_list(tmp_path / "l.xlsx", SIGNED))
    run(*COMPANY, "--output", tmp_path / "f.pdf")
    asked = ("remove-provider", "Kaz'Octets", "--reason", "Aucun cahier des charges", "--json", "--clause")
    assert run(*asked, "C42")[0] == 2

    code, out, _ = run(*asked, "c11", "C11", "C12", "--on", "20/11/2026")

    told = json.loads(out)
    assert code == 0
    assert (told["clauses"], told["removed_on"], told["companies"]) == (["C11", "C12"], "2026-11-20", 1)
