r"""What the IT department decides for every user of a computer, in one text file that users cannot change.

`C:\ProgramData\Charte Desktop\reglages.toml` on Windows, `/etc/charte-desktop/reglages.toml` on Linux. Without it,
everything is as the program comes. A file that cannot be understood stops the program with a sentence: a rule that
somebody wrote is never left out in silence.
"""

import os
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from charte_desktop.errors import UserError

FILE_NAME = "reglages.toml"
_KNOWN: dict[str, dict[str, type]] = {
    "base": {"dossier": str},
    "sauvegardes": {"copie": str},
    "securite": {"retenir_la_phrase": bool},
    "mise_a_jour": {"autorisee": bool},
}
"""Section, name and kind of each rule."""


@dataclass(frozen=True)
class Policy:
    """The rules of this computer."""

    base_folder: Path | None = None
    """Where each user's base is, when the command line names no folder."""
    backup_copies: Path | None = None
    """Where the backup of each closing is copied."""
    remembers_passphrases: bool = True
    """Whether the system's key store may keep a passphrase."""
    updates_itself: bool = True
    """Whether a user may install a new version from a file."""


def file() -> Path:
    """Where the rules are looked for; no variable of the user names another place."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Charte Desktop" / FILE_NAME
    return Path("/etc/charte-desktop") / FILE_NAME


def policy() -> Policy:
    """The rules in force. Refuses a file that cannot be read or understood."""
    return _read(file())


@cache
def _read(path: Path) -> Policy:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Policy()
    except (OSError, UnicodeDecodeError) as fault:
        raise _refusal(path, "il ne se lit pas, ou n'est pas enregistré en UTF-8") from fault
    try:
        rules = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise _refusal(path, str(fault)) from fault
    for section, values in rules.items():
        if section not in _KNOWN or not isinstance(values, dict):
            raise _refusal(path, f"[{section}] n'est pas une section connue ({', '.join(_KNOWN)})")
        for name, value in values.items():
            kind = _KNOWN[section].get(name)
            if kind is None:
                raise _refusal(path, f"{name} n'existe pas dans [{section}] ({', '.join(_KNOWN[section])})")
            if not isinstance(value, kind) or value == "":
                words = "true ou false" if kind is bool else "un texte entre apostrophes"
                raise _refusal(path, f"{name} attend {words}")
    return Policy(
        base_folder=_folder(rules, "base", "dossier"),
        backup_copies=_folder(rules, "sauvegardes", "copie"),
        remembers_passphrases=rules.get("securite", {}).get("retenir_la_phrase", True),
        updates_itself=rules.get("mise_a_jour", {}).get("autorisee", True),
    )


def _folder(rules: dict[str, Any], section: str, name: str) -> Path | None:
    """A folder, where `%USERNAME%`, `$HOME` or `~` stand for the user's own."""
    text = rules.get(section, {}).get(name)
    if text is None:
        return None
    return Path(os.path.expandvars(Path(text).expanduser()))


def _refusal(path: Path, what: str) -> UserError:
    return UserError(
        f"Les réglages du service informatique ne se comprennent pas ({path} : {what}). "
        "Demandez-lui de corriger ce fichier, ou de le retirer."
    )
