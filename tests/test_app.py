from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, qWarning

from charte_desktop import app


def test_what_qt_complains_of_is_written_beside_the_base(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log = app.start_log(tmp_path)
    qWarning("something odd")
    app.stop_log(log)
    assert "QtWarningMsg something odd" in (tmp_path / app.LOG_NAME).read_text(encoding="utf-8")
    assert capfd.readouterr().err == ""


def test_a_long_log_gives_its_place_to_a_new_one(tmp_path: Path) -> None:
    (tmp_path / app.LOG_NAME).write_text("x" * 1_000_001)
    app.stop_log(app.start_log(tmp_path))
    assert (tmp_path / app.LOG_NAME).stat().st_size == 0
    assert (tmp_path / f"{app.LOG_NAME}.1").stat().st_size == 1_000_001


def test_before_the_first_base_nothing_is_written(tmp_path: Path) -> None:
    assert app.start_log(tmp_path / "pas encore") is None
    assert list(tmp_path.iterdir()) == []


def test_qt_has_its_french_words() -> None:
    translations = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    assert (translations / "qtbase_fr.qm").exists()
