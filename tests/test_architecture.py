"""The house rules that no other tool checks; the import contracts themselves are in pyproject.toml."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "charte_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))

LATE = {
    "PIL", "alembic", "asn1crypto", "keyring", "openpyxl", "phonenumbers", "pikepdf", "pyhanko", "python_calamine",
    "rapidfuzz", "reportlab", "zxingcpp",
    "charte_desktop.demonstration", "charte_desktop.documents", "charte_desktop.exchange",
}  # fmt: skip
"""What the first window does not pay for: imported where it is used, after the paint."""


def name_of(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def imported_by(module: Path) -> set[str]:
    """Every dotted name that `module` imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh interpreter holds after `statement`."""
    program = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(answer.stdout.split())


def test_imports_point_one_way() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_module_is_a_drawer_for_everything(module: Path) -> None:
    assert not {"utils", "util", "helpers", "helper", "common", "manager", "misc"} & {module.stem, module.parent.name}


@pytest.mark.parametrize("module", sorted((PACKAGE / "model").rglob("*.py")), ids=name_of)
def test_the_model_keeps_no_session_no_clock_and_no_files(module: Path) -> None:
    forbidden = {"sqlalchemy.select", "sqlalchemy.orm.Session", "sqlalchemy.text", "time.time"}
    assert not forbidden & imported_by(module)
    calls = {ast.unparse(node.func) for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)}
    assert not {"datetime.now", "date.today", "open"} & calls


def test_a_migration_never_reads_the_model_of_today() -> None:
    versions = (PACKAGE / "store" / "migrations" / "versions").glob("*.py")
    reading = {name_of(one) for one in versions if any(name.startswith("charte_desktop") for name in imported_by(one))}
    assert not reading


def test_the_first_window_loads_nothing_it_does_not_show() -> None:
    loaded = loaded_by("import charte_desktop.ui.main_window")
    assert not LATE & loaded


def test_the_command_line_answers_before_it_loads_anything() -> None:
    loaded = loaded_by("import charte_desktop.cli")
    assert not (LATE | {"PySide6", "sqlalchemy", "sqlcipher3"}) & loaded
