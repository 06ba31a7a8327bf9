"""The wheel, and the list of the program's own files, which every installer shares."""

import shutil
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from installers import product
from installers.product import DIST, ROOT
from installers.tools import Refusal, run

BESIDE = {"forms": "forms", "resources": "resources", "docs/images": "docs/images", "tests/data/bases": "bases"}
"""Folders that lie beside the package in a checkout, and where they are inside it once installed."""
_TODAYS_BASE = max((ROOT / "tests" / "data" / "bases").glob("[0-9]*"))
"""A stored base that no migration touches: there is nothing to try in it, and ciphered bytes do not compress."""


def shipped() -> Iterator[tuple[Path, str]]:
    """Every file of the program, and its name inside what is installed."""
    for path in sorted((ROOT / "charte_desktop").rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield path, path.relative_to(ROOT).as_posix()
    yield ROOT / "docs" / "guide.md", "charte_desktop/docs/guide.md"
    for folder, inside in BESIDE.items():
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and _TODAYS_BASE not in path.parents:
                yield path, f"charte_desktop/{inside}/{path.relative_to(ROOT / folder).as_posix()}"


def stage(folder: Path) -> None:
    """Lay the program out in `folder` as it is installed, with the list of its own files."""
    shutil.rmtree(folder, ignore_errors=True)
    names = []
    for path, name in shipped():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        names.append(name)
    (folder / "charte_desktop" / "contents.txt").write_text(contents(folder, names), encoding="utf-8", newline="\n")


def contents(folder: Path, names: list[str]) -> str:
    """One line per file: what a self-test must find. Modules are compiled on the way, so they are named without sum."""
    lines = []
    for name in sorted(names):
        inside = name.removeprefix("charte_desktop/")
        is_module = name.endswith(".py") and "/versions/" not in name
        lines.append(f"{'module' if is_module else product.sha256(folder / name)}  {inside}\n")
    return "".join(lines)


def build() -> None:
    """Make the wheel and its sums; the same commit gives the same bytes."""
    if find_spec("hatchling") is None:
        raise Refusal("hatchling is missing: run `make prepare`, then .venv/bin/python build_installer.py wheel")
    product.clear_dist("*.whl")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(DIST)]
    run(command, folder=ROOT, environment=product.environment())
    product.write_sums()


def look_through(wheel: Path) -> None:
    """Check that the wheel holds the program and all it shows, nothing else."""
    if not wheel.name.startswith(f"charte_desktop-{product.version()}-"):
        raise Refusal(f"dist/{wheel.name} is not of version {product.version()}: build it again.")
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if not name.endswith("/")}
    expected = {name for _, name in shipped()}
    program = {name for name in inside if ".dist-info/" not in name}
    for name in sorted(expected ^ program):
        raise Refusal(f"{name} is in {'the checkout' if name in expected else 'the wheel'} only: build it again.")
