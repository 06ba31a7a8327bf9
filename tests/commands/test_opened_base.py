from pathlib import Path

import pytest

from charte_desktop import cli
from charte_desktop.store.folder import synchronised_by
from tests.conftest import PASSPHRASE, Run


@pytest.mark.parametrize(
    "content",
    [
        f"{PASSPHRASE}\r\n".encode(),
        f"\ufeff{PASSPHRASE}\n".encode(),
        f"{PASSPHRASE}\r\nà garder au coffre\r\n".encode(),
        f"{PASSPHRASE}\r\n".encode("utf-16"),
        PASSPHRASE.encode("cp1252"),
        PASSPHRASE.replace("é", "e\u0301").encode(),
    ],
)
def test_a_passphrase_file_is_read_as_any_editor_writes_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.delenv("CHARTE_PASSPHRASE")
    (tmp_path / "phrase.txt").write_bytes(content)
    assert run("check", "--passphrase-file", tmp_path / "phrase.txt") == (0, "La base est saine.\n", "")


@pytest.mark.parametrize("content", [b"", b"\n", b"\x00\x01\x02" * 99])
def test_a_passphrase_file_without_passphrase_is_refused(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "phrase.txt").write_bytes(content)
    code, out, err = run("check", "--passphrase-file", tmp_path / "phrase.txt")
    assert (code, out) == (1, "")
    assert "est vide ou n'est pas un texte" in err
    for name in ("absent.txt", "base", "x" * 300):
        assert "ne se lit pas" in run("check", "--passphrase-file", tmp_path / name)[2]


def test_a_passphrase_variable_in_another_code_page_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTE_PASSPHRASE", PASSPHRASE.encode("cp1252").decode("ascii", "surrogateescape"))
    assert run("check")[0] == 0


def test_an_empty_passphrase_variable_counts_as_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTE_PASSPHRASE", "")
    code, _, err = run("check")
    assert code == 1
    assert "demande une phrase de passe" in err


@pytest.mark.parametrize("passphrase", ["court", " " * 12])
def test_a_passphrase_too_short_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], passphrase: str
) -> None:
    monkeypatch.setenv("CHARTE_PASSPHRASE", passphrase)
    assert cli.main(["--data-dir", str(tmp_path / "neuve"), "check"]) == 1
    assert "trop courte" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["fichier", "fichier/base", "x" * 300, "y/" * 3000])
def test_a_base_where_no_folder_can_be_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    for command in (("check",), ("restore", tmp_path / "absent.zip"), ("export-providers", tmp_path / "e.csv")):
        code, out, err = run("--data-dir", tmp_path / name, *command)
        assert code == 1
        assert (out, len(err.splitlines())) == ("", 1)


def test_an_account_without_home_is_asked_where_the_base_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    assert cli.main(["check"]) == 1
    assert "--data-dir" in capsys.readouterr().err
    assert synchronised_by(tmp_path / "base") == ""
