"""Build what is handed over, into dist/. For now that is the wheel; the Windows and Linux installers are still to come.

python build_installer.py wheel      the wheel and SHA256SUMS, looked through once built
python build_installer.py verify     whether what lies in dist/ is whole and matches SHA256SUMS

Only the standard library is imported here; the wheel itself is made by hatchling, which `make prepare` installs.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
DIST = ROOT / "dist"
SUMS = DIST / "SHA256SUMS"
NOT_YET = "The {} installer is not made yet: until then, install the wheel (see README.md, « Hand it over »)."


class Refusal(Exception):
    """What stops the build, in a sentence."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command: 0 done, 1 refused with a sentence, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="build_installer.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["wheel", "verify", "windows", "linux"])
    what = parser.parse_args(arguments).what
    try:
        if what == "wheel":
            build_wheel()
        if what in ("wheel", "verify"):
            verify()
            return 0
        raise Refusal(NOT_YET.format(what.capitalize()))
    except Refusal as refusal:
        print(f"error: {refusal}", file=sys.stderr)
        return 1


def version() -> str:
    """The version of the program, from its one place."""
    source = (ROOT / "charte_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    if found is None:
        raise Refusal("charte_desktop/__init__.py gives no __version__.")
    return found[1]


def build_wheel() -> None:
    """Make the wheel and its sums; the same commit gives the same bytes."""
    if find_spec("hatchling") is None:
        raise Refusal("hatchling is missing: run `make prepare`, then .venv/bin/python build_installer.py wheel")
    DIST.mkdir(exist_ok=True)
    for old in DIST.glob("*.whl"):
        old.unlink()
    environment = {**os.environ, "SOURCE_DATE_EPOCH": _last_commit_time(), "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(DIST)]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise Refusal("hatchling refused; its reason is above.")
    lines = [f"{_sha256(wheel)}  {wheel.name}\n" for wheel in sorted(DIST.glob("*.whl"))]
    SUMS.write_text("".join(lines), encoding="ascii", newline="\n")


def verify() -> None:
    """Check every file of SHA256SUMS, and that the wheel holds the program and all it shows, nothing else."""
    if not SUMS.exists():
        raise Refusal("dist/ holds nothing yet: run `build_installer.py wheel` first.")
    for line in SUMS.read_text(encoding="ascii").splitlines():
        expected, _, name = line.partition("  ")
        if not (DIST / name).exists():
            raise Refusal(f"dist/{name} is missing: build it again.")
        if _sha256(DIST / name) != expected:
            raise Refusal(f"dist/{name} is not the file that SHA256SUMS names: build it again.")
        _look_through(DIST / name)
        print(f"dist/{name}: {(DIST / name).stat().st_size:,} bytes, SHA-256 {expected}")


def _look_through(wheel: Path) -> None:
    if not wheel.name.startswith(f"charte_desktop-{version()}-"):
        raise Refusal(f"dist/{wheel.name} is not of version {version()}: build it again.")
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if not name.endswith("/")}
    expected = set(_shipped())
    program = {name for name in inside if ".dist-info/" not in name}
    for name in sorted(expected ^ program):
        raise Refusal(f"{name} is in {'the checkout' if name in expected else 'the wheel'} only: build it again.")


def _shipped() -> Iterator[str]:
    """Every file that a wheel must hold, as the wheel names it."""
    folders = [ROOT / name for name in ("charte_desktop", "forms", "resources", "docs/images")]
    for path in [ROOT / "docs" / "guide.md", *(path for folder in folders for path in folder.rglob("*"))]:
        if path.is_file() and path.suffix != ".pyc":
            name = path.relative_to(ROOT).as_posix()
            yield name if name.startswith("charte_desktop/") else f"charte_desktop/{name}"


def _last_commit_time() -> str:
    try:
        answer = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "1577836800"  # a copy without its history: the day hatchling itself falls back on
    return answer.stdout.strip()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
