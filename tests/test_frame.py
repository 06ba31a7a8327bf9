"""What the project promises of itself: exact dependencies, a wheel that holds everything, commands that exist."""

import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-test.lock")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    described: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return described


def locked(lock: str) -> dict[str, tuple[str, int]]:
    """The version and the number of hashes of each package of a lock."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        name, _, version = line.split()[0].partition("==")
        found[name] = (version, line.count("--hash=sha256:"))
    return found


def pins(requirements: list[str]) -> dict[str, str]:
    """Version by package, in the spelling that the locks use."""
    exact = [one.partition("==") for one in requirements if "==" in one]
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, _, version in exact}


@pytest.mark.parametrize(("lock", "extra"), [("requirements.lock", "build"), ("requirements-test.lock", "test")])
def test_a_lock_holds_what_the_project_asks_for(lock: str, extra: str, project: dict[str, Any]) -> None:
    asked = pins(project["dependencies"] + project["optional-dependencies"][extra])
    assert asked.items() <= {name: version for name, (version, _) in locked(lock).items()}.items()


def test_the_tests_run_on_what_the_program_runs_on() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-test.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_every_file_by_its_hash_and_no_place_to_take_it_from(lock: str) -> None:
    assert all(hashes > 0 for _, hashes in locked(lock).values())
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_every_dependency_is_one_exact_version(project: dict[str, Any]) -> None:
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", one) for one in project["dependencies"])


def test_the_wheel_holds_the_program_its_forms_its_resources_and_its_guide(tmp_path: Path) -> None:
    for name in ("charte_desktop", "docs", "forms", "installers", "resources", "tests/data/bases"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "build_installer.py"):
        shutil.copy(ROOT / name, tmp_path)
    command = [sys.executable, "build_installer.py", "wheel"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    [wheel] = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert "charte_desktop/resources/style.qss" in names
    assert {f"charte_desktop/{form.relative_to(ROOT).as_posix()}" for form in (ROOT / "forms").rglob("*.ui")} <= names
    assert "charte_desktop/docs/guide.md" in names
    assert names == {name for name in names if name.startswith("charte_desktop")}
    first = hashlib.sha256(wheel.read_bytes()).hexdigest()
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() == first

    wheel.write_bytes(wheel.read_bytes() + b"!")
    answer = subprocess.run(
        [sys.executable, "build_installer.py", "verify"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert "is not the file that SHA256SUMS names" in answer.stderr


def test_the_shell_script_is_plain_posix() -> None:
    subprocess.run(["sh", "-n", str(ROOT / ".ci" / "tasks.sh")], check=True)
