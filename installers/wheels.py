"""The packages of others: fetched once by their hash from the lock, then never again."""

import re
import shutil
import sys
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

from installers import markers, product
from installers.product import BUILD, ROOT
from installers.tools import Refusal, run, step

PLAIN_LOCKS = Path(__file__).resolve().parent / "locks"
"""The locks of what builds and is not shipped."""
PYTHON = (3, 11)
"""The Python that is shipped; what is compiled for it is compiled by it."""


@dataclass(frozen=True)
class Wheel:
    """One package as it was fetched."""

    path: Path
    name: str
    version: str
    about: Message
    """Its METADATA."""


def refuse_other_python() -> None:
    """The build compiles modules, which only the same Python reads."""
    if sys.version_info[:2] != PYTHON:
        wanted = ".".join(map(str, PYTHON))
        raise Refusal(
            f"Python {wanted} is needed to build (this is {sys.version.split()[0]}): run python{wanted} "
            "build_installer.py. Debian 12 has it: apt-get install --no-install-recommends python3 python3-venv"
        )


def fetch(system: str, offline: bool) -> Path:
    """Fill the folder of wheels of `system` (`linux` or `windows`) from requirements.lock; every hash is checked."""
    rules = markers.WINDOWS if system == "windows" else markers.LINUX
    lock = BUILD / f"requirements-{system}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.write_text(markers.lock_for((ROOT / "requirements.lock").read_text(encoding="utf-8"), rules), encoding="utf-8")
    return download(lock, f"wheels-{system}", offline, "win_amd64" if system == "windows" else "")


def download(lock: Path, name: str, offline: bool, platform: str = "") -> Path:
    """The folder that holds every wheel of `lock`; without network when it is filled already."""
    folder = product.ROOT / "build" / name
    stamp = folder / "lock.sha256"
    if stamp.exists() and stamp.read_text() == product.sha256(lock):
        return folder
    if offline:
        raise Refusal(
            f"{folder.relative_to(ROOT)} does not hold the packages of this lock: build once without --offline."
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with step(f"fetching packages into {folder.relative_to(ROOT)}"):
        command: list[str | Path] = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--require-hashes", "--only-binary", ":all:", "--dest", folder, "--requirement", lock]
        if platform:
            command += ["--platform", platform, "--python-version", "3.11", "--implementation", "cp"]
            command += ["--abi", "cp311", "--abi", "abi3", "--abi", "none"]
        try:
            run(command)
        except Refusal as refusal:
            if "No module named pip" in str(refusal):
                raise Refusal("pip is missing. Run: apt-get install python3-pip python3-venv") from refusal
            raise
    stamp.write_text(product.sha256(lock))
    return folder


def read(folder: Path) -> list[Wheel]:
    """The wheels of a folder, by name."""
    found = []
    for path in sorted(folder.glob("*.whl"), key=lambda one: one.name.lower()):
        with zipfile.ZipFile(path) as archive:
            inside = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            about = BytesParser().parsebytes(archive.read(inside))
        found.append(Wheel(path, about["Name"], about["Version"], about))
    return found


def unpack(wheel: Path, folder: Path) -> None:
    """Lay a wheel out as pip does, without its scripts and headers."""
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            parts = entry.filename.split("/")
            if parts[0].endswith(".data"):
                if parts[1] not in ("purelib", "platlib"):
                    continue
                parts = parts[2:]
            if entry.is_dir() or not parts:
                continue
            if ".." in parts or entry.filename.startswith("/"):
                raise Refusal(f"{wheel.name} would write outside its folder: {entry.filename}")
            target = folder.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(entry) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)


def venv(name: str, locks: Sequence[tuple[Path, Path]]) -> Path:
    """A virtual environment that holds exactly the packages of the locks, each given with its folder of wheels.

    Returns its Python. It is kept from one build to the next while the locks are the same.
    """
    folder = ROOT / "build" / name
    python = folder / "bin" / "python"
    stamp = folder / "locks.sha256"
    state = "\n".join([sys.version, *(product.sha256(lock) for lock, _ in locks)])
    if stamp.exists() and stamp.read_text() == state:
        return python
    with step(f"making {folder.relative_to(ROOT)}"):
        shutil.rmtree(folder, ignore_errors=True)
        try:
            run([sys.executable, "-m", "venv", "--without-pip", folder])
        except Refusal as refusal:
            raise Refusal(
                f"no virtual environment can be made. Run: apt-get install python3-venv\n{refusal}"
            ) from refusal
        for lock, wheels in locks:
            run(
                [
                    *(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps"),
                    *("--no-compile", "--require-hashes", "--find-links", wheels, "--requirement", lock),
                ]
            )
    stamp.write_text(state)
    return python


def tool_venv(name: str, lock: Path, offline: bool, *shared: tuple[Path, Path]) -> Path:
    """An environment of `lock`, and of the locks in `shared`; returns its Python."""
    here = BUILD / f"{name}.lock"
    here.parent.mkdir(parents=True, exist_ok=True)
    here.write_text(markers.lock_for(lock.read_text(encoding="utf-8"), markers.LINUX), encoding="utf-8")
    return venv(f"venv-{name}", [*shared, (here, download(here, f"wheels-{name}", offline))])


def tool_venv_python(name: str) -> Path:
    """The Python of an environment that a build made."""
    python = ROOT / "build" / f"venv-{name}" / "bin" / "python"
    if not python.exists():
        raise Refusal(f"{python.relative_to(ROOT)} is not there: build first.")
    return python


def needed(found: Sequence[Wheel], system: Mapping[str, str]) -> list[Wheel]:
    """Those that the program needs to run: the lock also holds what builds it."""
    by_name = {plain(wheel.name): wheel for wheel in found}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting, kept = list(project["dependencies"]), set()
    while waiting:
        wanted, _, marker = waiting.pop().partition(";")
        name = plain(re.split(r"[^A-Za-z0-9._-]", wanted.strip())[0])
        if name in kept or name not in by_name or (marker and not markers.may_hold(marker, system)):
            continue
        kept.add(name)
        waiting += by_name[name].about.get_all("Requires-Dist") or []
    return [wheel for wheel in found if plain(wheel.name) in kept]


def plain(name: str) -> str:
    """The name of a package as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
