"""A new version of the program, brought on a key: recognised, proved, started. Nothing of it is run before."""

import io
import lzma
import os
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from charte_desktop import __version__
from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from charte_desktop.exchange.authenticode import Publisher

SUMS = "SHA256SUMS"
PRODUCT, PACKAGE = "Charte Desktop", "charte-desktop"
LARGEST = 512 * 2**20
"""Bytes; no installer of ours is near it."""
_FACTS = 0xFEEF04BD
"""Begins the numbers of a version in a Windows program."""
_DEBIAN = b"!<arch>\n"

System = Literal["windows", "linux"]


@dataclass(frozen=True)
class UpdateFile:
    """An installer that may be run."""

    path: Path
    version: str
    sha256: str
    size: int
    """Bytes."""
    proof: str
    """What proves that it is whole, and whose it is; a French sentence."""

    @property
    def is_newer(self) -> bool:
        """Whether it brings another version; otherwise it puts the same one back."""
        return _numbers(self.version) > _numbers(__version__)


def recognise(path: Path, *, system: System | None = None, running: Path | None = None) -> UpdateFile:
    """Look at the file a user chose.

    Refused, in a sentence: what is no installer of this program for this system, a version older than this one, a file
    that was changed since it was signed, one signed by somebody else than the program that runs (`running`, by default
    this one), and one that neither a signature nor a `SHA256SUMS` beside it proves.
    """
    content = _read(path)
    version = _version_of(path, content, system or this_system())
    if _numbers(version) < _numbers(__version__):
        raise UserError(
            f"« {path.name} » est la version {version}, plus ancienne que celle de ce poste ({__version__}) : elle "
            "n'ouvrirait pas votre base. Choisissez un fichier plus récent."
        )
    sum_of_file = sha256(content).hexdigest()
    return UpdateFile(path, version, sum_of_file, len(content), _proof(path, content, sum_of_file, running))


def this_system() -> System:
    """The system this program runs on."""
    return "windows" if sys.platform == "win32" else "linux"


def refuse_unless_installed() -> None:
    """Refuse a program that no installer put where it is: there is nothing to replace."""
    if installed_program() is None:
        raise UserError(
            "Ce programme n'a pas été mis en place par son installateur : lancez vous-même l'installateur, programme "
            "fermé."
        )


def installed_program() -> Path | None:
    """The program that an installer put on this computer and that runs now; None for any other copy."""
    here = Path(sys.executable).resolve()
    if sys.platform == "win32":
        return here if (here.parent / "desinstaller.exe").exists() else None
    installed = Path("/opt") / PACKAGE / PACKAGE
    return here if here == installed else None


def prepare(update: UpdateFile) -> Path:
    """A copy on this computer's disk, the same to the byte: the key may leave, and nobody can change what is run."""
    place = Path(tempfile.mkdtemp(prefix="charte-mise-a-jour-"))
    copy = place / update.path.name
    try:
        shutil.copyfile(update.path, copy)
        same = sha256(copy.read_bytes()).hexdigest() == update.sha256
    except OSError as fault:
        raise UserError(f"« {update.path} » ne se lit plus : remettez la clé en place, puis recommencez.") from fault
    if not same:
        raise UserError(f"« {update.path} » a changé pendant la lecture : rien n'a été installé. Recommencez.")
    return copy


def start(prepared: Path) -> None:
    """Start the installer; the program must then be closed at once. It is opened again once it is replaced."""
    if sys.platform == "win32":
        detached = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        subprocess.Popen([str(prepared), "/S", "/WAIT", "/REOPEN"], creationflags=detached, close_fds=True)
        return
    pkexec = shutil.which("pkexec")
    if pkexec is None:
        raise UserError(f"Il faut être administrateur pour installer : fermez, puis tapez  sudo dpkg -i '{prepared}'")
    # The shell waits for this process to be gone: dpkg replaces files that are in use without a word.
    script = 'while kill -0 "$1" 2>/dev/null; do sleep 0.2; done; "$2" dpkg -i "$3"; exec "$4"'
    subprocess.Popen(
        ["sh", "-c", script, "sh", str(os.getpid()), pkexec, str(prepared), sys.executable],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(f"« {path.name} » est trop gros pour être un installateur de {PRODUCT} : choisissez-en un.")
        return path.read_bytes()
    except OSError as fault:
        raise UserError(f"« {path} » ne se lit pas : vérifiez que la clé est en place, puis recommencez.") from fault


def _version_of(path: Path, content: bytes, system: System) -> str:
    version = _windows_version(content) if content[:2] == b"MZ" else _debian_version(content)
    if version is None:
        raise UserError(
            f"« {path.name} » n'est pas un installateur de {PRODUCT} : choisissez le fichier "
            f"{_EXPECTED[system]} remis par le service informatique."
        )
    if (content[:2] == b"MZ") is not (system == "windows"):
        raise UserError(f"« {path.name} » est fait pour un autre système : choisissez le fichier {_EXPECTED[system]}.")
    return version


_EXPECTED = {"windows": "Charte-Desktop-…-win64.exe", "linux": "charte-desktop_…_amd64.deb"}


def _windows_version(content: bytes) -> str | None:
    """The version in the resources of a Windows program that calls itself an installation of this product."""
    head = content[: 4 * 2**20]
    named = "ProductName\0".encode("utf-16-le")
    at = head.find(named)
    value = head[at + len(named) : at + len(named) + 80].decode("utf-16-le", "replace").strip("\0") if at > 0 else ""
    facts = head.find(struct.pack("<I", _FACTS))
    if value.split("\0")[0] != PRODUCT or facts < 0 or len(head) < facts + 24:
        return None
    high, low = struct.unpack_from("<II", head, facts + 16)
    return f"{high >> 16}.{high & 0xFFFF}.{low >> 16}"


def _debian_version(content: bytes) -> str | None:
    """The version in the control file of a Debian package of this name."""
    if not content.startswith(_DEBIAN):
        return None
    try:
        control = next((data for name, data in _members(content) if name.startswith("control.tar")), b"")
        with tarfile.open(fileobj=io.BytesIO(control)) as archive:
            found = archive.extractfile("./control")
            fields = "" if found is None else found.read(65536).decode("utf-8", "replace")
    except (tarfile.TarError, lzma.LZMAError, KeyError, ValueError, EOFError, OSError):
        return None
    package = re.search(r"^Package: (\S+)$", fields, re.MULTILINE)
    version = re.search(r"^Version: (\d+\.\d+\.\d+)$", fields, re.MULTILINE)
    return version[1] if package and version and package[1] == PACKAGE else None


def _members(archive: bytes) -> Iterator[tuple[str, bytes]]:
    at = len(_DEBIAN)
    while at + 60 <= len(archive):
        name, size = archive[at : at + 16].decode("ascii", "replace").strip(), int(archive[at + 48 : at + 58])
        if size < 0:
            return
        yield name, archive[at + 60 : at + 60 + size]
        at += 60 + size + size % 2


def _proof(path: Path, content: bytes, sum_of_file: str, running: Path | None) -> str:
    from charte_desktop.exchange.authenticode import BrokenSignature, publisher_of

    signer = own = None
    if content[:2] == b"MZ":
        try:
            signer = publisher_of(content)
        except BrokenSignature as broken:
            raise UserError(
                f"« {path.name} » a été modifié depuis sa signature : ne l'ouvrez pas, demandez-en une autre copie."
            ) from broken
        own = _own_publisher(running)
    if own is not None:
        if signer is None or signer.key != own.key:
            raise UserError(
                f"« {path.name} » n'est pas signé par l'éditeur de ce programme ({own.name}) : montrez-le au service "
                "informatique avant de l'installer."
            )
        return f"Signé par {signer.name}, comme le programme de ce poste."
    listed = _listed(path)
    if listed is None:
        raise UserError(
            f"Rien ne prouve que « {path.name} » est entier : copiez à côté de lui le fichier {SUMS} qui l'accompagne, "
            "puis recommencez."
        )
    if sum_of_file not in listed:
        raise UserError(
            f"« {path.name} » n'est pas le fichier que {SUMS} annonce : il est abîmé, ou a été changé. Copiez-le à "
            "nouveau."
        )
    said = f"Signé par {signer.name} ; " if signer is not None else ""
    return f"{said}L'empreinte est celle que {SUMS} annonce.".replace("; L'", "; l'")


def _own_publisher(running: Path | None) -> "Publisher | None":
    from charte_desktop.exchange.authenticode import BrokenSignature, publisher_of

    program = running or installed_program()
    if program is None or program.suffix.lower() != ".exe":
        return None
    try:
        return publisher_of(program.read_bytes())
    except (BrokenSignature, OSError):
        return None


def _listed(path: Path) -> set[str] | None:
    """The sums that the file beside announces; None when there is no such file."""
    beside = path.with_name(SUMS)
    try:
        text = beside.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return None
    return {line.split()[0].lower() for line in text.splitlines() if re.match(r"[0-9A-Fa-f]{64}\s", line)}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
