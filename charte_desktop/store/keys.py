"""The base's key: 256 random bits, kept wrapped by a passphrase in the file `charte.cle` beside the base.

The file holds one wrapped copy of the key for each way of unlocking it, so that a passphrase is changed without
rewriting the base. Nothing in it opens the base without the passphrase.
"""

import json
import os
import secrets
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from charte_desktop.errors import UserError
from charte_desktop.policy import policy

FILE_NAME = "charte.cle"
PASSPHRASE = "passphrase"
DEMONSTRATION_PASSPHRASE = "démonstration"
"""Published on purpose: a demonstration base holds invented data and asks for nothing."""
MINIMUM_LENGTH = 8
"""Characters of a passphrase; a shorter one is refused."""

_STORE_NAME = "charte-desktop"
_BACK_END_FAULTS = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney.wrappers", "DBusErrorResponse"),
    ("win32ctypes.pywin32.pywintypes", "error"),
    ("pywintypes", "error"),
)
_FORMAT, _VERSION = "charte-cle", 1
_DEMONSTRATION_NOTICE = (
    "Base de démonstration : données inventées. Sa phrase de passe est publique : « démonstration »."
)
_UNREADABLE = (
    "Le fichier de clé « {file} » est endommagé : sans lui, la base ne s'ouvre pas. "
    "Remettez celui d'une sauvegarde (commande « restore », ou menu Fichier)."
)


class WrongPassphrase(UserError):
    """The key file is sound and the passphrase is not its own: it may be asked again."""


@dataclass(frozen=True)
class Cost:
    """What deriving a key from a passphrase costs (Argon2id)."""

    memory_kib: int
    iterations: int
    lanes: int


NORMAL = Cost(memory_kib=64 * 1024, iterations=3, lanes=4)
"""About a quarter of a second on an office laptop."""
LOW = Cost(memory_kib=64, iterations=1, lanes=1)
"""For a published passphrase, and for tests: protects nothing."""


def create(folder: Path, passphrase: str | None, *, demonstration: bool = False, cost: Cost | None = None) -> bytes:
    """Make a new key, write it wrapped in `folder`, and return it. An existing key file is never replaced."""
    if demonstration:
        passphrase = DEMONSTRATION_PASSPHRASE
    passphrase = long_enough(passphrase)
    key = secrets.token_bytes(32)
    content: dict[str, Any] = {"format": _FORMAT, "version": _VERSION, "demonstration": demonstration}
    if demonstration:
        content["notice"] = _DEMONSTRATION_NOTICE
    content["copies"] = [_wrap(key, passphrase, cost or (LOW if demonstration else NORMAL))]
    file = folder / FILE_NAME
    if file.exists():
        raise UserError(
            f"Il y a un fichier de clé sans base dans « {folder} ». "
            "Restaurez une sauvegarde dans ce dossier, ou choisissez-en un autre pour une nouvelle base."
        )
    _write(file, content)
    return key


def long_enough(passphrase: str | None) -> str:
    """The passphrase; a missing or short one is refused. Blanks at its ends are part of it, and count for nothing."""
    if passphrase is None or len(passphrase.strip()) < MINIMUM_LENGTH:
        raise UserError(f"La phrase de passe est trop courte : choisissez au moins {MINIMUM_LENGTH} caractères.")
    return passphrase


def is_demonstration(folder: Path) -> bool:
    """True when the base of `folder` is a demonstration base; False when there is none."""
    file = folder / FILE_NAME
    return file.exists() and bool(_read(file)["demonstration"])


def unlock(folder: Path, passphrase: str) -> bytes:
    """The base's key. Refuses a wrong passphrase, and a missing or damaged key file."""
    content = _read(folder / FILE_NAME)
    return _unwrap(content, passphrase)


def change_passphrase(folder: Path, old: str, new: str, *, cost: Cost = NORMAL) -> None:
    """Wrap the same key with another passphrase; the base itself is not rewritten."""
    content = _read(folder / FILE_NAME)
    if content["demonstration"]:
        raise UserError(
            "Une base de démonstration n'a pas de phrase de passe à changer. "
            "Créez une vraie base dans un autre dossier."
        )
    key = _unwrap(content, old)
    long_enough(new)
    others = [copy for copy in content["copies"] if copy["method"] != PASSPHRASE]
    _write(folder / FILE_NAME, {**content, "copies": [_wrap(key, new, cost), *others]})


def remember(folder: Path, passphrase: str) -> bool:
    """Leave the passphrase with the system's key store; False when none works, or the IT department forbids it."""
    if not policy().remembers_passphrases:
        return False
    import keyring

    try:
        keyring.set_password(_STORE_NAME, str(folder.resolve()), passphrase)
    except _store_faults():
        return False
    return True


def recall(folder: Path) -> str | None:
    """The passphrase that the system's key store remembers for `folder`, None when there is none or it may not be."""
    if not policy().remembers_passphrases:
        return None
    import keyring

    try:
        return keyring.get_password(_STORE_NAME, str(folder.resolve()))
    except _store_faults():
        return None


def forget(folder: Path) -> None:
    """Take the passphrase back from the system's key store."""
    import keyring

    with suppress(*_store_faults()):
        keyring.delete_password(_STORE_NAME, str(folder.resolve()))


def _store_faults() -> tuple[type[BaseException], ...]:
    """What key stores raise: keyring lets some faults of its back-ends through. A convenience never stops the work."""
    from keyring.errors import KeyringError

    faults: list[type[BaseException]] = [KeyringError, OSError, RuntimeError, ImportError, ValueError]
    for module, name in _BACK_END_FAULTS:
        if module in sys.modules:
            faults.append(getattr(sys.modules[module], name))
    return tuple(faults)


def _wrap(key: bytes, passphrase: str, cost: Cost) -> dict[str, Any]:
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    salt = secrets.token_bytes(16)
    wrapped = aes_key_wrap(_derive(passphrase, salt, cost), key)
    return {"method": PASSPHRASE, "kdf": "argon2id", "salt": salt.hex(), **asdict(cost), "wrapped": wrapped.hex()}


def _unwrap(content: dict[str, Any], passphrase: str) -> bytes:
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    for copy in content["copies"]:
        if copy["method"] != PASSPHRASE:
            continue
        cost = Cost(copy["memory_kib"], copy["iterations"], copy["lanes"])
        try:
            return aes_key_unwrap(
                _derive(passphrase, bytes.fromhex(copy["salt"]), cost), bytes.fromhex(copy["wrapped"])
            )
        except InvalidUnwrap:
            continue
    raise WrongPassphrase("La phrase de passe n'est pas la bonne. Vérifiez la touche Verr. Maj et retapez-la.")


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from unicodedata import normalize

    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # The same accents typed on another keyboard must give the same key.
    typed = normalize("NFC", passphrase).encode()
    return Argon2id(
        salt=salt, length=32, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(typed)


def _digest(content: dict[str, Any]) -> str:
    """Tells a damaged key file from a wrong passphrase."""
    bare = {name: value for name, value in content.items() if name != "sha256"}
    return sha256(json.dumps(bare, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _write(file: Path, content: dict[str, Any]) -> None:
    """Replace the key file in one step: a crash leaves the old one or the new one, whole."""
    text = json.dumps({**content, "sha256": _digest(content)}, ensure_ascii=False, indent=1)
    draft = file.with_name(file.name + ".nouveau")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def _read(file: Path) -> dict[str, Any]:
    if not file.exists():
        raise UserError(
            f"Le fichier de clé « {file.name} » manque dans « {file.parent} » : sans lui, la base ne s'ouvre pas. "
            "Remettez-le, ou restaurez une sauvegarde (commande « restore », ou menu Fichier)."
        )
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as fault:
        raise UserError(_UNREADABLE.format(file=file.name)) from fault
    if not isinstance(content, dict) or content.get("format") != _FORMAT or content.get("sha256") != _digest(content):
        raise UserError(_UNREADABLE.format(file=file.name))
    if content["version"] > _VERSION:
        raise UserError(
            f"Le fichier de clé « {file.name} » vient d'une version plus récente du programme. "
            "Mettez le programme à jour."
        )
    return content
