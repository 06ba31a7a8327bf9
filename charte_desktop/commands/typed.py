"""What was typed after an option, understood or refused with exit code 2 before anything is opened."""

import os
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charte_desktop.model.accompaniment_kind import AccompanimentKind
    from charte_desktop.model.reference import Commune


def words(typed: str) -> str:
    """A text that says something. Bytes of another code page, which Python hands over as they are, are read."""
    read = decoded(os.fsencode(typed)) if _is_undecoded(typed) else typed
    if not read or not read.strip():
        raise ArgumentTypeError("la valeur est vide ou ne se lit pas")
    return read.strip()


def decoded(content: bytes) -> str | None:
    """The text of `content`, which Notepad and PowerShell write in three encodings; None when it is no text."""
    from charte_desktop.exchange import delimited

    return delimited.decode(content)


def _is_undecoded(typed: str) -> bool:
    try:
        typed.encode()
    except UnicodeEncodeError:
        return True
    return False


def path(typed: str) -> Path:
    """A file or a folder. An empty one is a script's variable that was not set, never the current folder."""
    if not typed:
        raise ArgumentTypeError("le nom est vide")
    return Path(typed)


def day(typed: str) -> date:
    """A day, as jj/mm/aaaa."""
    from charte_desktop.model import identifiers

    read = identifiers.read_date(typed).value
    if read is None:
        raise ArgumentTypeError(f"« {typed} » n'est pas une date jj/mm/aaaa")
    return read


def siren(typed: str) -> str:
    """A SIREN, or that of a SIRET, however it is written."""
    from charte_desktop.model import identifiers

    read = identifiers.read_siren(typed)
    if not read.value.siren:
        raise ArgumentTypeError(read.message or f"« {typed} » n'est pas un SIREN")
    return read.value.siren


def accompaniment(typed: str) -> "AccompanimentKind":
    """A kind of accompaniment, in English or in French."""
    from charte_desktop.model.accompaniment_kind import AccompanimentKind

    french = {"individuel": "INDIVIDUAL", "atelier": "WORKSHOP"}
    try:
        return AccompanimentKind[french.get(typed.lower(), typed.upper())]
    except KeyError as unknown:
        raise ArgumentTypeError(f"« {typed} » n'existe pas ; diagnostic, individual ou workshop") from unknown


def service(typed: str) -> str:
    """The id of a service of the charter (C20)."""
    from charte_desktop.model import reference

    if typed.upper() not in reference.services():
        raise ArgumentTypeError(f"la prestation « {typed} » n'existe pas ; choisissez de S01 à S16")
    return typed.upper()


def clause(typed: str) -> str:
    """The id of a clause of the charter."""
    from charte_desktop.model import clauses

    if typed.upper() not in clauses.clauses():
        raise ArgumentTypeError(f"l'article « {typed} » n'existe pas ; choisissez de C01 à C41")
    return typed.upper()


def commune(typed: str) -> "Commune":
    """A commune of La Réunion, by its name or its INSEE code."""
    from charte_desktop.model import reference

    found = reference.communes().get(typed) or reference.find_commune(typed, "")
    if found is None:
        raise ArgumentTypeError(f"« {typed} » n'est pas une commune de La Réunion ; vérifiez l'orthographe")
    return found
