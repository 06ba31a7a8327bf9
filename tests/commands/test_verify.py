import json
from pathlib import Path

import pytest

from charte_desktop import cli
from charte_desktop.store.database import Database
from charte_desktop.store.sealed_documents import SealedDocuments
from tests.conftest import PASSPHRASE, Run
from tests.documents.charters import a_sealed_charter
from tests.factory import a_provider, enter
from tests.signings import signed


def _signed_here(folder: Path) -> bytes:
    database = Database.open(folder, passphrase=PASSPHRASE)
    (provider,) = enter(database, a_provider(signed=None, legal_name="Piton Web"))
    signed(database, provider)
    documents = SealedDocuments(database)
    pdf = documents.pdf(documents.of(provider.id)[0].id)
    database.close()
    return pdf


def test_a_document_of_this_base_is_intact_and_known(run: Run, tmp_path: Path) -> None:
    pdf = _signed_here(tmp_path / "base")
    (tmp_path / "charte.pdf").write_bytes(pdf)

    code, out, _ = run("verify", tmp_path / "charte.pdf", "--json")

    said = json.loads(out)
    assert code == 0
    assert set(said) >= {"verdict", "message", "fingerprint", "signed_at", "provider", "charter_version"}
    assert (said["verdict"], said["provider"]) == ("intact_known", "Piton Web")
    assert len(said["charter_version"]) == 64
    assert said["fingerprint"].count(" ") == 3


def test_what_is_not_intact_is_refused_with_its_sentence(run: Run, tmp_path: Path) -> None:
    changed = bytearray(a_sealed_charter())
    changed[3_000] ^= 1
    for name, content, verdict, wanted in (
        ("autre.pdf", a_sealed_charter(), "intact_unknown", 0),
        ("modifie.pdf", bytes(changed), "changed", 1),
        ("facture.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n", None, 1),
        ("vide.pdf", b"", "unreadable", 1),
        ("photo.pdf", b"\xff\xd8\xff", "unreadable", 1),
    ):
        (tmp_path / name).write_bytes(content)
        code, out, _ = run("verify", tmp_path / name, "--json")
        said = json.loads(out)
        assert code == wanted, name
        assert verdict is None or said["verdict"] == verdict
        assert said["message"].endswith(".")
        code, out, _ = run("verify", tmp_path / name)
        assert said["message"] in out


def test_a_file_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    code, _, err = run("verify", tmp_path / "rien.pdf")
    assert code == 1
    assert "ne se lit pas" in err


def test_without_a_base_no_workstation_is_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHARTE_PASSPHRASE", raising=False)
    (tmp_path / "charte.pdf").write_bytes(a_sealed_charter())
    code = cli.main(["--data-dir", str(tmp_path / "nowhere"), "verify", str(tmp_path / "charte.pdf"), "--json"])
    assert code == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "intact_unknown"
    assert not (tmp_path / "nowhere").exists()


def test_a_charter_signed_on_screen_is_known_to_the_other_commands(run: Run, tmp_path: Path) -> None:
    _signed_here(tmp_path / "base")
    code, out, _ = run("sign-status", "Piton Web")
    assert code == 0
    assert "Signataire, charte signée le" in out
