import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.documents.reading import page_total, sentences_of

Run = Callable[..., tuple[int, str, str]]
SIREN = "489487926"


@pytest.fixture
def accompanied(run: Run, tmp_path: Path) -> Run:
    """A company accompanied on 2 March 2026."""
    code, _, err = run(
        "directory", "--company", SIREN, "--name", "Garage Oliflore", "--accompaniment", "diagnostic",
        "--on", "02/03/2026", "--service", "S01", "--output", tmp_path / "fiche.pdf",
    )  # fmt: skip
    assert code == 0, err
    return run


def test_c04_the_right_to_the_charter_is_answered_by_siren(accompanied: Run) -> None:
    code, out, _ = accompanied("charter-right", "489 487 926")
    assert code == 0
    assert out.strip() == (
        "Oui : Garage Oliflore (489 487 926) est accompagnée depuis le 02/03/2026 (diagnostic le 02/03/2026)."
    )
    code, out, _ = accompanied("charter-right", SIREN, "--json")
    answer = json.loads(out)
    assert (code, answer["right"], answer["since"]) == (0, True, "2026-03-02")
    assert answer["accompaniments"] == [{"on": "2026-03-02", "kind": "diagnostic"}]


def test_c03_no_right_is_exit_code_one_with_a_sentence(accompanied: Run) -> None:
    code, out, _ = accompanied("charter-right", SIREN, "--on", "01/03/2026")
    assert (code, out.strip()) == (1, "Non : Garage Oliflore (489 487 926) n'a pas été accompagnée au 01/03/2026.")
    code, out, _ = accompanied("charter-right", "356000000", "--json")
    answer = json.loads(out)
    assert (code, answer["right"], answer["legal_name"], answer["since"]) == (1, False, None, None)


@pytest.mark.parametrize("typed", ["123456789", "12", "Garage", ""])
def test_what_is_no_siren_is_wrong_usage(run: Run, typed: str) -> None:
    code, out, err = run("charter-right", typed)
    assert (code, out) == (2, "")
    assert "Voir : charte-desktop charter-right --help" in err


def test_an_attestation_is_numbered_and_written(accompanied: Run, tmp_path: Path) -> None:
    file = tmp_path / "attestation.pdf"
    code, out, _ = accompanied("attestation", "garage oliflore", "--output", file, "--json")
    answer = json.loads(out)
    assert (code, answer["company"], answer["accompaniments"]) == (0, "Garage Oliflore", 1)
    assert answer["number"] in sentences_of(file.read_bytes())
    code, out, _ = accompanied("attestation", SIREN, "--output", file)
    assert out.startswith("Attestation AT-")
    assert "-00002 : Garage Oliflore, 1 accompagnement, dans " in out


def test_a_company_that_has_none_is_refused_and_no_file_is_left(accompanied: Run, tmp_path: Path) -> None:
    file = tmp_path / "attestation.pdf"
    code, _, err = accompanied("attestation", "Inconnue SARL", "--output", file)
    assert (code, file.exists()) == (1, False)
    assert "Aucune entreprise ne répond" in err
    code, _, err = accompanied("attestation", SIREN, "--output", tmp_path / "attestation.doc")
    assert code == 2


def test_the_activity_of_a_period_is_a_pdf_or_a_workbook(accompanied: Run, tmp_path: Path) -> None:
    period = ("--from", "01/01/2026", "--to", "31/12/2026")
    code, out, _ = accompanied("activity-report", *period, "--output", tmp_path / "rapport.pdf", "--json")
    answer = json.loads(out)
    assert (code, answer["accompaniments"], answer["from"], answer["to"]) == (0, 1, "2026-01-01", "2026-12-31")
    assert page_total((tmp_path / "rapport.pdf").read_bytes()) == 2
    code, out, _ = accompanied("activity-report", *period, "--output", tmp_path / "rapport.xlsx")
    assert (code, out.strip()) == (0, f"1 accompagnement, l'année 2026, dans {tmp_path / 'rapport.xlsx'}")
    book = openpyxl.load_workbook(tmp_path / "rapport.xlsx", data_only=True)
    assert book["Synthèse"]["B7"].value == 1


def test_a_period_the_wrong_way_round_is_refused(run: Run, tmp_path: Path) -> None:
    code, _, err = run(
        "activity-report", "--from", "01/02/2026", "--to", "01/01/2026", "--output", tmp_path / "rapport.pdf"
    )
    assert code == 1
    assert "finit avant de commencer" in err
