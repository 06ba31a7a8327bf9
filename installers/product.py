"""What is built: its names, its version, its time, and where everything goes."""

import hashlib
import os
import re
import subprocess
from functools import cache
from pathlib import Path

from installers.tools import Refusal

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
"""What is handed over."""
BUILD = ROOT / "build" / "installer"
"""What is made on the way; may be removed at any time."""
OUR_FILES = Path(__file__).resolve().parent / "files"
"""Sources that are not Python: the launcher, the installer's script, the desktop entry."""

NAME = "Charte Desktop"
COMMAND = "charte-desktop"
PUBLISHER = "CCI Île de la Réunion"
SUMMARY = "Le registre de la charte des offreurs de solutions numériques"
NOT_YET_ON_WINDOWS = "built and tested under wine 10; not yet run on Windows"

LINUX_FOLDER = BUILD / "linux" / COMMAND
WINDOWS_FOLDER = BUILD / "windows" / COMMAND


@cache
def version() -> str:
    """The version of the program, from its one place."""
    source = (ROOT / "charte_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', source, re.MULTILINE)
    if found is None:
        raise Refusal('charte_desktop/__init__.py gives no __version__ = "X.Y.Z".')
    return found[1]


@cache
def build_time() -> int:
    """Seconds since 1970 that every file built carries: the last commit's, so that two builds are the same."""
    try:
        answer = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return 1577836800  # a copy without its history: the day hatchling itself falls back on
    return int(answer.stdout)


def environment() -> dict[str, str]:
    """The environment of every tool that is run: nothing of the day or of the machine enters what it makes."""
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(build_time()),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def setup_name() -> str:
    """The name of the Windows installer."""
    return f"Charte-Desktop-{version()}-win64.exe"


def deb_name() -> str:
    """The name of the Debian package."""
    return f"{COMMAND}_{version()}_amd64.deb"


def archive_name() -> str:
    """The name of the Linux folder, packed."""
    return f"{COMMAND}-{version()}-linux-x86_64.tar.xz"


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tree_sha256(folder: Path) -> str:
    """One sum for a whole folder: names, contents, links and what may be run."""
    sum_of_all = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            sum_of_all.update(f"{name} -> {os.readlink(path)}\n".encode())  # noqa: PTH115  (as it is written)
        elif path.is_file():
            runs = "x" if path.stat().st_mode & 0o100 else "-"
            sum_of_all.update(f"{name} {runs} {sha256(path)}\n".encode())
    return sum_of_all.hexdigest()


def set_times(folder: Path) -> None:
    """Give every file and folder the time of the build."""
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (build_time(), build_time()), follow_symlinks=False)


def size(folder: Path) -> int:
    """Bytes of a file, or of all the files of a folder."""
    if folder.is_file():
        return folder.stat().st_size
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def write_sums() -> None:
    """Write `dist/SHA256SUMS` anew, over everything that is handed over."""
    files = sorted(path for path in DIST.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{sha256(path)}  {path.name}\n" for path in files]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="ascii", newline="\n")


def mark_fast(system: str, fast: bool) -> None:
    """Remember whether what lies in dist/ for `system` was compressed less, and so says nothing of its size."""
    mark = BUILD / f"{system}-fast"
    BUILD.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    if fast:
        mark.touch()


def is_fast(system: str) -> bool:
    """Whether it was."""
    return (BUILD / f"{system}-fast").exists()


def clear_dist(*patterns: str) -> None:
    """Remove what an earlier build of the same kind left in `dist/`."""
    DIST.mkdir(exist_ok=True)
    for pattern in patterns:
        for old in DIST.glob(pattern):
            old.unlink()
