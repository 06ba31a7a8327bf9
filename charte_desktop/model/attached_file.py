"""What may be kept as a file of a record: documents and pictures, of a size that a backup can carry; no program."""

import re
import unicodedata

from charte_desktop.errors import UserError

LARGEST = 25 * 1024 * 1024
"""Bytes; what is larger belongs on a disk, not in a base that is copied at every backup."""

_PROGRAMS = frozenset(
    (
        ".exe .bat .cmd .com .scr .pif .cpl .msi .msp .mst .msix .appx .ps1 .psm1 .vbs .vbe .js .jse .mjs .wsf .wsh "
        ".hta .jar .sh .bash .run .lnk .reg .dll .sys .ocx .drv .apk .app .dmg .pkg .deb .rpm .desktop .gadget .inf "
        ".msc .chm .scf .py .pyc .pl .rb .php .xll .application .iso .vhd .img"
    ).split()
)
_WINDOWS = b"MZ"
"""How programs of Windows begin; so may a note about M. Zamal, which holds no zero byte."""
_BEGINNINGS = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"#!",
    b"dex\n",
)
"""How programs begin, whatever they are called: Linux, macOS, Java, a shortcut, a script, Android."""
_SAYS_PROGRAM = (b"META-INF/MANIFEST.MF", b"AndroidManifest.xml", b"AppxManifest.xml")
"""Names inside an archive that make it one."""
_MARKED_TEXT = re.compile(rb"\A\s*(?:@echo off|on error resume next|<job\b|<hta:)", re.IGNORECASE)


def plain_name(name: str) -> str:
    """A file's name without what hides its ending: invisible signs, blanks and dots at the end."""
    seen = "".join(one for one in name if unicodedata.category(one) not in ("Cc", "Cf"))
    return " ".join(seen.split()).rstrip(" .")


def is_program(name: str, content: bytes) -> bool:
    """True for a file that does something when it is opened, told by its name or by what it holds."""
    ending = plain_name(name).lower().rpartition(".")[2]
    if f".{ending}" in _PROGRAMS:
        return True
    if content.startswith(_WINDOWS) and 0 in content[:64]:
        return True
    if content.startswith(_BEGINNINGS) or _MARKED_TEXT.match(content[:200]):
        return True
    # The names of an archive's files stand at its end, whole, beside their contents.
    return content.startswith(b"PK\x03\x04") and any(one in content[-65_536:] for one in _SAYS_PROGRAM)


def refuse_file(name: str, content: bytes) -> None:
    """Refuse an empty file, one of more than 25 MB, and a program."""
    shown = plain_name(name) or "sans nom"
    if not content:
        raise UserError(f"Le fichier « {shown} » est vide : choisissez-en un autre.")
    if len(content) > LARGEST:
        raise UserError(f"Le fichier « {shown} » dépasse 25 Mo : joignez-en une version plus légère.")
    if is_program(name, content):
        raise UserError(f"« {shown} » est un programme : joignez un document ou une image.")
