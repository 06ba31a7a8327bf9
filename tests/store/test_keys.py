import json
from pathlib import Path
from typing import Any

import keyring
import keyring.errors
import pytest

from charte_desktop.errors import UserError
from charte_desktop.store import keys
from tests.key_store import KeyStore


class _BrokenStore(KeyStore):
    """One that is locked, or whose service has died."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError("the service is gone")

    def delete_password(self, service: str, username: str) -> None:
        raise RuntimeError("no connection")


def _content(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / keys.FILE_NAME).read_text(encoding="utf-8"))
    return content


def test_the_passphrase_gives_the_key_back(tmp_path: Path) -> None:
    key = keys.create(tmp_path, "vétiver et filaos", cost=keys.LOW)
    assert len(key) == 32
    assert keys.unlock(tmp_path, "vétiver et filaos") == key


def test_two_bases_never_have_the_same_key(tmp_path: Path) -> None:
    made = set()
    for name in "ab":
        (tmp_path / name).mkdir()
        made.add(keys.create(tmp_path / name, "vétiver et filaos", cost=keys.LOW))
    assert len(made) == 2


def test_a_real_base_pays_the_full_price_of_the_derivation(tmp_path: Path) -> None:
    keys.create(tmp_path, "vétiver et filaos")
    (copy,) = _content(tmp_path)["copies"]
    assert (copy["kdf"], copy["memory_kib"], copy["iterations"], copy["lanes"]) == ("argon2id", 65536, 3, 4)
    assert len(bytes.fromhex(copy["salt"])) == 16


def test_neither_key_nor_passphrase_stands_in_the_file(tmp_path: Path) -> None:
    key = keys.create(tmp_path, "vétiver et filaos", cost=keys.LOW)
    text = (tmp_path / keys.FILE_NAME).read_text(encoding="utf-8")
    assert key.hex() not in text
    assert "filaos" not in text


def test_an_accent_typed_in_two_strokes_is_the_same_accent(tmp_path: Path) -> None:
    key = keys.create(tmp_path, "v\u00e9tiver et filaos", cost=keys.LOW)
    assert keys.unlock(tmp_path, "ve\u0301tiver et filaos") == key


@pytest.mark.parametrize("typed", ["Vétiver et filaos", "vétiver et filaos ", "", "x" * 5000, "\x00"])
def test_a_wrong_passphrase_gets_a_sentence(tmp_path: Path, typed: str) -> None:
    keys.create(tmp_path, "vétiver et filaos", cost=keys.LOW)
    with pytest.raises(UserError, match="phrase de passe n'est pas la bonne"):
        keys.unlock(tmp_path, typed)


@pytest.mark.parametrize("passphrase", [None, "", "court", " " * 20])
def test_a_short_passphrase_is_refused_and_nothing_is_written(tmp_path: Path, passphrase: str | None) -> None:
    with pytest.raises(UserError, match="au moins 8 caractères"):
        keys.create(tmp_path, passphrase)
    assert list(tmp_path.iterdir()) == []


def test_the_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    keys.create(tmp_path, "vétiver et filaos", cost=keys.LOW)
    keys.change_passphrase(tmp_path, "vétiver et filaos", "flamboyants et letchis", cost=keys.LOW)
    assert (tmp_path / keys.FILE_NAME).stat().st_mode & 0o077 == 0


def test_a_key_file_is_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    keys.create(tmp_path, "vétiver et filaos", cost=keys.LOW)
    before = (tmp_path / keys.FILE_NAME).read_bytes()
    with pytest.raises(UserError, match="fichier de clé sans base"):
        keys.create(tmp_path, "une autre phrase", cost=keys.LOW)
    assert (tmp_path / keys.FILE_NAME).read_bytes() == before


def test_a_missing_key_file_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"« charte\.cle » manque"):
        keys.unlock(tmp_path, "vétiver et filaos")


def test_every_damage_of_the_key_file_is_told_from_a_wrong_passphrase(tmp_path: Path) -> None:
    keys.create(tmp_path, "vétiver et filaos", cost=keys.LOW)
    file = tmp_path / keys.FILE_NAME
    sound = file.read_bytes()
    for position in range(0, len(sound), 7):
        damaged = bytearray(sound)
        damaged[position] ^= 0x15
        file.write_bytes(damaged)
        with pytest.raises(UserError, match="est endommagé"):
            keys.unlock(tmp_path, "vétiver et filaos")
    for content in (b"", sound[:100], b"[]", b"null", b"[" * 100_000, b"\xff\xfe\x00", b'{"format": "charte-cle"}'):
        file.write_bytes(content)
        with pytest.raises(UserError, match="est endommagé"):
            keys.unlock(tmp_path, "vétiver et filaos")


def test_a_changed_passphrase_opens_the_same_key_and_the_old_one_no_more(tmp_path: Path) -> None:
    key = keys.create(tmp_path, "vétiver et filaos", cost=keys.LOW)
    keys.change_passphrase(tmp_path, "vétiver et filaos", "une autre phrase", cost=keys.LOW)
    assert keys.unlock(tmp_path, "une autre phrase") == key
    with pytest.raises(UserError):
        keys.unlock(tmp_path, "vétiver et filaos")
    assert [file.name for file in tmp_path.iterdir()] == [keys.FILE_NAME]


@pytest.mark.parametrize(("old", "new"), [("pas la bonne", "une autre phrase"), ("vétiver et filaos", "court")])
def test_a_refused_change_of_passphrase_changes_nothing(tmp_path: Path, old: str, new: str) -> None:
    keys.create(tmp_path, "vétiver et filaos", cost=keys.LOW)
    before = (tmp_path / keys.FILE_NAME).read_bytes()
    with pytest.raises(UserError):
        keys.change_passphrase(tmp_path, old, new)
    assert (tmp_path / keys.FILE_NAME).read_bytes() == before


def test_a_demonstration_says_so_in_its_key_file(tmp_path: Path) -> None:
    key = keys.create(tmp_path, None, demonstration=True)
    assert keys.is_demonstration(tmp_path)
    assert "données inventées" in str(_content(tmp_path)["notice"])
    assert keys.unlock(tmp_path, keys.DEMONSTRATION_PASSPHRASE) == key
    with pytest.raises(UserError, match="démonstration"):
        keys.change_passphrase(tmp_path, keys.DEMONSTRATION_PASSPHRASE, "une autre phrase")


def test_the_key_store_remembers_one_passphrase_for_each_folder(tmp_path: Path, system_key_store: KeyStore) -> None:
    assert keys.recall(tmp_path) is None
    assert keys.remember(tmp_path, "vétiver et filaos")
    assert keys.recall(tmp_path) == "vétiver et filaos"
    assert keys.recall(tmp_path / "autre") is None
    keys.forget(tmp_path)
    keys.forget(tmp_path)
    assert keys.recall(tmp_path) is None


def test_a_broken_key_store_stops_nothing(tmp_path: Path, system_key_store: KeyStore) -> None:
    keyring.set_keyring(_BrokenStore())
    assert not keys.remember(tmp_path, "vétiver et filaos")
    assert keys.recall(tmp_path) is None
    keys.forget(tmp_path)


def test_a_machine_without_key_store_stops_nothing(tmp_path: Path, system_key_store: KeyStore) -> None:
    import keyring.backends.fail

    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    assert not keys.remember(tmp_path, "vétiver et filaos")
    assert keys.recall(tmp_path) is None
    keys.forget(tmp_path)
