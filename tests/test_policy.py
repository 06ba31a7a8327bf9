"""The settings that the IT department decides for every user of a computer."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from charte_desktop import cli, policy
from charte_desktop.errors import UserError
from charte_desktop.policy import Policy
from charte_desktop.store import backup, backup_names, keys
from charte_desktop.store.database import Database
from tests.key_store import KeyStore

Decide = Callable[[str], Path]


@pytest.fixture
def decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Decide:
    """Writes the file of the IT department."""
    file = tmp_path / "it" / "reglages.toml"

    def decide(text: str) -> Path:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        monkeypatch.setattr(policy, "file", lambda: file)
        return file

    return decide


def test_without_a_file_everything_is_as_the_program_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "file", lambda: tmp_path / "absent.toml")
    assert policy.policy() == Policy()


def test_the_example_of_the_guide_is_understood(decide: Decide) -> None:
    guide = (Path(__file__).parents[1] / "docs" / "guide.md").read_text(encoding="utf-8")
    example = guide[guide.index("    [base]") : guide.index("Un fichier qui ne se comprend pas")]
    decide("\n".join(line.strip() for line in example.splitlines()))
    rules = policy.policy()
    assert rules.base_folder is not None
    assert rules.backup_copies is not None
    assert not rules.remembers_passphrases
    assert not rules.updates_itself


def test_a_folder_may_name_the_user_s_own(decide: Decide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSEILLER", "zoe")
    decide("[base]\ndossier = '/donnees/$CONSEILLER/charte'")
    assert policy.policy().base_folder == Path("/donnees/zoe/charte")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[base]\ndossier = ", "reglages.toml"),
        ("[bases]\ndossier = 'x'", "[bases] n'est pas une section connue"),
        ("dossier = 'x'", "[dossier] n'est pas une section connue"),
        ("[base]\ndosier = 'x'", "dosier n'existe pas dans [base]"),
        ("[base]\ndossier = ''", "dossier attend un texte"),
        ("[securite]\nretenir_la_phrase = 'non'", "retenir_la_phrase attend true ou false"),
        ("[mise_a_jour]\nautorisee = 1", "autorisee attend true ou false"),
    ],
)
def test_a_rule_that_is_not_understood_stops_the_program_with_a_sentence(
    decide: Decide, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(text)
    with pytest.raises(UserError) as refusal:
        policy.policy()
    assert said in str(refusal.value)
    assert "Demandez-lui de corriger ce fichier" in str(refusal.value)
    assert cli.main(["check"]) == 1
    assert said in capsys.readouterr().err


def test_a_file_of_another_encoding_is_refused(decide: Decide) -> None:
    decide("").write_bytes("[base]\ndossier = 'été'".encode("cp1252"))
    with pytest.raises(UserError, match="UTF-8"):
        policy.policy()


def test_a_byte_order_mark_of_notepad_is_no_fault(decide: Decide) -> None:
    decide("").write_bytes(b"\xef\xbb\xbf[mise_a_jour]\r\nautorisee = false\r\n")
    assert not policy.policy().updates_itself


def test_the_base_is_where_it_was_decided_unless_the_command_says_otherwise(
    decide: Decide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHARTE_PASSPHRASE", "filaos et vétiver")
    decide(f"[base]\ndossier = '{tmp_path / 'decide'}'")
    assert cli.main(["check"]) == 0
    assert Database.exists(tmp_path / "decide")
    assert cli.main(["--data-dir", str(tmp_path / "autre"), "check"]) == 0
    assert Database.exists(tmp_path / "autre")
    capsys.readouterr()


def test_a_passphrase_is_not_kept_where_it_may_not_be(
    decide: Decide, system_key_store: KeyStore, tmp_path: Path
) -> None:
    assert keys.remember(tmp_path, "filaos et vétiver")
    assert keys.recall(tmp_path) == "filaos et vétiver"
    decide("[securite]\nretenir_la_phrase = false")
    assert keys.recall(tmp_path) is None
    assert not keys.remember(tmp_path, "une autre")


def test_the_latest_backup_is_copied_where_it_was_decided_once(
    decide: Decide, database: Database, tmp_path: Path
) -> None:
    assert backup.copy_elsewhere(database.folder) is None
    decide(f"[sauvegardes]\ncopie = '{tmp_path / 'serveur'}'")
    assert backup.copy_elsewhere(database.folder) is None  # there is none yet
    made = backup.automatic_backup(database, "fermeture")
    assert made is not None
    copy = backup.copy_elsewhere(database.folder)
    assert copy is not None
    assert copy.read_bytes() == made.read_bytes()
    assert backup.copy_elsewhere(database.folder) == copy
    assert list((tmp_path / "serveur").iterdir()) == [copy]
    assert backup_names.stored_in(tmp_path / "serveur")


def test_a_copy_that_cannot_be_made_is_said_and_the_backup_stays(
    decide: Decide, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "pris").write_text("a file where the folder should be")
    decide(f"[sauvegardes]\ncopie = '{tmp_path / 'pris'}'")
    made = backup.automatic_backup(database, "fermeture")
    with pytest.raises(UserError, match="La sauvegarde est faite sur ce poste"):
        backup.copy_elsewhere(database.folder)
    assert made is not None
    assert made.exists()


def test_the_file_is_where_users_cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    assert policy.file() == Path("/etc/charte-desktop/reglages.toml")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("PROGRAMDATA", "/ProgramData")
    assert policy.file() == Path("/ProgramData/Charte Desktop/reglages.toml")
