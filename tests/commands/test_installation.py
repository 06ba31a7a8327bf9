"""The commands about the program itself: updates, the guide, files that the system opens with it."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from charte_desktop import app, cli
from tests.conftest import Run
from tests.exchange.test_update_file import package, write_sums


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    key = tmp_path / "clé"
    key.mkdir()
    file = key / "charte-desktop_9.1.0_amd64.deb"
    file.write_bytes(package())
    write_sums(key)
    return file


def test_an_update_is_recognised_without_installing_anything(run: Run, brought: Path) -> None:
    code, out, _ = run("--json", "update", brought, "--dry-run")
    told = json.loads(out)
    assert code == 0
    assert told["version"] == "9.1.0"
    assert told["sha256"] == sha256(brought.read_bytes()).hexdigest()
    assert told["proof"] == "L'empreinte est celle que SHA256SUMS annonce."


def test_an_update_of_a_copy_that_no_installer_made_is_refused(run: Run, brought: Path) -> None:
    code, _, err = run("update", brought)
    assert code == 1
    assert "lancez vous-même l'installateur" in err


def test_the_guide_of_one_day_is_always_the_same_file(run: Run, tmp_path: Path) -> None:
    for name in ("un.pdf", "deux.pdf"):
        assert run("guide", tmp_path / name, "--on", "28/11/2026")[0] == 0
    assert (tmp_path / "un.pdf").read_bytes() == (tmp_path / "deux.pdf").read_bytes()
    code, _, err = run("guide", tmp_path / "guide.txt")
    assert code == 2
    assert ".pdf" in err


@pytest.mark.parametrize("words", [["échange.charte"], ["ÉCHANGE.CHARTE"], ["open", "sauvegarde.zip"]])
def test_a_file_that_was_double_clicked_opens_the_window_on_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    opened: list[Path | None] = []
    monkeypatch.setenv("DISPLAY", ":0")

    def window(folder: Path, *, passphrase: str | None = None, file: Path | None = None) -> int:
        opened.append(file)
        return 0

    monkeypatch.setattr(app, "run", window)
    assert cli.main(words) == 0
    assert opened == [Path(words[-1])]
    assert cli.main([]) == 0
    assert opened[-1] is None
