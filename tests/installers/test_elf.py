from importlib.util import find_spec
from pathlib import Path

from installers import elf, linux_folder


def _qt_core() -> Path:
    spec = find_spec("PySide6.QtCore")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin)


def test_the_libraries_that_a_linux_module_asks_for() -> None:
    read = elf.read(_qt_core())
    assert "libQt6Core.so.6" in read.wanted
    assert "libc.so.6" in read.wanted


def test_the_glibc_that_modules_need_is_the_newest_of_all() -> None:
    old = elf.Library((), "", frozenset({"GLIBC_2.9", "GLIBC_2.2.5"}))
    new = elf.Library((), "", frozenset({"GLIBC_2.34", "GLIBCXX_3.4.30"}))
    assert linux_folder.glibc([old, new]) == "2.34"


def test_what_nothing_loads_is_left_out_and_what_is_loaded_stays(tmp_path: Path) -> None:
    folder = tmp_path / "program"
    plugins = folder / "plugins"
    plugins.mkdir(parents=True)
    core = _qt_core()
    qt = core.parent / "Qt" / "lib"
    (plugins / core.name).write_bytes(core.read_bytes())
    for name in ("libQt6Core.so.6", "libQt6Svg.so.6"):
        (folder / name).write_bytes((qt / name).read_bytes())
    dropped = [path.name for path in linux_folder.prune(folder)]
    assert dropped == ["libQt6Svg.so.6"]
    assert (folder / "libQt6Core.so.6").exists()
