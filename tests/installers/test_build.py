"""The entry of the build: what it refuses, and how."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from charte_desktop.store.version import HEAD
from installers import chroot, product, tools, verify_linux, wheel
from installers.checks import FAILED, PASSED, SKIPPED, Table, expect
from installers.tools import Refusal

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "build_installer.py", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_step_that_does_not_exist_is_wrong_usage() -> None:
    answer = run("macos")
    assert answer.returncode == 2
    assert "no step is called macos: wheel, frozen, linux, windows, verify" in answer.stderr


def test_a_missing_tool_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Refusal, match=r"makensis.*apt-get install --no-install-recommends dpkg nsis"):
        tools.need("makensis", "dpkg-deb")


def test_a_tool_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(Refusal, match=r"failed \(3\):\nsaid"):
        tools.run([sys.executable, "-c", "print('said'); raise SystemExit(3)"])


def test_a_tool_that_hangs_is_ended() -> None:
    with pytest.raises(Refusal, match="did not end within 1 s"):
        tools.run([sys.executable, "-c", "import time; time.sleep(60)"], seconds=1)


def test_only_the_standard_library_is_needed_to_start() -> None:
    program = "import build_installer, sys; print(sorted({m.partition('.')[0] for m in sys.modules}))"
    answer = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(eval(answer.stdout))
    assert loaded - set(sys.stdlib_module_names) <= {"__main__", "build_installer", "installers"}


def test_a_folder_has_one_sum_whatever_the_order_of_its_files(tmp_path: Path) -> None:
    for place, order in (("one", "ab"), ("other", "ba")):
        (tmp_path / place).mkdir()
        for name in order:
            (tmp_path / place / name).write_text(name)
    assert product.tree_sha256(tmp_path / "one") == product.tree_sha256(tmp_path / "other")
    (tmp_path / "one" / "a").chmod(0o755)
    assert product.tree_sha256(tmp_path / "one") != product.tree_sha256(tmp_path / "other")


def test_the_program_is_laid_out_twice_the_same_with_the_list_of_its_files(tmp_path: Path) -> None:
    for place in ("one", "other"):
        wheel.stage(tmp_path / place)
    assert product.tree_sha256(tmp_path / "one") == product.tree_sha256(tmp_path / "other")
    listed = (tmp_path / "one" / "charte_desktop" / "contents.txt").read_text(encoding="utf-8")
    assert "module  cli.py\n" in listed
    assert "  resources/style.qss\n" in listed
    assert "  bases/0001/charte.db\n" in listed
    assert f"bases/{HEAD}/" not in listed, "no migration touches it"
    assert f'exclude = ["tests/data/bases/{HEAD}"]' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "  forms/guide.ui\n" in listed
    assert "  docs/images/prestataires.png\n" in listed
    # Alembic reads migrations as they are: they are files, with their sum.
    assert "module  store/migrations/versions" not in listed


def _fail() -> str:
    expect(False, "no")
    return "unreached"


def test_a_check_that_cannot_be_made_is_never_counted_as_passed() -> None:
    table = Table()
    with table.about("trial"):
        table.skip("on Windows", "no Windows here")
        table.check("holds", lambda: "yes")
        table.check("does not", _fail)
    assert [one.state for one in table.checks] == [SKIPPED, PASSED, FAILED]
    assert (table.count(PASSED), table.count(FAILED), table.count(SKIPPED)) == (1, 1, 1)


def test_what_needs_a_failed_check_is_left_and_the_next_subject_goes_on() -> None:
    table = Table()
    with table.about("first"):
        table.check("needed", _fail, needed=True)
        table.check("never tried", lambda: "yes")
    with table.about("second"):
        table.check("tried", lambda: "yes")
    assert [one.name for one in table.checks] == ["needed", "tried"]


def test_a_self_test_that_leaves_no_report_has_failed(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no report; it ended with 139"):
        verify_linux.judged(tmp_path / "absent.json", 139, "Segmentation fault")


def test_a_system_is_tried_with_its_network_cut_and_its_mounts_its_own() -> None:
    words = chroot.System(Path("/there"), environment={"DISPLAY": ":9"}).command(["true"])
    assert "--net" in words
    assert "--mount" in words
    assert "DISPLAY=:9" in words[-1]
    assert "--net" not in chroot.System(Path("/there")).command(["true"], network="here")
