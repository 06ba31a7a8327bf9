"""The command line as scripts and IT use it: a real base, real lists, real PDFs."""

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from openpyxl import load_workbook

from charte_desktop import cli
from charte_desktop.store import keys
from tests.conftest import PASSPHRASE, Run
from tests.lists import SIGNED, UNSIGNED, a_list

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT / "tests" / "data" / "lists"
DRAFT = LISTS / "prestataires_brouillon_A.xlsx"


def test_a_messy_list_becomes_a_register_and_a_printed_sheet(run: Run, tmp_path: Path) -> None:
    """The main job, by the commands of the README."""
    listed = a_list(tmp_path / "liste.xlsx", SIGNED, UNSIGNED, ("Total : 2",))

    code, out, _ = run("import-providers", listed, "--json")
    counts = json.loads(out)
    assert (code, counts["read"], counts["created"], counts["left_out"]) == (0, 3, 2, 1)

    sheet = tmp_path / "fiches" / "fiche.pdf"
    code, out, _ = run(
        "directory", "--company", "Snack l'Étang", "--service", "S13", "s01", "--commune", "Saint-Paul",
        "--accompaniment", "diagnostic", "--output", sheet, "--json",
    )  # fmt: skip
    told = json.loads(out)
    assert (code, told["providers"], told["company"]) == (0, 1, "Snack l'Étang")
    with pikepdf.open(sheet) as pdf:
        assert len(pdf.pages) == told["pages"]
        assert pdf.check_pdf_syntax() == []

    code, out, _ = run("recall", "Kaz'Octets", "--json")
    recalled = json.loads(out)
    (line,) = recalled["sheets"]
    assert (recalled["legal_name"], recalled["siren"], recalled["companies"]) == ("Kaz'Octets SARL", "002000008", 1)
    assert (line["company_name"], line["sheet_number"], line["to_whom"]) == (
        "Snack l'Étang",
        told["number"],
        "Snack l'Étang",
    )


def test_the_draft_list_imports_whole_and_a_second_time_changes_nothing(run: Run, tmp_path: Path) -> None:
    code, first, _ = run("import-providers", DRAFT, "--json")
    counts = json.loads(first)
    assert code == 0
    assert counts["created"] + counts["incomplete"] == 38
    assert (counts["duplicate"], counts["left_out"]) == (2, 2)

    code, second, _ = run("import-providers", DRAFT, "--json")
    again = json.loads(second)
    assert code == 0
    assert (again["created"], again["incomplete"], again["updated"]) == (0, 0, 0)


def test_a_dry_run_says_the_same_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    _, dry, _ = run("import-providers", DRAFT, "--dry-run", "--json")
    _, exported, _ = run("export-providers", tmp_path / "vide.csv", "--json")
    _, real, _ = run("import-providers", DRAFT, "--json")

    assert json.loads(exported)["providers"] == 0
    told = [{**row, "record": None} for row in json.loads(dry)["rows"]]
    assert told == [{**row, "record": None} for row in json.loads(real)["rows"]]


def test_the_report_gives_the_list_back_with_its_reasons(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "rapport.xlsx"
    code, out, _ = run("import-providers", DRAFT, "--report", report, "--json")

    rows = json.loads(out)["rows"]
    words = [str(cell) for sheet in load_workbook(report) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert code == 0
    for row in rows:
        if row["reason"]:
            assert any(row["reason"] in word for word in words), row


def test_the_export_has_the_documented_columns(run: Run, tmp_path: Path) -> None:
    run("import-providers", a_list(tmp_path / "l.xlsx", SIGNED))
    target = tmp_path / "export.csv"
    assert run("export-providers", target)[0] == 0

    raw = target.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    (line,) = csv.DictReader(raw.decode("utf-8-sig").splitlines(), delimiter=";")
    assert (
        list(line)
        == (
            "raison_sociale siren siret responsable_legal adresse code_postal commune code_insee telephones emails "
            "site_web code_ape nomenclature_ape nombre_employes tranche_effectif services references etat "
            "charte_signee_le notes"
        ).split()
    )
    assert (line["siren"], line["telephones"], line["services"]) == ("002000008", "+262262000001", "S01|S13")
    assert (line["nomenclature_ape"], line["code_insee"], line["charte_signee_le"]) == (
        "NAFRev2",
        "97411",
        "2025-03-12",
    )


def test_c03_c07_a_sheet_from_nowhere_is_refused_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    run("import-providers", a_list(tmp_path / "l.xlsx", SIGNED))
    target = tmp_path / "fiche.pdf"

    code, _, err = run("directory", "--company", "Inconnue", "--service", "S01", "--output", target)

    assert (code, target.exists()) == (1, False)
    assert "--accompaniment" in err
    assert json.loads(run("recall", "Kaz'Octets", "--json")[1])["companies"] == 0


def test_a_company_met_once_gets_its_next_sheet_without_saying_the_accompaniment_again(
    run: Run, tmp_path: Path
) -> None:
    run("import-providers", a_list(tmp_path / "l.xlsx", SIGNED))
    asked = ("directory", "--company", "Garage du Volcan", "--service", "S01", "--output", tmp_path / "f.pdf")
    assert run(*asked)[0] == 1
    assert run(*asked, "--accompaniment", "atelier")[0] == 0
    code, out, _ = run(*asked, "--json")
    assert code == 0
    assert json.loads(out)["number"].endswith("-00002")


def test_c18_removing_a_provider_names_who_to_warn_and_takes_it_off_the_sheets(run: Run, tmp_path: Path) -> None:
    run("import-providers", a_list(tmp_path / "l.xlsx", SIGNED))
    asked = ("directory", "--company", "Garage", "--service", "S01", "--output", tmp_path / "f.pdf", "--json",
             "--accompaniment", "diagnostic")  # fmt: skip
    run(*asked)

    code, out, _ = run("remove-provider", "002000008", "--clause", "C11", "--reason", "Aucun cahier des charges")

    assert code == 0
    assert "1 entreprise à prévenir" in out
    assert "Garage" in out
    assert "Radié" in run("sign-status", "002000008")[1]
    assert json.loads(run(*asked)[1])["providers"] == 0


def test_the_status_of_a_provider_is_told(run: Run, tmp_path: Path) -> None:
    run("import-providers", a_list(tmp_path / "l.xlsx", SIGNED, UNSIGNED))

    told = json.loads(run("sign-status", "002000008", "--json")[1])
    assert (told["state"], told["signed_on"], told["listed"]) == ("signatory", "2025-03-12", True)
    assert json.loads(run("sign-status", "Lagon Réseau", "--json")[1])["listed"] is False
    assert run("sign-status", "999999999")[0] == 1


def test_backup_restore_and_check(run: Run, tmp_path: Path) -> None:
    run("import-providers", a_list(tmp_path / "l.xlsx", SIGNED))
    saved = tmp_path / "sauvegarde"
    code, out, _ = run("backup", saved, "--json")
    assert code == 0
    run("import-providers", a_list(tmp_path / "l2.xlsx", UNSIGNED))

    assert run("restore", json.loads(out)["file"])[0] == 0

    _, exported, _ = run("export-providers", tmp_path / "e.csv", "--json")
    assert json.loads(exported)["providers"] == 1
    assert run("check")[0] == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vide.xlsx", b""),
        ("image.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("lettre.pdf", b"%PDF-1.7\n%%EOF"),
        ("notes.txt", b"Bonjour,\nil fait beau.\n"),
        ("coupe.xlsx", DRAFT.read_bytes()[:4000]),
    ],
)
def test_a_file_that_is_no_list_gets_a_sentence_and_exit_code_2(
    run: Run, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)

    code, out, err = run("import-providers", file)

    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
    assert run("import-providers", tmp_path / "absent.xlsx")[0] == 2


def test_wrong_usage_is_said_in_french_with_exit_code_2(run: Run, tmp_path: Path) -> None:
    for arguments, words in (
        (("directory", "--company", "X"), "Il manque : --service, --output"),
        (("import-providers",), "Il manque : FICHIER"),
        (("voler",), "n'existe pas"),
        (("directory", "--company", "X", "--service", "S77", "--accompaniment", "diagnostic", "--output", "x.pdf"),
         "de S01 à S16"),
        (("directory", "--company", "X", "--service", "S01", "--on", "30/02/2026", "--output", "x.pdf"), "date"),
        (("export-providers", tmp_path / "sortie.docx"), ".csv ou .xlsx"),
    ):  # fmt: skip
        code, _, err = run(*arguments)
        assert code == 2, arguments
        assert words in err, arguments


def test_without_a_passphrase_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CHARTE_PASSPHRASE", raising=False)
    folder = tmp_path / "neuve"

    assert cli.main(["--data-dir", str(folder), "check"]) == 1
    assert "--passphrase-file" in capsys.readouterr().err
    assert not folder.exists()


def test_the_first_command_on_an_empty_folder_makes_the_base_with_the_passphrase_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CHARTE_PASSPHRASE", raising=False)
    monkeypatch.setattr(keys, "NORMAL", keys.LOW)
    secret = tmp_path / "phrase.txt"
    secret.write_text("une phrase « longue » à retenir\n", encoding="utf-8")
    asked = ["check", "--data-dir", str(tmp_path / "neuve"), "--passphrase-file", str(secret)]

    assert cli.main(asked) == 0
    assert cli.main(asked) == 0
    secret.write_text("une autre phrase", encoding="utf-8")
    assert cli.main(asked) == 1
    assert "phrase de passe" in capsys.readouterr().err


def test_an_accompaniment_of_another_day_is_noted_on_that_day(run: Run, tmp_path: Path) -> None:
    run("import-providers", a_list(tmp_path / "l.xlsx", SIGNED))
    asked = ("directory", "--company", "Garage", "--service", "S01", "--output", tmp_path / "f.pdf",
             "--accompaniment", "individual", "--on", "05/01/2026")  # fmt: skip

    assert run(*asked)[0] == 0
    assert run(*asked[:-1], f"31/12/{date.today().year + 5}")[0] == 1  # noqa: DTZ011  (any day to come will do)


COMMANDS = (
    "demo",
    "import-providers",
    "export-providers",
    "import-companies",
    "export-companies",
    "directory",
    "sign-status",
    "remove-provider",
    "recall",
    "backup",
    "restore",
    "check",
)
ENGLISH = (
    "usage:",
    "positional",
    "optional",
    "options:",
    "show this",
    "arguments:",
    "choose from",
    "invalid",
    "expected",
)


def test_the_help_and_the_refusals_are_in_french(run: Run) -> None:
    for asked in (("--help",), *((name, "--help") for name in COMMANDS)):
        code, out, err = run(*asked)
        assert (code, err) == (0, "")
        assert not [word for word in ENGLISH if word in out]
    for asked in (
        ("--json=1", "check"),
        ("--header-row", "3"),
        ("import-providers", "l.xlsx", "--header-row", "x"),
        ("import-providers", "l.xlsx", "--d", "x"),
        ("--", "check", "x"),
        ("directory", "--layout", "z"),
        ("check", "--adviser"),
        ("--data-dir", "", "check"),
        ("export-providers", ""),
        ("sign-status", " "),
    ):
        code, out, err = run(*asked)
        assert (code, out, len(err.splitlines())) == (2, "", 1), asked
        assert not [word for word in ENGLISH if word in err], asked
    assert run("directory")[2].endswith(". Voir : charte-desktop directory --help\n")


def test_every_answer_in_json_is_one_object_before_or_after_the_command(run: Run, tmp_path: Path) -> None:
    listed = a_list(tmp_path / "l.xlsx", SIGNED)
    for asked in (
        ("import-providers", listed),
        ("import-providers", listed, "--dry-run", "--report", tmp_path / "r.xlsx"),
        ("export-providers", tmp_path / "e.csv"),
        (
            "directory",
            "--company",
            "X",
            "--service",
            "S01",
            "--accompaniment",
            "atelier",
            "--output",
            tmp_path / "f.pdf",
        ),
        ("sign-status", "002000008"),
        ("recall", "002000008"),
        ("remove-provider", "002000008", "--clause", "C11", "--reason", "Motif"),
        ("backup", tmp_path / "s.zip"),
        ("restore", tmp_path / "s.zip"),
        ("check",),
    ):
        for typed in (("--json", *asked), (*asked, "--json")):
            if asked[0] == "remove-provider" and typed[0] != "--json":
                continue  # removed already
            code, out, err = run(*typed)
            assert (code, err, out.count("\n")) == (0, "", 1), asked
            assert isinstance(json.loads(out), dict), asked
    code, out, err = run("--json", "sign-status", "Inconnu")
    assert (code, out, len(err.splitlines())) == (1, "", 1)


def in_a_process(*arguments: object, **settings: Any) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CHARTE_PASSPHRASE": PASSPHRASE}
    return subprocess.run(
        [sys.executable, "-m", "charte_desktop", *map(str, arguments)],
        cwd=ROOT, text=True, check=False, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
        **{"env": environment, "stdout": subprocess.PIPE, **settings},
    )  # fmt: skip


def test_a_reader_that_has_read_enough_gets_no_complaint(base_as_made: Path, tmp_path: Path) -> None:
    shutil.copytree(base_as_made, tmp_path / "base")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        left = in_a_process("--data-dir", tmp_path / "base", "check", stdout=writing)
    finally:
        os.close(writing)
    assert (left.returncode, left.stderr) == (0, "")


def test_an_answer_that_cannot_be_written_is_said(base_as_made: Path, tmp_path: Path) -> None:
    shutil.copytree(base_as_made, tmp_path / "base")
    with Path("/dev/full").open("w") as full:
        left = in_a_process("--data-dir", tmp_path / "base", "check", stdout=full)
    assert left.returncode == 1
    assert len(left.stderr.splitlines()) == 1
    assert "La commande est faite" in left.stderr


def test_a_window_without_a_display_is_refused_with_a_sentence(tmp_path: Path) -> None:
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in shown} | {"PYTHONPATH": str(ROOT)}
    left = in_a_process("--data-dir", tmp_path, env=environment)
    assert (left.returncode, len(left.stderr.splitlines())) == (1, 1)
    assert "pas d'écran" in left.stderr


def test_an_accent_survives_a_console_in_ascii(base_as_made: Path, tmp_path: Path) -> None:
    shutil.copytree(base_as_made, tmp_path / "base")
    plain = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment = {**os.environ, **plain, "PYTHONPATH": str(ROOT), "CHARTE_PASSPHRASE": PASSPHRASE}
    left = in_a_process(
        "--data-dir", tmp_path / "base", "sign-status", "Café", env=environment, encoding="utf-8", errors="strict"
    )
    assert left.returncode == 1
    assert "« Café »" in left.stderr


def test_c06_a_charter_signed_on_paper_puts_the_provider_on_the_sheets(run: Run, tmp_path: Path) -> None:
    run("import-providers", a_list(tmp_path / "l.xlsx", UNSIGNED))
    asked = ("directory", "--company", "Garage", "--service", "S13", "--output", tmp_path / "f.pdf", "--json",
             "--accompaniment", "diagnostic")  # fmt: skip
    assert json.loads(run(*asked)[1])["providers"] == 0

    code, out, _ = run("sign-paper", "Lagon Réseau", "--on", "02/02/2026", "--source", "Original classé", "--json")

    assert (code, json.loads(out)["signed_on"]) == (0, "2026-02-02")
    assert json.loads(run(*asked)[1])["providers"] == 1
    assert run("sign-paper", "Lagon Réseau", "--on", "02/02/2026")[0] == 1


def test_the_demonstration_says_where_its_results_are_and_nothing_else(tmp_path: Path) -> None:
    """In a shell where the passphrase of a real base is known."""
    done = in_a_process("demo", "--output", tmp_path, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    made = json.loads(done.stdout)
    for file in (made["list"], made["report"], made["sheet"], *made["charters"], *made["companies"], *made["pictures"]):
        assert Path(file).stat().st_size > 0
    assert in_a_process("--data-dir", made["base"], "check").returncode == 0
    verified = in_a_process("--data-dir", made["base"], "verify", made["charters"][0], "--json")
    assert json.loads(verified.stdout)["verdict"] == "intact_known"
