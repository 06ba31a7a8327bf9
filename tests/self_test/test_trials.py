"""The self-test of what was installed: it passes here, and it fails when something is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from charte_desktop import paths
from charte_desktop.self_test import contents, trials
from charte_desktop.self_test.network import Watch
from charte_desktop.self_test.trials import Failure


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str, dict[str, object]]:
    """Exit code, words and report of a self-test."""
    report = tmp_path_factory.mktemp("été") / "compte rendu.json"
    answer = subprocess.run(
        [sys.executable, "-m", "charte_desktop", "self-test", "--report", str(report)],
        cwd=paths.package().parent,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.returncode, answer.stdout + answer.stderr, json.loads(report.read_text(encoding="utf-8"))


def test_every_trial_passes_here(told: tuple[int, str, dict[str, object]]) -> None:
    code, words, report = told
    wrong = [one for one in report["trials"] if not one["passed"]]  # type: ignore[attr-defined]
    assert not wrong
    assert code == 0
    assert report["passed"] is True
    assert "essais réussis sur" in words


def test_the_report_says_what_was_tried_on_what(told: tuple[int, str, dict[str, object]]) -> None:
    _, words, report = told
    names = [one["name"] for one in report["trials"]]  # type: ignore[attr-defined]
    assert {"base chiffrée", "bases d'autrefois", "sceau", "lettres", "impression", "aucune connexion"} <= set(names)
    assert len(names) == len(set(names))
    assert report["frozen"] is False
    assert str(report["python"]) in words


def test_a_trial_that_breaks_keeps_none_from_running(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(_: Path) -> str:
        raise ZeroDivisionError("un fait")

    def refused(_: Path) -> str:
        raise Failure("il manque tout")

    monkeypatch.setattr(trials, "_trials", lambda: [("a", broken), ("b", refused), ("c", lambda place: place.name)])
    report = tmp_path / "r.json"
    outcomes = trials.run(report)
    assert [(one.name, one.passed) for one in outcomes] == [
        ("a", False),
        ("b", False),
        ("c", True),
        ("aucune connexion", True),
    ]
    assert outcomes[0].seen == "ZeroDivisionError: un fait"
    assert outcomes[1].seen == "il manque tout"
    assert json.loads(report.read_text(encoding="utf-8"))["passed"] is False


def test_a_connection_is_seen_and_this_machine_is_not_counted() -> None:
    with Watch() as watch:
        # What Python itself says before it opens a connection; none is opened here.
        sys.audit("socket.connect", None, ("127.0.0.1", 80))
        sys.audit("socket.connect", None, "/run/user/bus")
        assert watch.trial(Path()) == "aucune, hors de ce poste"
        sys.audit("socket.connect", None, ("192.0.2.1", 80))
        sys.audit("socket.getaddrinfo", "exemple.re", 443, 0, 0, 0)
    sys.audit("socket.connect", None, ("192.0.2.2", 80))
    assert len(watch.seen) == 2
    with pytest.raises(Failure, match=r"192\.0\.2\.1.*exemple\.re"):
        watch.trial(Path())


def test_a_file_that_was_changed_after_it_was_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "a.ui").write_bytes(b"as packed")
    sum_of_file = contents._sum(tmp_path / "forms" / "a.ui")
    (tmp_path / "contents.txt").write_text(
        f"{sum_of_file}  forms/a.ui\n{'0' * 64}  forms/b.ui\nmodule  cli.py\n", encoding="utf-8"
    )
    monkeypatch.setattr(paths, "contents", lambda: tmp_path / "contents.txt")
    monkeypatch.setattr(paths, "package", lambda: tmp_path)
    with pytest.raises(Failure, match=r"1 fichiers manquent ou ont changé : forms/b\.ui"):
        contents.files(tmp_path)
    assert contents.module_names() == ["charte_desktop.cli"]


def test_every_module_and_every_late_import_of_the_program_is_looked_for() -> None:
    names = contents.module_names()
    assert {"charte_desktop.cli", "charte_desktop.ui.main_window", "charte_desktop.documents.seal"} <= set(names)
    assert not [name for name in names if "migrations.versions" in name]
    assert {"reportlab.pdfgen.canvas", "alembic"} <= set(_late_imports("charte_desktop.store.schema")) | set(
        _late_imports("charte_desktop.documents.tagged_canvas")
    )


def _late_imports(name: str) -> list[str]:
    from importlib.util import find_spec

    spec = find_spec(name)
    assert spec is not None
    assert spec.loader is not None
    return contents._imported(spec.loader.get_code(name))  # type: ignore[attr-defined]
